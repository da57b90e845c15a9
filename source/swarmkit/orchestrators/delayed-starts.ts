import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {NodeObject, TaskObject} from '../state/objects.ts';
import type {Change, Store} from '../state/store.ts';
import {compareStates, isTerminal} from '../state/task-state.ts';

/**
 * Tasks that are made but held back (desired state `ready`) until their delay is over and the task before them has stopped
 * (swarmkit manager/orchestrator/restart DelayStart). However slowly a task stops, its successor waits no longer than a
 * minute.
 */

const longestWaitMs = 60_000;

type DelayedStart = {
	/** The task whose end is waited for, when it has not ended yet. */
	readonly after?: TaskObject;
	readonly delayMs: number;
};

type Entry = {
	readonly taskId: string;
	waitsFor: TaskObject | undefined;
	isDelayOver: boolean;
	readonly timers: TimerHandle[];
	readonly whenDone: (() => void)[];
};

export class DelayedStarts {
	readonly #store: Store;
	readonly #clock: Clock;
	readonly #entries = new Map<string, Entry>();
	/** The entries that wait for a task to end, and for the tasks of a node. */
	readonly #byOldTask = new Map<string, Set<Entry>>();
	readonly #byOldNode = new Map<string, Set<Entry>>();

	constructor({store, clock}: {store: Store; clock: Clock}) {
		this.#store = store;
		this.#clock = clock;
	}

	has(taskId: string): boolean {
		return this.#entries.has(taskId);
	}

	/** Calls when the task has been started, or its start cancelled. It must be delayed now. */
	whenDone(taskId: string, call: () => void): void {
		this.#entries.get(taskId)?.whenDone.push(call);
	}

	/**
	 * Holds the task back, in place of an earlier delay of it; `whenDone` is called after it was started or its start was
	 * cancelled, never at once.
	 */
	add(taskId: string, {after, delayMs}: DelayedStart, whenDone?: () => void): void {
		const replaced = this.#entries.get(taskId);
		const waitsFor = after && !isTerminal(after.status.state) && !this.#isDown(after.nodeId) ? after : undefined;
		const entry: Entry = {
			taskId,
			waitsFor,
			isDelayOver: false,
			timers: [],
			whenDone: whenDone ? [whenDone] : [],
		};
		this.#entries.set(taskId, entry);
		if (replaced) this.#finish(replaced);
		if (waitsFor) {
			addTo(this.#byOldTask, waitsFor.id, entry);
			addTo(this.#byOldNode, waitsFor.nodeId, entry);
			entry.timers.push(this.#clock.after(longestWaitMs, () => this.#stopWaiting(entry)));
		}
		entry.timers.push(
			this.#clock.after(delayMs, () => {
				entry.isDelayOver = true;
				this.#startIfDue(entry);
			}),
		);
	}

	cancel(taskId: string): void {
		const entry = this.#entries.get(taskId);
		if (entry) this.#finish(entry);
	}

	cancelAll(): void {
		for (const entry of this.#entries.values()) {
			for (const timer of entry.timers) timer.cancel();
		}
		this.#entries.clear();
		this.#byOldTask.clear();
		this.#byOldNode.clear();
	}

	/** To be told of every change: an old task may have ended, or its node be lost. */
	see(change: Change): void {
		if (change.kind === 'task') {
			const hasEnded = change.action === 'remove' || isTerminal(change.object.status.state);
			if (hasEnded) this.#stopWaitingFor(this.#byOldTask.get(change.object.id));
		} else if (change.kind === 'node') {
			const isLost = change.action === 'remove' || change.object.status.State === 'down';
			if (isLost) this.#stopWaitingFor(this.#byOldNode.get(change.object.id));
		}
	}

	#stopWaitingFor(entries: ReadonlySet<Entry> | undefined): void {
		for (const entry of [...(entries ?? [])]) this.#stopWaiting(entry);
	}

	#stopWaiting(entry: Entry): void {
		this.#unlink(entry);
		this.#startIfDue(entry);
	}

	#startIfDue(entry: Entry): void {
		if (!entry.isDelayOver || entry.waitsFor || this.#entries.get(entry.taskId) !== entry) return;
		this.#store.update((tx) => {
			const task = tx.get('task', entry.taskId);
			if (!task || compareStates(task.desiredState, 'running') >= 0) return;
			tx.put({...task, desiredState: task.jobIteration === undefined ? 'running' : 'complete'});
		});
		this.#finish(entry);
	}

	#finish(entry: Entry): void {
		this.#unlink(entry);
		for (const timer of entry.timers) timer.cancel();
		if (this.#entries.get(entry.taskId) === entry) this.#entries.delete(entry.taskId);
		for (const call of entry.whenDone) call();
	}

	#unlink(entry: Entry): void {
		if (!entry.waitsFor) return;
		dropFrom(this.#byOldTask, entry.waitsFor.id, entry);
		dropFrom(this.#byOldNode, entry.waitsFor.nodeId, entry);
		entry.waitsFor = undefined;
	}

	#isDown(nodeId: string): boolean {
		const node: NodeObject | undefined = this.#store.get('node', nodeId);
		return nodeId !== '' && (!node || node.status.State === 'down');
	}
}

function addTo(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
	const entries = index.get(key);
	if (entries) entries.add(entry);
	else index.set(key, new Set([entry]));
}

function dropFrom(index: Map<string, Set<Entry>>, key: string, entry: Entry): void {
	const entries = index.get(key);
	entries?.delete(entry);
	if (entries?.size === 0) index.delete(key);
}
