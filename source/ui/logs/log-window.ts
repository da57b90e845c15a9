/** Which rows of a log are in its window, and how it moves. Pure; a wrapped line takes several rows. */
import type {Motion} from '../app/motion.ts';

/** The lines that can be shown, from the oldest. */
export type LogRows = {
	readonly length: number;
	/** How many rows the line of that index takes, at least 1 and never more than the window has. */
	readonly heightOf: (index: number) => number;
};

export type LogWindow = {
	/** The index of the first line. */
	readonly top: number;
	/** So many of its rows are above the window. */
	readonly skip: number;
};

/** The window whose last row is the last line's. */
export function windowAtEnd(rows: LogRows, height: number): LogWindow {
	return windowEndingAt(rows.length - 1, rows, height);
}

/** Nothing below the end is shown while there is something above. */
export function clampWindow(window: LogWindow, rows: LogRows, height: number): LogWindow {
	const end = windowAtEnd(rows, height);
	if (window.top > end.top || (window.top === end.top && window.skip > end.skip)) return end;
	return window.top < 0 ? {top: 0, skip: 0} : window;
}

/** Moves the window no further than it takes to show the whole line. */
export function reveal(window: LogWindow, index: number, rows: LogRows, height: number): LogWindow {
	if (index < window.top || (index === window.top && window.skip > 0)) return {top: index, skip: 0};
	let used = -window.skip;
	for (let at = window.top; at <= index; at++) {
		used += rows.heightOf(at);
		if (used > height) return windowEndingAt(index, rows, height);
	}
	return window;
}

/** The last line of which something is in the window. */
function lastVisible({top, skip}: LogWindow, rows: LogRows, height: number): number {
	let used = -skip;
	let at = top;
	while (at < rows.length - 1) {
		used += rows.heightOf(at);
		if (used >= height) return at;
		at++;
	}
	return at;
}

export type CursorMove = {readonly window: LogWindow; readonly cursor: number};

/** The cursor moved, the window with it; by pages both move together. */
export function moveCursor(from: CursorMove, motion: Motion, rows: LogRows, height: number): CursorMove {
	const last = Math.max(0, rows.length - 1);
	const clamp = (index: number): number => Math.max(0, Math.min(index, last));
	const shown = (window: LogWindow, cursor: number): CursorMove => ({
		cursor,
		window: clampWindow(reveal(window, cursor, rows, height), rows, height),
	});
	switch (motion.type) {
		case 'move':
			return shown(from.window, clamp(from.cursor + motion.by));
		case 'page': {
			const lines = lastVisible(from.window, rows, height) - from.window.top;
			const by = Math.trunc(motion.by * Math.max(1, lines)) || Math.sign(motion.by);
			const window = clampWindow({top: clamp(from.window.top + by), skip: 0}, rows, height);
			return shown(window, clamp(from.cursor + by));
		}
		case 'first':
			return shown(from.window, 0);
		case 'last':
			return shown(from.window, last);
	}
}

function windowEndingAt(index: number, {heightOf}: LogRows, height: number): LogWindow {
	let left = height;
	let at = index + 1;
	while (at > 0 && left > 0) left -= heightOf(--at);
	return {top: Math.max(0, at), skip: Math.max(0, -left)};
}
