import type {Clock, TimerHandle} from '../runtime/clock.ts';

/** What may put off the end of a wait: connections that take their time to stand. */
type Logins = {
	/** For how long to wait on, in milliseconds; 0 when there is nothing to wait for. */
	graceMs(): number;
	readonly areUnderWay: boolean;
};

/** Why a wait ended: nothing came, ssh did not get through, it came too slowly to ever end, or the caller gave up. */
export type DeadlineEnding = 'timeout' | 'login' | 'overdue' | 'aborted';

/** A whole answer may take so long, or so many times as long as its silence: enough for 2 MB on a line of 20 KB/s. */
const wholeMs = 120_000;
const wholeTimes = 6;

/**
 * How long one call waits: its signal fires when nothing has come for the given time, or when the caller gives up.
 * Every byte that arrives is a sign of life and starts the wait anew, so a big answer on a slow line may take its time,
 * but not for ever.
 */
export class Deadline {
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
	/** How long the whole answer may take, in milliseconds. */
	readonly wholeMs: number;
	readonly #clock: Clock;
	readonly #logins: Logins | undefined;
	readonly #startedAt: number;
	readonly #controller = new AbortController();
	readonly #caller: AbortSignal | undefined;
	#timer: TimerHandle | undefined;
	#ending: DeadlineEnding | undefined;

	constructor(clock: Clock, timeoutMs: number, caller: AbortSignal | undefined, logins?: Logins) {
		this.#clock = clock;
		this.#logins = logins;
		this.#startedAt = clock.now();
		this.timeoutMs = timeoutMs;
		this.wholeMs = Math.max(wholeMs, wholeTimes * timeoutMs);
		this.signal = this.#controller.signal;
		this.#caller = caller;
		if (caller?.aborted) this.#end('aborted');
		else caller?.addEventListener('abort', this.#onCallerAbort);
		this.signOfLife();
	}

	/** Why the signal fired; undefined while it has not. */
	get ending(): DeadlineEnding | undefined {
		return this.#ending;
	}

	/** So long it has lasted, in milliseconds. */
	get ageMs(): number {
		return this.#clock.now() - this.#startedAt;
	}

	signOfLife(): void {
		this.#timer?.cancel();
		if (this.#ending !== undefined) return;
		if (this.ageMs >= this.wholeMs) this.#end('overdue');
		else this.#wait(this.timeoutMs);
	}

	/** For streams, once they stand: silence is no fault of theirs. */
	waitForever(): void {
		this.#timer?.cancel();
	}

	/** As if the caller's signal had fired. */
	giveUp(): void {
		this.#end('aborted');
	}

	/** The call is over: no timer stays behind, and the signal fires no more. */
	finish(): void {
		this.#timer?.cancel();
		this.#caller?.removeEventListener('abort', this.#onCallerAbort);
	}

	readonly #onCallerAbort = (): void => this.giveUp();

	#wait(ms: number): void {
		this.#timer = this.#clock.after(ms, () => {
			const graceMs = this.#logins?.graceMs() ?? 0;
			if (graceMs > 0) this.#wait(graceMs);
			else this.#end(this.#logins?.areUnderWay ? 'login' : 'timeout');
		});
	}

	#end(ending: DeadlineEnding): void {
		if (this.#ending !== undefined) return;
		this.#ending = ending;
		this.finish();
		this.#controller.abort();
	}
}
