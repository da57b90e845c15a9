/** Secrets and configs: what their lists show, and the way to the services that use them. */
import type {ConfigEntity, SecretEntity} from '../../../cluster/entities/stored.ts';
import {configsIn, secretsIn} from '../../../cluster/inventory.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {removalKey} from '../removal-key.ts';
import {configListing, secretListing} from './listing.ts';

export const secretKind: Kind<SecretEntity> = {
	...secretListing,
	get: secretListing,
	openedBy: {keys: ['7'], title: 'Secrets'},
	source: secretsIn,
	needs: ['secrets'],
	inScope: everyRow,
	servicesOf: ({id, name}) => ({kind: 'users', of: secretListing.singular, id, name}),
	inspect: ({raw}) => raw,
	emptyNote: ({inventory}) =>
		inventory.secrets ? 'no secrets: docker secret create NAME FILE' : 'reading the secrets…',
	keys: [
		removalKey('secrets', {
			of: 'secret',
			isForGood: true,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'secret', name}),
		}),
	],
};

export const configKind: Kind<ConfigEntity> = {
	...configListing,
	get: configListing,
	openedBy: {keys: ['8'], title: 'Configs'},
	source: configsIn,
	needs: ['configs'],
	inScope: everyRow,
	servicesOf: ({id, name}) => ({kind: 'users', of: configListing.singular, id, name}),
	inspect: ({raw}) => raw,
	emptyNote: ({inventory}) =>
		inventory.configs ? 'no configs: docker config create NAME FILE' : 'reading the configs…',
	keys: [
		removalKey('configs', {
			of: 'config',
			isForGood: false,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'config', name}),
		}),
	],
};
