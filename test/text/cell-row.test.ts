import {describe, expect, it} from 'vitest';
import {cellsToLine, toCellRow} from '../../source/text/cell-row.ts';
import {hostileLines} from './hostile-lines.ts';

describe('toCellRow', () => {
	it('has one entry for each column', () => {
		expect(toCellRow('a漢\u001b[1me\u0301')).toEqual({glyphs: ['a', '漢', '', 'e\u0301'], styles: ['', '', '', '1']});
	});

	it('keeps a glyph together that a colour change parts, in the style of its beginning', () => {
		expect(toCellRow('\u001b[31me\u001b[32m\u0301x')).toEqual({glyphs: ['e\u0301', 'x'], styles: ['31', '32']});
		expect(toCellRow('👍\u001b[32m🏽x')).toEqual({glyphs: ['👍🏽', '', 'x'], styles: ['', '', '32']});
	});

	it('drops marks that have nothing to stand on', () => {
		expect(toCellRow('\u0301a').glyphs).toEqual(['a']);
	});

	it.each([
		['a\u001b]8;;http://x\u001b\\link\u001b]8;;\u0007b', 'alinkb'],
		['a\u001b[2Jb\u001b[5;5Hc', 'abc'],
		['a\u001bPdcs\u001b\\b', 'ab'],
		['a\u001b]0;never ended', 'a'],
		['a\u001bcb\u001b7', 'ab'],
		['a\u0007b\u009bc\u001b', 'abc'],
	])('%j shows %j', (line, text) => {
		expect(toCellRow(line).glyphs.join('')).toBe(text);
	});

	it.each(hostileLines)('holds no control character: $name', ({raw}) => {
		expect(toCellRow(raw).glyphs.join('')).not.toMatch(/\p{Cc}/u);
	});
});

it('cellsToLine writes spaces for what is missing and for halves of wide glyphs', () => {
	const row = toCellRow('a漢b');
	expect(cellsToLine(row, 0, 6)).toBe('a漢b  ');
	expect(cellsToLine(row, 0, 2)).toBe('a ');
	expect(cellsToLine(row, 2, 4)).toBe(' b');
});
