import {compareStamps, type LogLine} from './log-line.ts';

/** What stands in the pane: a line from a container, or a word of our own about the stream. */
export type LogEntry =
	| {readonly kind: 'line'; readonly id: number; readonly line: LogLine}
	| {readonly kind: 'notice'; readonly id: number; readonly stamp: string; readonly notice: LogNotice};

/** `reconnected after 12 s, nothing lost`; a mark set by the reader. */
export type LogNotice = {readonly tone: 'plain' | 'good' | 'warning'; readonly text: string};

export type LogLimits = {readonly lines: number; readonly bytes: number};

export const defaultLimits: LogLimits = {lines: 50_000, bytes: 64 << 20};

/** What an entry costs besides its text: object, strings' heads, place in the array. */
const entryBytes = 150;

/**
 * The last lines of a stream, in order, bounded in number and bytes; counts what it had to let go. Entries keep their ID
 * for as long as they live, and IDs never repeat, so a reader's place is an ID.
 */
export class LogBuffer {
	readonly #limits: LogLimits;
	#entries: LogEntry[] = [];
	/** Entries before this place are gone; the array is cut now and then, not at every line. */
	#start = 0;
	#bytes = 0;
	#nextId = 1;
	#dropped = 0;
	#revision = 0;

	constructor(limits: LogLimits = defaultLimits) {
		this.#limits = limits;
	}

	get length(): number {
		return this.#entries.length - this.#start;
	}

	/** Lines let go because the buffer was full. Notices don't count. */
	get dropped(): number {
		return this.#dropped;
	}

	/** Grows with every change. */
	get revision(): number {
		return this.#revision;
	}

	at(index: number): LogEntry | undefined {
		return this.#entries[this.#start + index];
	}

	/** From `from` up to before `to`, as `Array.slice`. */
	slice(from: number, to: number): readonly LogEntry[] {
		return this.#entries.slice(this.#start + Math.max(0, from), this.#start + Math.max(0, to));
	}

	/** Puts a line in its place by time; looks from the end, where it belongs nearly always. */
	add(line: LogLine): void {
		this.#insert({kind: 'line', id: this.#nextId++, line});
		this.#bytes += weight(line);
		this.#trim();
	}

	note(notice: LogNotice): void {
		const last = this.#entries.at(-1);
		const stamp = last ? stampOf(last) : '';
		this.#entries.push({kind: 'notice', id: this.#nextId++, stamp, notice});
		this.#revision++;
	}

	clear(): void {
		this.#entries = [];
		this.#start = 0;
		this.#bytes = 0;
		this.#revision++;
	}

	#insert(entry: LogEntry & {kind: 'line'}): void {
		this.#revision++;
		let at = this.#entries.length;
		while (at > this.#start && comesAfter(this.#entries[at - 1], entry.line)) at--;
		if (at === this.#entries.length) this.#entries.push(entry);
		else this.#entries.splice(at, 0, entry);
	}

	#trim(): void {
		while (this.length > this.#limits.lines || (this.#bytes > this.#limits.bytes && this.length > 1)) {
			const gone = this.#entries[this.#start++];
			if (gone?.kind !== 'line') continue;
			this.#bytes -= weight(gone.line);
			this.#dropped++;
		}
		if (this.#start > 4096 && this.#start > this.#entries.length / 2) {
			this.#entries = this.#entries.slice(this.#start);
			this.#start = 0;
		}
	}
}

const weight = (line: LogLine): number => entryBytes + 2 * line.text.length;

const stampOf = (entry: LogEntry): string => (entry.kind === 'line' ? entry.line.stamp : entry.stamp);

function comesAfter(entry: LogEntry | undefined, line: LogLine): boolean {
	if (!entry || line.stamp === '') return false;
	if (entry.kind === 'notice') return entry.stamp > line.stamp;
	return compareStamps(entry.line, line) > 0;
}
