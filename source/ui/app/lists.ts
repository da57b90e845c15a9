/** The rows of every list on the screen, brought up to date with the cluster and with how each list is sorted and filtered. */
import {isWell} from '../../cluster/entities/health.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {type Filter, isNarrower, matches, noFilter, parseFilter} from '../filter/filter.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindIds, kindOf} from '../kinds/registry.ts';
import type {Listed, ListScope} from '../kinds/scope.ts';
import {RowList} from '../table/row-list.ts';
import type {TableRows} from '../table/table-state.ts';
import {orderOf} from '../table/worst-first.ts';
import type {ListState} from './state.ts';

/** The rows of a list as they are shown. */
export type ShownRows = {
	/** In order. */
	readonly rows: readonly Listed[];
	/** How many there are with those that the filter hides. */
	readonly total: number;
	/** Where the row of that ID stands, -1 when it is not shown; quick when it is still at or near `hint`. */
	readonly indexOf: (id: string, hint: number) => number;
};

type Entry = {readonly list: RowList<Listed>; filter: Filter; isTroubleOnly: boolean; shown: ShownRows};

export class Lists {
	readonly #entries = new Map<KindId, Entry>(
		kindIds.map((id) => {
			const list = new RowList<Listed>();
			return [id, {list, filter: noFilter, isTroubleOnly: false, shown: shownOf(list)}];
		}),
	);

	/**
	 * Brings those lists up to date; the others stay as they were.
	 * @param held the list in which no row changes its place now
	 */
	update(
		ids: readonly KindId[],
		cluster: ClusterState,
		scope: ListScope,
		states: Readonly<Record<KindId, ListState>>,
		held?: KindId,
	): void {
		for (const id of ids) this.#updateOne(id, cluster, scope, states[id], id === held);
	}

	/** Those to show, in order: the same array until something in it changes. */
	rows(id: KindId): readonly Listed[] {
		return this.#entry(id).list.rows;
	}

	/** The same object until something in it changes. */
	shown(id: KindId): ShownRows {
		const entry = this.#entry(id);
		const {list, shown} = entry;
		if (shown.rows !== list.rows || shown.total !== list.total) entry.shown = shownOf(list);
		return entry.shown;
	}

	tableRows(id: KindId): TableRows {
		const {list} = this.#entry(id);
		return {
			length: list.rows.length,
			idAt: (index) => list.rows[index]?.id,
			indexOf: (rowId, hint) => list.indexOf(rowId, hint),
		};
	}

	#updateOne(
		id: KindId,
		cluster: ClusterState,
		scope: ListScope,
		{sorting, filterText, isTroubleOnly}: ListState,
		isHeld: boolean,
	): void {
		const kind = kindOf(id);
		const entry = this.#entry(id);
		const before = entry.filter;
		if (before.text !== filterText.trim()) entry.filter = parseFilter(filterText);
		const {filter} = entry;
		const rule = kind.inScope(scope);
		const order = orderOf(kind, sorting, scope, cluster);
		const query = {
			source: kind.source(cluster),
			include: rule.test,
			includeKey: rule.key,
			compare: order.compare,
			orderKey: order.key,
			orderReads: order.reads,
			filter: (row: Listed) => (!isTroubleOnly || !isWell(row)) && matches(filter, row, kind.filterable),
			filterKey: `${filter.text}${isTroubleOnly ? ' in trouble' : ''}`,
			isNarrower: isNarrower(filter, before) && (isTroubleOnly || !entry.isTroubleOnly),
		};
		entry.list.update(query, isHeld);
		entry.isTroubleOnly = isTroubleOnly;
	}

	#entry(id: KindId): Entry {
		const entry = this.#entries.get(id);
		if (!entry) throw new Error(`no list of ${id}`);
		return entry;
	}
}

function shownOf(list: RowList<Listed>): ShownRows {
	return {rows: list.rows, total: list.total, indexOf: (id, hint) => list.indexOf(id, hint)};
}
