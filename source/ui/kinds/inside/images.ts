/** The images on the node that one went into. */
import {type ImageEntity, imagesIn} from '../../../cluster/entities/contents.ts';
import {bytes} from '../../../text/format.ts';
import {joinSafe, toSafeText} from '../../../text/safe-text.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {ageColumn, everyRow, nameColumn, nothing} from '../listing.ts';
import {insideKeys, insideNote, insideTitle, rowsOf} from './tabs.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly images: ImageEntity;
	}
}

export const imageKind: Kind<ImageEntity> = {
	id: 'images',
	shortNames: ['image', 'img'],
	singular: toSafeText('image'),
	openedBy: {keys: [], title: 'Images of the node that you went into'},
	ofNode: ['images'],
	heading: (cluster) => insideTitle('images', cluster),
	source: rowsOf(imagesIn),
	inScope: everyRow,
	columns: [
		nameColumn('IMAGE', {width: 30, max: 70, role: ({isDangling}) => (isDangling ? 'dim' : undefined)}),
		{
			id: 'size',
			title: toSafeText('SIZE'),
			width: 8,
			align: 'right',
			priority: 1,
			value: ({sizeBytes}) => bytes(sizeBytes),
			compare: by(({sizeBytes}) => sizeBytes, compareNumbers),
		},
		{
			id: 'used',
			title: toSafeText('USED BY'),
			width: 24,
			min: 9,
			max: 60,
			priority: 2,
			value: ({usedBy, isDangling}) =>
				usedBy.length > 0 ? joinSafe(usedBy, ', ') : isDangling ? toSafeText('dangling') : nothing,
			role: ({usedBy}) => (usedBy.length === 0 ? 'dim' : undefined),
			compare: by(({usedBy}) => usedBy.length, compareNumbers),
		},
		ageColumn(3),
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({name}) => name, ({usedBy, isDangling}) => (isDangling ? 'dangling' : joinSafe(usedBy, ' '))],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			state: ({usedBy, isDangling}) => [isDangling ? 'dangling' : usedBy.length > 0 ? 'used' : 'unused'],
		},
	},
	name: ({name}) => name,
	inspect: ({raw}) => raw,
	copies: ({digest}) => (digest === '' ? [] : [['d', 'digest', digest]]),
	emptyNote: (cluster, _, keyOf) => insideNote('images', cluster, keyOf),
	keys: insideKeys('images'),
};
