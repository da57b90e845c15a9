import type {Clock, TimerHandle} from '../../runtime/clock.ts';

/**
 * One job done again and again, never twice at a time. The pause before the next round is asked for after each round, and
 * measured from its end, so a slow engine is asked less often.
 */
export class Poller {
	readonly #clock: Clock;
	readonly #run: () => Promise<void>;
	readonly #pauseMs: (lastTookMs: number) => number;
	#timer: TimerHandle | undefined;
	#isRunning = false;
	#isWanted = false;
	#isStopped = true;
	#tookMs = 0;

	constructor({
		clock,
		run,
		pauseMs,
	}: {clock: Clock; run: () => Promise<void>; pauseMs: (lastTookMs: number) => number}) {
		this.#clock = clock;
		this.#run = run;
		this.#pauseMs = pauseMs;
	}

	/** Begins with a round at once. */
	start(): void {
		this.#isStopped = false;
		this.poke();
	}

	/** A round now; if one is under way, another right after it, because that one may have asked too early. */
	poke(): void {
		if (this.#isStopped) return;
		if (this.#isRunning) this.#isWanted = true;
		else void this.#round();
	}

	/** The pause is to be judged anew: something has become more, or less, urgent. */
	repace(): void {
		if (!this.#isStopped && !this.#isRunning) this.#schedule();
	}

	stop(): void {
		this.#isStopped = true;
		this.#isWanted = false;
		this.#timer?.cancel();
		this.#timer = undefined;
	}

	async #round(): Promise<void> {
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#isRunning = true;
		const startedAt = this.#clock.now();
		await this.#run();
		this.#tookMs = this.#clock.now() - startedAt;
		this.#isRunning = false;
		if (this.#isStopped) return;
		if (this.#isWanted) {
			this.#isWanted = false;
			void this.#round();
		} else this.#schedule();
	}

	#schedule(): void {
		this.#timer?.cancel();
		this.#timer = this.#clock.after(this.#pauseMs(this.#tookMs), () => void this.#round());
	}
}
