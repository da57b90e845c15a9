import type {ManualClock} from '../../runtime/manual-clock.ts';
import type {TaskObject} from '../state/objects.ts';
import type {Store} from '../state/store.ts';
import {isAtLeast} from '../state/task-state.ts';

export type Downtime = {readonly serviceId: string; readonly ms: number; readonly isLasting: boolean};

/** Counts the running tasks of each service over a whole forecast, and remembers when something of it moved last. */
export class RunningWatch {
	readonly #clock: ManualClock;
	readonly #running = new Map<string, Set<string>>();
	readonly #fewest = new Map<string, number>();
	readonly #downSince = new Map<string, number>();
	readonly #down = new Map<string, number>();
	readonly #movedAt = new Map<string, number>();

	constructor(store: Store, clock: ManualClock) {
		this.#clock = clock;
		for (const task of store.all('task')) this.#see(task);
		for (const [id, tasks] of this.#running) this.#fewest.set(id, tasks.size);
		store.watch((commit) => {
			const touched = new Set<string>();
			for (const change of commit.changes) {
				if (change.kind === 'service') this.#movedAt.set(change.object.id, clock.now());
				if (change.kind !== 'task') continue;
				if (change.action === 'remove') this.#drop(change.object);
				else this.#see(change.object);
				touched.add(change.object.serviceId);
			}
			for (const id of touched) {
				this.#note(id);
				this.#movedAt.set(id, clock.now());
			}
		});
	}

	fewest(): {readonly serviceId: string; readonly running: number}[] {
		return [...this.#fewest].map(([serviceId, running]) => ({serviceId, running}));
	}

	outages(): Downtime[] {
		const over = [...this.#down].filter(([id]) => !this.#downSince.has(id));
		return [
			...over.map(([serviceId, ms]) => ({serviceId, ms, isLasting: false})),
			...[...this.#downSince.keys()].map((serviceId) => ({
				serviceId,
				ms: this.#down.get(serviceId) ?? 0,
				isLasting: true,
			})),
		];
	}

	/** When something of each service moved last. */
	movedAt(): ReadonlyMap<string, number> {
		return this.#movedAt;
	}

	/** A task counts while it runs and is not told to stop: a task that is about to end serves nobody for long. */
	#see(task: TaskObject): void {
		if (task.status.state !== 'running' || isAtLeast(task.desiredState, 'shutdown')) {
			this.#drop(task);
			return;
		}
		const tasks = this.#running.get(task.serviceId);
		if (tasks) tasks.add(task.id);
		else this.#running.set(task.serviceId, new Set([task.id]));
	}

	#drop(task: TaskObject): void {
		this.#running.get(task.serviceId)?.delete(task.id);
	}

	#note(serviceId: string): void {
		const running = this.#running.get(serviceId)?.size ?? 0;
		const known = this.#fewest.get(serviceId);
		if (known === undefined) return;
		this.#fewest.set(serviceId, Math.min(known, running));
		const since = this.#downSince.get(serviceId);
		if (running === 0 && since === undefined) this.#downSince.set(serviceId, this.#clock.now());
		if (running > 0 && since !== undefined) {
			this.#downSince.delete(serviceId);
			this.#down.set(serviceId, (this.#down.get(serviceId) ?? 0) + this.#clock.now() - since);
		}
	}
}
