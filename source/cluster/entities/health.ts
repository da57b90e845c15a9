/**
 * How a node, a service or a task stands against what was asked for. The rules, in the order in which they are asked:
 *
 * Task — `failing`: failed, rejected, pending with the scheduler's refusal, or stuck on its way up (patience.ts). `unknown`:
 * orphaned, said to be running on a node that is down, or running for a service that is gone. `healthy`: runs as wanted, or completed as a job's task should. `idle`: stopped because
 * it was told to, replaced, or left behind by a service that is gone. `converging`: everything on its way up or down.
 *
 * Service — `failing`: its update or rollback is paused; or fewer run than desired and a slot fails, or they have been
 * too few for longer than {@link patienceMs} and none is on its way; or its tasks fail again and again, however well they
 * look in between (store/restart-log.ts). `converging`: it updates or rolls back, starts, stops, or a slot that just
 * failed has run again for less than {@link patienceMs}; a job's slot that runs again after a failure has not done any
 * better yet and goes on failing. `idle`: nothing is asked for (scaled to 0, a finished job, a
 * global service that no node takes). `healthy`: as many run as desired. `unknown`: the counts aren't known.
 *
 * Node — `failing`: down, disconnected, or a manager that the others can't reach. `unknown`: its state is unknown, as
 * for seconds after a change of the leader. `converging`: its role is being changed, or it drains. `idle`: drained or
 * paused. `healthy`: ready and active.
 */
import type {NodeAvailability, NodeRole, NodeState, Reachability} from '../../wire/node.ts';
import type {UpdateState} from '../../wire/service.ts';
import type {TaskState} from '../../wire/task.ts';
import type {Health, ServiceMode} from '../model.ts';
import {patienceMs} from './patience.ts';

const order: Readonly<Record<TaskState, number>> = {
	new: 0,
	allocated: 1,
	pending: 2,
	assigned: 3,
	accepted: 4,
	preparing: 5,
	ready: 6,
	starting: 7,
	running: 8,
	complete: 9,
	shutdown: 10,
	failed: 11,
	rejected: 12,
	remove: 13,
	orphaned: 14,
};

/** As desired: nobody has to look at it. */
export const isWell = ({health}: {readonly health: Health}): boolean => health === 'healthy' || health === 'idle';

/** Whether a state lies past running: the task is over, or is meant to be. */
export const isTerminal = (state: TaskState): boolean => order[state] > order.running;

/** Whether the orchestrator wants this task to be there: `running`, `ready` while it waits, `complete` for jobs. */
export const isWanted = (desired: TaskState): boolean => order[desired] <= order.complete;

export function taskHealth(task: {
	readonly state: TaskState;
	readonly desired: TaskState;
	readonly hasError: boolean;
	readonly isNodeDown: boolean;
	/** It has been in its state for longer than that explains. */
	readonly isStuck: boolean;
	/** Nobody wants it any more, though nobody may have told it so. */
	readonly isServiceGone: boolean;
}): Health {
	const {state, desired} = task;
	if (task.isServiceGone) return leftBehind(task);
	if (state === 'failed' || state === 'rejected') return 'failing';
	if (state === 'orphaned') return 'unknown';
	if (state === 'complete') return isWanted(desired) ? 'healthy' : 'idle';
	if (isTerminal(state)) return 'idle';
	if (task.isNodeDown) return 'unknown';
	if (!isWanted(desired)) return 'converging';
	if (state === 'running') return 'healthy';
	// The scheduler leaves its refusal on the pending task: it will not get on by itself.
	return task.isStuck || (state === 'pending' && task.hasError) ? 'failing' : 'converging';
}

/** Nothing is wrong with the swarm if one of those failed, or waits: only what runs takes something away from others. */
function leftBehind({state, desired}: {readonly state: TaskState; readonly desired: TaskState}): Health {
	if (isTerminal(state)) return 'idle';
	if (!isWanted(desired)) return 'converging';
	return state === 'running' ? 'unknown' : 'idle';
}

