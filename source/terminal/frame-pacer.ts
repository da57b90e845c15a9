/** Decides when a frame goes to the terminal: at most so many a second, fewer on a slow link, at once after a key. */
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import type {WriteOutcome} from './terminal-session.ts';

type FramePacerOptions = {
	/** Writes one frame. */
	readonly write: (frame: string) => WriteOutcome;
	readonly clock: Clock;
	/** The least time between two frames that nobody waits for. Default 33, thirty frames a second. */
	readonly minIntervalMs?: number;
};

/**
 * A write that blocks longer found the buffers full, between here and the person at the terminal. What is in them delays
 * the answer to the next key, so frames give way until they are empty, and come back bit by bit.
 */
const congestedMs = 10;
const backOff = 2;
const recovery = 0.9;
const maxIntervalMs = 1000;

/** Keeps no more than one frame waiting: when a newer one comes, the older is skipped. */
export class FramePacer {
	readonly #write: (frame: string) => WriteOutcome;
	readonly #clock: Clock;
	readonly #minIntervalMs: number;
	#waiting: string | undefined;
	#timer: TimerHandle | undefined;
	#nextAtMs = Number.NEGATIVE_INFINITY;
	#intervalMs: number;
	#isUrgent = false;
	#isFull = false;

	constructor({write, clock, minIntervalMs = 33}: FramePacerOptions) {
		this.#write = write;
		this.#clock = clock;
		this.#minIntervalMs = minIntervalMs;
		this.#intervalMs = minIntervalMs;
	}

	/** The newest frame. Written now, or later when the one before it was a moment ago. */
	offer(frame: string): void {
		this.#waiting = frame;
		this.#writeWhenDue();
	}

	/** Someone waits: what is waiting, or else the next frame, is written without delay. */
	expedite(): void {
		this.#isUrgent = true;
		this.#writeWhenDue();
	}

	/** The terminal takes bytes again after a write that was full. */
	drained(): void {
		this.#isFull = false;
		this.#writeWhenDue();
	}

	/** Forgets what is waiting. */
	cancel(): void {
		this.#waiting = undefined;
		this.#timer?.cancel();
	}

	readonly #writeWhenDue = (): void => {
		this.#timer?.cancel();
		const frame = this.#waiting;
		if (frame === undefined || this.#isFull) return;
		const delayMs = this.#nextAtMs - this.#clock.now();
		if (delayMs > 0 && !this.#isUrgent) {
			this.#timer = this.#clock.after(delayMs, this.#writeWhenDue);
			return;
		}
		this.#waiting = undefined;
		this.#isUrgent = false;
		const {blockedMs, isFull} = this.#write(frame);
		this.#isFull = isFull;
		this.#adapt(blockedMs);
		this.#nextAtMs = this.#clock.now() + this.#intervalMs;
	};

	#adapt(blockedMs: number): void {
		const isCongested = blockedMs >= congestedMs;
		const wanted = isCongested ? Math.max(this.#intervalMs, blockedMs) * backOff : this.#intervalMs * recovery;
		this.#intervalMs = Math.max(this.#minIntervalMs, Math.min(maxIntervalMs, wanted));
	}
}
