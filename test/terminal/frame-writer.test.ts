import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {FrameWriter, type ScreenSize} from '../../source/terminal/frame-writer.ts';
import {isPredictable} from '../../source/terminal/predictable.ts';
import {toCellRow} from '../../source/text/cell-row.ts';
import {fitCells} from '../../source/text/fit.ts';
import {toSafeText, toStyledText} from '../../source/text/safe-text.ts';
import {Emulator} from '../screens/support/emulator.ts';
import {hostileLines} from '../text/hostile-lines.ts';
import {applyStep, type Step, step} from './frames.ts';

const numRuns = 150;

async function draw(frame: string, size: ScreenSize, unicode: 'modern' | '6'): Promise<Emulator> {
	const emulator = new Emulator({...size, unicode});
	await emulator.write(new FrameWriter(size).update(frame));
	return emulator;
}

/** What a frame should look like, from its text alone: every glyph that all terminals agree on, in its place. */
function expectInPlace(emulator: Emulator, frame: string, {columns, rows}: ScreenSize): void {
	const lines = frame.split('\n');
	for (let y = 0; y < rows; y++) {
		const wanted = toCellRow(lines[y] ?? '');
		const shown = emulator.cells(y);
		for (let x = 0; x < columns; x++) {
			const glyph = wanted.glyphs[x] ?? ' ';
			const isCut = wanted.glyphs[x + 1] === '' && x + 1 === columns;
			if (isPredictable(glyph) && !isCut) {
				expect(`${y},${x} ${shown[x]?.style}|${shown[x]?.text}`).toBe(
					`${y},${x} ${asShown(wanted.styles[x] ?? '')}|${glyph}`,
				);
			}
		}
	}
}

/** The emulator does not tell `38;5;8` from `90`: they are the same colour. */
const asShown = (style: string): string =>
	style.replace(/\b([34])8;5;(\d+)\b/g, (whole, layer: string, index: string) => {
		const [base, colour] = [Number(layer) * 10, Number(index)];
		return colour < 8 ? String(base + colour) : colour < 16 ? String(base + 60 + colour - 8) : whole;
	});

async function play(steps: readonly Step[], unicode: 'modern' | '6'): Promise<void> {
	let size: ScreenSize = {columns: 40, rows: 16};
	const writer = new FrameWriter(size);
	const emulator = new Emulator({...size, unicode});
	let lines: string[] = [];
	for (const next of steps) {
		lines = applyStep(lines, next);
		if (next.kind === 'redraw') writer.forget();
		if (next.kind === 'resize') {
			size = {columns: next.columns, rows: next.rows};
			emulator.resize(size.columns, size.rows);
			writer.resize(size);
		}
		const scrolledOff = emulator.scrolledOff;
		await emulator.write(writer.update(lines.join('\n')));
		expect(emulator.scrolledOff).toBe(scrolledOff);
		expect(writer.update(lines.join('\n'))).toBe('');
	}
	const frame = lines.join('\n');
	const fresh = await draw(frame, size, unicode);
	expect(emulator.picture()).toEqual(fresh.picture());
	expectInPlace(emulator, frame, size);
}

describe('after any sequence of frames the screen shows the last one', () => {
	it.each(['modern', '6'] as const)('on a terminal with %s Unicode', async (unicode) => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 8}), (steps) => play(steps, unicode)),
			{numRuns},
		);
	});
});

const size = {columns: 200, rows: 50};

/** A bordered pane over the whole screen, with log lines in it. */
function logFrame(first: number, total = size.rows - 2): string {
	const inner = size.columns - 4;
	const lines = Array.from({length: total}, (_, y) => {
		const text = toStyledText(
			`\u001b[36mweb.1@m1\u001b[39m request ${first + y} took ${(first + y) % 97} ms and returned 200`,
		);
		return `│ ${fitCells(text, inner)} │`;
	});
	return [`┌${'─'.repeat(size.columns - 2)}┐`, ...lines, `└${'─'.repeat(size.columns - 2)}┘`].join('\n');
}

