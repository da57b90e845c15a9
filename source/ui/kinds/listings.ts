/** Every kind of object that `swarmtop get` prints, and the words by which people ask for it. */
import type {KindId} from './kind-id.ts';
import type {Listing} from './listing.ts';
import {kindIds, kindOf} from './registry.ts';
import type {Listed} from './scope.ts';

export const listingIds: readonly KindId[] = kindIds.filter((id) => kindOf(id).get !== undefined);

/** The kind that `services`, `service` or `svc` means. */
export function findListing(word: string): KindId | undefined {
	const wanted = word.toLowerCase();
	return listingIds.find((id) => wordsFor(id).includes(wanted));
}

/** All that people type for a kind. */
export function wordsFor(id: KindId): readonly string[] {
	const {singular, shortNames} = kindOf(id);
	return [id, singular, ...shortNames];
}

/** A listing as code sees it that works for all of them: it must only be given rows of its own kind. */
export function listingOf(id: KindId): Listing<Listed> {
	const {get} = kindOf(id);
	if (!get) throw new Error(`no list of ${id} to print`);
	return get;
}
