/** Volumes of the connected engine: what their list shows. */
import type {VolumeEntity} from '../../../cluster/entities/volume.ts';
import {volumesIn} from '../../../cluster/inventory.ts';
import {createKey} from '../../create/keys.ts';
import {openVolumeForm} from '../../create/network-form.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {removalKey} from '../removal-key.ts';
import {volumeListing} from './listing.ts';

export const volumeKind: Kind<VolumeEntity> = {
	...volumeListing,
	get: volumeListing,
	openedBy: {keys: ['9'], title: 'Volumes of this engine'},
	source: volumesIn,
	needs: ['volumes'],
	inScope: everyRow,
	inspect: ({raw}) => raw,
	emptyNote: ({inventory, engine}) =>
		inventory.volumes
			? `no volumes on ${engine?.name ?? 'this engine'}; those of other nodes only their own engines know`
			: 'reading the volumes…',
	keys: [
		...createKey('volumes', 'volume', 'New volume on this engine', openVolumeForm),
		removalKey('volumes', {
			of: 'volume',
			isForGood: true,
			intent: ({id, name}) => ({action: 'volume.remove', objectId: id, kind: 'volume', name}),
		}),
	],
};
