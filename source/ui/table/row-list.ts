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
	/** What the order reads besides the rows: another one is another order, which a held list does not follow. */
	readonly orderReads?: unknown;
	/** Which of them are shown; `filterKey` names the rule, '' shows them all. */
	readonly filter: (row: Row) => boolean;
	readonly filterKey: string;
	/** Everything this filter shows was shown by the one before, so that only those need another look. */
	readonly isNarrower: boolean;
};

export class RowList<Row extends Identified> {
	#query: RowQuery<Row> | undefined;
	#included: readonly Row[] = [];
	#shown: readonly Row[] = [];
	/** The same rows as they are now, each in the place where it was when the list was held. */
	#held:
		| {readonly source: ReadonlyMap<string, Row>; readonly included: readonly Row[]; readonly shown: readonly Row[]}
		| undefined;

	/** How many rows belong to the list, shown or not. */
	get total(): number {
		return (this.#held ?? {included: this.#included}).included.length;
	}

	/** The rows to show, in order: the same array until something in it changes. */
	get rows(): readonly Row[] {
		return this.#held?.shown ?? this.#shown;
	}

	/**
	 * Brings the list up to date with what is asked for; free when nothing changed.
	 * @param isHeld no row changes its place: what is new comes last, what is gone leaves
	 */
	update(query: RowQuery<Row>, isHeld = false): void {
		const last = this.#query;
		if (isHeld && last && isSameQuestion(last, query)) {
			this.#hold(last, query);
			return;
		}
		this.#held = undefined;
		this.#query = query;
		const isSameList = last?.includeKey === query.includeKey && last.orderKey === query.orderKey;
		if (!last || !isSameList || last.orderReads !== query.orderReads) {
			// Sorting what is almost in order costs little.
			const isReordered = isSameList && last?.source === query.source;
			const included = isReordered ? [...this.#included] : [...query.source.values()].filter(query.include);
			this.#included = included.sort(query.compare);
			this.#shown = shownOf(this.#included, query);
			return;
		}
		if (last.filterKey !== query.filterKey) {
			const candidates = query.isNarrower && last.source === query.source ? this.#shown : undefined;
			if (!candidates) this.#included = mergeChanges(this.#included, changesOf(last, query), query);
			this.#shown = shownOf(candidates ?? this.#included, query);
			return;
		}
		if (last.source === query.source) return;
		const changes = changesOf(last, query);
		const included = mergeChanges(this.#included, changes, query);
		if (included === this.#included) return;
		this.#included = included;
		this.#shown = query.filterKey === '' ? included : mergeChanges(this.#shown, visible(changes, query), query);
	}

	#hold(last: RowQuery<Row>, query: RowQuery<Row>): void {
		const held = this.#held ?? {source: last.source, included: this.#included, shown: this.#shown};
		if (held.source === query.source) return;
		const {before, after} = changesOf({...last, source: held.source}, query);
		const {source} = query;
		if (before.length === 0 && after.length === 0) {
			this.#held = {...held, source};
			return;
		}
		const included = inPlace(held.included, {before, after});
		const shown = query.filterKey === '' ? included : inPlace(held.shown, visible({before, after}, query));
		this.#held = {source, included, shown};
	}

	/** Where the row of that ID stands among those shown, -1 when it is not; quick when it is still at or near `hint`. */
	indexOf(id: string, hint: number): number {
		const {rows} = this;
		if (rows[hint]?.id === id) return hint;
		if (this.#held) return rows.findIndex((row) => row.id === id);
		const row = this.#query?.source.get(id);
		if (!row || !this.#query) return -1;
		const index = lowerBound(rows, row, this.#query.compare);
		return rows[index]?.id === id ? index : -1;
	}
}

function isSameQuestion<Row>(last: RowQuery<Row>, query: RowQuery<Row>): boolean {
	return last.includeKey === query.includeKey && last.orderKey === query.orderKey && last.filterKey === query.filterKey;
}

/** What differs between two maps of rows: as they were, and as they are. */
type Changes<Row> = {readonly before: readonly Row[]; readonly after: readonly Row[]};

function changesOf<Row extends Identified>(last: RowQuery<Row>, next: RowQuery<Row>): Changes<Row> {
	const before: Row[] = [];
	const after: Row[] = [];
	const changed = (old: Row | undefined, row: Row | undefined): void => {
		if (old === row) return;
		if (old !== undefined && last.include(old)) before.push(old);
		if (row !== undefined && next.include(row)) after.push(row);
	};
	if (last.source === next.source) return {before, after};
	// Both maps mostly hold the same objects in the same order: going through them side by side spares the look-ups.
	const olds = last.source.values();
	const rows = next.source.values();
	let old = olds.next();
	let row = rows.next();
	for (; !old.done && !row.done && old.value.id === row.value.id; old = olds.next(), row = rows.next()) {
		changed(old.value, row.value);
	}
	for (; !row.done; row = rows.next()) changed(last.source.get(row.value.id), row.value);
	for (; !old.done; old = olds.next()) if (!next.source.has(old.value.id)) changed(old.value, undefined);
	return {before, after};
}

function shownOf<Row>(rows: readonly Row[], query: RowQuery<Row>): readonly Row[] {
	return query.filterKey === '' ? rows : rows.filter(query.filter);
}

function visible<Row>(changes: Changes<Row>, query: RowQuery<Row>): Changes<Row> {
	return {before: changes.before.filter(query.filter), after: changes.after.filter(query.filter)};
}

/** The sorted rows without what was, with what is; the same array when nothing differs. */
function mergeChanges<Row>(rows: readonly Row[], {before, after}: Changes<Row>, query: RowQuery<Row>): readonly Row[] {
	if (before.length === 0 && after.length === 0) return rows;
	const {compare} = query;
	const rest = without(rows, before, compare);
	if (after.length === 0) return rest;
	const added = after.toSorted(compare);
	const pieces: (readonly Row[])[] = [];
	let from = 0;
	for (const row of added) {
		const at = lowerBound(rest, row, compare, from);
		pieces.push(rest.slice(from, at), [row]);
		from = at;
	}
	pieces.push(rest.slice(from));
	return pieces.flat();
}

/** The rows with what has changed in the place of what it was. */
function inPlace<Row extends Identified>(rows: readonly Row[], {before, after}: Changes<Row>): readonly Row[] {
	const next = new Map(after.map((row) => [row.id, row]));
	const gone = new Set(before.map(({id}) => id));
	const kept = rows.flatMap((row) => {
		const changed = next.get(row.id);
		if (!changed) return gone.has(row.id) ? [] : [row];
		next.delete(row.id);
		return [changed];
	});
	return [...kept, ...next.values()];
}

/** Rows are found where the order has them: the order was total when they were put there, and rows never change. */
function without<Row>(rows: readonly Row[], gone: readonly Row[], compare: Compare<Row>): readonly Row[] {
	if (gone.length === 0) return rows;
	const places = gone.map((row) => lowerBound(rows, row, compare)).sort((a, b) => a - b);
	const pieces: (readonly Row[])[] = [];
	let from = 0;
	for (const place of places) {
		pieces.push(rows.slice(from, place));
		from = place + 1;
	}
	pieces.push(rows.slice(from));
	return pieces.flat();
}

type Compare<Row> = (a: Row, b: Row) => number;
type Identified = {readonly id: string};

/** The first place at which `row` does not come after what stands there. */
function lowerBound<Row>(rows: readonly Row[], row: Row, compare: Compare<Row>, from = 0): number {
	let low = from;
	let high = rows.length;
	while (low < high) {
		const middle = (low + high) >> 1;
		if (compare(rows[middle] as Row, row) < 0) low = middle + 1;
		else high = middle;
	}
	return low;
}
