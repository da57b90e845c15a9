/** A screen as a picture, for the README: SVG text, so that it stays sharp, small and searchable. */
import {attributesOf} from '../../../source/text/sgr.ts';
import {type Cell, drawnGlyph, rectangle, short} from './drawn-glyphs.ts';
import type {Emulator} from './emulator.ts';
import {drawnColours, screenColours} from './palette.ts';
import {runsOf, type StyleRun} from './style-runs.ts';

const cellSize = {width: 8.4, height: 17};
const baseline = 13;
const margin = 12;
const fonts = "ui-monospace,'SF Mono',Menlo,Consolas,'DejaVu Sans Mono',monospace";

/** `title` names the picture for those who can't see it. */
export function screenToSvg(emulator: Emulator, title: string): string {
	const width = emulator.columns * cellSize.width + 2 * margin;
	const height = emulator.rows * cellSize.height + 2 * margin;
	const rows = Array.from({length: emulator.rows}, (_, y) => rowToSvg(emulator, y)).filter((row) => row !== '');
	return [
		`<svg xmlns="http://www.w3.org/2000/svg" width="${short(width)}" height="${short(height)}" viewBox="0 0 ${short(width)} ${short(height)}" role="img">`,
		`<title>${escaped(title)}</title>`,
		`<rect width="100%" height="100%" rx="8" fill="${screenColours.background}"/>`,
		`<g font-family="${fonts}" font-size="14" fill="none">`,
		...rows,
		'</g>',
		'</svg>',
		'',
	].join('\n');
}

function rowToSvg(emulator: Emulator, y: number): string {
	const cells = emulator.cells(y);
	return runsOf(cells)
		.map((run) => {
			const {foreground, background} = drawnColours(run.style);
			const box = boxOf(run.column, run.cells, y);
			const back = background ? rectangle(box.x, box.y, box.width, box.height, `fill="${background}"`) : '';
			const glyphs = cells.slice(run.column, run.column + run.cells).map((cell) => cell.text);
			return back + glyphsToSvg(glyphs, run, y, foreground);
		})
		.join('');
}

/** Words are written in one piece and stretched to their cells; lines, blocks and wide glyphs stand by themselves. */
function glyphsToSvg(glyphs: readonly string[], run: StyleRun, y: number, colour: string): string {
	let svg = '';
	let word = '';
	let wordColumn = run.column;
	const endWord = (): void => {
		const text = word.trim();
		const column = wordColumn + word.length - word.trimStart().length;
		if (text !== '') svg += textToSvg(text, column, text.length, y, run.style, colour);
		word = '';
	};
	let cells: number;
	for (let index = 0; index < glyphs.length; index += cells) {
		const glyph = glyphs[index] ?? ' ';
		const column = run.column + index;
		cells = cellsOf(glyphs, index);
		const drawn = drawnGlyph(glyph, boxOf(column, cells, y), colour);
		if (drawn === undefined && cells === 1 && glyph.length === 1) {
			// SVG runs blanks together: what stands further apart is placed by itself.
			if (glyph === ' ' && word.endsWith(' ')) endWord();
			if (word === '') wordColumn = column;
			word += glyph;
			continue;
		}
		endWord();
		svg += drawn ?? textToSvg(glyph, column, cells, y, run.style, colour);
	}
	endWord();
	return svg;
}

/** A wide glyph covers two cells; a line that runs on is drawn in one piece. */
function cellsOf(glyphs: readonly string[], start: number): number {
	const glyph = glyphs[start] ?? ' ';
	let end = start + 1;
	while (end < glyphs.length && (glyphs[end] === '' || (glyphs[end] === glyph && '─━═'.includes(glyph)))) end++;
	return end - start;
}

function textToSvg(text: string, column: number, cells: number, y: number, style: string, colour: string): string {
	const {bold, dim, italic, underline, strike} = attributesOf(style);
	const {x, y: top, width} = boxOf(column, cells, y);
	const decorations = [underline && 'underline', strike && 'line-through'].filter(Boolean).join(' ');
	const attributes = [
		`x="${short(x)}" y="${short(top + baseline)}" textLength="${short(width)}" fill="${colour}"`,
		bold ? 'font-weight="bold"' : '',
		dim ? 'opacity="0.6"' : '',
		italic ? 'font-style="italic"' : '',
		decorations === '' ? '' : `text-decoration="${decorations}"`,
	];
	return `<text ${attributes.filter((attribute) => attribute !== '').join(' ')}>${escaped(text)}</text>`;
}

function boxOf(column: number, cells: number, y: number): Cell {
	return {
		x: margin + column * cellSize.width,
		y: margin + y * cellSize.height,
		width: cells * cellSize.width,
		height: cellSize.height,
	};
}

function escaped(text: string): string {
	return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
