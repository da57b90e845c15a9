import {readFileSync} from 'node:fs';
import {describe, expect, it} from 'vitest';
import type {Sink} from '../../../source/simulator/api/call.ts';
import {contentTypeOf, encodeError, encodeLines, type LogFormat} from '../../../source/simulator/api/logs/frames.ts';
import {LogPump} from '../../../source/simulator/api/logs/pump.ts';
import {detailsText} from '../../../source/simulator/api/logs/service-logs.ts';
import type {LogCursor, LogLine} from '../../../source/simulator/contract.ts';

const line = (text: string, more: Partial<LogLine> = {}): LogLine => ({
	time: 1_795_230_116_740_831_754n,
	stream: 'stdout',
	text: Buffer.from(text),
	isPartial: false,
	...more,
});
const framed: LogFormat = {isFramed: true, timestamps: false, details: false};

describe('a line', () => {
	it('has a head of its stream and length', () => {
		expect(encodeLines([line('out 1')], framed, '').toString('latin1')).toBe('\x01\0\0\0\0\0\0\x06out 1\n');
		expect(encodeLines([line('err', {stream: 'stderr'})], framed, '')[0]).toBe(2);
	});

	it('has its time before its details', () => {
		const bytes = encodeLines([line('x')], {...framed, timestamps: true, details: true}, 'a=b');
		expect(bytes.subarray(8).toString()).toBe('2026-11-21T03:01:56.740831754Z a=b x\n');
	});

	it('ends without a newline where the program wrote none', () => {
		expect(
			encodeLines([line('part', {isPartial: true})], framed, '')
				.subarray(8)
				.toString(),
		).toBe('part');
	});

	it('of a terminal goes bare', () => {
		expect(encodeLines([line('hi\r')], {...framed, isFramed: false}, '').toString()).toBe('hi\r\n');
	});
});

it('says what is missing in a frame of type 3, or bare', () => {
	const frame = encodeError('gone', framed);
	expect([frame[0], frame.subarray(8).toString()]).toEqual([3, 'Error grabbing logs: gone\n']);
	expect(encodeError('gone', {...framed, isFramed: false}).toString()).toBe('Error grabbing logs: gone\n');
});

it('tells framed streams from bare ones since API 1.42', () => {
	const named = [45, 41].map((minor) => contentTypeOf(framed, minor));
	expect(named).toEqual(['application/vnd.docker.multiplexed-stream', 'application/vnd.docker.raw-stream']);
});

it('writes details by key, escaped', () => {
	expect(detailsText({b: 'x y', a: 'p=q,r'})).toBe('a=p%3Dq%2Cr,b=x+y');
});

/** A log of so many lines, all there from the start; `grow` adds to it. */
class FakeCursor implements LogCursor {
	readonly #lines: LogLine[];
	readonly #followed: boolean;
	#wake: (() => void) | undefined;
	isClosed = false;
	wasRead = 0;

	constructor(count: number, {followed = false} = {}) {
		this.#lines = Array.from({length: count}, (_, index) => line(`${index}`));
		this.#followed = followed;
	}

	grow(text: string): void {
		this.#lines.push(line(text));
		this.#wake?.();
	}

	read(most: number): LogLine[] {
		const lines = this.#lines.splice(0, most);
		this.wasRead += lines.length;
		return lines;
	}

	whenMore(call: () => void): () => void {
		this.#wake = call;
		return () => {
			this.#wake = undefined;
		};
	}

	get isEnded(): boolean {
		return !this.#followed && this.#lines.length === 0;
	}

	close(): void {
		this.isClosed = true;
	}
}

/** A reader that takes a chunk whenever it is told to. */
function slowReader() {
	const controller = new AbortController();
	const chunks: string[] = [];
	let take: () => void = () => undefined;
	const sink: Sink = {
		signal: controller.signal,
		write: (chunk) =>
			new Promise((resolve) => {
				chunks.push(Buffer.from(chunk).toString());
				take = () => resolve(true);
				controller.signal.addEventListener('abort', () => resolve(false), {once: true});
			}),
	};
	return {sink, chunks, take: () => take(), leave: () => controller.abort()};
}

const bare: LogFormat = {...framed, isFramed: false};
const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('the pump', () => {
	it('reads no further than the reader has taken', async () => {
		const reader = slowReader();
		const cursor = new FakeCursor(100_000);
		const pump = new LogPump(reader.sink, bare);
		pump.add(cursor, '', undefined);
		const ended = pump.run({forEver: false});
		await turn();
		expect(cursor.wasRead).toBeLessThan(1000);
		reader.leave();
		await ended;
		expect(cursor.isClosed).toBe(true);
	});

	it('gives every log its turn, and each its order', async () => {
		const reader = slowReader();
		const pump = new LogPump(reader.sink, bare);
		for (const count of [600, 600]) pump.add(new FakeCursor(count), '', undefined);
		const ended = pump.run({forEver: false});
		for (let i = 0; i < 10; i++) {
			await turn();
			reader.take();
		}
		await ended;
		expect(reader.chunks.map((chunk) => chunk.split('\n', 1)[0])).toEqual(['0', '0', '256', '256', '512', '512']);
	});

	it('takes in a log that comes later, and goes on when all have ended', async () => {
		const reader = slowReader();
		const pump = new LogPump(reader.sink, bare);
		pump.add(new FakeCursor(1), '', undefined);
		const ended = pump.run({forEver: true});
		await turn();
		reader.take();
		await turn();
		const late = new FakeCursor(0, {followed: true});
		pump.add(late, '', undefined);
		await turn();
		late.grow('new');
		await turn();
		expect(reader.chunks).toEqual(['0\n', 'new\n']);
		reader.leave();
		await ended;
	});

	it('leaves out what was printed after it was asked', async () => {
		const reader = slowReader();
		const pump = new LogPump(reader.sink, bare);
		const cursor = new FakeCursor(0);
		cursor.read = () => [line('before', {time: 5n}), line('after', {time: 6n})];
		pump.add(cursor, '', 5n);
		const ended = pump.run({forEver: false});
		await turn();
		reader.take();
		await ended;
		expect(reader.chunks).toEqual(['before\n']);
	});
});

it('frames a recorded stream as the engine did', () => {
	const url = new URL('../../../fixtures/recorded/engine-26.1/logs-long.bin', import.meta.url);
	const recorded = readFileSync(url);
	const lines: LogLine[] = [];
	for (let at = 0; at < recorded.length; ) {
		const length = recorded.readUInt32BE(at + 4);
		const text = recorded.subarray(at + 8, at + 8 + length);
		const isPartial = text.at(-1) !== 10;
		lines.push(line('', {text: isPartial ? text : text.subarray(0, -1), isPartial}));
		at += 8 + length;
	}
	expect(encodeLines(lines, framed, '').equals(recorded)).toBe(true);
});
