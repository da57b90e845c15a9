/** Networks: what their list shows, and the way to the services on them. */
import type {NetworkEntity} from '../../../cluster/entities/network.ts';
import {networksIn} from '../../../cluster/inventory.ts';
import {createKey} from '../../create/keys.ts';
import {openNetworkForm} from '../../create/network-form.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {pruneKey, removalKey} from '../removal-key.ts';
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
	emptyNote: ({inventory}, _scope, keyOf) =>
		inventory.networks ? `no networks of the swarm: ${keyOf('network.create')} creates one` : 'reading the networks…',
	keys: [
		...createKey('networks', 'network', 'New network', openNetworkForm),
		removalKey('networks', {
			of: 'network',
			isForGood: false,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'network', name}),
		}),
		...pruneKey('networks', {
			of: 'network',
			isForGood: false,
			rows: ({cluster}) => networksIn(cluster).values(),
			// Containers of no service may be on those that they can join: only the engines of their nodes know.
			isUnused: ({services, raw}) => services.length === 0 && raw.Scope === 'swarm' && !raw.Ingress && !raw.Attachable,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'network', name}),
		}),
	],
};
