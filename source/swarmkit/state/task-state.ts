import type {TaskState} from '../../wire/task.ts';

/** The wire numbers of the task states: their order is what "past running" means (swarmkit api/types.proto). */
const order: Readonly<Record<TaskState, number>> = {
	new: 0,
	allocated: 32,
	pending: 64,
	assigned: 192,
	accepted: 256,
	preparing: 320,
	ready: 384,
	starting: 448,
	running: 512,
	complete: 576,
	shutdown: 640,
	failed: 704,
	rejected: 768,
	remove: 800,
	orphaned: 832,
};

/** Negative when `a` comes before `b`. Observed states never go back in this order. */
export const compareStates = (a: TaskState, b: TaskState): number => order[a] - order[b];

export const isAtLeast = (state: TaskState, least: TaskState): boolean => order[state] >= order[least];

/** The task has ended: nothing of it runs any more. */
export const isTerminal = (state: TaskState): boolean => order[state] > order.running;
