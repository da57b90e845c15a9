import {FrameDecoder} from './frame-decoder.ts';
import {LineJoiner} from './line-joiner.ts';
import {type LogLine, type LogOrigin, PayloadParser} from './log-line.ts';
import {RawDecoder} from './raw-decoder.ts';

/** What comes out of a log stream's bytes: whole lines, and the engine's words about lines that it could not get. */
export type LogItem =
	| {readonly kind: 'line'; readonly line: LogLine}
	| {readonly kind: 'problem'; readonly message: string}
	/** The beginning of that line is not in the response. */
	| {readonly kind: 'cut'; readonly origin: LogOrigin; readonly stamp: string};

/** From bytes to lines, for one response of the engine. */
export interface LineReader {
	push(chunk: Uint8Array): LogItem[];
	/** Lines that have begun and not ended: whoever waits for their end in vain takes them with `flush`. */
	readonly hasOpenLine: boolean;
	/** What has come of them, as lines. */
	flush(): LogItem[];
	/** The response has ended. `tail`: so many lines of each task had been asked for. */
	end(tail?: number): LogItem[];
}

/** `isRaw`: the service has a TTY, so its stream has no frames. */
export function createLineReader(isRaw: boolean, parser = new PayloadParser()): LineReader {
	return isRaw ? rawReader(parser) : framedReader(parser);
}

const toItem = (line: LogLine): LogItem => ({kind: 'line', line});

function cutItem(joiner: LineJoiner, tail: number | undefined): LogItem[] {
	const cut = joiner.cutBy(tail);
	return cut ? [{kind: 'cut', origin: cut.origin, stamp: cut.stamp}] : [];
}

function framedReader(parser: PayloadParser): LineReader {
	const decoder = new FrameDecoder();
	const joiner = new LineJoiner();
	const items = (frames: ReturnType<FrameDecoder['push']>): LogItem[] =>
		frames.flatMap(({stream, payload}): LogItem[] =>
			stream === 'error'
				? [{kind: 'problem', message: payload.toString('utf8').trimEnd()}]
				: joiner.push(parser.parse(payload, stream)).map(toItem),
		);
	return {
		push: (chunk) => items(decoder.push(chunk)),
		get hasOpenLine() {
			return decoder.isWaiting || joiner.hasOpenLine;
		},
		flush: () => [...items(decoder.believe()), ...joiner.end().map(toItem)],
		end: (tail) => [...items(decoder.end()), ...joiner.end().map(toItem), ...cutItem(joiner, tail)],
	};
}

function rawReader(parser: PayloadParser): LineReader {
	const decoder = new RawDecoder();
	const joiner = new LineJoiner();
	const items = (lines: ReturnType<RawDecoder['push']>): LogItem[] =>
		lines.flatMap((line): LogItem[] =>
			line.kind === 'error'
				? [{kind: 'problem', message: line.message}]
				: joiner.push(parser.parse(line.payload, 'stdout')).map(toItem),
		);
	const end = (tail?: number) => [...items(decoder.end()), ...joiner.end().map(toItem), ...cutItem(joiner, tail)];
	return {
		push: (chunk) => items(decoder.push(chunk)),
		get hasOpenLine() {
			return decoder.hasOpenLine || joiner.hasOpenLine;
		},
		flush: () => end(),
		end,
	};
}

/**
 * The nodes and tasks that an error frame names: `incomplete log stream. some logs could not be retrieved for the
 * following reasons: node X is not available, task Y has not been scheduled` (swarmkit manager/logbroker).
 */
export function missingFrom(message: string): {nodes: string[]; tasks: string[]} {
	const ids = (kind: string) =>
		[...message.matchAll(new RegExp(`\\b${kind} ([a-z0-9]{25})\\b`, 'g'))].map((m) => m[1] ?? '');
	return {nodes: ids('node'), tasks: ids('task')};
}
