/** The rows of every list on the screen, brought up to date with the cluster and with how each list is sorted and filtered. */
import type {ClusterState} from '../../cluster/model.ts';
import {type Filter, isNarrower, matches, noFilter, parseFilter} from '../filter/filter.ts';
import type {Kind, Listed, ListScope} from '../registry/kind.ts';
import {type KindId, kindIds, kindOf} from '../registry/registry.ts';
import {chain} from '../table/natural.ts';
import {RowList} from '../table/row-list.ts';
import type {Sorting} from '../table/table-lines.ts';
import type {TableRows} from '../table/table-state.ts';
import type {ListState} from './state.ts';

type Entry = {readonly list: RowList<Listed>; filter: Filter};

export class Lists {
	readonly #entries = new Map<KindId, Entry>(
		kindIds.map((id) => [id, {list: new RowList<Listed>(), filter: noFilter}]),
	);

	/** Brings those lists up to date; the others stay as they were. */
	update(
		ids: readonly KindId[],
		cluster: ClusterState,
		scope: ListScope,
		states: Readonly<Record<KindId, ListState>>,
	): void {
		for (const id of ids) this.#updateOne(id, cluster, scope, states[id]);
	}

	/** Those to show, in order: the same array until something in it changes. */
	rows(id: KindId): readonly Listed[] {
		return this.#entry(id).list.rows;
	}

	/** How many there are with those that the filter hides. */
	total(id: KindId): number {
		return this.#entry(id).list.total;
	}

	tableRows(id: KindId): TableRows {
		const {list} = this.#entry(id);
		return {
			length: list.rows.length,
			idAt: (index) => list.rows[index]?.id,
			indexOf: (rowId, hint) => list.indexOf(rowId, hint),
		};
	}

	#updateOne(id: KindId, cluster: ClusterState, scope: ListScope, {sorting, filterText}: ListState): void {
		const kind = kindOf(id);
		const entry = this.#entry(id);
		const before = entry.filter;
		if (before.text !== filterText.trim()) entry.filter = parseFilter(filterText);
		const {filter} = entry;
		const rule = kind.inScope(scope);
		entry.list.update({
			source: kind.source(cluster),
			include: rule.test,
			includeKey: rule.key,
			compare: orderOf(kind, sorting),
			orderKey: `${sorting.columnId} ${sorting.isDescending}`,
			filter: (row) => matches(filter, row, kind.filterable),
			filterKey: filter.text,
			isNarrower: isNarrower(filter, before),
		});
	}

	#entry(id: KindId): Entry {
		const entry = this.#entries.get(id);
		if (!entry) throw new Error(`no list of ${id}`);
		return entry;
	}
}

function orderOf(kind: Kind<Listed>, {columnId, isDescending}: Sorting): (a: Listed, b: Listed) => number {
	const compare = kind.columns.find(({id}) => id === columnId)?.compare;
	if (!compare) return kind.tieBreak;
	return chain(isDescending ? (a, b) => compare(b, a) : compare, kind.tieBreak);
}
