/**
 * Which rows of a list are marked, for one action on all of them. Marks are object IDs: sorting, filtering and refreshing
 * never move one to another object, and one goes when its object does.
 */
import {unreachable} from '../../runtime/result.ts';
import type {TableRows} from './table-state.ts';

export type Marks = {
	/** In the order in which they were marked. */
	readonly ids: ReadonlySet<string>;
	/** Where a range begins: what was marked last by itself. */
	readonly anchor: string | undefined;
};

export const noMarks: Marks = {ids: new Set(), anchor: undefined};

export type MarkAction =
	/** Marks the row, or takes its mark away. */
	| {readonly type: 'toggle'; readonly id: string}
	/** Marks every row from the anchor to this one, in the order and through the filter that are shown. */
	| {readonly type: 'range'; readonly id: string}
	/** Marks every row that is shown. */
	| {readonly type: 'all'}
	| {readonly type: 'none'}
	/** Takes the marks of objects away that are no more. */
	| {readonly type: 'keep'; readonly exists: (id: string) => boolean};

/** Pure; gives the same object back where nothing changes. */
export function reduceMarks(marks: Marks, action: MarkAction, rows: TableRows): Marks {
	switch (action.type) {
		case 'toggle':
			return toggled(marks, action.id);
		case 'range': {
			const from = marks.anchor === undefined ? -1 : rows.indexOf(marks.anchor, 0);
			const to = rows.indexOf(action.id, 0);
			if (to === -1) return marks;
			return added(
				marks,
				rows,
				from === -1 ? to : Math.min(from, to),
				from === -1 ? to : Math.max(from, to),
				action.id,
			);
		}
		case 'all':
			return added(marks, rows, 0, rows.length - 1, marks.anchor);
		case 'none':
			return marks.ids.size === 0 ? marks : noMarks;
		case 'keep':
			return kept(marks, action.exists);
		default:
			return unreachable(action);
	}
}

function toggled({ids}: Marks, id: string): Marks {
	const next = new Set(ids);
	if (next.delete(id)) return {ids: next, anchor: undefined};
	return {ids: next.add(id), anchor: id};
}

function added({ids}: Marks, rows: TableRows, first: number, last: number, anchor: string | undefined): Marks {
	const next = new Set(ids);
	for (let index = first; index <= last; index++) {
		const id = rows.idAt(index);
		if (id !== undefined) next.add(id);
	}
	return {ids: next, anchor};
}

function kept(marks: Marks, exists: (id: string) => boolean): Marks {
	const left = [...marks.ids].filter(exists);
	if (left.length === marks.ids.size) return marks;
	const anchor = marks.anchor !== undefined && exists(marks.anchor) ? marks.anchor : undefined;
	return {ids: new Set(left), anchor};
}
