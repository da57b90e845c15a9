/** Writes what differs between two rows of cells, with as few bytes as it can. */
import type {CellRow} from '../text/cell-row.ts';
import {noStyle, type Style, sgrTransition} from '../text/sgr.ts';
import type {ColourDepth} from './capabilities.ts';
import {reduceStyle} from './colour-depth.ts';
import {isPredictable} from './predictable.ts';

/** Transitions between the styles of one screen are few; hostile logs can make many, so the memory is bounded. */
const maxTransitions = 4096;

/** A jump inside a row takes four to six bytes. */
const maxRewritten = 4;
const maxCellsPerCodePoint = 2;

const plainAscii = /^[\u0020-\u007e]$/;

/**
 * Collects the bytes of one update and knows where they leave the cursor and the attributes. Starts with the cursor
 * anywhere and no attributes set, and {@link finish} ends so.
 */
export class RowWriter {
	readonly #columns: number;
	readonly #colours: ColourDepth;
	readonly #transitions = new Map<string, string>();
	#output = '';
	#style: Style = noStyle;
	/** Zero-based; -1 when unknown. After the last column terminals differ in where it is: never written to from there. */
	#row = -1;
	#column = -1;
	/** Cells of the row before this column may show what a glyph wider than we count it has left there. */
	#spoiltUntil = 0;

	constructor(columns: number, colours: ColourDepth = 'truecolor') {
		this.#columns = columns;
		this.#colours = colours;
	}

	/** Turns what row `row` shows from `before` into `after`. Both are cut at the screen's width, short rows end blank. */
	writeRow(row: number, before: CellRow, after: CellRow): void {
		const end = contentEnd(after, this.#columns);
		let column = 0;
		this.#spoiltUntil = 0;
		while (column < end) {
			if (column >= this.#spoiltUntil && isSame(before, after, column)) column++;
			else column = this.#writeGlyph(row, column, after);
		}
		if (Math.max(contentEnd(before, this.#columns), Math.min(this.#spoiltUntil, this.#columns)) > end) {
			this.#setStyle(noStyle);
			this.#moveTo(row, end);
			this.#output += '\u001b[K';
		}
	}

	/** The bytes collected since the last call. */
	finish(): string {
		this.#setStyle(noStyle);
		const output = this.#output;
		this.#output = '';
		this.#row = -1;
		return output;
	}

	/** Writes the glyph that starts at `column`; gives the column after it. */
	#writeGlyph(row: number, column: number, after: CellRow): number {
		this.#reach(row, column, after);
		const glyph = after.glyphs[column] ?? ' ';
		let next = column + 1;
		while (next < after.glyphs.length && after.glyphs[next] === '') next++;
		this.#setStyle(after.styles[column] ?? noStyle);
		if (next > this.#columns) {
			// Half of a wide glyph is beyond the last column: blank, as a terminal would leave it.
			this.#put(' '.repeat(this.#columns - column), this.#columns);
		} else if (isPredictable(glyph)) {
			this.#put(glyph, next);
		} else {
			this.#putUnpredictable(glyph, column, next);
		}
		return next;
	}

	/**
	 * Blanks the glyph's cells first, leaves the cursor's column open, and has written again what stands to its right: a
	 * terminal that draws the glyph narrower or wider than we count it shows everything else in its place all the same.
	 */
	#putUnpredictable(glyph: string, column: number, next: number): void {
		this.#output += `\u001b[${next - column}X${glyph}`;
		this.#column = -1;
		this.#spoiltUntil = Math.max(this.#spoiltUntil, column + maxCellsPerCodePoint * [...glyph].length);
	}

	/** Moves to a cell, over a few cells by writing them again where that is shorter than a jump. */
	#reach(row: number, column: number, after: CellRow): void {
		const isNear =
			row === this.#row && this.#column >= 0 && column > this.#column && column - this.#column <= maxRewritten;
		if (isNear && this.#isPlain(after, this.#column, column)) {
			this.#put(after.glyphs.slice(this.#column, column).join(''), column);
		} else {
			this.#moveTo(row, column);
		}
	}

	#isPlain(after: CellRow, start: number, end: number): boolean {
		for (let column = start; column < end; column++) {
			if (after.styles[column] !== this.#style || !plainAscii.test(after.glyphs[column] ?? '')) return false;
		}
		return true;
	}

	#moveTo(row: number, column: number): void {
		if (row === this.#row && column === this.#column) return;
		if (row === this.#row) this.#output += column === 0 ? '\r' : `\u001b[${column + 1}G`;
		else this.#output += column === 0 ? `\u001b[${row + 1}H` : `\u001b[${row + 1};${column + 1}H`;
		this.#row = row;
		this.#column = column;
	}

	#put(text: string, next: number): void {
		this.#output += text;
		this.#column = next;
	}

	#setStyle(style: Style): void {
		if (style === this.#style) return;
		const key = `${this.#style}>${style}`;
		let transition = this.#transitions.get(key);
		if (transition === undefined) {
			transition = sgrTransition(reduceStyle(this.#style, this.#colours), reduceStyle(style, this.#colours));
			if (this.#transitions.size >= maxTransitions) this.#transitions.clear();
			this.#transitions.set(key, transition);
		}
		this.#output += transition;
		this.#style = style;
	}
}

/** The column after the last one that shows anything. */
function contentEnd(row: CellRow, columns: number): number {
	let end = Math.min(row.glyphs.length, columns);
	while (end > 0 && row.glyphs[end - 1] === ' ' && row.styles[end - 1] === noStyle) end--;
	return end;
}

function isSame(before: CellRow, after: CellRow, column: number): boolean {
	return (
		(before.glyphs[column] ?? ' ') === after.glyphs[column] &&
		(before.styles[column] ?? noStyle) === after.styles[column]
	);
}
