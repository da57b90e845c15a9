/** The volumes as a table shows them. */
import type {VolumeEntity} from '../../../cluster/entities/volume.ts';
import {toSafeText} from '../../../text/safe-text.ts';
import {by, compareNatural} from '../../table/natural.ts';
import {ageColumn, driverColumn, type Listing, nameColumn, stackColumn} from '../listing.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly volumes: VolumeEntity;
	}
}

export const volumeListing: Listing<VolumeEntity> = {
	id: 'volumes',
	shortNames: ['vol'],
	singular: toSafeText('volume'),
	columns: [
		nameColumn('VOLUME', {max: 64, role: ({isAnonymous}) => (isAnonymous ? 'dim' : undefined)}),
		driverColumn(1, 24),
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
