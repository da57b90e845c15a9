import type {TimerHandle} from '../../runtime/clock.ts';
import type {Seeded} from '../random.ts';
import type {Controller, ControllerSurroundings} from '../state/controller.ts';
import type {TaskObject} from '../state/objects.ts';
import type {Change, Commit, Store, Transaction} from '../state/store.ts';
import {compareStates, isAtLeast, isTerminal} from '../state/task-state.ts';
import {failureKey} from './node-info.ts';
import {NodeSet, type Placed, type SeedOf} from './placing.ts';

/**
 * The leader's scheduler: gives pending tasks a node, checks those that were made for one, and keeps saying why a task
 * has to wait (swarmkit manager/scheduler/scheduler.go). Placed tasks and nodes are counted commit by commit, so that a
 * new task costs one look at the nodes, however many tasks there are.
 */

/** Commits that follow each other this closely are answered together … */
const debounceMs = 50;
/** … but not later than this. */
const longestWaitMs = 1000;

export function startScheduler(surroundings: ControllerSurroundings): Controller {
	const scheduler = new Scheduler(surroundings);
	scheduler.start();
	return scheduler;
}

/** The seeds that break ties between nodes. */
function nodeSeeds(seeded: Seeded): SeedOf {
	return (id) => Math.floor(seeded.fraction(`placement/${id}`) * 2 ** 32);
}

type Debounce = {readonly since: number; until: number; timer: TimerHandle};

class Scheduler implements Controller {
	readonly #store: Store;
	readonly #clock: ControllerSurroundings['clock'];
	readonly #nodes: NodeSet;
	readonly #ballast: ControllerSurroundings['ballast'];
	readonly #pastFailures: NonNullable<ControllerSurroundings['pastFailures']>;
	readonly #whenPlaced: ControllerSurroundings['whenPlaced'];
	readonly #isBackwards: boolean;
	/** The tasks that hold or want resources: pending to running. */
	readonly #tasks = new Map<string, TaskObject>();
	/** Those that have no node yet. */
	readonly #unassigned = new Set<string>();
	/** Those that were made for a node and have not been found to fit on it yet. */
	readonly #unconfirmed = new Set<string>();
	/** Those whose node the scheduler did not choose, so that their failing says nothing about its choice. */
	readonly #preassigned = new Set<string>();
	#hasWork = false;
	#debounce: Debounce | undefined;
	#unwatch: () => void = () => undefined;

	constructor(surroundings: ControllerSurroundings) {
		const {store, clock, seeded, ballast, pastFailures = [], whenPlaced, isBackwards = false} = surroundings;
		this.#store = store;
		this.#ballast = ballast;
		this.#pastFailures = pastFailures;
		this.#whenPlaced = whenPlaced;
		this.#isBackwards = isBackwards;
		this.#clock = clock;
		this.#nodes = new NodeSet(nodeSeeds(seeded), {tellsChoices: whenPlaced !== undefined});
	}

	start(): void {
		for (const node of this.#store.all('node')) {
			const info = this.#nodes.put(node);
			const ballast = this.#ballast?.get(node.id);
			if (ballast) info.addBallast(ballast);
		}
		for (const {task, at} of this.#pastFailures) this.#nodes.get(task.nodeId)?.recordFailure(task, at);
		for (const task of this.#store.all('task')) {
			const isForgotten = task.status.state === 'pending' && compareStates(task.desiredState, 'complete') > 0;
			if (!isForgotten) this.#take(task);
		}
		this.#unwatch = this.#store.watch((commit) => this.#see(commit));
		this.#schedule();
	}

	stop(): void {
		this.#unwatch();
		this.#debounce?.timer.cancel();
	}

	#see(commit: Commit): void {
		for (const change of commit.changes) this.#seeChange(change);
		if (this.#hasWork || this.#unconfirmed.size > 0) this.#wake();
	}

	#seeChange(change: Change): void {
		if (change.kind === 'node') {
			if (change.action === 'remove') {
				this.#nodes.remove(change.object.id);
			} else {
				this.#nodes.put(change.object);
				this.#hasWork = true;
			}
		} else if (change.kind === 'task') {
			if (change.action === 'remove') {
				if (this.#forget(change.object.id)) this.#hasWork = true;
			} else {
				this.#seeTask(change.object);
			}
		}
	}

	#seeTask(task: TaskObject): void {
		if (!isTerminal(task.status.state)) {
			this.#take(task);
			return;
		}
		const known = this.#tasks.get(task.id);
		if (!known) return;
		const hasFailed = task.status.state === 'failed' || task.status.state === 'rejected';
		if (hasFailed && !this.#preassigned.has(task.id)) {
			this.#nodes.get(task.nodeId)?.recordFailure(task, this.#clock.now());
		}
		this.#forget(task.id);
		this.#hasWork = true;
	}

