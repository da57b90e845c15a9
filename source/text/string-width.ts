/**
 * string-width for the packages in the bundle (packaging/lean-bundle.mjs): the same answers, nearly all without its rules.
 * Asked with options, as for text that may hold escape sequences, it answers by itself.
 */
import stringWidth, {type Options} from 'string-width';
import {cellWidth, isSingleCells} from './width.ts';

export function stringWidthForPackages(text: string, options?: Options): number {
	if (isPrivateSign(text)) return 1;
	if (options === undefined) return cellWidth(text);
	return isSingleCells(text) ? text.length : stringWidth(text, options);
}

/** One of the signs beyond all letters, each of which stands for a whole line in a frame: one cell for string-width, too. */
const isPrivateSign = (text: string): boolean => text.length === 2 && text >= '\u{f0000}' && text <= '\u{ffffd}';
