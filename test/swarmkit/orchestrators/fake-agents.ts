import type {ManualClock} from '../../../source/runtime/manual-clock.ts';
import type {TaskObject, TaskStatusObject} from '../../../source/swarmkit/state/objects.ts';
import type {Store} from '../../../source/swarmkit/state/store.ts';
import {compareStates, isAtLeast, isTerminal} from '../../../source/swarmkit/state/task-state.ts';
import type {TaskState} from '../../../source/wire/task.ts';

/**
 * Agents that do nothing but say how far their tasks are. What a task does is its image's name: `missing` can't be had,
 * `exit-N` ends with that code at once, `exit-N-after-S` after S seconds, everything else runs until it is stopped.
 */
export class FakeAgents {
	readonly #store: Store;
	readonly #clock: ManualClock;
	readonly #silent = new Set<string>();
	readonly #stepping = new Set<string>();
	/** How long a task takes to stop. */
	stopMs = 20;
	stepMs = 10;

	constructor(store: Store, clock: ManualClock) {
		this.#store = store;
		this.#clock = clock;
		store.watch((commit) => {
			for (const change of commit.changes) {
				if (change.kind === 'task' && change.action !== 'remove') this.#consider(change.object);
			}
		});
	}

	/** The node's agent says nothing any more; its tasks stay as they are. */
	silence(nodeId: string): void {
		this.#silent.add(nodeId);
	}

	resume(nodeId: string): void {
		this.#silent.delete(nodeId);
		for (const task of this.#store.tasksOfNode(nodeId)) this.#consider(task);
	}

	#consider(task: TaskObject): void {
		if (this.#silent.has(task.nodeId) || !isAtLeast(task.status.state, 'assigned') || isTerminal(task.status.state))
			return;
		const isToStop = isAtLeast(task.desiredState, 'shutdown');
		const key = `${task.id}/${isToStop}`;
		if (this.#stepping.has(key)) return;
		this.#stepping.add(key);
		this.#clock.after(isToStop ? this.stopMs : this.stepMs, () => {
			this.#stepping.delete(key);
			this.#step(task.id, isToStop);
		});
	}

	#step(taskId: string, isToStop: boolean): void {
		const task = this.#store.get('task', taskId);
		// Told to stop in the meantime: that takes its own time.
		if (task && isAtLeast(task.desiredState, 'shutdown') !== isToStop) return;
		if (!task || this.#silent.has(task.nodeId) || isTerminal(task.status.state)) return;
		const image = task.spec.ContainerSpec?.Image ?? '';
		const [state, message, err] = nextStatus(task, image) ?? [];
		if (!state || !message) return;
		this.#report(task, state, message, err);
		if (state === 'running') this.#end(task, image);
	}

	#end(task: TaskObject, image: string): void {
		const [, code, seconds = '0'] = /^exit-(\d+)(?:-after-(\d+))?$/.exec(image) ?? [];
		if (code === undefined) return;
		this.#clock.after(Number(seconds) * 1000 + this.stepMs, () => {
			const current = this.#store.get('task', task.id);
			if (!current || isTerminal(current.status.state) || this.#silent.has(task.nodeId)) return;
			if (code === '0') this.#report(current, 'complete', 'finished');
			else this.#report(current, 'failed', 'started', `task: non-zero exit (${code})`);
		});
	}

	#report(task: TaskObject, state: TaskState, message: string, err?: string): void {
		this.#store.update((tx) => {
			const status: TaskStatusObject = {state, timestamp: tx.now, message, ...(err ? {err} : {})};
			tx.put({...task, status});
		});
	}
}

function nextStatus(task: TaskObject, image: string): [TaskState, string, string?] | undefined {
	if (isAtLeast(task.desiredState, 'shutdown')) return ['shutdown', 'shutdown'];
	switch (task.status.state) {
		case 'assigned':
			return ['accepted', 'accepted'];
		case 'accepted':
			return ['preparing', 'preparing'];
		case 'preparing':
			return image === 'missing' ? ['rejected', 'preparing', 'No such image: missing'] : ['ready', 'prepared'];
		case 'ready':
			return compareStates(task.desiredState, 'running') >= 0 ? ['starting', 'starting'] : undefined;
		case 'starting':
			return ['running', 'started'];
		default:
			return undefined;
	}
}
