import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {applySgr, attributesOf, noStyle, sgrTransition, styleOf} from '../../source/text/sgr.ts';

const colours = fc.constantFrom('', '31', '97', '38;5;208', '38;2;1;2;3');
const backgrounds = fc.constantFrom('', '41', '107', '48;5;17', '48;2;9;8;7');
const styles = fc
	.record({
		bold: fc.boolean(),
		dim: fc.boolean(),
		italic: fc.boolean(),
		underline: fc.boolean(),
		inverse: fc.boolean(),
		strike: fc.boolean(),
		foreground: colours,
		background: backgrounds,
	})
	.map(styleOf);

describe('applySgr', () => {
	it.each([
		['', '1', '1'],
		['1', '31', '1;31'],
		['31', '1', '1;31'],
		['1;31', '0', ''],
		['1;31', '', ''],
		['1;31', '0;4', '4'],
		['1;2', '22', ''],
		['31;44', '39', '44'],
		['31;44', '49', '31'],
		['', '38;5;1;1', '1;38;5;1'],
		['', '38;2;1;2;3;4', '4;38;2;1;2;3'],
		['', '38:2:1:2:3', '38;2;1;2;3'],
		['', '38:2::1:2:3', '38;2;1;2;3'],
		['', '4:3', '4'],
		['4', '4:0', ''],
		['', '21', '4'],
		['', '58;2;1;2;3;1', '1'],
		['', '5;8;53;73', ''],
		['31', '38;5', '31'],
		['31', '38;2;300;0;0;1', '31'],
		['', '007', '7'],
		['', '99999999999', ''],
	])('under %j, %j gives %j', (style, parameters, expected) => {
		expect(applySgr(style, parameters)).toBe(expected);
	});

	it('a style applied to nothing is itself', () => {
		fc.assert(
			fc.property(styles, (style) => applySgr(noStyle, style) === style && styleOf(attributesOf(style)) === style),
		);
	});
});

describe('sgrTransition', () => {
	it('leads from any style to any other', () => {
		fc.assert(
			fc.property(styles, styles, (from, to) => {
				const sequence = sgrTransition(from, to);
				if (from === to) return sequence === '';
				return applySgr(from, sequence.slice(2, -1)) === to;
			}),
			{numRuns: 2000},
		);
	});

	it.each([
		['', '31', '\u001b[31m'],
		['31', '', '\u001b[m'],
		['31', '32', '\u001b[32m'],
		['1;31', '31', '\u001b[22m'],
		['1;2;31', '2;31', '\u001b[22;2m'],
		['1;3;4;7;31;44', '31', '\u001b[0;31m'],
	])('from %j to %j is %j', (from, to, sequence) => {
		expect(sgrTransition(from, to)).toBe(sequence);
	});
});
