import type {Clock, TimerHandle} from '../../runtime/clock.ts';

type PollerOptions = {
	readonly clock: Clock;
	readonly run: () => Promise<void>;
	/** The pause after a round that took so long, in milliseconds. */
	readonly pauseMs: (lastTookMs: number) => number;
	/** The same for a round that is hurried; the usual pause when left out. */
	readonly hurriedMs?: (lastTookMs: number) => number;
};

/**
 * One job done again and again, never twice at a time. The pause before the next round is asked for after each round, and
 * measured from its end, so a slow engine is asked less often. What a round takes is the shorter of the last two: a single
 * slow answer says nothing about the next. A round that a stop has cut off has measured a lost engine's silence, not a cost.
 */
export class Poller {
	readonly #options: PollerOptions;
	#timer: TimerHandle | undefined;
	#round: Promise<void> | undefined;
	#wanted: 'no' | 'soon' | 'now' = 'no';
	#isStopped = true;
	#endedAt: number;
	#tookMs = 0;
	#lastTookMs = 0;
	/** Counts the stops, so that a round knows whether there has been one since it began. */
	#stops = 0;
	#dueAt = Infinity;

	constructor(options: PollerOptions) {
		this.#options = options;
		this.#endedAt = options.clock.now();
	}

	/** How long it rests between rounds as things stand, in milliseconds. */
	get pauseMs(): number {
		return this.#options.pauseMs(this.#tookMs);
	}

	/** Begins with a round at once, or, when its job has just been done by others, with a pause. */
	start(first: 'now' | 'later' = 'now'): void {
		this.#isStopped = false;
		this.#tookMs = 0;
		this.#lastTookMs = 0;
		if (first === 'now') {
			this.wake();
			return;
		}
		this.#endedAt = this.#options.clock.now();
		this.#scheduleAfter(this.pauseMs);
	}

	/** A round now; if one is under way, another right after it, because that one may have asked too early. */
	wake(): void {
		if (this.#isStopped) return;
		if (this.#round) this.#wanted = 'now';
		else this.#begin();
	}

	/** Something has changed: a round sooner than planned, but no sooner than the hurried pause allows. */
	askSoon(): void {
		if (this.#isStopped) return;
		if (!this.#round) this.#scheduleAfter(this.#hurriedMs());
		else if (this.#wanted === 'no') this.#wanted = 'soon';
	}

	/** Settles when the round under way has ended; what it asks for should be aborted before. */
	async stop(): Promise<void> {
		this.#isStopped = true;
		this.#stops++;
		this.#wanted = 'no';
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#dueAt = Infinity;
		await this.#round;
	}

	#hurriedMs(): number {
		const {hurriedMs} = this.#options;
		return hurriedMs ? hurriedMs(this.#tookMs) : this.pauseMs;
	}

	#begin(): void {
		this.#timer?.cancel();
		this.#timer = undefined;
		this.#dueAt = Infinity;
		this.#round = this.#runRound();
	}

	async #runRound(): Promise<void> {
		const {clock, run} = this.#options;
		const startedAt = clock.now();
		const stops = this.#stops;
		await run();
		this.#endedAt = clock.now();
		if (stops === this.#stops) this.#measured(this.#endedAt - startedAt);
		this.#round = undefined;
		const wanted = this.#wanted;
		this.#wanted = 'no';
		if (this.#isStopped) return;
		if (wanted === 'now') this.#begin();
		else this.#scheduleAfter(wanted === 'soon' ? this.#hurriedMs() : this.pauseMs);
	}

	#measured(tookMs: number): void {
		this.#tookMs = Math.min(tookMs, this.#lastTookMs);
		this.#lastTookMs = tookMs;
	}

	/** So long after the end of the last round, unless a round is due before. */
	#scheduleAfter(pauseMs: number): void {
		const {clock} = this.#options;
		const dueAt = this.#endedAt + pauseMs;
		if (this.#timer && this.#dueAt <= dueAt) return;
		this.#timer?.cancel();
		this.#dueAt = dueAt;
		this.#timer = clock.after(Math.max(0, dueAt - clock.now()), () => this.#begin());
	}
}
