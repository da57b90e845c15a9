/** Volumes of the connected engine: what their list shows. */
import type {VolumeEntity} from '../../cluster/entities/volume.ts';
import {volumesIn} from '../../cluster/inventory.ts';
import {toSafeText} from '../../text/safe-text.ts';
import {by, compareNatural} from '../table/natural.ts';
import type {Kind} from './kind.ts';
import {ageColumn, everyRow, type Listing, stackColumn} from './listing.ts';

export const volumeListing: Listing<VolumeEntity> = {
	id: 'volumes',
	singular: toSafeText('volume'),
	columns: [
		{
			id: 'name',
			title: toSafeText('VOLUME'),
			width: 24,
			min: 10,
			max: 64,
			grow: 1,
			priority: 0,
			truncate: 'middle',
			value: ({name}) => name,
			role: ({isAnonymous}) => (isAnonymous ? 'dim' : undefined),
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'driver',
			title: toSafeText('DRIVER'),
			width: 8,
			min: 7,
			max: 24,
			priority: 1,
			value: ({driver}) => driver,
			role: () => 'dim',
			compare: by(({driver}) => driver, compareNatural),
		},
		stackColumn(3),
		{
			id: 'mountpoint',
			title: toSafeText('MOUNTPOINT'),
			width: 24,
			min: 14,
			grow: 1,
			priority: 4,
			truncate: 'start',
			value: ({mountpoint}) => mountpoint,
			compare: by(({mountpoint}) => mountpoint, compareNatural),
		},
		ageColumn(2),
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {
		texts: [({name}) => name, ({driver}) => driver, ({mountpoint}) => mountpoint, ({stack}) => stack ?? ''],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			driver: ({driver}) => [driver],
			stack: ({stack}) => [stack ?? ''],
			label: ({labels}) => labels.map(([key, value]) => `${key}=${value}`),
		},
	},
	name: ({name}) => name,
};

export const volumeKind: Kind<VolumeEntity> = {
	...volumeListing,
	source: volumesIn,
	needs: ['volumes'],
	inScope: everyRow,
	inspect: ({raw}) => raw,
	emptyNote: ({inventory, engine}) =>
		inventory.volumes
			? `no volumes on ${engine?.name ?? 'this engine'}; those of other nodes only their own engines know`
			: 'reading the volumes…',
	keys: [],
};
