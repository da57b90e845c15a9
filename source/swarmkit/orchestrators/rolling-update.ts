import type {TimerHandle} from '../../runtime/clock.ts';
import type {UpdateConfig} from '../../wire/service.ts';
import {millisecondsOf} from '../state/duration.ts';
import type {ServiceObject, TaskObject} from '../state/objects.ts';
import {isTerminal} from '../state/task-state.ts';
import {SlotReplacement} from './slot-replacement.ts';
import {UpdateFailures} from './update-failures.ts';
import {completeUpdate, pauseUpdate, rollBack, startUpdate} from './update-status.ts';
import type {UpdateSurroundings} from './update-surroundings.ts';

const defaultConfig: UpdateConfig = {Parallelism: 1, FailureAction: 'pause', MaxFailureRatio: 0, Order: 'stop-first'};
const defaultMonitorMs = 5000;

/**
 * - `handing out`: there are slots that no worker has taken yet; failures are answered at once.
 * - `finishing`: the workers are at their last slots; failures wait.
 * - `monitoring`: all slots are replaced; failures are answered for one more monitoring period.
 * - `over`: completed, paused, rolled back or given up.
 */
type Phase = 'handing out' | 'finishing' | 'monitoring' | 'over';

/**
 * One update of one service: replaces the slots that differ from the spec, so many at a time, watches what comes of it,
 * and pauses or rolls back when too much fails (swarmkit manager/orchestrator/update/updater.go).
 */
export class RollingUpdate {
	readonly service: ServiceObject;
	readonly #surroundings: UpdateSurroundings;
	readonly #whenOver: () => void;
	readonly #config: UpdateConfig;
	readonly #isRollback: boolean;
	#monitorMs: number;
	readonly #delayMs: number;
	readonly #timers = new Set<TimerHandle>();
	readonly #replacements = new Set<SlotReplacement>();
	#phase: Phase = 'handing out';
	/** Slots that no worker has taken yet. */
	#queue: (readonly TaskObject[])[] = [];
	#idleWorkers = 0;
	#busyWorkers = 0;
	#isHandingOut = false;
	#failures: UpdateFailures | undefined;
	/** Ended tasks that nobody has looked at yet. */
	#ended: TaskObject[] = [];
	/** A failure has decided the update: nothing more is to be said about it. */
	#isDecided = false;

	constructor(surroundings: UpdateSurroundings, service: ServiceObject, whenOver: () => void) {
		this.service = service;
		this.#surroundings = surroundings;
		this.#whenOver = whenOver;
		this.#isRollback = service.updateStatus?.state === 'rollback_started';
		// A rollback goes by the RollbackConfig of the spec that it restores.
		this.#config = (this.#isRollback ? service.spec.RollbackConfig : service.spec.UpdateConfig) ?? defaultConfig;
		this.#delayMs = millisecondsOf(this.#config.Delay ?? 0);
		this.#monitorMs = this.#config.Monitor === undefined ? defaultMonitorMs : millisecondsOf(this.#config.Monitor);
	}

	start(slots: readonly (readonly TaskObject[])[]): void {
		const {store, clock} = this.#surroundings;
		const status = this.service.updateStatus?.state;
		if (status === 'paused' || status === 'rollback_paused') {
			this.#end();
			return;
		}
		this.#queue = slots.filter((slot) => this.#isSlotDirty(slot));
		if (this.#queue.length === 0) {
			if (status === 'updating' || status === 'rollback_started') completeUpdate(store, this.service.id);
			this.#end();
			return;
		}
		if (!status) startUpdate(store, this.service.id);
		const count = this.#queue.length;
		this.#failures = new UpdateFailures(clock, this.#config, count);
		this.#idleWorkers = this.#config.Parallelism || count;
		this.#handOut();
	}

