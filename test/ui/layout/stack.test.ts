import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type CellRow, toCellRow} from '../../../source/text/cell-row.ts';
import {fitCells} from '../../../source/text/fit.ts';
import {toSafeText, toStyledText} from '../../../source/text/safe-text.ts';
import {type Block, stacked} from '../../../source/ui/layout/stack.ts';

const size = {columns: 20, rows: 6};

function block(x: number, y: number, ...lines: string[]): Block {
	const width = Math.max(0, ...lines.map((line) => line.length));
	return {rect: {x, y, width, height: lines.length}, lines: lines.map(toSafeText)};
}

const text = fc
	.array(fc.constantFrom('a', 'b', ' ', '漢', '│', '\u001b[31m', '\u001b[44m', '\u001b[0m'), {maxLength: 30})
	.map((parts) => toStyledText(parts.join('')));

const anyBlock: fc.Arbitrary<Block> = fc
	.record({x: fc.nat(19), y: fc.nat(5), width: fc.integer({min: 1, max: 20}), lines: fc.array(text, {maxLength: 6})})
	.map(({x, y, width, lines}) => {
		const inside = Math.min(width, size.columns - x);
		return {rect: {x, y, width: inside, height: lines.length}, lines: lines.map((line) => fitCells(line, inside))};
	});

/** The same cell by cell: the plainest way there is. Halves of wide glyphs are blank. */
function painted(blocks: readonly Block[]): string[] {
	const screen = Array.from({length: size.rows}, () => Array.from({length: size.columns}, () => '|  '));
	for (const {rect, lines} of blocks) {
		for (const [index, line] of lines.entries()) {
			const row = screen[rect.y + index];
			if (!row) continue;
			for (let x = rect.x; x < rect.x + rect.width; x++) row[x] = '';
			for (const [x, cell] of cellsOf(toCellRow(line)).entries()) row[rect.x + x] = cell;
			for (const [x, cell] of row.entries()) if (isHalf(row, x)) row[x] = cell.replace(/\|.*/, '|  ');
		}
	}
	return screen.map((row) => row.join(','));
}

/** `STYLE|GLYPH`, and which half of a wide one. */
function cellsOf({glyphs, styles}: CellRow): string[] {
	return glyphs.map((glyph, x) => {
		if (glyph === '') return `${styles[x]}|${glyphs[x - 1]}>`;
		return `${styles[x]}|${glyph}${glyphs[x + 1] === '' ? '<' : ' '}`;
	});
}

function isHalf(row: readonly string[], x: number): boolean {
	const cell = row[x] ?? '';
	if (cell.endsWith('<')) return !row[x + 1]?.endsWith('>');
	return cell.endsWith('>') && !row[x - 1]?.endsWith('<');
}

describe('blocks on a screen', () => {
	it('stand beside each other, and what is left is blank', () => {
		const rows = stacked([block(0, 0, 'left', 'left'), block(10, 1, 'right', 'right')], size);
		expect(rows).toEqual([
			'left                ',
			'left      right     ',
			'          right     ',
			...Array(3).fill(' '.repeat(20)),
		]);
	});

	it('cover what came before them, and only where they lie', () => {
		const rows = stacked([block(0, 0, 'x'.repeat(20)), block(0, 1, 'y'.repeat(20)), block(5, 0, 'box')], size);
		expect(rows.slice(0, 2)).toEqual(['xxxxxboxxxxxxxxxxxxx', 'y'.repeat(20)]);
	});

	it('show no more lines than their rectangle and the screen have', () => {
		const tall = {...block(0, 4, 'a', 'b', 'c', 'd'), rect: {x: 0, y: 4, width: 1, height: 4}};
		const cut = {...block(0, 0, 'e', 'f'), rect: {x: 0, y: 0, width: 1, height: 1}};
		expect(stacked([tall, cut], size).map((row) => row.trim())).toEqual(['e', '', '', '', 'a', 'b']);
	});

	it('come out as painting every cell would have them, whatever lies over what', () => {
		fc.assert(
			fc.property(fc.array(anyBlock, {maxLength: 5}), (blocks) => {
				const rows = stacked(blocks, size).map((row) => cellsOf(toCellRow(row)).join(','));
				expect(rows).toEqual(painted(blocks));
			}),
		);
	});
});
