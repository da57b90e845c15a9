/** Keeps the one log that the screen shows: opened once the reader stays at something, closed when it is left. */
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {LogFeed, LogTarget} from '../logs/log-feed.ts';
import {LogReader} from '../logs/log-reader.ts';
import type {LogRange} from '../logs/logs-state.ts';

/** Passing by a service on the way down a list should not open its logs on the engine. */
const settleMs = 200;

/** The open logs, and a number that is another one with every change in them. */
export type OpenedLogs = {readonly reader: LogReader | undefined; readonly revision: number};

export class LogDesk {
	readonly #feed: LogFeed;
	readonly #clock: Clock;
	readonly #onChange: () => void;
	#target: LogTarget | undefined;
	#range: LogRange | undefined;
	#reader: LogReader | undefined;
	#unsubscribe: (() => void) | undefined;
	#timer: TimerHandle | undefined;
	#opened: OpenedLogs = {reader: undefined, revision: 0};

	constructor(feed: LogFeed, clock: Clock, onChange: () => void) {
		this.#feed = feed;
		this.#clock = clock;
		this.#onChange = onChange;
	}

	/** The open logs; undefined until those that are wanted have been opened. */
	get reader(): LogReader | undefined {
		return this.#reader;
	}

	/** The same object until something in it changes. */
	get opened(): OpenedLogs {
		return this.#opened;
	}

	want(target: LogTarget | undefined, range: LogRange): void {
		const isSame = target?.kind === this.#target?.kind && target?.id === this.#target?.id;
		if (isSame && range === this.#range) return;
		this.close();
		this.#target = target;
		this.#range = range;
		if (!target) return;
		// Another range was asked for by a key: it is meant.
		if (isSame) this.#open(target, range);
		else this.#timer = this.#clock.after(settleMs, () => this.#open(target, range));
	}

	close(): void {
		this.#timer?.cancel();
		this.#unsubscribe?.();
		this.#reader?.close();
		this.#reader = undefined;
		this.#target = undefined;
		this.#change();
	}

	#open(target: LogTarget, range: LogRange): void {
		const source = this.#feed.open(target, range.start(this.#clock.now()));
		this.#reader = new LogReader(source);
		this.#unsubscribe = source.subscribe(() => {
			this.#change();
			this.#onChange();
		});
		this.#change();
		this.#onChange();
	}

	#change(): void {
		this.#opened = {reader: this.#reader, revision: this.#opened.revision + 1};
	}
}
