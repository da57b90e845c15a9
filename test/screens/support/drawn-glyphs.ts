/**
 * Lines and blocks as shapes. Drawn as letters they leave gaps between rows in most fonts; a terminal draws them itself.
 */

type Arms = readonly [up: number, right: number, down: number, left: number];

/** What meets in the middle of a cell: 0 nothing, 1 a thin line, 2 a thick one, 3 a double one (drawn thick). */
const lines: Readonly<Record<string, Arms>> = {
	'─': [0, 1, 0, 1],
	'━': [0, 2, 0, 2],
	'│': [1, 0, 1, 0],
	'┃': [2, 0, 2, 0],
	'┌': [0, 1, 1, 0],
	'┐': [0, 0, 1, 1],
	'└': [1, 1, 0, 0],
	'┘': [1, 0, 0, 1],
	'╭': [0, 1, 1, 0],
	'╮': [0, 0, 1, 1],
	'╰': [1, 1, 0, 0],
	'╯': [1, 0, 0, 1],
	'├': [1, 1, 1, 0],
	'┤': [1, 0, 1, 1],
	'┬': [0, 1, 1, 1],
	'┴': [1, 1, 0, 1],
	'┼': [1, 1, 1, 1],
	'┏': [0, 2, 2, 0],
	'┓': [0, 0, 2, 2],
	'┗': [2, 2, 0, 0],
	'┛': [2, 0, 0, 2],
	'═': [0, 3, 0, 3],
	'║': [3, 0, 3, 0],
	'╔': [0, 3, 3, 0],
	'╗': [0, 0, 3, 3],
	'╚': [3, 3, 0, 0],
	'╝': [3, 0, 0, 3],
};

export type Cell = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

/** SVG for a glyph that is drawn, undefined for one that is written. */
export function drawnGlyph(glyph: string, cell: Cell, colour: string): string | undefined {
	const arms = lines[glyph];
	if (arms) return drawnLine(arms, cell, colour);
	const block = blockOf(glyph);
	if (!block) return undefined;
	const [left, top, right, bottom, opacity] = block;
	return rectangle(
		cell.x + left * cell.width,
		cell.y + top * cell.height,
		(right - left) * cell.width,
		(bottom - top) * cell.height,
		opacity === 1 ? `fill="${colour}"` : `fill="${colour}" opacity="${opacity}"`,
	);
}

export function rectangle(x: number, y: number, width: number, height: number, attributes: string): string {
	return `<rect x="${short(x)}" y="${short(y)}" width="${short(width)}" height="${short(height)}" ${attributes}/>`;
}

export function short(value: number): string {
	return String(Number(value.toFixed(2)));
}

function drawnLine([up, right, down, left]: Arms, {x, y, width, height}: Cell, colour: string): string {
	const middleX = x + width / 2;
	const middleY = y + height / 2;
	const ends: readonly (readonly [weight: number, toX: number, toY: number])[] = [
		[up, middleX, y],
		[right, x + width, middleY],
		[down, middleX, y + height],
		[left, x, middleY],
	];
	const weight = Math.max(up, right, down, left) === 1 ? 1 : 2;
	const path = ends
		.filter(([arm]) => arm > 0)
		.map(([, toX, toY]) => `M${short(middleX)} ${short(middleY)}L${short(toX)} ${short(toY)}`)
		.join('');
	return `<path d="${path}" stroke="${colour}" stroke-width="${weight}" stroke-linecap="square"/>`;
}

type Block = readonly [left: number, top: number, right: number, bottom: number, opacity: number];

/** U+2580 to U+2593: halves, eighths and shades. */
function blockOf(glyph: string): Block | undefined {
	const code = glyph.codePointAt(0) ?? 0;
	if (code === 0x2580) return [0, 0, 1, 0.5, 1];
	if (code >= 0x2581 && code <= 0x2588) return [0, 1 - (code - 0x2580) / 8, 1, 1, 1];
	if (code >= 0x2589 && code <= 0x258f) return [0, 0, (0x2590 - code) / 8, 1, 1];
	if (code === 0x2590) return [0.5, 0, 1, 1, 1];
	if (code >= 0x2591 && code <= 0x2593) return [0, 0, 1, 1, (code - 0x2590) / 4];
	return undefined;
}
