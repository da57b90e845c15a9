/**
 * Where the cursor of a list is. The selection is an object's ID: sorting, filtering and refreshing never move it to
 * another object, and the row under the cursor keeps its place on the screen where it can.
 */
import {unreachable} from '../../runtime/result.ts';
import type {Motion} from '../app/motion.ts';

export type TableState = {
	readonly selectedId: string | undefined;
	/** Where the selected object stands in the list, or stood when it was last there. */
	readonly index: number;
	/** The first row on the screen. */
	readonly top: number;
	/** The selected object is not in the list any more: it vanished, or the filter hides it. */
	readonly isMissing: boolean;
	/** A person has put it there; else it is only where every list begins. */
	readonly isChosen: boolean;
};

export const initialTable: TableState = {selectedId: undefined, index: 0, top: 0, isMissing: false, isChosen: false};

/** The list as the reducer needs it. */
export type TableRows = {
	readonly length: number;
	readonly idAt: (index: number) => string | undefined;
	/** -1 when it is not in the list; `hint` is where it was last. */
	readonly indexOf: (id: string, hint: number) => number;
};

export type TableAction =
	/**
	 * The list, or the height of its window, is another one. While a list is still coming in, `isFilling`, a selection
	 * that nobody has chosen stays at the first row: what came first is chance.
	 */
	| {readonly type: 'refresh'; readonly isFilling?: boolean}
	| Motion
	| {readonly type: 'select'; readonly id: string}
	/** Takes the neighbour when the selected object is missing. */
	| {readonly type: 'settle'};

/** @param height rows in the window; a missing selection takes one of them for the line that says so. */
export function reduceTable(state: TableState, action: TableAction, rows: TableRows, height: number): TableState {
	const isFirst = action.type === 'refresh' && action.isFilling === true && !state.isChosen;
	const current = refreshed(isFirst ? {...state, selectedId: undefined} : state, rows, height);
	switch (action.type) {
		case 'refresh':
			return settled(state, current);
		case 'move':
			return chosen(moved(current, action.by, rows, height));
		case 'page':
			return chosen(moved(current, Math.trunc(action.by * Math.max(1, height - 1)), rows, height));
		case 'first':
			return chosen(at(current, 0, rows, height));
		case 'last':
			return chosen(at(current, rows.length - 1, rows, height));
		case 'select': {
			const index = rows.indexOf(action.id, current.index);
			return chosen(
				index === -1 ? {...current, selectedId: action.id, isMissing: true} : at(current, index, rows, height),
			);
		}
		case 'settle':
			return current.isMissing ? at(current, current.index, rows, height) : current;
		default:
			return unreachable(action);
	}
}

function chosen(state: TableState): TableState {
	return state.isChosen ? state : {...state, isChosen: true};
}

function refreshed(state: TableState, rows: TableRows, height: number): TableState {
	if (state.selectedId === undefined) return at({...state, isMissing: false}, 0, rows, height);
	const index = rows.indexOf(state.selectedId, state.index);
	if (index === -1) {
		const place = Math.min(state.index, rows.length);
		return settled(state, {
			...state,
			index: place,
			isMissing: true,
			top: topFor(state.top, place, rows.length + 1, height),
		});
	}
	// Whoever looks at the beginning of a list goes on to: what is worst comes there.
	const top = topFor(state.top === 0 ? 0 : index - (state.index - state.top), index, rows.length, height);
	return settled(state, {...state, index, top, isMissing: false});
}

/** From a missing object, one step down is the row that took its place, one step up the row before it. */
function moved(state: TableState, by: number, rows: TableRows, height: number): TableState {
	const from = state.isMissing && by > 0 ? state.index - 1 : state.index;
	return at(state, from + by, rows, height);
}

function at(state: TableState, wanted: number, rows: TableRows, height: number): TableState {
	const index = Math.max(0, Math.min(wanted, rows.length - 1));
	const selectedId = rows.idAt(index);
	const top = topFor(state.top, index, rows.length, height);
	return settled(state, {selectedId, index, top, isMissing: false, isChosen: state.isChosen});
}

/** The nearest window to `top` that shows `index` and no emptiness below the last row. */
function topFor(top: number, index: number, length: number, height: number): number {
	const rows = Math.max(1, height);
	const highest = Math.max(0, length - rows);
	return Math.max(0, Math.min(Math.max(Math.min(top, index), index - rows + 1), highest));
}

/** The same object when nothing changed, so that a refresh that changes nothing draws nothing. */
function settled(before: TableState, after: TableState): TableState {
	const isSame =
		before.selectedId === after.selectedId &&
		before.index === after.index &&
		before.top === after.top &&
		before.isMissing === after.isMissing &&
		before.isChosen === after.isChosen;
	return isSame ? before : after;
}
