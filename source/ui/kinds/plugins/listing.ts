/** The plugins as a table shows them. */
import type {PluginEntity} from '../../../cluster/entities/plugin.ts';
import {joinSafe, toSafeText} from '../../../text/safe-text.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import {type Listing, nameColumn, nothing} from '../listing.ts';

declare module '../kind-id.ts' {
	interface Entities {
		readonly plugins: PluginEntity;
	}
}

const enabledWord = ({isEnabled}: PluginEntity): string => (isEnabled ? 'enabled' : 'disabled');

export const pluginListing: Listing<PluginEntity> = {
	id: 'plugins',
	shortNames: ['plug'],
	singular: toSafeText('plugin'),
	columns: [
		nameColumn('PLUGIN'),
		{
			id: 'tag',
			title: toSafeText('TAG'),
			width: 8,
			min: 6,
			max: 24,
			priority: 3,
			value: ({tag}) => (tag === '' ? nothing : tag),
			compare: by(({tag}) => tag, compareNatural),
		},
		{
			id: 'enabled',
			title: toSafeText('ENABLED'),
			width: 9,
			priority: 1,
			value: (plugin) => toSafeText(enabledWord(plugin)),
			role: ({isEnabled}) => (isEnabled ? undefined : 'idle'),
			compare: by(({isEnabled}) => (isEnabled ? 0 : 1), compareNumbers),
		},
		{
			id: 'types',
			title: toSafeText('TYPES'),
			width: 14,
			min: 10,
			max: 40,
			priority: 2,
			value: ({types}) => (types.length === 0 ? nothing : joinSafe(types, ', ')),
			compare: by(({types}) => types[0] ?? '', compareNatural),
		},
		{
			id: 'description',
			title: toSafeText('DESCRIPTION'),
			width: 24,
			min: 14,
			max: 80,
			grow: 1,
			priority: 4,
			value: ({description}) => description,
			role: () => 'dim',
			compare: by(({description}) => description, compareNatural),
		},
	],
	sorting: {columnId: 'name', isDescending: false},
	tieBreak: chain(
		by(({name}) => name, compareNatural),
		by(({id}) => id, compareNatural),
	),
	filterable: {
		texts: [({name}) => name, ({description}) => description, ({types}) => types.join(' ')],
		fields: {
			name: ({name}) => [name],
			id: ({id}) => [id],
			tag: ({tag}) => [tag],
			state: (plugin) => [enabledWord(plugin)],
			type: ({types}) => types,
		},
	},
	name: ({name}) => name,
};
