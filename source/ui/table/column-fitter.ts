/** Fits a list's columns to what its rows have to show. */
import type {ClusterState} from '../../cluster/model.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {Listed} from '../kinds/scope.ts';
import {AgeReader} from './age-reader.ts';
import {type CellContext, type Column, type FittedColumn, fitColumns, wideColumns} from './column.ts';

/** How a list is looked at: see ListState. */
type Sideways = {readonly isWide: boolean; readonly left: number};

/** More rows than this are not gone through after every change. */
const comparedRows = 2000;

/**
 * Remembers the widest content that each column has had on the screen. Columns only ever get wider by it: a table whose
 * columns jump with every scroll can't be read.
 */
export class ColumnFitter {
	readonly #columns: readonly Column<Listed>[];
	readonly #needs = new Map<string, number>();
	readonly #measured = new WeakSet<Listed>();
	#cluster: ClusterState | undefined;
	#shown: readonly Column<Listed>[] = [];
	#fitted: (Sideways & {readonly width: number; readonly columns: readonly FittedColumn<Listed>[]}) | undefined;
	#all: readonly Listed[] = [];
	#alike: ReadonlySet<string> = new Set();

	constructor(columns: readonly Column<Listed>[]) {
		this.#columns = columns;
	}

	/**
	 * The columns for rows that are in the window; the same array while nothing makes them change.
	 * @param all the rows of the list
	 */
	fit(
		rows: readonly Listed[],
		all: readonly Listed[],
		width: number,
		{isWide, left}: Sideways,
		environment: Environment,
	): readonly FittedColumn<Listed>[] {
		for (const row of rows) if (this.#measure(row, environment)) this.#fitted = undefined;
		this.#compare(all, environment);
		const shown = this.#shownColumns(environment.cluster);
		const last = this.#fitted;
		if (last && last.width === width && last.isWide === isWide && last.left === left) return last.columns;
		const columns = isWide
			? wideColumns(shown, width, this.#needs, left)
			: fitColumns(shown, width, this.#needs, this.#alike);
		this.#fitted = {width, isWide, left, columns};
		return columns;
	}

	/** Without those that have nothing to show in this swarm; the same array while that holds. */
	#shownColumns(cluster: ClusterState): readonly Column<Listed>[] {
		if (this.#cluster === cluster) return this.#shown;
		this.#cluster = cluster;
		const shown = this.#columns.filter(({isShown}) => isShown?.(cluster) ?? true);
		if (shown.length !== this.#shown.length || shown.some((column, index) => column !== this.#shown[index])) {
			this.#shown = shown;
			this.#fitted = undefined;
		}
		return this.#shown;
	}

	/** As they were fitted last. */
	get fitted(): readonly FittedColumn<Listed>[] {
		return this.#fitted?.columns ?? [];
	}

	/** Finds the columns that tell nothing, because they say the same in every row, or nothing at all. */
	#compare(all: readonly Listed[], environment: Environment): void {
		if (all === this.#all) return;
		this.#all = all;
		const [first, ...others] = all.slice(0, comparedRows);
		if (!first) return;
		const context = contextOf(environment);
		const alike = this.#columns.filter(({yields, value}) => {
			if (!yields) return false;
			if (yields === 'always') return true;
			const said = value(first, context);
			if (yields === 'empty' && said !== '') return false;
			return others.every((row) => value(row, context) === said);
		});
		const ids = new Set(alike.map(({id}) => id));
		if (ids.size === this.#alike.size && [...ids].every((id) => this.#alike.has(id))) return;
		this.#alike = ids;
		this.#fitted = undefined;
	}

	/** True when the row needs a column to be wider than it was. */
	#measure(row: Listed, environment: Environment): boolean {
		if (this.#measured.has(row)) return false;
		this.#measured.add(row);
		const context = contextOf(environment);
		let isWider = false;
		for (const column of this.#columns) {
			const cells = cellWidth(column.value(row, context));
			if (cells <= (this.#needs.get(column.id) ?? 0)) continue;
			this.#needs.set(column.id, cells);
			isWider = true;
		}
		return isWider;
	}
}

function contextOf({cluster, theme, now, progressOf, keyOf}: Environment): CellContext {
	const ages = new AgeReader(now);
	return {cluster, theme, progressOf, keyOf, age: (since) => ages.read(since, {inSeconds: false})};
}
