import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {toAscii} from '../../source/text/ascii.ts';
import {cellWidth} from '../../source/text/width.ts';

describe('the screen in ASCII', () => {
	it('has a sign for each of its signs', () => {
		expect(toAscii('▸● web ━ 2/3 ↑name …', 'marked')).toBe('>* web = 2/3 ^name ~');
		expect(toAscii('\u001b[1;31m✗\u001b[m gone', 'marked')).toBe('\u001b[1;31mx\u001b[m gone');
	});

	it('keeps what names hold, where only the signs are unwanted', () => {
		expect(toAscii('● müller 数据', 'kept')).toBe('* müller 数据');
		expect(toAscii('● müller 数据', 'marked')).toBe('* m?ller ????');
	});

	it('is as wide as before, whatever the text holds', () => {
		const text = fc.string({
			unit: fc.oneof(fc.constantFrom('●', '━', '数', '🚀', '…', 'é', 'a'), fc.string({unit: 'grapheme'})),
		});
		fc.assert(
			fc.property(text, (original) => {
				const ascii = toAscii(original, 'marked');
				expect(ascii).toMatch(/^[\p{ASCII}]*$/u);
				const plain = /^[\u0020-\u007e]*$/.test(ascii);
				if (plain) expect(cellWidth(ascii)).toBe(widthInParts(original));
			}),
			{numRuns: 300},
		);
	});
});

/** A sign between ASCII characters stands for itself: nothing that is ASCII combines with it any more. */
function widthInParts(text: string): number {
	return [...text.matchAll(/[\p{ASCII}]+|[^\p{ASCII}]+/gu)].reduce((sum, [part]) => sum + cellWidth(part), 0);
}
