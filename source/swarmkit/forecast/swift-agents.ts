import type {Clock} from '../../runtime/clock.ts';
import type {TaskObject} from '../state/objects.ts';
import type {Store} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';

/**
 * Agents as a forecast assumes them: every task starts and stops as it is told, after a usual time. What a program will do
 * can't be foreseen; what the swarm will do with it can.
 */

/** Pulling is left out: images that run already are there. */
const startMs = 1000;
/** Programs that mind SIGTERM; the others take their grace period. */
const stopMs = 1000;

export function startSwiftAgents(store: Store, clock: Clock): {isBusy(): boolean; stop(): void} {
	const underWay = new Set<string>();

	function consider(task: TaskObject): void {
		if (!isAtLeast(task.status.state, 'assigned') || isTerminal(task.status.state)) return;
		const node = store.get('node', task.nodeId);
		if (!node || node.status.State === 'down') return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		if (!isToStop && isAtLeast(task.status.state, task.desiredState === 'ready' ? 'ready' : 'running')) return;
		const key = `${task.id}/${isToStop}`;
		if (underWay.has(key)) return;
		underWay.add(key);
		clock.after(isToStop ? stopMs : startMs, () => {
			underWay.delete(key);
			advance(task.id);
		});
	}

	function advance(taskId: string): void {
		const task = store.get('task', taskId);
		if (!task || isTerminal(task.status.state)) return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		const state = isToStop ? 'shutdown' : task.desiredState === 'ready' ? 'ready' : 'running';
		if (!isToStop && isAtLeast(task.status.state, state)) return;
		const message = isToStop ? 'shutdown' : state === 'ready' ? 'prepared' : 'started';
		store.update((tx) => tx.put({...task, status: {state, timestamp: tx.now, message}}));
	}

	const unwatch = store.watch((commit) => {
		for (const change of commit.changes) {
			if (change.kind === 'task' && change.action !== 'remove') consider(change.object);
		}
	});
	for (const task of store.all('task')) consider(task);
	return {isBusy: () => underWay.size > 0, stop: unwatch};
}
