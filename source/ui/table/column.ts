/** Columns as data: the tables, the sort keys, the help and every export read the same declarations. */
import type {ClusterState} from '../../cluster/model.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Role, Theme} from '../theme/theme.ts';

export type Column<Row> = {
	readonly id: string;
	readonly title: SafeText;
	/** The width that it is comfortable with, in cells; a column without `min` has it always. */
	readonly width: number;
	/** A column with it is as wide as what it has to show, from here... */
	readonly min?: number;
	/** ...to there; default no limit. */
	readonly max?: number;
	/** Its share of the width that nobody needs; default 0. */
	readonly grow?: number;
	readonly align?: 'left' | 'right';
	/** 0 is always there; the higher the number, the sooner it gives way on a narrow screen. */
	readonly priority: number;
	/**
	 * When it is only there where all others have what they need: while no row says anything in it, while every row says the
	 * same, or at any time.
	 */
	readonly yields?: 'empty' | 'alike' | 'always';
	/** Where a text that is too long gives way; default `end`. Names give way in the middle: their ends tell them apart. */
	readonly truncate?: 'end' | 'middle' | 'start';
	/** Whether there is anything that it could show; default yes. */
	readonly isShown?: (cluster: ClusterState) => boolean;
	readonly value: (row: Row, context: CellContext) => SafeText;
	/** How the cell is painted; default as plain text. */
	readonly role?: (row: Row, context: CellContext) => Role | undefined;
	/** Ascending order; a column without it can't be sorted by. */
	readonly compare?: (a: Row, b: Row) => number;
	/** The same for an order by what the nodes' engines say of the rows, which they don't hold themselves. */
	readonly compareIn?: (cluster: ClusterState) => (a: Row, b: Row) => number;
};

/** Whether a list can be sorted by it now. */
export function isSortable<Row>({compare, compareIn, isShown}: Column<Row>, cluster: ClusterState): boolean {
	return compare !== undefined || (compareIn !== undefined && (isShown?.(cluster) ?? true));
}

/** What cells may read besides their row. Whatever is read here is part of what makes a row change. */
export type CellContext = {
	readonly cluster: ClusterState;
	readonly theme: Theme;
	/** The age of a moment, as text; remembers when that text will change. */
	readonly age: (since: number) => SafeText;
	/** What an action in progress has to say about the object: `4/6`. */
	readonly progressOf: (objectId: string) => SafeText | undefined;
	readonly keyOf: (bindingId: string) => SafeText;
};

export type FittedColumn<Row> = {readonly column: Column<Row>; readonly width: number};

export const columnGap = 2;

const noColumns: ReadonlySet<string> = new Set();

/** How wide the widest content of a column is so far, by the column's ID. */
export type Needs = ReadonlyMap<string, number>;

/**
 * Chooses and sizes columns for a width in cells: columns join by priority while their least widths fit; then all rise
 * to what they are comfortable with, then to what their content needs, by priority; then what is left goes to those that
 * grow. The sum of widths and gaps never exceeds `available`.
 * @param alike columns that tell nothing, as they say the same in every row: they join last, where all the others have what they need
 */
export function fitColumns<Row>(
	columns: readonly Column<Row>[],
	available: number,
	needs: Needs,
	alike: ReadonlySet<string> = noColumns,
): FittedColumn<Row>[] {
	const inOrder = columns.toSorted((a, b) => a.priority - b.priority);
	const byPriority = inOrder.filter(({id}) => !alike.has(id));
	const chosen = new Map<Column<Row>, number>();
	let left = available + columnGap;
	for (const column of byPriority) {
		const least = leastWidth(column, needs);
		const isForced = chosen.size === 0;
		if (least + columnGap > left && !isForced) break;
		const width = Math.max(0, Math.min(least, left - columnGap));
		chosen.set(column, width);
		left -= width + columnGap;
	}
	const raise = (wanted: (column: Column<Row>) => number): void => {
		for (const column of byPriority) {
			const width = chosen.get(column);
			if (width === undefined) continue;
			const more = Math.max(0, Math.min(wanted(column) - width, left));
			chosen.set(column, width + more);
			left -= more;
		}
	};
	raise((column) => Math.min(column.width, neededWidth(column, needs)));
	raise((column) => neededWidth(column, needs));
	for (const column of inOrder) {
		const needed = neededWidth(column, needs);
		const isFull = [...chosen].every(([each, width]) => width >= neededWidth(each, needs));
		if (!alike.has(column.id) || !isFull || chosen.size < byPriority.length || needed + columnGap > left) continue;
		chosen.set(column, needed);
		left -= needed + columnGap;
	}
	growColumns(chosen, left);
	return columns.flatMap((column) => {
		const width = chosen.get(column);
		return width === undefined || width === 0 ? [] : [{column, width}];
	});
}

/**
 * All columns in their own order, each as wide as its content needs, as far as `available` cells go: the first one always,
 * then those from the `left`th on. The last of them may be cut.
 */
export function wideColumns<Row>(
	columns: readonly Column<Row>[],
	available: number,
	needs: Needs,
	left: number,
): FittedColumn<Row>[] {
	const [identity, ...others] = columns;
	const shown = identity ? [identity, ...others.slice(left)] : [];
	const fitted: FittedColumn<Row>[] = [];
	let rest = available;
	for (const column of shown) {
		const wanted = Math.max(needs.get(column.id) ?? column.width, cellWidth(column.title) + 1);
		const width = Math.min(wanted, rest);
		if (width <= 0) break;
		fitted.push({column, width});
		rest -= width + columnGap;
	}
	return fitted;
}

function leastWidth<Row>(column: Column<Row>, needs: Needs): number {
	return Math.min(column.min ?? column.width, neededWidth(column, needs));
}

/** Room for the widest content and for the title with the arrow of the sorted column. */
function neededWidth<Row>({id, title, width, min, max}: Column<Row>, needs: Needs): number {
	if (min === undefined) return width;
	const needed = Math.max(needs.get(id) ?? width, cellWidth(title) + 1);
	return Math.min(needed, max ?? Number.POSITIVE_INFINITY);
}

/** Shares `left` cells among the growing columns by weight. */
function growColumns<Row>(chosen: Map<Column<Row>, number>, left: number): void {
	const growing = [...chosen.keys()].filter(({grow = 0}) => grow > 0);
	const weights = growing.reduce((sum, {grow = 0}) => sum + grow, 0);
	for (const column of growing) {
		const share = Math.floor((left * (column.grow ?? 0)) / weights);
		chosen.set(column, (chosen.get(column) ?? 0) + share);
	}
}
