/** What takes how much of the disk of the node that one went into. */
import {type DiskEntity, diskIn} from '../../../cluster/entities/contents.ts';
import {bytes, count} from '../../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import type {Column} from '../../table/column.ts';
import {by, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Kind} from '../kind.ts';
import {everyRow, nameColumn} from '../listing.ts';
import {insideKeys, insideNote, insideTitle, rowsOf} from './tabs.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly disk: DiskEntity;
	}
}

function amountColumn(
	id: string,
	title: string,
	amount: (row: DiskEntity) => number,
	show: (row: DiskEntity) => SafeText,
): Column<DiskEntity> {
	return {
		id,
		title: toSafeText(title),
		width: 12,
		min: title.length + 1,
		max: 20,
		align: 'right',
		priority: 1,
		value: show,
		compare: by(amount, compareNumbers),
	};
}

/** `1.2GiB (40%)`, as docker's own account has it. */
function reclaimable({sizeBytes, reclaimableBytes}: DiskEntity): SafeText {
	if (sizeBytes === 0) return bytes(reclaimableBytes);
	return safe`${bytes(reclaimableBytes)} (${Math.floor((reclaimableBytes * 100) / sizeBytes)}%)`;
}

export const diskKind: Kind<DiskEntity> = {
	id: 'disk',
	shortNames: ['df'],
	singular: toSafeText('part of the disk'),
	openedBy: {keys: [], title: 'Disk of the node that you went into'},
	ofNode: ['disk'],
	heading: (cluster) => insideTitle('disk', cluster),
	source: rowsOf(diskIn),
	inScope: everyRow,
	columns: [
		nameColumn('TYPE', {width: 14, max: 20}),
		amountColumn(
			'total',
			'TOTAL',
			({total}) => total,
			({total}) => count(total),
		),
		amountColumn(
			'active',
			'ACTIVE',
			({active}) => active,
			({active}) => count(active),
		),
		amountColumn(
			'size',
			'SIZE',
			({sizeBytes}) => sizeBytes,
			({sizeBytes}) => bytes(sizeBytes),
		),
		amountColumn('reclaimable', 'RECLAIMABLE', ({reclaimableBytes}) => reclaimableBytes, reclaimable),
	],
	sorting: {columnId: 'size', isDescending: true},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {texts: [({name}) => name], fields: {name: ({name}) => [name]}},
	name: ({name}) => name,
	inspect: ({raw}) => raw,
	emptyNote: (cluster, _, keyOf) => insideNote('disk', cluster, keyOf),
	keys: insideKeys('disk'),
};
