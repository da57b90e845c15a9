import {describe, expect, it} from 'vitest';
import {reduceStyle} from '../../source/terminal/colour-depth.ts';
import {FrameWriter} from '../../source/terminal/frame-writer.ts';

describe('a style in fewer colours', () => {
	it.each([
		['1;31;44', 'none', '1'],
		['7;38;5;208', 'none', '7'],
		['31', '16', '31'],
		['38;5;9', '16', '91'],
		['48;5;12', '16', '104'],
		['38;5;196', '16', '91'],
		['38;5;46', '16', '92'],
		['38;5;240', '16', '90'],
		['38;2;255;0;0;48;2;0;0;0', '16', '91;40'],
		['1;38;2;255;135;0', '256', '1;38;5;208'],
		['38;2;128;128;128', '256', '38;5;244'],
		['48;2;255;255;255', '256', '48;5;231'],
		['38;5;99', '256', '38;5;99'],
		['38;2;1;2;3', 'truecolor', '38;2;1;2;3'],
	] as const)('%s in %s is %s', (style, depth, expected) => {
		expect(reduceStyle(style, depth)).toBe(expected);
	});
});

it('no colour reaches a terminal where none is wanted, whoever asked for it', () => {
	const writer = new FrameWriter({columns: 40, rows: 2}, 'none');
	const bytes = writer.update('\u001b[1;31mred\u001b[0m \u001b[38;2;1;2;3mtrue\u001b[0m \u001b[7;44mmarked\u001b[0m');
	const styles = [...bytes.matchAll(/\u001b\[([\d;]*)m/g)].map((match) => match[1]);
	expect(new Set(styles)).toEqual(new Set(['', '1', '7']));
});