	/** Gives the update up where it stands; starts that are under way go on. */
	cancel(): void {
		if (this.#phase !== 'over') this.#end();
	}

	/** To be told of every update and removal of the service's tasks. */
	seeTask(task: TaskObject, isRemoved: boolean): void {
		if (this.#phase === 'over') return;
		if (!isRemoved && isTerminal(task.status.state) && this.#config.FailureAction !== 'continue') {
			this.#ended.push(task);
			this.#lookAtEnded();
		}
		for (const replacement of [...this.#replacements]) replacement.seeTask(task, isRemoved);
	}

	#isSlotDirty(slot: readonly TaskObject[]): boolean {
		return slot.length > 1 || slot.some((task) => this.#isTaskDirty(task));
	}

	#isTaskDirty(task: TaskObject): boolean {
		const {templates, store} = this.#surroundings;
		return templates.isDirty(this.service, task, store.get('node', task.nodeId));
	}

	#handOut(): void {
		// Replacing a slot may be done at once, and then calls back here.
		if (this.#isHandingOut) return;
		this.#isHandingOut = true;
		while (this.#phase === 'handing out' && this.#idleWorkers > 0) {
			const slot = this.#queue.shift();
			if (this.#queue.length === 0) this.#phase = 'finishing';
			if (slot) this.#replace(slot);
		}
		this.#isHandingOut = false;
		this.#monitorWhenFinished();
	}

	#replace(slot: readonly TaskObject[]): void {
		this.#idleWorkers--;
		this.#busyWorkers++;
		const replacement = new SlotReplacement(this.#surroundings, {
			service: this.service,
			isStartFirst: this.#config.Order === 'start-first',
			isDirty: (task) => this.#isTaskDirty(task),
			whenMade: (taskId) => this.#failures?.made(taskId),
			whenUp: (taskId) => this.#failures?.cameUp(taskId),
			whenDone: () => {
				this.#replacements.delete(replacement);
				this.#after(this.#delayMs, () => this.#freeWorker());
			},
		});
		this.#replacements.add(replacement);
		replacement.start(slot);
	}

	#freeWorker(): void {
		this.#busyWorkers--;
		this.#idleWorkers++;
		this.#handOut();
	}

	#monitorWhenFinished(): void {
		if (this.#phase !== 'finishing' || this.#busyWorkers > 0) return;
		if (this.#isDecided) {
			this.#end();
			return;
		}
		this.#phase = 'monitoring';
		// The delay after the last slot may have been longer than the monitoring period: what failed meanwhile counts.
		if (this.#delayMs >= this.#monitorMs) this.#monitorMs = this.#delayMs + 1000;
		this.#timers.add(this.#surroundings.clock.after(this.#monitorMs, () => this.#complete()));
		this.#lookAtEnded();
	}

	#complete(): void {
		this.#end();
		completeUpdate(this.#surroundings.store, this.service.id);
	}

	#lookAtEnded(): void {
		if (this.#phase !== 'handing out' && this.#phase !== 'monitoring') return;
		for (let task = this.#ended.shift(); task; task = this.#ended.shift()) {
			if (!this.#failures?.isOneTooMany(task, this.#monitorMs)) continue;
			this.#answerFailure(task);
			return;
		}
	}

	#answerFailure(task: TaskObject): void {
		const {store} = this.#surroundings;
		const dueTo = `due to failure or early termination of task ${task.id}`;
		const wasMonitoring = this.#phase === 'monitoring';
		// No further slot is begun; those that are, are finished.
		this.#queue = [];
		this.#phase = 'finishing';
		if (this.#config.FailureAction === 'rollback' && this.#isRollback) {
			// A rollback is never rolled back, but SwarmKit doesn't stop here either: it completes after all.
			pauseUpdate(store, this.service.id, `rollback paused ${dueTo}`);
			if (wasMonitoring) this.#complete();
			return;
		}
		this.#isDecided = true;
		if (this.#config.FailureAction === 'rollback') {
			rollBack(store, this.service.id, `update rolled back ${dueTo}`);
		} else {
			pauseUpdate(store, this.service.id, `update paused ${dueTo}`);
		}
		this.#monitorWhenFinished();
	}

	#after(delayMs: number, run: () => void): void {
		if (delayMs === 0) {
			run();
			return;
		}
		const timer = this.#surroundings.clock.after(delayMs, () => {
			this.#timers.delete(timer);
			run();
		});
		this.#timers.add(timer);
	}

	#end(): void {
		this.#phase = 'over';
		for (const timer of this.#timers) timer.cancel();
		this.#timers.clear();
		for (const replacement of this.#replacements) replacement.cancel();
		this.#replacements.clear();
		this.#whenOver();
	}
}
