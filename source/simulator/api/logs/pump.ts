import type {LogCursor, LogLine} from '../../contract.ts';
import type {Sink} from '../call.ts';
import {encodeLines, type LogFormat} from './frames.ts';

/**
 * Several logs read into one stream, at the pace of the client: nothing is read ahead of what it has taken, so a slow
 * reader costs nothing. Logs take turns; within each its order is kept.
 */

/** How many lines a log may send before the next has its turn. */
const linesPerTurn = 256;

type Source = {
	readonly cursor: LogCursor;
	readonly attributes: string;
	readonly until: bigint | undefined;
	readonly cancelWait: () => void;
};

export class LogPump {
	readonly #sink: Sink;
	readonly #format: LogFormat;
	readonly #sources = new Map<LogCursor, Source>();
	/** Those that may have something to read. */
	readonly #ready = new Set<LogCursor>();
	#wake: () => void = () => undefined;
	#isStopped = false;

	constructor(sink: Sink, format: LogFormat) {
		this.#sink = sink;
		this.#format = format;
		sink.signal.addEventListener('abort', () => this.stop(), {once: true});
		if (sink.signal.aborted) this.stop();
	}

	/**
	 * Adds a log, to be read up to the lines of the time `until`: what comes later belongs to a request that follows, and
	 * without that a busy log would never be read to its end. Undefined follows it.
	 */
	add(cursor: LogCursor, attributes: string, until: bigint | undefined): void {
		if (this.#isStopped) {
			cursor.close();
			return;
		}
		this.#sources.set(cursor, {cursor, attributes, until, cancelWait: () => undefined});
		this.#markReady(cursor);
	}

	/** Ends the stream after what is being written. */
	stop(): void {
		this.#isStopped = true;
		this.#wake();
	}

	/** Pumps until every log has ended and, with `forEver`, beyond: then until stopped. */
	async run({forEver}: {forEver: boolean}): Promise<void> {
		try {
			while (!this.#isStopped) {
				const [next] = this.#ready;
				if (next) {
					if (!(await this.#turn(next))) return;
				} else if (this.#sources.size === 0 && !forEver) {
					return;
				} else {
					await new Promise<void>((resolve) => {
						this.#wake = resolve;
					});
				}
			}
		} finally {
			this.#isStopped = true;
			for (const {cursor, cancelWait} of this.#sources.values()) {
				cancelWait();
				cursor.close();
			}
			this.#sources.clear();
		}
	}

	/** False once the client has gone. */
	async #turn(cursor: LogCursor): Promise<boolean> {
		this.#ready.delete(cursor);
		const source = this.#sources.get(cursor);
		if (!source) return true;
		const {lines, isDone} = this.#read(source);
		if (lines.length > 0 && !(await this.#sink.write(encodeLines(lines, this.#format, source.attributes))))
			return false;
		if (isDone) {
			this.#sources.delete(cursor);
			cursor.close();
		} else if (lines.length > 0) {
			this.#markReady(cursor);
		} else {
			this.#sources.set(cursor, {...source, cancelWait: cursor.whenMore(() => this.#markReady(cursor))});
		}
		return true;
	}

	#read({cursor, until}: Source): {lines: LogLine[]; isDone: boolean} {
		const lines = cursor.read(linesPerTurn);
		if (until === undefined) return {lines, isDone: lines.length === 0 && cursor.isEnded};
		const inTime = lines.filter(({time}) => time <= until);
		return {lines: inTime, isDone: lines.length === 0 || inTime.length < lines.length};
	}

	#markReady(cursor: LogCursor): void {
		this.#ready.add(cursor);
		this.#wake();
	}
}
