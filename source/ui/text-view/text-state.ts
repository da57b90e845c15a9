/** Reading a text that is longer than the screen: where it is scrolled to and what is searched for in it. */
import {unreachable} from '../../runtime/result.ts';
import type {Motion} from '../app/motion.ts';

export type TextState = {
	readonly top: number;
	/** The line that keys are for, in texts that have a cursor. */
	readonly cursor: number;
	/** What is searched for, '' for nothing. Letter case doesn't matter. */
	readonly query: string;
	/** The line of the hit that was jumped to last. */
	readonly hit: number | undefined;
};

export const initialText: TextState = {top: 0, cursor: 0, query: '', hit: undefined};

export type TextAction =
	| Motion
	/** Jumps to the first hit at or after the top line. */
	| {readonly type: 'search'; readonly query: string}
	/** To the next hit in that direction, around the end. */
	| {readonly type: 'next'; readonly by: 1 | -1};

/** @param height lines in the window */
export function reduceText(
	state: TextState,
	action: TextAction,
	lines: readonly string[],
	height: number,
	hasCursor = false,
): TextState {
	switch (action.type) {
		case 'search':
			return jump({...state, query: action.query, hit: undefined}, lines, height, state.top - 1, 1);
		case 'next':
			return jump(state, lines, height, state.hit ?? state.top - 1, action.by);
		case 'move':
		case 'page':
		case 'first':
		case 'last': {
			if (hasCursor) return withCursor(state, moved(state.cursor, action, lines.length, height), lines.length, height);
			return {...state, top: clampTop(moved(state.top, action, lines.length, height), lines.length, height)};
		}
		default:
			return unreachable(action);
	}
}

/** With the cursor on that line, or the nearest there is, and the window so that it shows. */
export function withCursor(state: TextState, wanted: number, length: number, height: number): TextState {
	const cursor = Math.max(0, Math.min(wanted, length - 1));
	const top = clampTop(Math.max(Math.min(state.top, cursor), cursor - height + 1), length, height);
	return {...state, cursor, top};
}

function moved(from: number, motion: Motion, length: number, height: number): number {
	switch (motion.type) {
		case 'move':
			return from + motion.by;
		case 'page':
			return from + Math.trunc(motion.by * Math.max(1, height - 1));
		case 'first':
			return 0;
		case 'last':
			return length;
		default:
			return unreachable(motion);
	}
}

/** The lines that hold what is searched for. */
export function hitsOf(query: string, lines: readonly string[]): number[] {
	if (query === '') return [];
	const wanted = query.toLowerCase();
	return lines.flatMap((line, index) => (line.toLowerCase().includes(wanted) ? [index] : []));
}

export function clampTop(top: number, length: number, height: number): number {
	return Math.max(0, Math.min(top, length - height));
}

function jump(state: TextState, lines: readonly string[], height: number, from: number, by: 1 | -1): TextState {
	const hits = hitsOf(state.query, lines);
	const hit =
		by === 1 ? (hits.find((line) => line > from) ?? hits[0]) : (hits.findLast((line) => line < from) ?? hits.at(-1));
	if (hit === undefined) return {...state, hit: undefined};
	const isVisible = hit >= state.top && hit < state.top + height;
	const top = isVisible ? state.top : clampTop(hit - Math.floor(height / 3), lines.length, height);
	return {...state, hit, top, cursor: hit};
}
