import {readFileSync} from 'node:fs';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {FrameDecoder, type LogFrame} from '../../source/logs/frame-decoder.ts';
import {recordedLog} from './support.ts';

function decodeAll(chunks: readonly Uint8Array[]): LogFrame[] {
	const decoder = new FrameDecoder();
	return [...chunks.flatMap((chunk) => decoder.push(chunk)), ...decoder.end()];
}

function cut(data: Buffer, places: readonly number[]): Buffer[] {
	const sorted = [0, ...places.map((place) => place % (data.length + 1)), data.length].sort((a, b) => a - b);
	return sorted.slice(1).map((end, i) => data.subarray(sorted[i], end));
}

const texts = (frames: readonly LogFrame[]) =>
	frames.map((frame) => `${frame.stream} ${frame.payload.toString('latin1')}`);

describe('the frame decoder', () => {
	it('reads a recorded stream of two tasks: 24 lines, half of them on stderr', () => {
		const frames = decodeAll([recordedLog('mix-details-timestamps')]);
		expect(frames).toHaveLength(24);
		expect(frames.filter((frame) => frame.stream === 'stderr')).toHaveLength(12);
		expect(frames.every((frame) => frame.payload.at(-1) === 0x0a)).toBe(true);
	});

	it('tells the error frame of a node that is down from lines', () => {
		const frames = decodeAll([recordedLog('node-down-details')]);
		expect(frames.at(-1)?.stream).toBe('error');
		expect(frames.at(-1)?.payload.toString()).toMatch(/^Error grabbing logs: .* node [a-z0-9]{25} is not available/);
	});

	it.each(['mix-details-timestamps', 'long-timestamps', 'node-down-details'])(
		'gives the same frames wherever %s is cut',
		(name) => {
			const data = recordedLog(name);
			const whole = texts(decodeAll([data]));
			fc.assert(
				fc.property(fc.array(fc.nat(), {maxLength: 40}), (places) => {
					expect(texts(decodeAll(cut(data, places)))).toEqual(whole);
				}),
				{numRuns: 300},
			);
		},
	);

	it('loses no intact line, whatever bytes are damaged and wherever the stream is cut', () => {
		const data = recordedLog('mix-details-timestamps');
		const frames = frameRanges(data);
		const damage = fc.array(fc.record({at: fc.nat({max: data.length - 1}), byte: fc.nat({max: 255})}), {
			minLength: 1,
			maxLength: 6,
		});
		fc.assert(
			fc.property(damage, fc.array(fc.nat(), {maxLength: 6}), (harm, places) => {
				const damaged = Buffer.from(data);
				for (const {at, byte} of harm) damaged[at] = byte;
				const found = new Set(decodeAll(cut(damaged, places)).map((frame) => frame.payload.toString('latin1')));
				for (const [start, end] of frames) {
					const isIntact = damaged.subarray(start, end).equals(data.subarray(start, end));
					if (isIntact) expect(found).toContain(data.toString('latin1', start + 8, end));
				}
			}),
			{numRuns: Number(process.env['SWARMTOP_FUZZ_RUNS'] ?? 5000)},
		);
	}, 300_000);

	it('is not fooled by a line that prints a frame', () => {
		const line = Buffer.concat([
			Buffer.from('2026-11-21T03:01:56.740831754Z a\x01\0\0\0\0\0\0\x30', 'latin1'),
			Buffer.from('2026-11-21T03:01:56.740831754Z forged\n'),
		]);
		const head = Buffer.from([1, 0, 0, 0, 0, 0, 0, line.length]);
		expect(decodeAll([Buffer.concat([head, line])]).map((frame) => frame.payload.length)).toEqual([line.length]);
	});
});

function frameRanges(data: Buffer): [number, number][] {
	const ranges: [number, number][] = [];
	for (let at = 0; at < data.length; ) {
		const end = at + 8 + data.readUInt32BE(at + 4);
		ranges.push([at, end]);
		at = end;
	}
	return ranges;
}

it('the recordings are the engine’s own bytes', () => {
	expect(readFileSync('fixtures/recorded/logs/mix-details-timestamps.bin')).toHaveLength(4824);
});
