import {EntryList, type LogPlace} from './entry-list.ts';
import type {LogLine} from './log-line.ts';
import {folded, type LogNotice} from './log-notice.ts';

/**
 * What stands in a log: a line from a container, or a word of our own about the stream. IDs grow and never repeat. The
 * stamp is the line's own; where it has none, that of the entry before it.
 */
export type LogEntry =
	| {readonly kind: 'line'; readonly id: number; readonly stamp: string; readonly line: LogLine}
	| {readonly kind: 'notice'; readonly id: number; readonly stamp: string; readonly notice: LogNotice};

export type LogLimits = {readonly lines: number; readonly bytes: number};

export const defaultLimits: LogLimits = {lines: 50_000, bytes: 64 << 20};

/** Who keeps a part of what a buffer holds: is told of every change, once per batch. */
interface LogObserver {
	/** In the order of their places. */
	added(entries: readonly LogEntry[]): void;
	/** Another entry stands in that one's place. */
	replaced(entry: LogEntry): void;
	/** All that stood before that place is gone; all there was, when it is undefined. */
	droppedBefore(place: LogPlace | undefined): void;
}

/** What an entry costs besides its text: objects, the stamp, places in arrays. */
const entryBytes = 250;

/** The last lines of a stream, in order, bounded in number and bytes; counts what it had to let go. */
export class LogBuffer {
	readonly #limits: LogLimits;
	readonly #entries = new EntryList<LogEntry>();
	readonly #observers = new Set<LogObserver>();
	#bytes = 0;
	#nextId = 1;
	#dropped = 0;

	constructor(limits: LogLimits = defaultLimits) {
		this.#limits = limits;
	}

	get length(): number {
		return this.#entries.length;
	}

	/** Lines let go because the buffer was full. Notices don't count. */
	get dropped(): number {
		return this.#dropped;
	}

	at(index: number): LogEntry | undefined {
		return this.#entries.at(index);
	}

	/** From `from` up to before `to`, both from 0. */
	slice(from: number, to: number): readonly LogEntry[] {
		return this.#entries.slice(from, to);
	}

	indexOf(place: LogPlace): number {
		return this.#entries.indexOf(place);
	}

	/** Puts lines in their places by time. */
	add(lines: readonly LogLine[]): void {
		if (lines.length === 0) return;
		let stamp = this.#lastStamp();
		const entries = lines.map((line): LogEntry => {
			stamp = line.stamp || stamp;
			this.#bytes += weight(line);
			return {kind: 'line', id: this.#nextId++, stamp, line};
		});
		this.#put(entries.sort((a, b) => (a.stamp === b.stamp ? a.id - b.id : a.stamp < b.stamp ? -1 : 1)));
		this.#trim();
	}

	/** Says something behind the lines of that time; at the end without one. What says the same as what stands there joins it. */
	note(notice: LogNotice, stamp = this.#lastStamp()): void {
		const before = this.#entries.at(this.#entries.indexOf({stamp, id: this.#nextId}) - 1);
		const both = before?.kind === 'notice' ? folded(before.notice, notice) : undefined;
		if (before && both) {
			this.#replace({kind: 'notice', id: before.id, stamp: before.stamp, notice: both});
			return;
		}
		this.#put([{kind: 'notice', id: this.#nextId++, stamp, notice}]);
	}

	clear(): void {
		this.#entries.clear();
		this.#bytes = 0;
		for (const observer of this.#observers) observer.droppedBefore(undefined);
	}

	/** Gives back what ends it. */
	observe(observer: LogObserver): () => void {
		this.#observers.add(observer);
		return () => {
			this.#observers.delete(observer);
		};
	}

	#lastStamp(): string {
		return this.#entries.at(this.length - 1)?.stamp ?? '';
	}

	#put(entries: readonly LogEntry[]): void {
		this.#entries.add(entries);
		for (const observer of this.#observers) observer.added(entries);
	}

	#replace(entry: LogEntry): void {
		if (!this.#entries.replace(entry)) return;
		for (const observer of this.#observers) observer.replaced(entry);
	}

	#trim(): void {
		const before = this.length;
		while (this.length > this.#limits.lines || (this.#bytes > this.#limits.bytes && this.length > 1)) {
			const gone = this.#entries.shift();
			if (gone?.kind !== 'line') continue;
			this.#bytes -= weight(gone.line);
			this.#dropped++;
		}
		if (this.length === before) return;
		for (const observer of this.#observers) observer.droppedBefore(this.#entries.at(0));
	}
}

const weight = (line: LogLine): number => entryBytes + 2 * line.text.length;
