/** Networks: what their list shows, and the way to the services on them. */
import type {NetworkEntity} from '../../../cluster/entities/network.ts';
import {networksIn} from '../../../cluster/inventory.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {removalKey} from '../removal-key.ts';
import {networkListing} from './listing.ts';

export const networkKind: Kind<NetworkEntity> = {
	...networkListing,
	get: networkListing,
	openedBy: {keys: ['6'], title: 'Networks'},
	source: networksIn,
	needs: ['networks'],
	inScope: everyRow,
	servicesOf: ({id, name}) => ({kind: 'users', of: networkListing.singular, id, name}),
	inspect: ({raw}) => raw,
	emptyNote: ({inventory}) =>
		inventory.networks ? 'no networks of the swarm: docker network create -d overlay NAME' : 'reading the networks…',
	keys: [
		removalKey('networks', {
			of: 'network',
			isForGood: false,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'network', name}),
		}),
	],
};
