import type {Clock} from '../../runtime/clock.ts';
import type {UpdateConfig} from '../../wire/service.ts';
import type {TaskObject, Timestamp} from '../state/objects.ts';

/**
 * Which of an update's tasks have failed, and when that is too many. Only tasks that the update has made count, each once,
 * whether they ended before they ran or too soon after; ending well is failing, too.
 */
export class UpdateFailures {
	readonly #clock: Clock;
	readonly #most: number;
	readonly #slots: number;
	/** The update's tasks with the time when they were seen running. */
	readonly #made = new Map<string, Timestamp | undefined>();
	readonly #failed = new Set<string>();

	constructor(clock: Clock, config: UpdateConfig, slots: number) {
		this.#clock = clock;
		this.#most = config.MaxFailureRatio;
		this.#slots = slots;
	}

	made(taskId: string): void {
		this.#made.set(taskId, undefined);
	}

	cameUp(taskId: string): void {
		this.#made.set(taskId, this.#clock.now());
	}

	/** Counts a task that has ended, within `monitorMs` of coming up; true when that makes more than the ratio allows. */
	isOneTooMany(task: TaskObject, monitorMs: number): boolean {
		if (this.#failed.has(task.id) || !this.#made.has(task.id)) return false;
		const runningSince = this.#made.get(task.id);
		if (runningSince !== undefined && this.#clock.now() - runningSince > monitorMs) return false;
		this.#failed.add(task.id);
		// SwarmKit compares in single precision.
		return Math.fround(this.#failed.size / this.#slots) > Math.fround(this.#most);
	}
}
