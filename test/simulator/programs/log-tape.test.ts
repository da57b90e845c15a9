import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {logTape} from '../../../source/simulator/programs/logs/log-tape.ts';
import {logStyles} from '../../../source/simulator/programs/logs/styles.ts';
import type {OutputLine} from '../../../source/simulator/programs/process.ts';

const startedAt = Date.UTC(2026, 0, 5, 12);
const styles = Object.keys(logStyles);
const all = (lines: Iterable<OutputLine>): OutputLine[] => [...lines];

describe.each(styles)('a log in the style of %s', (style) => {
	const tape = logTape({style, linesPerSecond: 7}, {startedAt, chance: 0.37});

	it('has lines that come one after the other, about as many as it should', () => {
		const lines = all(tape.lines(0, 120_000));
		for (const [index, line] of lines.entries()) {
			if (index > 0) expect(line.at).toBeGreaterThan(lines[index - 1]?.at ?? 0);
			expect(line.text).not.toMatch(/\n|undefined|NaN/);
		}
		expect(lines.length).toBeGreaterThan(500);
	});

	it('reads the same from anywhere', () => {
		fc.assert(
			fc.property(
				fc.double({min: 0, max: 40_000, noNaN: true}),
				fc.double({min: 0, max: 5000, noNaN: true}),
				(from, span) => {
					const whole = all(tape.lines(0, from + span)).filter(({at}) => at >= from);
					expect(all(tape.lines(from, from + span))).toEqual(whole);
					const next = tape.nextAt(from);
					const [first] = all(tape.lines(from, from + 10_000));
					expect(next).toBe(first?.at);
				},
			),
			{numRuns: 60},
		);
	});
});

it('says what it dies of, and nothing after', () => {
	const tape = logTape({style: 'python', linesPerSecond: 2}, {startedAt, chance: 0.1, diesAt: 30_000});
	const lines = all(tape.lines(0, 90_000));
	expect(lines.at(-1)?.at).toBeLessThanOrEqual(30_000);
	expect(lines.some(({text, stream}) => text.startsWith('Traceback') && stream === 'stderr')).toBe(true);
	expect(tape.nextAt(30_001)).toBeUndefined();
});

it('a thousand hours in, the next line costs no more than the first', () => {
	const tape = logTape({style: 'nginx', linesPerSecond: 20_000}, {startedAt, chance: 0.5});
	const from = 3_600_000_000;
	expect(all(tape.lines(from, from + 10)).length).toBeGreaterThan(50);
});

it('some of a JSON log’s lines are longer than the log driver’s pieces, and some are not ASCII', () => {
	const tape = logTape({style: 'json', linesPerSecond: 1000}, {startedAt, chance: 0.5});
	const lines = all(tape.lines(0, 20_000));
	expect(lines.some(({text}) => text.length > 16_384)).toBe(true);
	expect(lines.some(({text}) => /[가-힣]/.test(text))).toBe(true);
});
