import type {TimerHandle} from '../../runtime/clock.ts';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {ServiceObject, TaskObject} from '../state/objects.ts';
import {modeName} from '../state/service-mode.ts';
import type {Change, Store} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import {willNeverRun} from './desired-state.ts';
import {byTime} from './restarts.ts';

/**
 * Deletes tasks: those that are to be removed once they have stopped, and the oldest of a slot's history when a new one
 * is made there (swarmkit manager/orchestrator/taskreaper).
 */

const batchMs = 250;
/** With more than this to look at, it doesn't wait. */
const mostWaiting = 1000;

export function startReaper(surroundings: ControllerSurroundings): Controller {
	const reaper = new Reaper(surroundings);
	reaper.start();
	return reaper;
}

type Slot = {readonly serviceId: string; readonly slot: number; readonly nodeId: string};

class Reaper implements Controller {
	readonly #store: Store;
	readonly #clock: ControllerSurroundings['clock'];
	/** Slots that got a new task, and what is left of them to trim while several tasks of a slot still run. */
	readonly #dirty = new Map<string, Slot>();
	#toDelete = new Set<string>();
	#timer: TimerHandle | undefined;
	#unwatch: () => void = () => undefined;

	constructor({store, clock}: ControllerSurroundings) {
		this.#store = store;
		this.#clock = clock;
	}

	start(): void {
		for (const task of this.#store.all('task')) if (isRemovable(task)) this.#toDelete.add(task.id);
		this.#unwatch = this.#store.watch((commit) => {
			for (const change of commit.changes) this.#see(change);
		});
		this.#reap();
	}

	stop(): void {
		this.#unwatch();
		this.#timer?.cancel();
	}

	#see(change: Change): void {
		if (change.kind !== 'task' || change.action === 'remove') return;
		const {id, serviceId, slot, nodeId} = change.object;
		if (change.action === 'create') this.#dirty.set(`${serviceId}/${slot}/${nodeId}`, {serviceId, slot, nodeId});
		else if (isRemovable(change.object)) this.#toDelete.add(id);
		const waiting = this.#dirty.size + this.#toDelete.size;
		if (waiting === 0) return;
		if (waiting > mostWaiting) this.#reap();
		else this.#timer ??= this.#clock.after(batchMs, () => this.#reap());
	}

	#reap(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		const ids = this.#toDelete;
		this.#toDelete = new Set();
		for (const [key, slot] of this.#dirty) {
			const {surplus, running} = this.#trim(slot);
			for (const task of surplus) ids.add(task.id);
			// With more than one still running, the slot is looked at again when a task has changed.
			if (running <= 1) this.#dirty.delete(key);
		}
		if (ids.size === 0) return;
		this.#store.update((tx) => {
			for (const id of ids) tx.remove('task', id);
		});
	}

	/** The tasks of a slot that are too many, and how many of it can't go because they run. */
	#trim(slot: Slot): {surplus: TaskObject[]; running: number} {
		const service = this.#store.get('service', slot.serviceId);
		const kept = service ? this.#keptTasks(service) : -1;
		if (!service || kept < 0) return {surplus: [], running: 0};
		const tasks = this.#tasksOf(service, slot);
		if (tasks.length <= kept) return {surplus: [], running: 0};
		const surplus: TaskObject[] = [];
		let running = 0;
		for (const task of tasks.sort(byTime)) {
			if (tasks.length - surplus.length <= kept) break;
			if (isTerminal(task.status.state) || willNeverRun(task)) surplus.push(task);
			else running++;
		}
		return {surplus, running};
	}

	/** How many tasks a slot keeps, the live one included; negative for all. */
	#keptTasks(service: ServiceObject): number {
		const attempts = service.spec.TaskTemplate.RestartPolicy?.MaxAttempts ?? 0;
		// So many are needed to count the restarts again after a change of leader.
		if (attempts > 0) return attempts + 1;
		const [cluster] = this.#store.all('cluster');
		return cluster?.spec.Orchestration.TaskHistoryRetentionLimit ?? 5;
	}

	/** Jobs keep all of their tasks. */
	#tasksOf(service: ServiceObject, {slot, nodeId}: Slot): TaskObject[] {
		switch (modeName(service.spec)) {
			case 'replicated':
				return this.#store.tasksOfSlot(service.id, slot);
			case 'global':
				return this.#store.tasksOfNode(nodeId).filter((task) => task.serviceId === service.id);
			default:
				return [];
		}
	}
}

/** No agent has it (any more). */
const isRemovable = ({desiredState, status}: TaskObject): boolean =>
	desiredState === 'remove' && (!isAtLeast(status.state, 'assigned') || isTerminal(status.state));
