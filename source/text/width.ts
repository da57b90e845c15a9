/** How many terminal cells a text covers, by the same tables as Ink's. */
import stringWidth from 'string-width';

/**
 * Letters, lines, blocks and signs of one cell each that never combine with what follows: nearly all that a screen shows.
 * Asking string-width costs a hundred times as much as this.
 */
const singleCells =
	/^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u0370-\u0377\u037b-\u037e\u0386-\u0482\u048a-\u052f\u2010-\u2027\u2030-\u205e\u2190-\u2199\u2200-\u22ff\u2500-\u25fc\u25ff\u2605\u2713\u2717\u2800-\u28ff]*$/;
const sgrSequence = /\u001b\[[\d;:]*m/g;

/** Whether each code unit of the text is a glyph of its own and covers one cell. */
export function isSingleCells(text: string): boolean {
	return singleCells.test(text);
}

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

/** The cells that `text` covers; escape sequences in it count nothing. */
export function cellWidth(text: string): number {
	const plain = text.includes('\u001b') ? text.replace(sgrSequence, '') : text;
	return isSingleCells(plain) ? plain.length : stringWidth(text);
}

/** What one cursor step shows: a user-perceived character with all that combines into it, and its cells. */
type Glyph = {readonly text: string; readonly width: number};

/** The glyphs of a text without escape sequences, lazily, so that the head of a huge line is cheap. */
export function* glyphsOf(text: string): Generator<Glyph> {
	if (isSingleCells(text)) {
		for (const character of text) yield {text: character, width: 1};
		return;
	}
	for (const {segment} of segmenter.segment(text)) yield {text: segment, width: cellWidth(segment)};
}
