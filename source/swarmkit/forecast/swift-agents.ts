import type {Clock} from '../../runtime/clock.ts';
import type {TaskObject} from '../state/objects.ts';
import type {Store} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import type {Pace} from './pace.ts';

export type SwiftAgents = {
	/** The longest grace period of a task that was stopped in a time that nothing has measured. */
	graceMs(): number;
	stop(): void;
};

/**
 * Agents as a forecast assumes them: every task starts and stops as it is told, after the time that its like takes. What a
 * program will do can't be foreseen; what the swarm will do with it can. Pulling is left out: images that run already are
 * there.
 */
export function startSwiftAgents(store: Store, clock: Clock, pace: Pace): SwiftAgents {
	const underWay = new Set<string>();
	let graceMs = 0;

	function consider(task: TaskObject): void {
		if (!isAtLeast(task.status.state, 'assigned') || isTerminal(task.status.state)) return;
		const node = store.get('node', task.nodeId);
		if (!node || node.status.State === 'down') return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		if (!isToStop && isAtLeast(task.status.state, task.desiredState === 'ready' ? 'ready' : 'running')) return;
		const next = isToStop ? 'shutdown' : isAtLeast(task.status.state, 'ready') ? 'running' : 'ready';
		const key = `${task.id}/${next}`;
		if (underWay.has(key)) return;
		underWay.add(key);
		if (isToStop && isAtLeast(task.status.state, 'running')) graceMs = Math.max(graceMs, pace.unmeasuredGraceMs(task));
		clock.after(timeFor(next, task), () => {
			underWay.delete(key);
			advance(task.id, next);
		});
	}

	function timeFor(next: 'shutdown' | 'ready' | 'running', task: TaskObject): number {
		if (next === 'shutdown') return pace.stopMs(task);
		return next === 'ready' ? pace.prepareMs() : pace.startMs(task);
	}

	function advance(taskId: string, state: 'shutdown' | 'ready' | 'running'): void {
		const task = store.get('task', taskId);
		if (!task || isTerminal(task.status.state)) return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		// It was told to stop while it started: that is under way as well.
		if (isToStop !== (state === 'shutdown') || isAtLeast(task.status.state, state)) return;
		const message = isToStop ? 'shutdown' : state === 'ready' ? 'prepared' : 'started';
		store.update((tx) => tx.put({...task, status: {state, timestamp: tx.now, message}}));
	}

	const unwatch = store.watch((commit) => {
		for (const change of commit.changes) {
			if (change.kind === 'task' && change.action !== 'remove') consider(change.object);
		}
	});
	for (const task of store.all('task')) consider(task);
	return {graceMs: () => graceMs, stop: unwatch};
}
