/** The secrets and configs as a table shows them. */
import type {ConfigEntity, SecretEntity} from '../../../cluster/entities/stored.ts';
import {bytes} from '../../../text/format.ts';
import {type SafeText, toSafeText} from '../../../text/safe-text.ts';
import type {Filterable} from '../../filter/filter.ts';
import {by, chain, compareNatural, compareNumbers} from '../../table/natural.ts';
import {ageColumn, driverColumn, type Listing, nameColumn, nothing, servicesColumn, stackColumn} from '../listing.ts';

type Stored = Omit<SecretEntity, 'driver' | 'raw'>;

const tieBreak = chain<Stored>(
	by(({name}) => name, compareNatural),
	by(({id}) => id, compareNatural),
);

const filterable: Filterable<Stored> = {
	texts: [({name}) => name, ({services}) => services.join(' '), ({stack}) => stack ?? ''],
	fields: {
		name: ({name}) => [name],
		id: ({id}) => [id],
		service: ({services}) => services,
		stack: ({stack}) => [stack ?? ''],
		label: ({labels}) => labels.map(([key, value]) => `${key}=${value}`),
	},
};

const shared = {
	sorting: {columnId: 'name', isDescending: false},
	tieBreak,
	filterable,
	name: ({name}: Stored): SafeText => name,
};

declare module '../kind-id.ts' {
	interface Entities {
		readonly secrets: SecretEntity;
		readonly configs: ConfigEntity;
	}
}

export const secretListing: Listing<SecretEntity> = {
	...shared,
	id: 'secrets',
	shortNames: ['sec'],
	singular: toSafeText('secret'),
	columns: [nameColumn('SECRET'), servicesColumn('used-by', 'USED BY'), driverColumn(4), stackColumn(3), ageColumn(2)],
};

export const configListing: Listing<ConfigEntity> = {
	...shared,
	id: 'configs',
	shortNames: ['cfg', 'cm'],
	singular: toSafeText('config'),
	columns: [
		nameColumn('CONFIG'),
		servicesColumn('used-by', 'USED BY'),
		{
			id: 'size',
			title: toSafeText('SIZE'),
			width: 8,
			align: 'right',
			priority: 4,
			value: ({bytes: size}) => (size === undefined ? nothing : bytes(size)),
			compare: by(({bytes: size}) => size ?? -1, compareNumbers),
		},
		stackColumn(3),
		ageColumn(2),
	],
};
