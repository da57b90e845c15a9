import type {TaskObject, TaskStatusObject} from '../../swarmkit/state/objects.ts';
import type {Store} from '../../swarmkit/state/store.ts';
import {compareStates} from '../../swarmkit/state/task-state.ts';

/** The nodes' latest reports that have not reached the store yet, by task. */
export type ReportBatch = Map<string, {readonly nodeId: string; readonly status: TaskStatusObject}>;

/**
 * Writes the reports of the nodes that can be heard in one transaction and takes them out of the batch. A report never
 * turns a task's state back, and a task that was given up or taken from the node is left alone (swarmkit
 * manager/dispatcher/dispatcher.go processUpdates).
 */
export function storeReports(store: Store, batch: ReportBatch, canHear: (nodeId: string) => boolean): void {
	const due: [TaskObject, TaskStatusObject][] = [];
	for (const [taskId, {nodeId, status}] of batch) {
		if (!canHear(nodeId)) continue;
		batch.delete(taskId);
		const task = store.get('task', taskId);
		if (task?.nodeId === nodeId && isNews(task.status, status)) due.push([task, status]);
	}
	if (due.length === 0) return;
	store.update((tx) => {
		for (const [task, status] of due) tx.put({...task, status});
	});
}

function isNews(known: TaskStatusObject, reported: TaskStatusObject): boolean {
	const order = compareStates(reported.state, known.state);
	if (order !== 0) return order > 0;
	return (
		reported.message !== known.message ||
		reported.err !== known.err ||
		reported.container !== known.container ||
		reported.ports !== known.ports
	);
}
