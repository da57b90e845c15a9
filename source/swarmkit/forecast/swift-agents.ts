import type {Clock} from '../../runtime/clock.ts';
import type {TaskObject} from '../state/objects.ts';
import {isPerNode} from '../state/service-mode.ts';
import type {Store} from '../state/store.ts';
import {isAtLeast, isTerminal} from '../state/task-state.ts';
import type {Crashes} from './crashes.ts';
import type {Failing} from './input.ts';
import type {Pace} from './pace.ts';

export type SwiftAgents = {
	/** The longest grace period of a task that was stopped in a time that nothing has measured. */
	graceMs(): number;
	/** The services whose tasks ended by themselves. */
	failing(): readonly Failing[];
	stop(): void;
};

/** A crash loop that goes on would go on for ever: how it does has been seen after so many ends in a slot. */
const endsShown = 2;

/**
 * Agents as a forecast assumes them: every task starts and stops as it is told, after the time that its like takes, and
 * ends by itself where its like did. What another program will do can't be foreseen; what the swarm will do with it can.
 * Pulling is left out: images that run already are there.
 */
export function startSwiftAgents(store: Store, clock: Clock, pace: Pace, crashes: Crashes): SwiftAgents {
	const underWay = new Set<string>();
	const endsOf = new Map<string, number>();
	const failing = new Map<string, Failing>();
	let graceMs = 0;

	function consider(task: TaskObject): void {
		if (!isAtLeast(task.status.state, 'assigned') || isTerminal(task.status.state)) return;
		const node = store.get('node', task.nodeId);
		if (!node || node.status.State === 'down') return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		if (!isToStop && task.status.state === 'running') endByItself(task);
		if (!isToStop && isAtLeast(task.status.state, task.desiredState === 'ready' ? 'ready' : 'running')) return;
		const next = isToStop ? 'shutdown' : isAtLeast(task.status.state, 'ready') ? 'running' : 'ready';
		const key = `${task.id}/${next}`;
		if (underWay.has(key)) return;
		underWay.add(key);
		if (isToStop && isAtLeast(task.status.state, 'running')) graceMs = Math.max(graceMs, pace.unmeasuredGraceMs(task));
		clock.after(timeFor(next, task), () => {
			underWay.delete(key);
			if (next === 'ready' && crashes.of(task)?.state === 'rejected' && end(task.id)) return;
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

	function endByItself(task: TaskObject): void {
		const known = crashes.of(task);
		const key = `${task.id}/end`;
		if (!known || known.state === 'rejected' || underWay.has(key)) return;
		underWay.add(key);
		clock.after(Math.max(0, task.status.timestamp + known.afterMs - clock.now()), () => end(task.id));
	}

	/** @returns false where it has been told to stop, or enough of it has been seen */
	function end(taskId: string): boolean {
		const task = store.get('task', taskId);
		const known = task && crashes.of(task);
		if (!task || !known || isTerminal(task.status.state) || isAtLeast(task.desiredState, 'shutdown')) return false;
		const slot = slotOf(task);
		const ends = endsOf.get(slot) ?? 0;
		if (ends >= endsShown) return false;
		endsOf.set(slot, ends + 1);
		failing.set(task.serviceId, known);
		store.update((tx) => tx.put({...task, status: {state: known.state, timestamp: tx.now, message: 'started'}}));
		return true;
	}

	function slotOf({serviceId, slot, nodeId}: TaskObject): string {
		const service = store.get('service', serviceId);
		return `${serviceId}/${service && isPerNode(service.spec) ? nodeId : slot}`;
	}

	const unwatch = store.watch((commit) => {
		for (const change of commit.changes) {
			if (change.kind === 'task' && change.action !== 'remove') consider(change.object);
		}
	});
	for (const task of store.all('task')) consider(task);
	return {graceMs: () => graceMs, failing: () => [...failing.values()], stop: unwatch};
}
