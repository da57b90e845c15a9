import type {Clock, TimerHandle} from '../runtime/clock.ts';

/** Calls once nothing has happened for a while. Renewing is cheap: it is done for every line. */
export class Idleness {
	readonly #clock: Clock;
	readonly #idleMs: number;
	readonly #run: () => void;
	#lastAt: number;
	#timer: TimerHandle | undefined;

	constructor(clock: Clock, idleMs: number, run: () => void) {
		this.#clock = clock;
		this.#idleMs = idleMs;
		this.#run = run;
		this.#lastAt = clock.now();
		this.#wait(idleMs);
	}

	/** Something has happened. */
	renew(): void {
		this.#lastAt = this.#clock.now();
	}

	end(): void {
		this.#timer?.cancel();
	}

	#wait(delayMs: number): void {
		this.#timer = this.#clock.after(delayMs, () => {
			const left = this.#lastAt + this.#idleMs - this.#clock.now();
			if (left > 0) this.#wait(left);
			else this.#run();
		});
	}
}
