import type {ServiceObject, TaskObject} from '../state/objects.ts';
import type {Transaction} from '../state/store.ts';
import {isAtLeast} from '../state/task-state.ts';
import {advance, isWanted, willNeverRun} from './desired-state.ts';
import {isInvalidNode, placeAfter} from './task-templates.ts';
import type {UpdateSurroundings} from './update-surroundings.ts';

type ReplacementOrder = {
	readonly service: ServiceObject;
	/** Start-first: the old task stops only once the new one runs. */
	readonly isStartFirst: boolean;
	readonly isDirty: (task: TaskObject) => boolean;
	/** A task was made in the slot. */
	readonly whenMade: (taskId: string) => void;
	/** It runs, or has ended already. */
	readonly whenUp: (taskId: string) => void;
	/** Called once, unless cancelled, maybe before `start` returns. */
	readonly whenDone: () => void;
};

/** One worker's turn at one slot: sees to it that a single task of the new spec is left in it, and runs. */
export class SlotReplacement {
	readonly #surroundings: UpdateSurroundings;
	readonly #order: ReplacementOrder;
	#slot: readonly TaskObject[] = [];
	#isCancelled = false;
	/** The new task, once its start is no longer delayed. */
	#awaited: string | undefined;

	constructor(surroundings: UpdateSurroundings, order: ReplacementOrder) {
		this.#surroundings = surroundings;
		this.#order = order;
	}

	start(slot: readonly TaskObject[]): void {
		this.#slot = slot;
		const clean = slot.filter((task) => isWanted(task) && !this.#order.isDirty(task));
		const kept = clean.find((task) => task.desiredState === 'running') ?? clean.at(-1);
		if (kept) this.#keep(kept);
		else this.#replace();
	}

	cancel(): void {
		this.#isCancelled = true;
	}

	seeTask(task: TaskObject, isRemoved: boolean): void {
		if (task.id !== this.#awaited) return;
		if (isRemoved) this.#done();
		else this.#checkUp(task);
	}

	/** The slot has a task of the new spec already: the others go, and it starts if it was held back. */
	#keep(kept: TaskObject): void {
		const {store, restarts} = this.#surroundings;
		const others = this.#slot.filter((task) => task !== kept);
		const removed = store.update((tx) => shutDown(tx, others));
		if (removed === 'failed' || kept.desiredState === 'running') {
			this.#done();
			return;
		}
		restarts.delays.add(kept.id, {...after(removed), delayMs: 0}, () => this.#done());
	}

	#replace(): void {
		const {store, restarts} = this.#surroundings;
		const outcome = store.update((tx) => this.#makeAnother(tx));
		if (!outcome) {
			this.#done();
			return;
		}
		const {made, removed} = outcome;
		this.#order.whenMade(made.id);
		restarts.delays.add(made.id, {...after(removed), delayMs: 0}, () => this.#await(made.id));
	}

	/** The new task, and the old one that it has to wait for; undefined when there is nothing (any more) to replace. */
	#makeAnother(tx: Transaction): {made: TaskObject; removed: TaskObject | undefined} | undefined {
		const {service, isStartFirst} = this.#order;
		const [first] = this.#slot;
		if (!first || !tx.get('service', service.id)) return undefined;
		const place = placeAfter(service, first);
		if (place.nodeId !== '' && isInvalidNode(tx.get('node', place.nodeId))) return undefined;
		const removed = isStartFirst ? undefined : shutDown(tx, this.#slot);
		// The old task has failed meanwhile and was restarted, from the new spec.
		if (removed === 'failed') return undefined;
		return {made: this.#surroundings.templates.create(tx, service, {...place, desiredState: 'ready'}), removed};
	}

	#await(taskId: string): void {
		if (this.#isCancelled) return;
		this.#awaited = taskId;
		const task = this.#surroundings.store.get('task', taskId);
		if (task) this.#checkUp(task);
		else this.#done();
	}

	/** Waits without end: a task that finds no place keeps the update updating, unless nobody wants it there any more. */
	#checkUp(task: TaskObject): void {
		if (this.#isCancelled) return;
		if (willNeverRun(task)) this.#done();
		if (!isAtLeast(task.status.state, 'running')) return;
		this.#order.whenUp(task.id);
		if (this.#order.isStartFirst && task.status.state === 'running') {
			this.#surroundings.store.update((tx) => shutDown(tx, this.#slot));
		}
		this.#done();
	}

	#done(): void {
		if (this.#isCancelled) return;
		this.#isCancelled = true;
		this.#awaited = undefined;
		this.#order.whenDone();
	}
}

const after = (task: TaskObject | undefined): {after?: TaskObject} => (task ? {after: task} : {});

/** Shuts the tasks down that were to run; gives back the last of them, or `failed` when others came before. */
function shutDown(tx: Transaction, tasks: readonly TaskObject[]): TaskObject | undefined | 'failed' {
	let removed: TaskObject | undefined;
	let hasFailed = false;
	for (const {id} of tasks.filter(isWanted)) {
		const task = tx.get('task', id);
		if (task && isWanted(task)) {
			advance(tx, id, 'shutdown');
			removed = task;
		} else {
			hasFailed = true;
		}
	}
	return removed ?? (hasFailed ? 'failed' : undefined);
}
