/** Texts cut and padded to columns: what every table, title and scrolled line is made with. All widths are in cells. */
import {cellsToLine, toCellRow} from './cell-row.ts';
import type {SafeText, StyledText} from './safe-text.ts';
import {cellWidth, glyphsOf} from './width.ts';

type TruncateOptions = {
	/** Where the text gives way. Default `'end'`. */
	readonly from?: 'end' | 'middle' | 'start';
	/** What stands for the missing part. Default `…`. */
	readonly ellipsis?: string;
};

/**
 * At most `cells` cells of `text`, with an ellipsis where something is missing. A wide character that would be cut in
 * half is left out, so the result can be one cell narrower; {@link fitCells} pads.
 */
export function truncate(text: SafeText, cells: number, options?: TruncateOptions): SafeText;
export function truncate(text: StyledText, cells: number, options?: TruncateOptions): StyledText;
export function truncate(text: StyledText, cells: number, options: TruncateOptions = {}): StyledText {
	const {from = 'end', ellipsis = '…'} = options;
	if (cells <= 0) return '' as StyledText;
	if (from === 'end' && !text.includes('\u001b')) return truncateEnd(text, cells, ellipsis);
	if (cellWidth(text) <= cells) return text;
	const room = Math.max(0, cells - cellWidth(ellipsis));
	const head = from === 'end' ? room : from === 'start' ? 0 : Math.floor(room / 2);
	const row = toCellRow(text);
	const width = row.glyphs.length;
	let headEnd = head;
	while (headEnd > 0 && row.glyphs[headEnd] === '') headEnd--;
	let tailStart = width - (room - head);
	while (row.glyphs[tailStart] === '') tailStart++;
	const mark = headOf(ellipsis, cells);
	return `${cellsToLine(row, 0, headEnd)}${mark}${cellsToLine(row, tailStart, width)}` as StyledText;
}

/**
 * A name cut in its middle. Names of stacks, services and tasks share their beginnings (`shop_backend-api`,
 * `shop_backend-worker`), so the end is what tells them apart: it gets the larger half.
 */
export function truncateName(name: SafeText, cells: number): SafeText {
	return truncate(name, cells, {from: 'middle'});
}

/** `text` in exactly `cells` cells: cut when longer, padded with spaces when shorter. */
export function fitCells(text: SafeText, cells: number, align?: 'left' | 'right', options?: TruncateOptions): SafeText;
export function fitCells(
	text: StyledText,
	cells: number,
	align?: 'left' | 'right',
	options?: TruncateOptions,
): StyledText;
export function fitCells(
	text: StyledText,
	cells: number,
	align: 'left' | 'right' = 'left',
	options: TruncateOptions = {},
): StyledText {
	const cut = truncate(text, cells, options);
	const padding = ' '.repeat(Math.max(0, cells - cellWidth(cut)));
	return (align === 'left' ? cut + padding : padding + cut) as StyledText;
}

/** The columns `[start, start + cells)` of a line, exactly that wide: a line seen through a sideways scrolled window. */
export function sliceCells(text: SafeText, start: number, cells: number): SafeText;
export function sliceCells(text: StyledText, start: number, cells: number): StyledText;
export function sliceCells(text: StyledText, start: number, cells: number): StyledText {
	return cellsToLine(toCellRow(text), start, start + cells) as StyledText;
}

/** Lazy: a line of a megabyte costs no more than the part of it that is shown. */
function truncateEnd(text: StyledText, cells: number, ellipsis: string): StyledText {
	if (text.length <= cells && cellWidth(text) <= cells) return text;
	const room = Math.max(0, cells - cellWidth(ellipsis));
	let head = '';
	let used = 0;
	let isHeadFull = false;
	let measured = 0;
	for (const glyph of glyphsOf(text)) {
		isHeadFull ||= used + glyph.width > room;
		if (!isHeadFull) {
			head += glyph.text;
			used += glyph.width;
		}
		measured += glyph.width;
		if (measured > cells) return (head + headOf(ellipsis, cells)) as StyledText;
	}
	return text;
}

function headOf(text: string, cells: number): string {
	let head = '';
	let used = 0;
	for (const glyph of glyphsOf(text)) {
		if (used + glyph.width > cells) break;
		head += glyph.text;
		used += glyph.width;
	}
	return head;
}
