/** Every kind of object that can be listed, and the words by which people ask for it. */

import {contextListing} from './contexts/listing.ts';
import {eventListing} from './events/listing.ts';
import type {Listing} from './listing.ts';
import {networkListing} from './networks/listing.ts';
import {nodeListing} from './nodes/listing.ts';
import type {Listed} from './scope.ts';
import {serviceListing} from './services/listing.ts';
import {stackListing} from './stacks/listing.ts';
import {configListing, secretListing} from './stored/listing.ts';
import {taskListing} from './tasks/listing.ts';
import {volumeListing} from './volumes/listing.ts';

export const listings = {
	nodes: nodeListing,
	services: serviceListing,
	tasks: taskListing,
	stacks: stackListing,
	networks: networkListing,
	secrets: secretListing,
	configs: configListing,
	volumes: volumeListing,
	events: eventListing,
	contexts: contextListing,
} as const;

export type ListingId = keyof typeof listings;

export const listingIds = Object.keys(listings) as ListingId[];

/** Docker's and kubectl's habits, beside the name itself and its singular. */
export const shortNames: Readonly<Record<ListingId, readonly string[]>> = {
	nodes: ['no'],
	services: ['svc'],
	tasks: ['ps', 'po'],
	stacks: ['stk'],
	networks: ['net'],
	secrets: ['sec'],
	configs: ['cfg', 'cm'],
	volumes: ['vol'],
	events: ['ev'],
	contexts: ['ctx'],
};

/** The kind that `services`, `service` or `svc` means. */
export function findListing(word: string): ListingId | undefined {
	const wanted = word.toLowerCase();
	return listingIds.find((id) => [id, listings[id].singular, ...shortNames[id]].includes(wanted));
}

/** A listing as code sees it that works for all of them: it must only be given rows of its own kind. */
export function listingOf(id: ListingId): Listing<Listed> {
	return listings[id] as unknown as Listing<Listed>;
}
