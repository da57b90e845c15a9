import type {Clock, TimerHandle} from '../runtime/clock.ts';

/**
 * The simulation's clocks. One clock serves a whole simulated swarm: either real time, run `speed` times as fast, or a
 * manual clock that only moves when a test or a forecast says so.
 */

/** Real time, `speed` times as fast from the moment of the call on. Delays and timestamps are in the fast time. */
export function scaledClock({speed = 1, startAt = Date.now()}: {speed?: number; startAt?: number} = {}): Clock {
	const began = performance.now();
	return {
		now: () => startAt + (performance.now() - began) * speed,
		after(delayMs, run) {
			const timer = setTimeout(run, Math.max(0, delayMs / speed));
			return {cancel: () => clearTimeout(timer)};
		},
	};
}

type Entry = {readonly due: number; readonly order: number; readonly run: () => void; cancelled: boolean};

/** A clock that stands still until `advance` moves it; timers fire in the order of their due times. */
export class ManualClock implements Clock {
	#now: number;
	#order = 0;
	/** A binary heap by (due, order). */
	readonly #heap: Entry[] = [];

	constructor(startAt: number) {
		this.#now = startAt;
	}

	now(): number {
		return this.#now;
	}

	after(delayMs: number, run: () => void): TimerHandle {
		const entry: Entry = {due: this.#now + Math.max(0, delayMs), order: this.#order++, run, cancelled: false};
		this.#push(entry);
		return {
			cancel: () => {
				entry.cancelled = true;
			},
		};
	}

	/** When the next timer is due, or undefined when none is left. */
	nextDue(): number | undefined {
		this.#dropCancelled();
		return this.#heap[0]?.due;
	}

	/** Moves the time forward by `ms`, firing every timer that falls due on the way, also those set meanwhile. */
	advance(ms: number): void {
		const end = this.#now + ms;
		for (;;) {
			this.#dropCancelled();
			const next = this.#heap[0];
			if (!next || next.due > end) break;
			this.#pop();
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
		while (this.#heap[0]?.cancelled) this.#pop();
	}

	#push(entry: Entry): void {
		const heap = this.#heap;
		let index = heap.push(entry) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!this.#before(index, parent)) break;
			this.#swap(index, parent);
			index = parent;
		}
	}

	#pop(): void {
		const heap = this.#heap;
		const last = heap.pop();
		if (!last || heap.length === 0) return;
		heap[0] = last;
		let index = 0;
		for (;;) {
			const left = 2 * index + 1;
			const right = left + 1;
			let least = index;
			if (left < heap.length && this.#before(left, least)) least = left;
			if (right < heap.length && this.#before(right, least)) least = right;
			if (least === index) return;
			this.#swap(index, least);
			index = least;
		}
	}

	#before(a: number, b: number): boolean {
		const first = this.#heap[a];
		const second = this.#heap[b];
		if (!first || !second) return false;
		return first.due < second.due || (first.due === second.due && first.order < second.order);
	}

	#swap(a: number, b: number): void {
		const first = this.#heap[a];
		const second = this.#heap[b];
		if (!first || !second) return;
		this.#heap[a] = second;
		this.#heap[b] = first;
	}
}
