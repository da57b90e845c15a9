/** The contexts as a table shows them. */
import type {ContextEntity} from '../../../cluster/model.ts';
import {toSafeText} from '../../../text/safe-text.ts';
import {by, compareNatural} from '../../table/natural.ts';
import {type Listing, nothing} from '../listing.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly contexts: ContextEntity;
	}
}

export const contextListing: Listing<ContextEntity> = {
	id: 'contexts',
	shortNames: ['ctx'],
	singular: toSafeText('context'),
	columns: [
		{
			id: 'name',
			title: toSafeText('CONTEXT'),
			width: 20,
			min: 10,
			max: 40,
			grow: 1,
			priority: 0,
			truncate: 'middle',
			value: ({name}) => name,
			role: ({isCurrent}) => (isCurrent ? 'accent' : undefined),
			compare: by(({name}) => name, compareNatural),
		},
		{
			id: 'current',
			title: toSafeText('CURRENT'),
			width: 7,
			priority: 2,
			value: ({isCurrent}) => toSafeText(isCurrent ? '*' : ''),
			role: () => 'accent',
			compare: by(({isCurrent}) => (isCurrent ? '0' : '1'), compareNatural),
		},
		{
			id: 'endpoint',
			title: toSafeText('ENDPOINT'),
			width: 30,
			min: 16,
			grow: 1,
			priority: 1,
			value: ({endpoint}) => (endpoint === '' ? nothing : endpoint),
			compare: by(({endpoint}) => endpoint, compareNatural),
		},
		{
			id: 'description',
			title: toSafeText('DESCRIPTION'),
			width: 24,
			min: 11,
			grow: 1,
			priority: 3,
			value: ({description}) => description,
			role: () => 'dim',
			compare: by(({description}) => description, compareNatural),
		},
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: by(({name}) => name, compareNatural),
	filterable: {
		texts: [({name}) => name, ({endpoint}) => endpoint, ({description}) => description],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			endpoint: ({endpoint}) => [endpoint],
			state: ({health, state}) => [health, state],
		},
	},
	name: ({name}) => name,
};
