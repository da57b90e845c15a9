import type {LogBehaviour} from '../catalogue.ts';
import {lineGapMs} from '../line-writer.ts';
import {forever, type OutputLine, type Tape} from '../process.ts';
import {Dice} from './dice.ts';
import type {Style, Text} from './style.ts';
import {isLogStyle, logStyles} from './styles.ts';

/**
 * A server's log as a function of time. Records fall into buckets of equal length, each with its own number of them, so
 * that traffic comes and goes; any record can be told without those before it.
 */

/** Between the lines of one record: 2 µs. */
const recordLineGapMs = 2 * lineGapMs;
/** The opening is over, and records begin, this long after the start. */
const openingMs = 40;
/** How much of the room between two records may be between them at most. */
const jitter = 0.8;

type LogContext = {
	/** When the program began, in milliseconds since the epoch. */
	readonly startedAt: number;
	/** A number in [0, 1) that the log's chance comes from. */
	readonly chance: number;
	/** When it dies, with a code other than 0. */
	readonly diesAt?: number;
};

export function logTape({style, linesPerSecond}: LogBehaviour, context: LogContext): Tape {
	return new LogTape(isLogStyle(style) ? logStyles[style] : logStyles.text, linesPerSecond, context);
}

class LogTape implements Tape {
	readonly #style: Style;
	readonly #context: LogContext;
	readonly #seed: number;
	readonly #bucketMs: number;
	readonly #meanPerBucket: number;
	readonly #diesAt: number;

	constructor(style: Style, recordsPerSecond: number, context: LogContext) {
		this.#style = style;
		this.#context = context;
		this.#seed = Math.floor(context.chance * 2 ** 31);
		this.#bucketMs = recordsPerSecond >= 4 ? 1000 : 4000 / Math.max(recordsPerSecond, 1e-6);
		this.#meanPerBucket = recordsPerSecond > 0 ? (recordsPerSecond * this.#bucketMs) / 1000 : 0;
		this.#diesAt = context.diesAt ?? forever;
	}

	*lines(from: number, until: number): Generator<OutputLine> {
		if (from < openingMs) {
			for (const line of this.#opening()) if (line.at >= from && line.at < until) yield line;
		}
		for (const [bucket, index, count] of this.#records(from, Math.min(until, this.#diesAt))) {
			for (const line of this.#record(bucket, index, count)) {
				if (line.at >= until) return;
				if (line.at >= from) yield line;
			}
		}
		if (until > this.#diesAt) {
			for (const line of this.#lastWords()) if (line.at >= from && line.at < until) yield line;
		}
	}

	nextAt(from: number): number | undefined {
		// buckets may be empty, but not many in a row
		const horizon = Math.max(from, openingMs) + 64 * this.#bucketMs;
		for (const line of this.lines(from, horizon)) return line.at;
		return this.#meanPerBucket > 0 && this.#diesAt > horizon ? horizon : undefined;
	}

	/** The records that may have lines in the stretch. */
	*#records(from: number, until: number): Generator<readonly [bucket: number, index: number, count: number]> {
		if (this.#meanPerBucket === 0) return;
		const base = Math.max(from, openingMs) - openingMs;
		const firstBucket = Math.floor(base / this.#bucketMs);
		for (let bucket = Math.max(0, firstBucket - 1); openingMs + bucket * this.#bucketMs < until; bucket++) {
			const count = this.#countIn(bucket);
			const room = this.#bucketMs / Math.max(1, count);
			// the record before may still be printing
			const firstIndex = Math.max(0, Math.floor((base - bucket * this.#bucketMs) / room) - 1);
			for (let index = firstIndex; index < count; index++) {
				if (openingMs + bucket * this.#bucketMs + index * room >= until) return;
				yield [bucket, index, count];
			}
		}
	}

	#countIn(bucket: number): number {
		const draw = new Dice().cast(this.#seed, bucket, -1).next();
		return Math.round(this.#meanPerBucket * (0.5 + draw));
	}

	#record(bucket: number, index: number, count: number): OutputLine[] {
		const dice = new Dice().cast(this.#seed, bucket, index);
		const at = openingMs + (bucket + (index + dice.next() * jitter) / count) * this.#bucketMs;
		if (at >= this.#diesAt - lastWordsMs) return [];
		const texts = this.#style.record(this.#context.startedAt + at, dice);
		const lines = typeof texts === 'string' || 'stderr' in texts ? [texts] : texts;
		// all of them before the next record, however many records there are
		const room = ((1 - jitter) * this.#bucketMs) / count;
		return spread(lines, at, Math.min(recordLineGapMs, (room * 0.95) / lines.length));
	}

	#opening(): OutputLine[] {
		const dice = new Dice().cast(this.#seed, -1, 0);
		return spread(this.#style.opening?.(this.#context.startedAt, dice) ?? [], 1, 1);
	}

	#lastWords(): OutputLine[] {
		const dice = new Dice().cast(this.#seed, -2, 0);
		const at = Math.max(openingMs, this.#diesAt - lastWordsMs);
		return spread(this.#style.lastWords?.(this.#context.startedAt + at, dice) ?? [], at, recordLineGapMs);
	}
}

/** What a dying program says last, it says in its last half millisecond. */
const lastWordsMs = 0.5;

function spread(texts: readonly Text[], at: number, gap: number): OutputLine[] {
	return texts.map((text, index) => {
		const time = at + index * gap;
		return typeof text === 'string'
			? {at: time, stream: 'stdout', text}
			: {at: time, stream: 'stderr', text: text.stderr};
	});
}
