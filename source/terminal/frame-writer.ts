/** Turns whole frames of text into the few bytes that change a terminal's screen from one to the next. */
import {type CellRow, toCellRow} from '../text/cell-row.ts';
import type {ColourDepth} from './capabilities.ts';
import {RowWriter} from './row-writer.ts';
import {findScroll, type Scroll, scrolled, scrollSequence} from './scroll.ts';

export type ScreenSize = {readonly columns: number; readonly rows: number};

/** Shorter updates reach the terminal in one piece anyhow; the marks would double their size. */
const minSynchronizedLength = 64;
const beginSynchronized = '\u001b[?2026h';
const endSynchronized = '\u001b[?2026l';

/** No wrapping at the right edge, no scroll region, no attributes, an empty screen. */
const clean = '\u001b[?7l\u001b[r\u001b[m\u001b[H\u001b[J';

/** More scrolls in one frame than panes stand one above the other are noise. */
const maxScrolls = 3;

const blank: CellRow = {glyphs: [], styles: []};

type Screen = {lines: readonly string[]; cells: readonly CellRow[]};

/**
 * Holds what the terminal shows and gives the bytes for the next frame; writes nothing itself. A frame is text with SGR
 * styles, one line per row; what is beyond the screen's size is cut, missing rows are blank. The bytes start and end
 * with no attributes set, never put out a line feed, and never write beyond the screen, so nothing can make it scroll.
 * Escape sequences other than SGR are dropped (OSC 8 links too), as the last of several walls.
 */
export class FrameWriter {
	#size: ScreenSize;
	readonly #colours: ColourDepth;
	/** Undefined while it isn't known what the terminal shows. */
	#screen: Screen | undefined;
	#writer: RowWriter;

	/** `colours`: how many the terminal has; others become the nearest of those, or none. */
	constructor(size: ScreenSize, colours: ColourDepth = 'truecolor') {
		this.#size = size;
		this.#colours = colours;
		this.#writer = new RowWriter(size.columns, colours);
	}

	/** The terminal has another size now; the next frame is drawn afresh. */
	resize(size: ScreenSize): void {
		this.#size = size;
		this.#writer = new RowWriter(size.columns, this.#colours);
		this.forget();
	}

	/** Something else may have written to the terminal: the next frame is drawn afresh. */
	forget(): void {
		this.#screen = undefined;
	}

	/** The bytes that make the terminal show `frame`, `''` when it does already. */
	update(frame: string): string {
		const lines = this.#linesOf(frame);
		const before = this.#screen;
		if (!before) {
			const cells = lines.map(toCellRow);
			this.#screen = {lines, cells};
			return synchronized(clean + this.#difference({lines: [], cells: []}, this.#screen));
		}
		if (lines.every((line, row) => line === before.lines[row])) return '';
		const cells = lines.map((line, row) =>
			line === before.lines[row] ? (before.cells[row] ?? blank) : toCellRow(line),
		);
		const after: Screen = {lines, cells};
		this.#screen = after;
		return synchronized(this.#shortest(before, after));
	}

	/** Scrolls where that makes the update shorter. Both ways are written out and measured: guesses at it go wrong. */
	#shortest(before: Screen, after: Screen): string {
		let scrolls = '';
		let screen = before;
		let best = this.#difference(before, after);
		for (let count = 0; count < maxScrolls; count++) {
			const scroll = findScroll(screen.lines, after.lines);
			if (!scroll) break;
			screen = scrolledScreen(screen, scroll);
			scrolls += scrollSequence(scroll);
			const candidate = scrolls + this.#difference(screen, after);
			if (candidate.length >= best.length) break;
			best = candidate;
		}
		return best;
	}

	#difference(before: Screen, after: Screen): string {
		for (const [row, cells] of after.cells.entries()) {
			if (after.lines[row] !== before.lines[row]) this.#writer.writeRow(row, before.cells[row] ?? blank, cells);
		}
		return this.#writer.finish();
	}

	#linesOf(frame: string): string[] {
		const lines = frame.split('\n', this.#size.rows);
		while (lines.length < this.#size.rows) lines.push('');
		return lines;
	}
}

function scrolledScreen({lines, cells}: Screen, scroll: Scroll): Screen {
	return {lines: scrolled(lines, scroll, ''), cells: scrolled(cells, scroll, blank)};
}

function synchronized(bytes: string): string {
	return bytes.length < minSynchronizedLength ? bytes : beginSynchronized + bytes + endSynchronized;
}
