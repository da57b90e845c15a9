/** One line of styled text as terminal cells: the form in which it can be cut and compared by column. */
import {applySgr, noStyle, type Style, sgrTransition} from './sgr.ts';
import {glyphsOf, isSingleCells} from './width.ts';

/**
 * One entry per column in both arrays. A wide glyph stands in its first column and leaves `''` in the others; what
 * combines with a glyph stands in that glyph's column.
 */
export type CellRow = {readonly glyphs: string[]; readonly styles: Style[]};

const sgrSequence = /\u001b\[([\d;:]*)m/y;
/** OSC and its relatives up to their end, CSI, and the escape sequences of two characters; complete or not. */
const otherSequence = /\u001b(?:[\]P_^X][^\u0007\u001b]*(?:\u0007|\u001b\\)?|\[[0-?]*[ -/]*[@-~]?|[^[\]P_^X]?)/y;
const control = /\p{Cc}/u;

/**
 * Reads a line. Of escape sequences only SGR means something, all others and all control characters are dropped, so that
 * nothing made from a CellRow can hold one. Zero-width text at the start of the line is dropped too.
 */
export function toCellRow(line: string): CellRow {
	const runs = styledRuns(line);
	return runs.every((run) => isSingleCells(run.text)) ? simpleRow(runs) : segmentedRow(runs);
}

/** The cells of `[start, end)` as one line, padded with spaces to exactly that width, closed with a reset. */
export function cellsToLine(row: CellRow, start: number, end: number): string {
	let line = '';
	let written: Style = noStyle;
	for (let column = start; column < end; column++) {
		const style = row.styles[column] ?? noStyle;
		line += sgrTransition(written, style) + glyphWithin(row, column, start, end);
		written = style;
	}
	return line + sgrTransition(written, noStyle);
}

type Run = {readonly text: string; readonly style: Style};

function styledRuns(line: string): Run[] {
	const runs: Run[] = [];
	let style: Style = noStyle;
	let at = 0;
	while (at < line.length) {
		if (line.charCodeAt(at) === 0x1b) {
			sgrSequence.lastIndex = at;
			const sequence = sgrSequence.exec(line);
			if (sequence) style = applySgr(style, sequence[1] ?? '');
			at += sequence ? sequence[0].length : lengthOfSequence(line, at);
			continue;
		}
		const next = line.indexOf('\u001b', at);
		const end = next === -1 ? line.length : next;
		runs.push({text: line.slice(at, end), style});
		at = end;
	}
	return runs;
}

function lengthOfSequence(line: string, at: number): number {
	otherSequence.lastIndex = at;
	return otherSequence.exec(line)?.[0].length ?? 1;
}

function simpleRow(runs: readonly Run[]): CellRow {
	const row: CellRow = {glyphs: [], styles: []};
	for (const {text, style} of runs) {
		for (const character of text) {
			row.glyphs.push(character);
			row.styles.push(style);
		}
	}
	return row;
}

/**
 * Glyphs are found in the text as a whole, as a terminal would: a colour change between a letter and its accent does
 * not part them. A glyph has the style of its first character.
 */
function segmentedRow(runs: readonly Run[]): CellRow {
	const row: CellRow = {glyphs: [], styles: []};
	let runIndex = 0;
	let runEnd = runs[0]?.text.length ?? 0;
	let offset = 0;
	for (const glyph of glyphsOf(runs.map((run) => run.text).join(''))) {
		while (offset >= runEnd && runIndex < runs.length - 1) {
			runIndex++;
			runEnd += runs[runIndex]?.text.length ?? 0;
		}
		if (glyph.width === 0 && !control.test(glyph.text)) attachToLast(row, glyph.text);
		for (let cell = 0; cell < glyph.width; cell++) {
			row.glyphs.push(cell === 0 ? glyph.text : '');
			row.styles.push(runs[runIndex]?.style ?? noStyle);
		}
		offset += glyph.text.length;
	}
	return row;
}

function attachToLast(row: CellRow, text: string): void {
	let column = row.glyphs.length - 1;
	while (column > 0 && row.glyphs[column] === '') column--;
	if (column >= 0) row.glyphs[column] += text;
}

/** A wide glyph that one of the borders cuts shows as spaces. */
function glyphWithin(row: CellRow, column: number, start: number, end: number): string {
	const glyph = row.glyphs[column] ?? ' ';
	if (glyph === '') {
		let head = column;
		while (head >= 0 && row.glyphs[head] === '') head--;
		return head < start || tailOf(row, head) > end ? ' ' : '';
	}
	return tailOf(row, column) > end ? ' ' : glyph;
}

/** The column after the glyph that starts at `head`. */
function tailOf(row: CellRow, head: number): number {
	let tail = head + 1;
	while (row.glyphs[tail] === '') tail++;
	return tail;
}
