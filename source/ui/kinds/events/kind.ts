/** Events: what their list shows. */
import type {EventEntity} from '../../../cluster/entities/event.ts';
import {eventsIn} from '../../../cluster/inventory.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {eventListing} from './listing.ts';

/** The newest first, as they come. */
export const eventKind: Kind<EventEntity> = {
	...eventListing,
	get: eventListing,
	openedBy: {keys: ['e'], title: 'Events as they come'},
	sorting: {columnId: 'time', isDescending: true},
	source: eventsIn,
	needs: ['events'],
	isFeed: true,
	inScope: everyRow,
	inspect: ({raw}) => raw,
	emptyNote: ({inventory}) =>
		inventory.events ? 'nothing has happened yet: what does shows here as it comes' : 'listening…',
	keys: [],
};
