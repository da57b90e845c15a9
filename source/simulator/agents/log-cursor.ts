import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {LogCursor, LogLine, LogQuery} from '../contract.ts';
import type {OutputLine, Tape} from '../programs/process.ts';

/** The longest piece that the log driver writes: longer lines come in parts (moby daemon/logger/copier.go). */
const partBytes = 16 * 1024;

/** What a log is read from: a container's. Times are milliseconds since `startedAt`. */
export interface LogSource {
	readonly clock: Clock;
	/** Nanoseconds since the epoch at which the program began; undefined as long as it has not. */
	readonly begunAt: bigint | undefined;
	readonly tape: Tape;
	/** When the program ended, undefined while it runs. */
	readonly endedAt: number | undefined;
	/** How long it has been running, or ran. */
	elapsed(): number;
	readonly isTerminal: boolean;
	/** Calls once when the container starts, ends or is removed; gives back what cancels it. */
	onChange(call: () => void): () => void;
	readonly isRemoved: boolean;
}

/** How many lines of history a log keeps at most, as a rotated file does. */
const mostHistory = 50_000;

const lineGap = 0.0005;

export class TapeCursor implements LogCursor {
	readonly #source: LogSource;
	readonly #query: LogQuery;
	/** Everything before this has been read; undefined until the log begins. */
	#from: number | undefined;
	/** Parts of a line of which some were read. */
	#rest: LogLine[] = [];
	#isClosed = false;
	#cancelWaiting: (() => void) | undefined;

	constructor(source: LogSource, query: LogQuery) {
		this.#source = source;
		this.#query = query;
		if (source.begunAt !== undefined) this.#begin(source.begunAt);
	}

	read(most: number): LogLine[] {
		const {begunAt: startedAt, tape} = this.#source;
		if (this.#isClosed || startedAt === undefined) return [];
		if (this.#from === undefined) this.#begin(startedAt);
		const found = this.#rest.splice(0, most);
		if (found.length >= most) return found;
		const until = this.#readableTo();
		for (const line of tape.lines(this.#from ?? 0, until)) {
			this.#from = line.at + lineGap;
			for (const part of this.#parts(line, startedAt)) (found.length < most ? found : this.#rest).push(part);
			if (found.length >= most) return found;
		}
		this.#from = Math.max(this.#from ?? 0, until);
		return found;
	}

	whenMore(call: () => void): () => void {
		this.#cancelWaiting?.();
		let isCalled = false;
		let timer: TimerHandle | undefined;
		const once = () => {
			if (isCalled || this.#isClosed) return;
			isCalled = true;
			cancel();
			call();
		};
		const stopWatching = this.#source.onChange(once);
		const cancel = () => {
			timer?.cancel();
			stopWatching();
		};
		this.#cancelWaiting = cancel;
		const delay = this.isEnded || this.#rest.length > 0 ? 0 : this.#delayToNext();
		if (delay !== undefined) timer = this.#source.clock.after(delay, once);
		return cancel;
	}

	get isEnded(): boolean {
		const {isRemoved, endedAt} = this.#source;
		if (this.#isClosed || isRemoved) return true;
		return endedAt !== undefined && this.#rest.length === 0 && !this.#hasMore();
	}

	#hasMore(): boolean {
		const {begunAt, tape} = this.#source;
		if (begunAt === undefined) return false;
		if (this.#from === undefined) this.#begin(begunAt);
		const until = this.#readableTo();
		for (const _line of tape.lines(this.#from ?? 0, until)) return true;
		return false;
	}

	close(): void {
		this.#isClosed = true;
		this.#cancelWaiting?.();
	}

	/** Lines before this have been printed by now. */
	#readableTo(): number {
		const {endedAt} = this.#source;
		return endedAt === undefined ? this.#source.elapsed() + lineGap : endedAt + 1;
	}

	/** How long until something may be there to read; undefined when only a change of the container can bring more. */
	#delayToNext(): number | undefined {
		const {begunAt: startedAt, tape} = this.#source;
		if (startedAt === undefined) return undefined;
		const next = tape.nextAt(this.#from ?? 0);
		return next === undefined ? undefined : Math.max(0, next - this.#source.elapsed()) + lineGap;
	}

	#begin(startedAt: bigint): void {
		const {tail = mostHistory, since} = this.#query;
		const sinceMs = since === undefined ? 0 : Math.max(0, Number(since - startedAt) / 1e6 - lineGap);
		this.#from = sinceMs;
		if (this.#query.tail === undefined && since !== undefined) return;
		if (tail <= 0) {
			this.#from = this.#readableTo();
			return;
		}
		const first = this.#lastLines(Math.min(tail, mostHistory));
		if (!first) return;
		// the parts of a line share its time: those that the tail leaves out are dropped from the first line alone
		this.#from = Math.max(sinceMs, first.at);
		if (first.at >= sinceMs && first.skip > 0) this.#beginInside(first, startedAt);
	}

	#beginInside({at, skip}: {at: number; skip: number}, startedAt: bigint): void {
		for (const line of this.#source.tape.lines(at, at + lineGap)) {
			this.#rest = this.#parts(line, startedAt).slice(skip);
			this.#from = line.at + lineGap;
			return;
		}
	}

	/**
	 * Where the last `count` parts of lines begin. Goes back in windows that double until enough is found, so that the
	 * cost follows what is asked for and not how long the program has been running.
	 */
	#lastLines(count: number): {at: number; skip: number} | undefined {
		const until = this.#readableTo();
		for (let window = 50; ; window *= 4) {
			const from = Math.max(0, until - window);
			const places: {at: number; parts: number}[] = [];
			let total = 0;
			for (const line of this.#source.tape.lines(from, until)) {
				const parts = partCount(line);
				places.push({at: line.at, parts});
				total += parts;
			}
			if (total < count && from > 0) continue;
			let skip = Math.max(0, total - count);
			const first = places.findIndex((place) => {
				if (skip < place.parts) return true;
				skip -= place.parts;
				return false;
			});
			return first < 0 ? undefined : {at: places[first]?.at ?? 0, skip};
		}
	}

	#parts(line: OutputLine, startedAt: bigint): LogLine[] {
		const {stdout, stderr, since} = this.#query;
		const {isTerminal} = this.#source;
		const stream = isTerminal ? 'stdout' : line.stream;
		if (!(stream === 'stdout' ? stdout : stderr)) return [];
		const time = startedAt + BigInt(Math.round(line.at * 1e6));
		if (since !== undefined && time < since) return [];
		const text = Buffer.from(isTerminal && !line.isOpen ? `${line.text.replaceAll('\n', '\r\n')}\r` : line.text);
		if (text.length < partBytes) return [{time, stream, text, isPartial: line.isOpen === true}];
		const parts: LogLine[] = [];
		// a line that fills its last part to the brim gets one more, with nothing but the newline
		for (let at = 0; at < text.length || (at === text.length && !line.isOpen); at += partBytes) {
			const isLast = at + partBytes > text.length;
			parts.push({time, stream, text: text.subarray(at, at + partBytes), isPartial: !isLast || line.isOpen === true});
		}
		return parts;
	}
}

function partCount({text, isOpen}: OutputLine): number {
	if (text.length * 3 < partBytes) return 1;
	const bytes = Buffer.byteLength(text);
	return Math.max(1, isOpen ? Math.ceil(bytes / partBytes) : Math.floor(bytes / partBytes) + 1);
}
