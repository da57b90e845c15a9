import {BinaryHeap} from './binary-heap.ts';
import type {Clock, TimerHandle} from './clock.ts';

type Entry = {readonly due: number; readonly order: number; readonly run: () => void; cancelled: boolean};

/** A clock that stands still until `advance` moves it; timers fire in the order of their due times. */
export class ManualClock implements Clock {
	#now: number;
	#order = 0;
	readonly #timers = new BinaryHeap<Entry>((a, b) => a.due - b.due || a.order - b.order);

	constructor(startAt: number) {
		this.#now = startAt;
	}

	now(): number {
		return this.#now;
	}

	after(delayMs: number, run: () => void): TimerHandle {
		const entry: Entry = {due: this.#now + Math.max(0, delayMs), order: this.#order++, run, cancelled: false};
		this.#timers.push(entry);
		return {
			cancel: () => {
				entry.cancelled = true;
			},
		};
	}

	/** Whether no timer is left that would fire. */
	get isIdle(): boolean {
		return this.nextDue() === undefined;
	}

	/** When the next timer is due, or undefined when none is left. */
	nextDue(): number | undefined {
		this.#dropCancelled();
		return this.#timers.first?.due;
	}

	/** Moves the time forward by `ms`, firing every timer that falls due on the way, also those set meanwhile. */
	advance(ms: number): void {
		const end = this.#now + ms;
		for (;;) {
			this.#dropCancelled();
			const next = this.#timers.first;
			if (!next || next.due > end) break;
			this.#timers.pop();
			this.#now = Math.max(this.#now, next.due);
			next.run();
		}
		this.#now = end;
	}

	/** Advances from timer to timer until `done()` holds or `limitMs` have passed; says whether it came to hold. */
	runUntil(done: () => boolean, limitMs: number): boolean {
		const end = this.#now + limitMs;
		while (!done()) {
			const due = this.nextDue();
			if (due === undefined || due > end) return false;
			this.advance(due - this.#now);
		}
		return true;
	}

	#dropCancelled(): void {
		while (this.#timers.first?.cancelled) this.#timers.pop();
	}
}
