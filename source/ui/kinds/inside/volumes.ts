/** The volumes on the node that one went into. */
import {type NodeVolumeEntity, volumesIn} from '../../../cluster/entities/contents.ts';
import {joinSafe, toSafeText} from '../../../text/safe-text.ts';
import {by, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {ageColumn, driverColumn, everyRow, nameColumn, nothing, stackColumn} from '../listing.ts';
import {insideKeys, insideNote, insideTitle, rowsOf} from './tabs.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly 'node-volumes': NodeVolumeEntity;
	}
}

export const nodeVolumeKind: Kind<NodeVolumeEntity> = {
	id: 'node-volumes',
	shortNames: ['nv'],
	singular: toSafeText('volume'),
	openedBy: {keys: [], title: 'Volumes of the node that you went into'},
	ofNode: ['volumes'],
	heading: (cluster) => insideTitle('node-volumes', cluster),
	source: rowsOf(volumesIn),
	inScope: everyRow,
	columns: [
		nameColumn('VOLUME', {max: 64, role: ({isAnonymous}) => (isAnonymous ? 'dim' : undefined)}),
		driverColumn(3, 24),
		{
			id: 'used',
			title: toSafeText('USED BY'),
			width: 24,
			min: 9,
			max: 60,
			priority: 1,
			value: ({usedBy}) => (usedBy.length === 0 ? nothing : joinSafe(usedBy, ', ')),
			compare: by(({usedBy}) => usedBy.length, compareNumbers),
		},
		stackColumn(4),
		ageColumn(2),
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {
		texts: [({name}) => name, ({driver}) => driver, ({usedBy}) => joinSafe(usedBy, ' ')],
		fields: {
			name: ({name}) => [name],
			driver: ({driver}) => [driver],
			stack: ({stack}) => [stack ?? ''],
			state: ({usedBy}) => [usedBy.length > 0 ? 'used' : 'unused'],
		},
	},
	name: ({name}) => name,
	inspect: ({raw}) => raw,
	emptyNote: (cluster, _, keyOf) => insideNote('node-volumes', cluster, keyOf),
	keys: insideKeys('node-volumes'),
};
