import {failed, ok, type Result} from '../runtime/result.ts';
import {matches} from '../ui/filter/filter.ts';
import type {Listing} from '../ui/kinds/listing.ts';
import type {Listed} from '../ui/kinds/scope.ts';
import {chain} from '../ui/table/natural.ts';
import type {Item, List} from './get-lists.ts';
import type {GetOptions} from './get-options.ts';

/** Which rows of a list are printed, and in which order. */

export type Selection = List & {
	/** The words that named nothing. */
	readonly missing: readonly string[];
};

/** From so many characters on, the beginning of an ID names an object. */
const shortestIdPart = 4;

export function select(
	{items: all, ...rest}: List,
	listing: Listing<Listed>,
	{words, filter, sortBy, isReversed}: Pick<GetOptions, 'words' | 'filter' | 'sortBy' | 'isReversed'>,
): Selection {
	const found = words.map((word) => named(all, listing, word));
	const wanted = words.length === 0 ? all : [...new Set(found.flat())];
	const items = wanted.filter(({row}) => matches(filter, row, listing.filterable));
	const compare = orderOf(listing, sortBy, isReversed);
	return {
		...rest,
		items: items.toSorted((a, b) => compare(a.row, b.row)),
		missing: words.filter((_, index) => found[index]?.length === 0),
	};
}

/** What exactly one object is needed of: a single name that fits a single row. */
export function single({items, missing}: Selection, words: readonly string[]): Result<Item, undefined> {
	const [only] = items;
	return only && words.length === 1 && items.length === 1 && missing.length === 0 ? ok(only) : failed(undefined);
}

/** By name, else by what the object belongs to (the tasks of a service or node), else by the beginning of its ID. */
export function named<Named extends Pick<Item, 'row'>>(
	all: readonly Named[],
	{filterable}: Listing<Listed>,
	word: string,
): readonly Named[] {
	const {name, service, node, stack} = filterable.fields;
	for (const field of [name, service, node, stack]) {
		const found = all.filter(({row}) => field?.(row).includes(word));
		if (found.length > 0) return found;
	}
	return all.filter(({row}) => row.id === word || (word.length >= shortestIdPart && row.id.startsWith(word)));
}

const mostSimilar = 3;

/** Names that hold the word: `web` for somebody who wants shop_web. */
export function similarNames(all: readonly Item[], {filterable}: Listing<Listed>, word: string): readonly string[] {
	const names = new Set(all.flatMap(({row}) => filterable.fields['name']?.(row) ?? []));
	return [...names].filter((name) => name.toLowerCase().includes(word.toLowerCase())).slice(0, mostSimilar);
}

function orderOf(
	{columns, sorting, tieBreak}: Listing<Listed>,
	sortBy: string | undefined,
	isReversed: boolean,
): (a: Listed, b: Listed) => number {
	const column = columns.find(({id}) => id === (sortBy ?? sorting.columnId));
	const compare = column?.compare ?? tieBreak;
	const isDescending = (sortBy === undefined && sorting.isDescending) !== isReversed;
	return chain(isDescending ? (a, b) => compare(b, a) : compare, tieBreak);
}
