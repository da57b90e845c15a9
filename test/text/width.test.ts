import fc from 'fast-check';
import stringWidth from 'string-width';
import {expect, it} from 'vitest';
import {cellWidth, glyphsOf, isSingleCells} from '../../source/text/width.ts';

it.each([
	['', 0],
	['web', 3],
	['漢字', 4],
	['cafe\u0301', 4],
	['👩‍👩‍👧', 2],
	['❤️', 2],
	['🇩🇪', 2],
	['│─█', 3],
	['\u001b[31mred\u001b[m', 3],
	['ﾊﾞ', 2],
])('%j covers %i cells', (text, cells) => {
	expect(cellWidth(text)).toBe(cells);
});

it('knows what belongs to one glyph', () => {
	expect([...glyphsOf('ae\u0301漢👍🏽')]).toEqual([
		{text: 'a', width: 1},
		{text: 'e\u0301', width: 1},
		{text: '漢', width: 2},
		{text: '👍🏽', width: 2},
	]);
});

it('takes for single cells only what string-width counts as one and what stands alone beside anything else', () => {
	const single = Array.from({length: 0x1_0000}, (_, unit) => String.fromCharCode(unit)).filter(isSingleCells);
	expect(single.length).toBeGreaterThan(1500);
	expect(single.filter((glyph) => stringWidth(glyph) !== 1)).toEqual([]);
	const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});
	const glyph = fc.constantFrom(...single);
	fc.assert(
		fc.property(fc.array(glyph, {minLength: 1, maxLength: 50}), (glyphs) => {
			const segments = [...segmenter.segment(glyphs.join(''))].map(({segment}) => segment);
			expect(segments).toEqual(glyphs);
		}),
	);
});

it('counts any text as string-width does', () => {
	const part = fc.oneof(
		fc.constantFrom('web', '●', '…', '漢', 'e\u0301', '❤️', '\u001b[1;31m', '\u001b[m', '\u001b[2K', '▶\ufe0f', ' '),
		fc.string({unit: 'grapheme'}),
	);
	fc.assert(
		fc.property(fc.array(part), (parts) => {
			expect(cellWidth(parts.join(''))).toBe(stringWidth(parts.join('')));
		}),
		{numRuns: 1000},
	);
});
