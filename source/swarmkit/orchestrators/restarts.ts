import type {ControllerSurroundings} from '../state/controller.ts';
import {millisecondsOf} from '../state/duration.ts';
import type {ServiceObject, TaskObject} from '../state/objects.ts';
import {isJob, modeName} from '../state/service-mode.ts';
import type {Change, Store, Transaction} from '../state/store.ts';
import {DelayedStarts} from './delayed-starts.ts';
import {advance, isWanted, isWantedOrJob} from './desired-state.ts';
import {RestartHistory} from './restart-history.ts';
import {placeAfter, type TaskTemplates} from './task-templates.ts';

/**
 * Replaces tasks that have ended or lost their node, as far as the restart policy lets it, and after its delay (swarmkit
 * manager/orchestrator/restart/restart.go). Each orchestrator has one of its own.
 */

const defaultDelayMs = 5000;

export class Restarts {
	readonly delays: DelayedStarts;
	readonly #store: Store;
	readonly #templates: TaskTemplates;
	readonly #history = new RestartHistory();
	/** Tasks that failed while they were still held back. */
	readonly #failedEarly = new Set<string>();

	constructor(surroundings: ControllerSurroundings, templates: TaskTemplates) {
		this.#store = surroundings.store;
		this.#templates = templates;
		this.delays = new DelayedStarts(surroundings);
	}

	stop(): void {
		this.delays.cancelAll();
	}

	/** To be told of every change, before the orchestrator acts on it. */
	see(change: Change): void {
		this.delays.see(change);
		if (change.kind === 'task' && change.action === 'remove') this.delays.cancel(change.object.id);
	}

	/**
	 * Shuts the task down and puts another in its place, made from the service's current spec, unless the policy forbids.
	 * The new one is there at once and is got ready, but starts only after the delay and the old one's end.
	 */
	restart(tx: Transaction, service: ServiceObject, task: TaskObject): void {
		// A task that fails before its own delay is over waits for it, so that nothing fails in a tight loop.
		if (this.delays.has(task.id)) {
			this.#restartAfterDelay(task.id);
			return;
		}
		if (!isWantedOrJob(task)) return;
		advance(tx, task.id, 'shutdown');
		if (!this.mayRestart(service, task)) return;
		const place = placeAfter(service, task);
		const replacement = this.#templates.create(tx, service, {...place, desiredState: 'ready'});
		this.#history.record(place, replacement);
		const isDrained = tx.get('node', task.nodeId)?.spec.Availability === 'drain';
		this.delays.add(replacement.id, {after: task, delayMs: isDrained ? 0 : delayMsOf(task)});
	}

	/** Whether the restart policy lets a task follow this one, which has ended or is to end. */
	mayRestart(service: ServiceObject, task: TaskObject): boolean {
		const policy = task.spec.RestartPolicy;
		const condition = policy?.Condition ?? 'any';
		if (condition === 'none') return false;
		const isFinished = task.status.state === 'complete';
		if (isFinished && (condition === 'on-failure' || isJob(service))) return false;
		if (!policy?.MaxAttempts) return true;
		// Global jobs are looked up by their slot but recorded by their node, here as in SwarmKit: they know no limit.
		const nodeId = modeName(service.spec) === 'global' ? task.nodeId : '';
		const windowMs = millisecondsOf(policy.Window ?? 0);
		return this.#history.count({slot: task.slot, nodeId}, task, windowMs) < policy.MaxAttempts;
	}

	/**
	 * The tasks of a slot that an update may replace: those that are meant to run, or the last one of a slot that stays
	 * dead by its restart policy. A rollback leaves such a dead slot out, so that it is filled again.
	 */
	updatable(service: ServiceObject, slot: readonly TaskObject[]): TaskObject[] {
		const wanted = slot.filter(isWanted);
		if (wanted.length > 0 || service.updateStatus?.state === 'rollback_started') return wanted;
		const newest = [...slot].sort(byTime).at(-1);
		return !newest || this.mayRestart(service, newest) ? [] : [newest];
	}

	/** Counts a task that was found in the store as the replacement of another. */
	recordFound(service: ServiceObject, task: TaskObject): void {
		const isPerNode = modeName(service.spec).startsWith('global');
		this.#history.record(isPerNode ? {slot: 0, nodeId: task.nodeId} : {slot: task.slot, nodeId: ''}, task);
	}

	forgetService(serviceId: string): void {
		this.#history.forgetService(serviceId);
	}

	#restartAfterDelay(taskId: string): void {
		if (this.#failedEarly.has(taskId)) return;
		this.#failedEarly.add(taskId);
		this.delays.whenDone(taskId, () => {
			this.#failedEarly.delete(taskId);
			this.#store.update((tx) => {
				const task = tx.get('task', taskId);
				const service = task && tx.get('service', task.serviceId);
				// A job's task is left to the next reconciliation: the job may be at another run by now.
				if (service && isWanted(task)) this.restart(tx, service, task);
			});
		});
	}
}

/** The order in which tasks got their last status; those of the same moment in that of their creation. */
export const byTime = (a: TaskObject, b: TaskObject): number =>
	a.status.timestamp - b.status.timestamp || a.createdAt - b.createdAt;

export const delayMsOf = (task: TaskObject): number => {
	const delay = task.spec.RestartPolicy?.Delay;
	return delay === undefined ? defaultDelayMs : millisecondsOf(delay);
};
