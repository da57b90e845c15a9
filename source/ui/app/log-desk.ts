/** Keeps the one log stream that the screen shows: opened once the reader stays at something, closed when it is left. */
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {LogFeed, LogTarget, LogView} from '../logs/log-feed.ts';

/** Passing by a service on the way down a list should not open its logs on the engine. */
const settleMs = 200;

export class LogDesk {
	readonly #feed: LogFeed;
	readonly #clock: Clock;
	readonly #onChange: () => void;
	#target: LogTarget | undefined;
	#view: LogView | undefined;
	#unsubscribe: (() => void) | undefined;
	#timer: TimerHandle | undefined;

	constructor(feed: LogFeed, clock: Clock, onChange: () => void) {
		this.#feed = feed;
		this.#clock = clock;
		this.#onChange = onChange;
	}

	/** The open logs; undefined until those that are wanted have been opened. */
	get view(): LogView | undefined {
		return this.#view;
	}

	want(target: LogTarget | undefined): void {
		if (isSameTarget(target, this.#target)) return;
		this.close();
		this.#target = target;
		if (target) this.#timer = this.#clock.after(settleMs, () => this.#open(target));
	}

	close(): void {
		this.#timer?.cancel();
		this.#unsubscribe?.();
		this.#view?.close();
		this.#view = undefined;
		this.#target = undefined;
	}

	#open(target: LogTarget): void {
		this.#view = this.#feed.open(target);
		this.#unsubscribe = this.#view.subscribe(this.#onChange);
		this.#onChange();
	}
}

function isSameTarget(a: LogTarget | undefined, b: LogTarget | undefined): boolean {
	return a?.kind === b?.kind && a?.id === b?.id;
}
