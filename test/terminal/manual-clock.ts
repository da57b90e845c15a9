import type {Clock, TimerHandle} from '../../source/runtime/clock.ts';

/** A clock that a test moves. Timers run in order of their time, as it passes. */
export class ManualClock implements Clock {
	#now = 0;
	#timers: {readonly at: number; readonly run: () => void}[] = [];

	now(): number {
		return this.#now;
	}

	after(delayMs: number, run: () => void): TimerHandle {
		const timer = {at: this.#now + delayMs, run};
		this.#timers.push(timer);
		return {
			cancel: () => {
				this.#timers = this.#timers.filter((other) => other !== timer);
			},
		};
	}

	advance(durationMs: number): void {
		const end = this.#now + durationMs;
		for (;;) {
			const next = this.#timers.filter((timer) => timer.at <= end).sort((a, b) => a.at - b.at)[0];
			if (!next) break;
			this.#timers = this.#timers.filter((timer) => timer !== next);
			this.#now = next.at;
			next.run();
		}
		this.#now = end;
	}

	get pending(): number {
		return this.#timers.length;
	}
}
