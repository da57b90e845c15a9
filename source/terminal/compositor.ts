/** Puts the lines that glyphs stand for in their places in Ink's frame, those in front over those behind. */
import {cellsToLine, toCellRow} from '../text/cell-row.ts';
import {isSingleCells} from '../text/width.ts';
import {type GlyphLine, type LineGlyphs, layerMark} from './line-glyphs.ts';

const anyGlyph = /[\u{f0000}-\u{ffffd}]/gu;

/** A part of a row that comes from one line, or from Ink itself. */
type Piece = GlyphLine & {readonly x: number};

/**
 * Every line is drawn from its glyph's cell on to the right. What Ink has drawn by itself lies in front of the lines of
 * its layer, and its blank cells let them through; each layer lies in front of those before it.
 */
export class Compositor {
	readonly #glyphs: LineGlyphs;
	/** The last frame, by rows: as Ink drew it, layer by layer, and as it was composed. */
	#before: {readonly drawn: readonly string[]; readonly composed: readonly string[]} = {drawn: [], composed: []};

	constructor(glyphs: LineGlyphs) {
		this.#glyphs = glyphs;
	}

	compose(frame: string): string {
		const before = this.#before;
		const layers = layersOf(frame);
		const height = Math.max(...layers.map((rows) => rows.length));
		const drawn = Array.from({length: height}, (_, y) => layers.map((rows) => rows[y] ?? '').join('\n'));
		// A glyph stands for one line all its life: the same glyphs are the same row.
		const composed = drawn.map((row, y) =>
			row === before.drawn[y]
				? (before.composed[y] ?? '')
				: joined(row.split('\n').flatMap((part) => this.#piecesOf(part))),
		);
		this.#before = {drawn, composed};
		return composed.join('\n');
	}

	/** From the back to the front. */
	#piecesOf(row: string): Piece[] {
		const cells = cellsOf(row);
		const lines: Piece[] = [];
		const front: Piece[] = [];
		let start: number | undefined;
		const endRun = (end: number): void => {
			if (start !== undefined) front.push({x: start, width: end - start, text: cellsToLine(cells, start, end)});
			start = undefined;
		};
		for (const [x, cell] of cells.glyphs.entries()) {
			const line = cell.length > 1 ? this.#glyphs.lineOf(cell) : undefined;
			const isBlank = cell === ' ' && (cells.styles[x] ?? '') === '';
			if (line || isBlank) endRun(x);
			else start ??= x;
			if (line) lines.push({x, ...line});
		}
		endRun(cells.glyphs.length);
		return [...lines, ...front];
	}
}

/** The rows of each layer. */
function layersOf(frame: string): string[][] {
	const layers: string[][] = [[]];
	for (const row of frame.split('\n')) {
		if (row.startsWith(layerMark)) layers.push([]);
		else layers.at(-1)?.push(row);
	}
	return layers;
}

/** Most rows are glyphs and signs of one cell without a style: these need no tables of widths. */
function cellsOf(row: string): ReturnType<typeof toCellRow> {
	const isSimple = isSingleCells(row.replace(anyGlyph, ' '));
	return isSimple ? {glyphs: [...row], styles: []} : toCellRow(row);
}

/** The pieces as one line; later ones cover earlier ones. */
function joined(pieces: readonly Piece[]): string {
	let shown: Piece[] = [];
	for (const piece of pieces) {
		shown = [...shown.flatMap((other) => outside(other, piece.x, piece.x + piece.width)), piece];
	}
	let row = '';
	let column = 0;
	for (const {x, width, text} of shown.sort((a, b) => a.x - b.x)) {
		row += ' '.repeat(x - column) + text;
		column = x + width;
	}
	return row;
}

/** What of a piece can still be seen when `[start, end)` is covered. */
function outside(piece: Piece, start: number, end: number): Piece[] {
	const {x, width} = piece;
	if (end <= x || start >= x + width) return [piece];
	return [slice(piece, x, start), slice(piece, end, x + width)].filter((part) => part.width > 0);
}

function slice(piece: Piece, start: number, end: number): Piece {
	const from = start - piece.x;
	const width = Math.max(0, end - start);
	return {...piece, x: start, width, text: cellsToLine(toCellRow(piece.text), from, from + width)};
}