/** The first of these states that a task on its way up passes through. */
export const earliest = (states: readonly TaskState[]): TaskState | undefined =>
	states.toSorted((a, b) => order[a] - order[b])[0];

export const isJob = (mode: ServiceMode): boolean => mode === 'replicated-job' || mode === 'global-job';

/** What the tasks of a service tell beyond its counts. */
export type SlotEvidence = {
	/** Slots whose newest task fails, or waits to start after one that failed. */
	readonly failing: number;
	/** Slots that run again, but whose last failure is younger than {@link patienceMs}. */
	readonly recovering: number;
	/** Slots whose task is on its way to running. */
	readonly starting: number;
	/** Tasks that run as wanted on nodes that are not down. */
	readonly live: number;
	/** Where the first of the tasks that are stuck on their way up has got to. */
	readonly stuck: TaskState | undefined;
	/** Slots that a job has: those whose newest task is wanted, or complete. */
	readonly wanted: number;
};

export function serviceHealth(service: {
	readonly mode: ServiceMode;
	readonly counts: {readonly running: number; readonly desired: number; readonly completed: number} | undefined;
	/** Total completions of a replicated job. */
	readonly replicas: number | undefined;
	readonly update: UpdateState | undefined;
	/** Undefined while its tasks are not known. */
	readonly slots: SlotEvidence | undefined;
	/** Its tasks fail again and again, and none has run for long enough since. */
	readonly isLooping: boolean;
	/** For how long fewer have been running than desired. */
	readonly shortForMs: number;
}): Health {
	const {counts, update, slots} = service;
	if (update === 'paused' || update === 'rollback_paused') return 'failing';
	if (!counts) return 'unknown';
	const isUpdating = update === 'updating' || update === 'rollback_started';
	if (isJobDone(service.mode, service.replicas, counts) && !(service.mode === 'global-job' && slots?.failing))
		return 'idle';
	if (isJob(service.mode) && slots && slots.failing + slots.recovering > 0) return 'failing';
	if (service.isLooping && counts.desired > 0) return 'failing';
	// A dead node's tasks are counted as running for as long as nobody tells otherwise (12/9): ask the tasks.
	const running = slots && counts.running > counts.desired ? Math.min(counts.running, slots.live) : counts.running;
	if (running < counts.desired) {
		if (slots?.failing) return 'failing';
		const isOnItsWay = slots ? slots.starting > 0 : isUpdating;
		return !isOnItsWay && service.shortForMs > patienceMs ? 'failing' : 'converging';
	}
	if (isUpdating || slots?.recovering) return 'converging';
	if (counts.desired === 0) return running > 0 ? 'converging' : 'idle';
	if (isJob(service.mode)) return 'converging';
	return slots && running > counts.desired ? 'converging' : 'healthy';
}

/** A finished replicated job still desires MaxConcurrent tasks, a finished global job none (engines 20.10 and 26.1). */
function isJobDone(
	mode: ServiceMode,
	total: number | undefined,
	counts: {readonly running: number; readonly desired: number; readonly completed: number},
): boolean {
	if (mode === 'replicated-job') return counts.completed >= (total ?? 1);
	return mode === 'global-job' && counts.desired === 0 && counts.running === 0;
}

export function nodeHealth(node: {
	readonly state: NodeState;
	readonly availability: NodeAvailability;
	readonly role: NodeRole;
	readonly reachability: Reachability | undefined;
	/** Tasks that still run here; undefined while the tasks are not known. */
	readonly runningTasks: number | undefined;
}): Health {
	if (node.state === 'down' || node.state === 'disconnected' || node.reachability === 'unreachable') return 'failing';
	if (node.state === 'unknown') return 'unknown';
	if ((node.role === 'manager') !== (node.reachability !== undefined)) return 'converging';
	if (node.availability === 'drain') return node.runningTasks ? 'converging' : 'idle';
	return node.availability === 'pause' ? 'idle' : 'healthy';
}
