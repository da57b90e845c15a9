import {expect, it} from 'vitest';
import {cellWidth, glyphsOf} from '../../source/text/width.ts';

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
