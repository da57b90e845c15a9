import type {Transaction} from './store.ts';
import {isTerminal} from './task-state.ts';

/** The writes to nodes that touch more than the node itself (swarmkit manager/controlapi/node.go). */

/**
 * Takes a node out of the swarm: its unfinished tasks are orphaned in the same transaction, since nobody will ever report
 * on them again, and its certificate no longer opens the door.
 */
export function removeNode(tx: Transaction, id: string): void {
	for (const task of tx.tasksOfNode(id)) {
		if (isTerminal(task.status.state)) continue;
		tx.put({
			...task,
			status: {state: 'orphaned', timestamp: tx.now, message: 'Task belonged to a node that has been deleted'},
		});
	}
	for (const cluster of tx.all('cluster')) {
		tx.put({...cluster, blacklistedNodes: [...cluster.blacklistedNodes, id]});
	}
	tx.remove('node', id);
}
