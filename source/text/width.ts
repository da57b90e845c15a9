/** How many terminal cells a text covers, by the same tables as Ink's. */
import stringWidth from 'string-width';

const printableAscii = /^[\u0020-\u007e]*$/;

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The cells that `text` covers; escape sequences in it count nothing. */
export function cellWidth(text: string): number {
	return printableAscii.test(text) ? text.length : stringWidth(text);
}

/** What one cursor step shows: a user-perceived character with all that combines into it, and its cells. */
export type Glyph = {readonly text: string; readonly width: number};

/** The glyphs of a text without escape sequences, lazily, so that the head of a huge line is cheap. */
export function* glyphsOf(text: string): Generator<Glyph> {
	if (printableAscii.test(text)) {
		for (const character of text) yield {text: character, width: 1};
		return;
	}
	for (const {segment} of segmenter.segment(text)) yield {text: segment, width: cellWidth(segment)};
}
