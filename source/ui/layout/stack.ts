/** Puts what lies beside and above each other on the screen together into the screen's rows. */
import {sliceCells} from '../../text/fit.ts';
import {type StyledText, toSafeText} from '../../text/safe-text.ts';
import type {Rect} from './layout.ts';

/** Finished lines at their place, each exactly as wide as the rectangle. Lines beyond its height are not shown. */
export type Block = {readonly rect: Rect; readonly lines: readonly StyledText[]};

type Piece = {readonly x: number; readonly width: number; readonly text: StyledText};

/** Every row of a screen of that size, as wide as the screen. Later blocks cover earlier ones; what is left is blank. */
export function stacked(
	blocks: readonly Block[],
	size: {readonly columns: number; readonly rows: number},
): StyledText[] {
	const rows: Piece[][] = Array.from({length: size.rows}, () => []);
	for (const {rect, lines} of blocks) {
		const {x, y, width, height} = rect;
		for (const [index, text] of lines.slice(0, height).entries()) {
			const pieces = rows[y + index];
			if (pieces) rows[y + index] = [...pieces.flatMap((piece) => outside(piece, x, x + width)), {x, width, text}];
		}
	}
	return rows.map((pieces) => joined(pieces, size.columns));
}

/** What of a piece can still be seen when `[start, end)` is covered. */
function outside(piece: Piece, start: number, end: number): Piece[] {
	const {x, width} = piece;
	if (end <= x || start >= x + width) return [piece];
	return [slice(piece, x, start), slice(piece, end, x + width)].filter((part) => part.width > 0);
}

function slice({x, text}: Piece, start: number, end: number): Piece {
	const width = Math.max(0, end - start);
	return {x: start, width, text: sliceCells(text, start - x, width)};
}

function joined(pieces: readonly Piece[], columns: number): StyledText {
	let row = '';
	let column = 0;
	for (const {x, width, text} of pieces.toSorted((a, b) => a.x - b.x)) {
		row += ' '.repeat(x - column) + text;
		column = x + width;
	}
	const rest: StyledText = toSafeText(' '.repeat(Math.max(0, columns - column)));
	return (row + rest) as StyledText;
}
