import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {Compositor} from '../../source/terminal/compositor.ts';
import {LineGlyphs, layerMark} from '../../source/terminal/line-glyphs.ts';
import {cellsToLine, toCellRow} from '../../source/text/cell-row.ts';
import {fitCells} from '../../source/text/fit.ts';
import {type StyledText, stripStyles, toStyledText} from '../../source/text/safe-text.ts';

const red = (text: string): StyledText => toStyledText(`\u001b[31m${text}\u001b[m`);
const plain = (text: string): string => stripStyles(text as StyledText).trimEnd();

/** The frame in which a row has these texts from these columns on, each from one cell as Ink places it. */
function drawn(width: number, ...placed: readonly (readonly [x: number, text: string])[]): string {
	const cells: string[] = Array.from({length: width}, () => ' ');
	for (const [x, text] of placed) for (const [index, cell] of [...text].entries()) cells[x + index] = cell;
	return cells.join('').trimEnd();
}

const layered = (...layers: readonly (readonly string[])[]): string =>
	layers.map((rows) => rows.join('\n')).join(`\n${layerMark}\n`);

function setUp() {
	const glyphs = new LineGlyphs();
	const compositor = new Compositor(glyphs);
	const line = (text: string, width = text.length): string => glyphs.take({text, width});
	return {glyphs, compositor, line};
}

describe('lines in a frame of Ink', () => {
	it('stand where their glyphs are, several in a row, between what Ink has drawn', () => {
		const {compositor, line} = setUp();
		const row = drawn(20, [0, '│'], [1, line('left')], [8, '│'], [9, '│'], [10, line('right')], [19, '│']);
		expect(compositor.compose(`${row}\n\n${drawn(20, [3, line('x')])}`)).toBe('│left   ││right    │\n\n   x');
	});

	it('keep their colours', () => {
		const {compositor, line} = setUp();
		const text = red('warm');
		expect(compositor.compose(drawn(10, [1, line(text, 4)], [6, line('cold')]))).toBe(` ${text} cold`);
	});

	it('cover those of the layers before, which show on both sides', () => {
		const {compositor, line} = setUp();
		const below = drawn(24, [0, line('a line of the pane below')]);
		const front = drawn(24, [8, line('DIALOG')]);
		expect(compositor.compose(layered([below], [front]))).toBe('a line oDIALOGpane below');
		expect(compositor.compose(layered([below], [], [front]))).toBe('a line oDIALOGpane below');
		expect(compositor.compose(layered([below]))).toBe('a line of the pane below');
	});

	it('cover what begins where they begin, and no more of it than they are wide', () => {
		const {compositor, line} = setUp();
		const frame = layered([drawn(12, [0, line('a longer line')])], [drawn(12, [0, line('OVER')])]);
		expect(compositor.compose(frame)).toBe('OVERnger line');
	});

	it('hide borders and beginnings of lines that lie behind them', () => {
		const {compositor, line} = setUp();
		const panes = drawn(30, [0, line('left pane here')], [14, '││'], [16, line('right pane', 14)]);
		const dialog = drawn(30, [9, '┃'], [10, line(' dialog   ')], [20, '┃']);
		expect(compositor.compose(layered([panes], [dialog])).trimEnd()).toBe('left pane┃ dialog   ┃ pane');
	});

	it('blank a wide character that is half covered', () => {
		const {compositor, line} = setUp();
		const frame = layered([drawn(12, [0, line('漢字漢字', 8)])], [drawn(12, [3, line('xx')])]);
		expect(compositor.compose(frame)).toBe('漢 xx 字');
	});

	it('leave what Ink draws by itself in front, with its style; its blank cells show them', () => {
		const {compositor, line} = setUp();
		const row = `${line('a long line below', 17)}   \u001b[31mhi\u001b[39m`;
		expect(plain(compositor.compose(row))).toBe('a lohi line below');
		expect(compositor.compose(row)).toContain('\u001b[31mhi\u001b[m');
	});

	it('are drawn again as they are when only Ink draws again, and anew when their glyph is', () => {
		const {compositor, line, glyphs} = setUp();
		const first = line('one');
		expect([compositor.compose(first), compositor.compose(first)]).toEqual(['one', 'one']);
		const second = line('two');
		glyphs.release(first);
		expect(compositor.compose(second)).toBe('two');
	});

	it('leave a sign of that plane alone that stands for no line', () => {
		const {compositor} = setUp();
		expect(compositor.compose('a \u{f0123} b')).toBe('a \u{f0123} b');
	});

	it('come out as a painter would paint them, layer by layer', () => {
		const piece = fc.record({
			x: fc.integer({min: 0, max: 30}),
			width: fc.integer({min: 1, max: 12}),
			text: fc.stringMatching(/^[a-z漢]{1,12}$/),
		});
		fc.assert(
			fc.property(fc.array(piece, {maxLength: 6}), (pieces) => {
				const {compositor, line} = setUp();
				let canvas = ' '.repeat(60);
				const layers: string[][] = [[]];
				for (const {x, width, text} of pieces) {
					const shown = fitCells(toStyledText(text), width);
					const cells = toCellRow(canvas);
					canvas = cellsToLine(cells, 0, x) + shown + cellsToLine(cells, x + width, 60);
					layers.push([drawn(60, [x, line(shown, width)])]);
				}
				expect(compositor.compose(layered(...layers)).trimEnd()).toBe(canvas.trimEnd());
			}),
		);
	});
});

it('never runs out: glyphs come back, but not those that are in use', () => {
	const {glyphs, compositor, line} = setUp();
	const header = line('header');
	for (let frame = 0; frame < 70_000; frame++) {
		const glyph = line(`line ${frame}`);
		if (compositor.compose(`${header}${' '.repeat(5)}${glyph}`) !== `headerline ${frame}`)
			expect.fail(`frame ${frame}`);
		glyphs.release(glyph);
	}
});