describe('the bytes of an update', () => {
	function bytesBetween(...frames: readonly string[]): number {
		const writer = new FrameWriter(size);
		let last = '';
		for (const frame of frames) last = writer.update(frame);
		return Buffer.byteLength(last);
	}

	it('none when nothing changed', () => {
		expect(bytesBetween(logFrame(1), logFrame(1))).toBe(0);
	});

	it('few for one changed cell, coloured or not', () => {
		const frame = logFrame(1);
		const digits = frame.split('\n');
		digits[24] = (digits[24] ?? '').replace('200', '201');
		expect(bytesBetween(frame, digits.join('\n'))).toBeLessThanOrEqual(12);
		const coloured = frame.split('\n');
		coloured[24] = (coloured[24] ?? '').replace('web.1', 'web.2');
		expect(bytesBetween(frame, coloured.join('\n'))).toBeLessThanOrEqual(28);
	});

	it.each([
		['up by one line', logFrame(1), logFrame(2), 150],
		['up by five lines', logFrame(1), logFrame(6), 480],
		['down by one line', logFrame(2), logFrame(1), 150],
		['down by ten lines', logFrame(11), logFrame(1), 900],
	])('few for a log that scrolls %s', (_, before, after, budget) => {
		expect(bytesBetween(before, after)).toBeLessThanOrEqual(budget);
	});

	it('few for a log that scrolls while a clock in the header and a counter in the footer change', () => {
		const frame = (clock: string, first: number) =>
			[`swarm ${clock}`, ...logFrame(first, size.rows - 4).split('\n'), `line ${first}`].join('\n');
		expect(bytesBetween(frame('12:00:01', 1), frame('12:00:02', 2))).toBeLessThanOrEqual(170);
	});

	it('few for a list that scrolls under a selection bar that stays', () => {
		const frame = (first: number) =>
			logFrame(first)
				.split('\n')
				.map((text, y) => (y === 20 ? `\u001b[7m${text}\u001b[27m` : text))
				.join('\n');
		expect(bytesBetween(frame(1), frame(2))).toBeLessThanOrEqual(700);
	});

	it('are plain cell changes when panes stand side by side', async () => {
		const left = Array.from({length: size.rows}, (_, y) => fitCells(toSafeText(`task ${y}`), 100));
		const right = logFrame(1).split('\n');
		const later = logFrame(2).split('\n');
		const beside = (logs: readonly string[]) => left.map((text, y) => text + (logs[y] ?? '').slice(0, 80)).join('\n');
		const writer = new FrameWriter(size);
		writer.update(beside(right));
		expect(writer.update(beside(later))).not.toMatch(/\u001b\[\d*;\d*r/);
	});
});

describe('whatever a line holds', () => {
	const allowed = /\u001b\[(?:[\d;]*[mHGKXMLr]|J|\?7l|\?2026[hl])|\u001bM|\r/g;

	it.each(hostileLines)('only sequences of our own reach the terminal: $name', ({raw}) => {
		const writer = new FrameWriter({columns: 30, rows: 4});
		const bytes = writer.update(`one\n${raw}\nthree`) + writer.update(`${raw}${raw}\nx${raw}`);
		expect(bytes.replace(allowed, '')).not.toMatch(/\p{Cc}/u);
	});
});

it('a full row on the last line scrolls nothing, even where the terminal wraps', async () => {
	const small = {columns: 5, rows: 2};
	const emulator = new Emulator(small);
	const bytes = new FrameWriter(small).update('aaaaa\nbbbbb\nccccc');
	await emulator.write(bytes.replaceAll('\u001b[?7l', ''));
	expect(emulator.text()).toBe('aaaaa\nbbbbb');
	expect(emulator.scrolledOff).toBe(0);
});

it('a screen of one cell is drawn', async () => {
	expect((await draw('漢\nx', {columns: 1, rows: 1}, 'modern')).text()).toBe('');
	expect((await draw('x漢', {columns: 1, rows: 1}, 'modern')).text()).toBe('x');
});
