/** The events as a table shows them. */
import type {EventEntity} from '../../../cluster/entities/event.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../../text/safe-text.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import type {Listing} from '../listing.ts';

/** `replicas 4→6`; what was not said before is only said to be so now. */
function details({changes, exitCode}: EventEntity): SafeText {
	const parts = changes.map(({what, from, to}) => (from === '' ? safe`${what} ${to}` : safe`${what} ${from}→${to}`));
	if (exitCode !== undefined) parts.push(safe`exit code ${exitCode}`);
	return joinSafe(parts, ', ');
}

/** `11-21 14:05:09`, in the time zone of whoever reads it. */
function moment(at: number): SafeText {
	const two = (value: number) => String(value).padStart(2, '0');
	const time = new Date(at);
	const day = [time.getMonth() + 1, time.getDate()].map(two).join('-');
	return toSafeText(`${day} ${[time.getHours(), time.getMinutes(), time.getSeconds()].map(two).join(':')}`);
}

declare module '../kind-id.ts' {
	interface Entities {
		readonly events: EventEntity;
	}
}

export const eventListing: Listing<EventEntity> = {
	id: 'events',
	shortNames: ['ev'],
	singular: toSafeText('event'),
	columns: [
		{
			id: 'time',
			title: toSafeText('TIME'),
			width: 14,
			priority: 2,
			value: ({at}) => moment(at),
			role: () => 'dim',
			compare: by(({at}) => at, compareNumbers),
		},
		{
			id: 'type',
			title: toSafeText('TYPE'),
			width: 9,
			min: 7,
			max: 16,
			priority: 1,
			value: ({type}) => type,
			compare: by(({type}) => type, compareNatural),
		},
		{
			id: 'action',
			title: toSafeText('ACTION'),
			width: 10,
			min: 6,
			max: 30,
			priority: 1,
			value: ({action}) => action,
			role: ({health}) => (health === 'failing' ? 'failing' : undefined),
			compare: by(({action}) => action, compareNatural),
		},
		{
			id: 'node',
			title: toSafeText('NODE'),
			width: 8,
			min: 5,
			max: 20,
			priority: 2,
			isShown: ({inside}) => inside !== undefined,
			value: ({node, scope}, {cluster}) => (node === '' && scope === 'local' ? (cluster.engine?.name ?? node) : node),
			compare: by(({node}) => node, compareNatural),
		},
		{
			id: 'name',
			title: toSafeText('NAME'),
			width: 20,
			min: 10,
			max: 48,
			grow: 1,
			priority: 0,
			truncate: 'middle',
			value: ({name, objectId}) => (name === '' ? toSafeText(objectId.slice(0, 12)) : name),
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'details',
			title: toSafeText('DETAILS'),
			width: 20,
			min: 24,
			grow: 1,
			priority: 3,
			value: details,
			role: ({health}) => (health === 'failing' ? 'failing' : undefined),
		},
	],
	sorting: {columnId: 'time', isDescending: false},
	tieBreak: chain(
		by(({at}) => at, compareNumbers),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({type}) => type, ({action}) => action, ({name}) => name, details],
		fields: {
			name: ({name}) => [name],
			id: ({objectId}) => [objectId],
			node: ({node}) => [node],
			type: ({type}) => [type],
			action: ({action}) => [action],
			scope: ({scope}) => [scope],
			state: ({health}) => [health],
		},
	},
	name: ({type, action, name}) => safe`${type} ${action} ${name}`,
};
