/**
 * The rows of one list, sorted and filtered, kept up to date at a cost that follows what changed. One key press must not
 * cost a pass over 100,000 tasks, and one changed task must not cost a sort.
 */

export type RowQuery<Row> = {
	/** Every row that there is. The same map is the same rows: maps and their rows are never changed in place. */
	readonly source: ReadonlyMap<string, Row>;
	/** Which rows belong to the list at all; `includeKey` names the rule: the same key is the same rule. */
	readonly include: (row: Row) => boolean;
	readonly includeKey: string;
	/** A total order: it tells any two rows apart. `orderKey` names it. */
	readonly compare: (a: Row, b: Row) => number;
	readonly orderKey: string;
	/** Which of them are shown; `filterKey` names the rule. */
	readonly filter: (row: Row) => boolean;
	readonly filterKey: string;
	/** Everything this filter shows was shown by the one before, so that only those need another look. */
	readonly isNarrower: boolean;
};

export class RowList<Row extends {readonly id: string}> {
	#query: RowQuery<Row> | undefined;
	#included: readonly Row[] = [];
	#shown: readonly Row[] = [];

	/** How many rows belong to the list, shown or not. */
	get total(): number {
		return this.#included.length;
	}

	/** The rows to show, in order: the same array until something in it changes. */
	get rows(): readonly Row[] {
		return this.#shown;
	}

	/** Brings the list up to date with what is asked for; free when nothing changed. */
	update(query: RowQuery<Row>): void {
		const last = this.#query;
		this.#query = query;
		const isSameList = last?.includeKey === query.includeKey && last.orderKey === query.orderKey;
		if (!last || !isSameList) {
			this.#included = [...query.source.values()].filter(query.include).sort(query.compare);
			this.#shown = this.#included.filter(query.filter);
			return;
		}
		if (last.filterKey !== query.filterKey) {
			const candidates = query.isNarrower && last.source === query.source ? this.#shown : undefined;
			if (!candidates) this.#included = mergeChanges(this.#included, changesOf(last, query), query);
			this.#shown = (candidates ?? this.#included).filter(query.filter);
			return;
		}
		if (last.source === query.source) return;
		const changes = changesOf(last, query);
		const included = mergeChanges(this.#included, changes, query);
		if (included === this.#included) return;
		const isUnfiltered = this.#shown.length === this.#included.length && query.filterKey === '';
		this.#included = included;
		this.#shown = isUnfiltered ? included : mergeChanges(this.#shown, visible(changes, query), query);
	}

	/** Where the row of that ID stands among those shown, -1 when it is not; quick when it is still at or near `hint`. */
	indexOf(id: string, hint: number): number {
		const rows = this.#shown;
		if (rows[hint]?.id === id) return hint;
		const row = this.#query?.source.get(id);
		if (!row || !this.#query) return -1;
		const index = lowerBound(rows, row, this.#query.compare);
		return rows[index]?.id === id ? index : -1;
	}
}

/** What differs between two maps of rows: as they were, and as they are. */
type Changes<Row> = {readonly before: readonly Row[]; readonly after: readonly Row[]};

function changesOf<Row>(last: RowQuery<Row>, next: RowQuery<Row>): Changes<Row> {
	const before: Row[] = [];
	const after: Row[] = [];
	if (last.source === next.source) return {before, after};
	let kept = 0;
	for (const [id, row] of next.source) {
		const old = last.source.get(id);
		if (old !== undefined) kept++;
		if (old === row) continue;
		if (old !== undefined && last.include(old)) before.push(old);
		if (next.include(row)) after.push(row);
	}
	if (kept < last.source.size) {
		for (const [id, row] of last.source) if (!next.source.has(id) && last.include(row)) before.push(row);
	}
	return {before, after};
}

function visible<Row>(changes: Changes<Row>, query: RowQuery<Row>): Changes<Row> {
	return {before: changes.before.filter(query.filter), after: changes.after.filter(query.filter)};
}

/** The sorted rows without what was, with what is; the same array when nothing differs. */
function mergeChanges<Row>(rows: readonly Row[], changes: Changes<Row>, query: RowQuery<Row>): readonly Row[] {
	const {before, after} = changes;
	if (before.length === 0 && after.length === 0) return rows;
	const gone = new Set(before);
	const rest = before.length === 0 ? rows : rows.filter((row) => !gone.has(row));
	if (after.length === 0) return rest;
	const added = after.toSorted(query.compare);
	const merged: Row[] = [];
	let from = 0;
	for (const row of added) {
		const at = lowerBound(rest, row, query.compare, from);
		for (let index = from; index < at; index++) merged.push(rest[index] as Row);
		merged.push(row);
		from = at;
	}
	for (let index = from; index < rest.length; index++) merged.push(rest[index] as Row);
	return merged;
}

/** The first place at which `row` does not come after what stands there. */
function lowerBound<Row>(rows: readonly Row[], row: Row, compare: (a: Row, b: Row) => number, from = 0): number {
	let low = from;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (compare(rows[middle] as Row, row) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
