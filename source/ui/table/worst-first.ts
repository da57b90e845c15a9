/** The order in which lists open: what fails, what is on its way, the rest by name. */
import type {ClusterState, Health} from '../../cluster/model.ts';
import type {Kind} from '../kinds/kind.ts';
import type {Listed, ListScope} from '../kinds/scope.ts';
import {by, chain, compareNumbers} from './natural.ts';
import type {Sorting} from './table-lines.ts';

/** Of no column: another order is one of a column's. */
export const worstFirst: Sorting = {columnId: 'worst', isDescending: false};

const severity: Readonly<Record<Health, number>> = {failing: 0, converging: 1, unknown: 1, healthy: 2, idle: 2};

const bySeverity = by(({health}: Listed) => severity[health], compareNumbers);

/** How a list is sorted until a person wants it otherwise. */
export function openingOrder({sorting, opensWorstFirst}: Kind<Listed>): Sorting {
	return opensWorstFirst ? worstFirst : sorting;
}

type Order = {
	readonly key: string;
	/** What else than the rows it reads: another one, another order. */
	readonly reads: unknown;
	readonly compare: (a: Listed, b: Listed) => number;
};

/** The order of a list's rows, total; `key` names it. */
export function orderOf(
	kind: Kind<Listed>,
	{columnId, isDescending}: Sorting,
	scope: ListScope,
	cluster: ClusterState,
): Order {
	const column = kind.columns.find(({id}) => id === columnId);
	const compare = column?.compareIn?.(cluster) ?? compareBy(kind, columnId, scope);
	const reads = column?.compareIn && cluster.revision;
	const key = `${columnId} ${isDescending} ${columnId === worstFirst.columnId && hasPast(kind, scope)}`;
	if (!compare) return {key, reads, compare: isDescending ? (a, b) => kind.tieBreak(b, a) : kind.tieBreak};
	return {key, reads, compare: chain(isDescending ? (a, b) => compare(b, a) : compare, kind.tieBreak)};
}

function compareBy(
	kind: Kind<Listed>,
	columnId: string,
	scope: ListScope,
): ((a: Listed, b: Listed) => number) | undefined {
	if (columnId !== worstFirst.columnId) return kind.columns.find(({id}) => id === columnId)?.compare;
	// What is past stands below what took its place, however it ended.
	return kind.opensWorstFirst && !hasPast(kind, scope) ? bySeverity : undefined;
}

function hasPast({isPast}: Kind<Listed>, {hasHistory}: ListScope): boolean {
	return isPast !== undefined && hasHistory;
}
