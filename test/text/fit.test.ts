import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {fitCells, sliceCells, truncate, truncateName} from '../../source/text/fit.ts';
import {stripStyles, toSafeText, toStyledText} from '../../source/text/safe-text.ts';
import {cellWidth} from '../../source/text/width.ts';

const pieces = fc.constantFrom(
	'a',
	'web',
	' ',
	'漢',
	'e\u0301',
	'👩‍👩‍👧',
	'❤️',
	'🇩🇪',
	'│',
	'한',
	'\u001b[31m',
	'\u001b[0m',
	'\u001b[1;44m',
	'ﾊﾞ',
	'…',
);
const plainTexts = fc
	.array(pieces, {maxLength: 20})
	.map((parts) => toSafeText(parts.filter((part) => !part.startsWith('\u001b')).join('')));
const styledTexts = fc.array(pieces, {maxLength: 20}).map((parts) => toStyledText(parts.join('')));
const widths = fc.nat({max: 30});

describe('truncate', () => {
	it.each([
		['web', 3, 'end', 'web'],
		['backend', 4, 'end', 'bac…'],
		['backend', 4, 'start', '…end'],
		['backend', 4, 'middle', 'b…nd'],
		['backend', 1, 'middle', '…'],
		['backend', 0, 'end', ''],
		['漢字漢字', 4, 'end', '漢…'],
		['漢字漢字', 5, 'end', '漢字…'],
		['漢字漢字', 4, 'start', '…字'],
		['cafe\u0301s', 4, 'end', 'caf…'],
		['', 3, 'end', ''],
	] as const)('%j in %i cells from the %s is %j', (text, cells, from, cut) => {
		expect(truncate(toSafeText(text), cells, {from})).toBe(cut);
	});

	it('keeps colours and closes them', () => {
		expect(truncate(toStyledText('\u001b[31mbackend'), 4)).toBe('\u001b[31mbac\u001b[m…');
		expect(truncate(toStyledText('\u001b[31mbackend'), 4, {from: 'start'})).toBe('…\u001b[31mend\u001b[m');
	});

	it('is never wider than asked, and one cell narrower at most', () => {
		fc.assert(
			fc.property(
				fc.oneof(plainTexts, styledTexts),
				widths,
				fc.constantFrom('end', 'middle', 'start'),
				(text, cells, from) => {
					const cut = cellWidth(truncate(text, cells, {from}));
					expect(cut).toBeLessThanOrEqual(cells);
					if (cellWidth(text) > cells) expect(cut).toBeGreaterThanOrEqual(cells - 2);
					else expect(truncate(text, cells, {from})).toBe(text);
				},
			),
			{numRuns: 1000},
		);
	});

	it('looks at no more of a megabyte than it shows', () => {
		expect(truncate(toSafeText('漢'.repeat(1_000_000)), 5)).toBe('漢漢…');
	});
});

it('a name never hides the end that tells it apart', () => {
	expect(truncateName(toSafeText('shop_backend-api.12'), 12)).toBe('shop_…api.12');
	expect(truncateName(toSafeText('shop_backend-api.13'), 12)).toBe('shop_…api.13');
});

describe('fitCells', () => {
	it('pads and cuts to the width', () => {
		expect(fitCells(toSafeText('web'), 5)).toBe('web  ');
		expect(fitCells(toSafeText('web'), 5, 'right')).toBe('  web');
		expect(fitCells(toSafeText('漢字漢字'), 4)).toBe('漢… ');
	});

	it('has exactly the width asked for', () => {
		fc.assert(
			fc.property(fc.oneof(plainTexts, styledTexts), widths, fc.constantFrom('left', 'right'), (text, cells, align) => {
				expect(cellWidth(fitCells(text, cells, align))).toBe(cells);
			}),
			{numRuns: 1000},
		);
	});
});

describe('sliceCells', () => {
	it.each([
		['hello world', 6, 5, 'world'],
		['hello', 3, 5, 'lo   '],
		['漢字', 1, 3, ' 字'],
		['漢字', 0, 3, '漢 '],
		['\u001b[31mhello\u001b[0m', 1, 3, '\u001b[31mell\u001b[m'],
		['ab\u001b[31mcd', 1, 2, 'b\u001b[31mc\u001b[m'],
	])('%j from %i, %i cells: %j', (text, start, cells, slice) => {
		expect(sliceCells(toStyledText(text), start, cells)).toBe(slice);
	});

	it('has exactly the width asked for, and two slices side by side are the line', () => {
		fc.assert(
			fc.property(styledTexts, widths, widths, (text, start, cells) => {
				expect(cellWidth(sliceCells(text, start, cells))).toBe(cells);
				const whole = stripStyles(text);
				expect(stripStyles(sliceCells(text, 0, cellWidth(text)))).toBe(whole);
			}),
			{numRuns: 1000},
		);
	});
});
