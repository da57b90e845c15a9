import type {TaskState} from '../../wire/task.ts';
import type {TaskObject} from '../state/objects.ts';
import type {Transaction} from '../state/store.ts';
import {compareStates, isAtLeast} from '../state/task-state.ts';

/** Desired states only ever go forward: from ready over running or complete to shutdown and remove. */

/** The task is meant to run, now or soon. */
export const isWanted = (task: TaskObject): boolean => compareStates(task.desiredState, 'running') <= 0;

/** The same, or for a job's task to complete. */
export const isWantedOrJob = (task: TaskObject): boolean => compareStates(task.desiredState, 'complete') <= 0;

/** The task was given up before any agent had it. Where it was made for a node, it stays pending like that. */
export const willNeverRun = (task: TaskObject): boolean => !isAtLeast(task.status.state, 'assigned') && !isWanted(task);

/** Moves the task's desired state forward to `state`; a task that is gone or further on is left alone. */
export function advance(tx: Transaction, taskId: string, state: TaskState): void {
	const task = tx.get('task', taskId);
	if (task && compareStates(task.desiredState, state) < 0) tx.put({...task, desiredState: state});
}
