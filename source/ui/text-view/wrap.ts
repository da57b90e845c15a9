/** Breaks a text into lines of a width, between words where it can. */
import type {SafeText} from '../../text/safe-text.ts';
import {glyphsOf} from '../../text/width.ts';

/** At least one line; none is wider than `width` cells. The spaces at a break are dropped. */
export function wrapText(text: SafeText, width: number): SafeText[] {
	const limit = Math.max(1, width);
	const lines: string[] = [];
	let line = '';
	let used = 0;
	for (const word of text.split(/(?<= )/u)) {
		const cells = wordWidth(word.trimEnd());
		if (used > 0 && used + cells > limit) {
			lines.push(line.trimEnd());
			line = '';
			used = 0;
		}
		for (const glyph of glyphsOf(word)) {
			if (used + glyph.width > limit) {
				if (glyph.text === ' ') continue;
				lines.push(line);
				line = '';
				used = 0;
			}
			line += glyph.text;
			used += glyph.width;
		}
	}
	lines.push(line.trimEnd());
	return lines as SafeText[];
}

function wordWidth(word: string): number {
	let width = 0;
	for (const glyph of glyphsOf(word)) width += glyph.width;
	return width;
}
