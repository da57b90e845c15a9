import type {Clock, TimerHandle} from '../runtime/clock.ts';

/**
 * How long one call waits: its signal fires when nothing has come for the given time, or when the caller gives up.
 * Every byte that arrives is a sign of life and starts the wait anew, so a big answer on a slow line may take its time.
 */
export class Patience {
	readonly signal: AbortSignal;
	readonly timeoutMs: number;
	readonly #clock: Clock;
	readonly #controller = new AbortController();
	readonly #caller: AbortSignal | undefined;
	#timer: TimerHandle | undefined;
	#ending: 'timeout' | 'aborted' | undefined;

	constructor(clock: Clock, timeoutMs: number, caller: AbortSignal | undefined) {
		this.#clock = clock;
		this.timeoutMs = timeoutMs;
		this.signal = this.#controller.signal;
		this.#caller = caller;
		if (caller?.aborted) this.#end('aborted');
		else caller?.addEventListener('abort', this.#onCallerAbort);
		this.signOfLife();
	}

	/** Why the signal fired; undefined while it has not. */
	get ending(): 'timeout' | 'aborted' | undefined {
		return this.#ending;
	}

	signOfLife(): void {
		this.#timer?.cancel();
		if (this.#ending === undefined) this.#timer = this.#clock.after(this.timeoutMs, () => this.#end('timeout'));
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

	#end(ending: 'timeout' | 'aborted'): void {
		if (this.#ending !== undefined) return;
		this.#ending = ending;
		this.finish();
		this.#controller.abort();
	}
}
