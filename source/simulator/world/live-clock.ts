import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {ManualClock} from '../../runtime/manual-clock.ts';

/** setTimeout takes no more than 2^31 - 1; an alarm that rings early finds nothing due and is set again. */
const longestTimerMs = 2 ** 31 - 1;

/**
 * The clock of a world that people watch. Before it goes live its time only moves when told to, so that a swarm's first
 * minutes can be run through at once; then it is real time, `speed` times as fast. All timers share one timer of the
 * process, set for the earliest: with nothing due, nothing runs.
 */
export class LiveClock implements Clock {
	readonly #timers: ManualClock;
	readonly #speed: number;
	#live: {readonly at: number; readonly since: number} | undefined;
	#latest: number;
	#isAdvancing = false;
	#alarm: {readonly due: number; readonly handle: NodeJS.Timeout} | undefined;

	constructor({startAt = Date.now(), speed = 1}: {startAt?: number; speed?: number} = {}) {
		this.#timers = new ManualClock(startAt);
		this.#speed = speed;
		this.#latest = startAt;
	}

	/** Never goes back: a timer that fires late sees the time that others have seen already. */
	now(): number {
		const live = this.#live;
		const running = live && !this.#isAdvancing ? live.at + (performance.now() - live.since) * this.#speed : 0;
		this.#latest = Math.max(this.#latest, this.#timers.now(), running);
		return this.#latest;
	}

	after(delayMs: number, run: () => void): TimerHandle {
		const handle = this.#timers.after(this.now() - this.#timers.now() + Math.max(0, delayMs), run);
		this.#arm();
		return handle;
	}

	/** Runs through the next `ms` at once; what waits on promises meanwhile gets its turns. */
	async fastForward(ms: number): Promise<void> {
		const end = this.#timers.now() + ms;
		for (let due = this.#timers.nextDue(); due !== undefined && due <= end; due = this.#timers.nextDue()) {
			this.#timers.advance(due - this.#timers.now());
			await new Promise((resolve) => setImmediate(resolve));
		}
		this.#timers.advance(end - this.#timers.now());
	}

	/** Runs through the next `ms` at once, whether it runs by itself or stands still, and goes on as before. */
	async skip(ms: number): Promise<void> {
		const end = this.now() + ms;
		const isLive = this.#live !== undefined;
		this.stop();
		await this.fastForward(end - this.#timers.now());
		if (isLive) this.goLive();
	}

	/** From now on the time runs by itself. */
	goLive(): void {
		this.#live = {at: this.#timers.now(), since: performance.now()};
		this.#arm();
	}

	/** Stands still again. */
	stop(): void {
		clearTimeout(this.#alarm?.handle);
		this.#alarm = undefined;
		this.#live = undefined;
	}

	#arm(): void {
		const due = this.#timers.nextDue();
		if (!this.#live || this.#isAdvancing || due === undefined || (this.#alarm && this.#alarm.due <= due)) return;
		clearTimeout(this.#alarm?.handle);
		const delay = Math.min(longestTimerMs, Math.max(0, (due - this.now()) / this.#speed));
		const handle = setTimeout(() => this.#fire(), delay);
		this.#alarm = {due, handle};
	}

	#fire(): void {
		this.#alarm = undefined;
		const now = this.now();
		this.#isAdvancing = true;
		try {
			this.#timers.advance(Math.max(0, now - this.#timers.now()));
		} finally {
			this.#isAdvancing = false;
			this.#arm();
		}
	}
}