	/** Queues a pending task, or counts it on its node. */
	#take(task: TaskObject): void {
		if (!isAtLeast(task.status.state, 'pending') || isTerminal(task.status.state)) return;
		this.#tasks.set(task.id, task);
		if (task.nodeId === '') {
			this.#unassigned.add(task.id);
			this.#hasWork = true;
		} else if (task.status.state === 'pending') {
			this.#preassigned.add(task.id);
			this.#unconfirmed.add(task.id);
		} else {
			this.#unassigned.delete(task.id);
			this.#unconfirmed.delete(task.id);
			this.#nodes.get(task.nodeId)?.addTask(task);
		}
	}

	/** Says whether that made room on a node. */
	#forget(taskId: string): boolean {
		const task = this.#tasks.get(taskId);
		this.#tasks.delete(taskId);
		this.#unassigned.delete(taskId);
		this.#unconfirmed.delete(taskId);
		this.#preassigned.delete(taskId);
		return (task && this.#nodes.get(task.nodeId)?.removeTask(taskId)) ?? false;
	}

	#wake(): void {
		const now = this.#clock.now();
		const known = this.#debounce;
		if (known) {
			known.until = Math.min(now + debounceMs, known.since + longestWaitMs);
			return;
		}
		const timer = this.#clock.after(debounceMs, () => this.#awake());
		this.#debounce = {since: now, until: now + debounceMs, timer};
	}

	#awake(): void {
		const debounce = this.#debounce;
		const left = (debounce?.until ?? 0) - this.#clock.now();
		if (debounce && left > 0) {
			debounce.timer = this.#clock.after(left, () => this.#awake());
			return;
		}
		this.#debounce = undefined;
		this.#schedule();
	}

	#schedule(): void {
		// Tasks made for a node come first: what a global service needs there is not for others to take.
		this.#confirmAll();
		if (!this.#hasWork) return;
		this.#hasWork = false;
		this.#placeAll();
	}

	#confirmAll(): void {
		if (this.#unconfirmed.size === 0) return;
		this.#store.update((tx) => {
			for (const id of [...this.#unconfirmed]) this.#confirm(tx, id);
		});
	}

	#confirm(tx: Transaction, taskId: string): void {
		const task = tx.get('task', taskId);
		const node = task && this.#nodes.get(task.nodeId);
		if (!task || !node) return;
		const outcome = this.#nodes.placeOn(task, node);
		if ('explanation' in outcome) {
			this.#explain(tx, task, outcome.explanation);
			return;
		}
		this.#unconfirmed.delete(taskId);
		this.#assign(tx, outcome, 'scheduler confirmed task can run on preassigned node');
	}

	#placeAll(): void {
		const groups = this.#groups();
		if (groups.length === 0) return;
		const now = this.#clock.now();
		this.#store.update((tx) => {
			for (const group of groups) {
				const {placed, unplaced, explanation} = this.#nodes.place(group, now);
				for (const placement of placed) this.#assignChosen(tx, placement);
				for (const task of unplaced) this.#refuse(tx, task, explanation);
			}
		});
	}

	/** The tasks without a node, those of the same service and spec together. */
	#groups(): TaskObject[][] {
		const groups = new Map<string, TaskObject[]>();
		for (const id of this.#unassigned) {
			const task = this.#tasks.get(id);
			if (!task) continue;
			const key = failureKey(task);
			const group = groups.get(key);
			if (group) group.push(task);
			else groups.set(key, [task]);
		}
		return this.#isBackwards ? [...groups.values()].reverse() : [...groups.values()];
	}

	#assignChosen(tx: Transaction, placed: Placed): void {
		const info = this.#nodes.get(placed.nodeId);
		const task = tx.get('task', placed.task.id);
		const node = tx.get('node', placed.nodeId);
		if (task?.nodeId !== '' || !node || node.version !== info?.node.version) {
			// The store has moved on: what changed is about to be seen, and then the task is placed again.
			info?.removeTask(placed.task.id);
			this.#hasWork = true;
			return;
		}
		this.#unassigned.delete(task.id);
		this.#whenPlaced?.({taskId: task.id, nodeId: placed.nodeId, equals: placed.equals, fitting: placed.fitting});
		this.#assign(tx, {...placed, task}, 'scheduler assigned task to node');
	}

	#assign(tx: Transaction, {task, nodeId, genericResources}: Placed, message: string): void {
		const assigned: TaskObject = {
			...task,
			...(genericResources.length > 0 ? {genericResources} : {}),
			nodeId,
			status: {state: 'assigned', timestamp: tx.now, message},
		};
		this.#tasks.set(task.id, assigned);
		tx.put(assigned);
	}

	#refuse(tx: Transaction, known: TaskObject, explanation: string): void {
		const task = tx.get('task', known.id);
		const service = task && tx.get('service', task.serviceId);
		if (!task || !service) {
			this.#unassigned.delete(known.id);
			return;
		}
		const isOutdated = service.specVersion > task.specVersion;
		if (isOutdated && isAtLeast(task.desiredState, 'shutdown')) {
			// No agent has it, so nobody else would say that it has stopped.
			this.#unassigned.delete(task.id);
			tx.put({...task, status: {state: 'shutdown', timestamp: tx.now, message: task.status.message}});
			return;
		}
		// SwarmKit forgets a task here whose spec is older, even one that is as good as new: it would wait without a word.
		this.#explain(tx, task, explanation === '' ? 'no suitable node' : `no suitable node (${explanation})`);
	}

	#explain(tx: Transaction, task: TaskObject, err: string): void {
		if (task.status.err === err) return;
		const explained: TaskObject = {...task, status: {...task.status, timestamp: tx.now, err}};
		this.#tasks.set(task.id, explained);
		tx.put(explained);
	}
}
