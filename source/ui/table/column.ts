/** Columns as data: the tables, the sort keys, the help and every export read the same declarations. */
import type {SafeText} from '../../text/safe-text.ts';
import type {Role, Theme} from '../theme/theme.ts';

export type Column<Row> = {
	readonly id: string;
	readonly title: SafeText;
	/** The width it is comfortable with, in cells. */
	readonly width: number;
	/** What it can shrink to; default `width`. */
	readonly min?: number;
	/** Its share of the width that is left over; default 0. */
	readonly grow?: number;
	/** The widest that growing makes it; default no limit. */
	readonly max?: number;
	readonly align?: 'left' | 'right';
	/** 0 is always there; the higher the number, the sooner it gives way on a narrow screen. */
	readonly priority: number;
	/** Where a text that is too long gives way; default `end`. Names give way in the middle: their ends tell them apart. */
	readonly truncate?: 'end' | 'middle' | 'start';
	readonly value: (row: Row, context: CellContext) => SafeText;
	/** How the cell is painted; default as plain text. */
	readonly role?: (row: Row, context: CellContext) => Role | undefined;
	/** Ascending order; a column without it can't be sorted by. */
	readonly compare?: (a: Row, b: Row) => number;
};

/** What cells may read besides their row. Whatever is read here is part of what makes a row change. */
export type CellContext = {
	readonly theme: Theme;
	/** The age of a moment, as text; remembers when that text will change. */
	readonly age: (since: number) => SafeText;
	/** What an action in progress has to say about the object: `4/6`. */
	readonly progressOf: (objectId: string) => SafeText | undefined;
};

export type FittedColumn<Row> = {readonly column: Column<Row>; readonly width: number};

export const columnGap = 2;

/**
 * Chooses and sizes columns for a width in cells: columns join by priority while their least widths fit, then widths
 * rise to the comfortable ones in the same order, then what is left goes to those that grow. The sum of widths and gaps
 * never exceeds `available`.
 */
export function fitColumns<Row>(columns: readonly Column<Row>[], available: number): FittedColumn<Row>[] {
	const byPriority = columns.toSorted((a, b) => a.priority - b.priority);
	const chosen = new Map<Column<Row>, number>();
	let left = available + columnGap;
	for (const column of byPriority) {
		const least = column.min ?? column.width;
		const isForced = chosen.size === 0;
		if (least + columnGap > left && !isForced) break;
		const width = Math.max(0, Math.min(least, left - columnGap));
		chosen.set(column, width);
		left -= width + columnGap;
	}
	for (const column of byPriority) {
		const width = chosen.get(column);
		if (width === undefined) continue;
		const more = Math.max(0, Math.min(column.width - width, left));
		chosen.set(column, width + more);
		left -= more;
	}
	growColumns(chosen, left);
	return columns.flatMap((column) => {
		const width = chosen.get(column);
		return width === undefined || width === 0 ? [] : [{column, width}];
	});
}

/** Shares `left` cells among the growing columns by weight; a column that reaches its limit leaves the rest to the others. */
function growColumns<Row>(chosen: Map<Column<Row>, number>, left: number): void {
	let rest = left;
	let open = [...chosen.keys()].filter((column) => (column.grow ?? 0) > 0);
	while (rest > 0 && open.length > 0) {
		const weights = open.reduce((sum, column) => sum + (column.grow ?? 0), 0);
		const share = rest;
		for (const column of open) {
			const width = chosen.get(column) ?? 0;
			const wanted = Math.max(1, Math.floor((share * (column.grow ?? 0)) / weights));
			const more = Math.max(0, Math.min(wanted, rest, (column.max ?? Number.POSITIVE_INFINITY) - width));
			chosen.set(column, width + more);
			rest -= more;
		}
		open = open.filter((column) => (chosen.get(column) ?? 0) < (column.max ?? Number.POSITIVE_INFINITY));
	}
}
