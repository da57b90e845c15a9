/** Secrets and configs: what their lists show, and the way to the services that use them. */
import type {ConfigEntity, SecretEntity} from '../../../cluster/entities/stored.ts';
import {configsIn, secretsIn} from '../../../cluster/inventory.ts';
import type {App} from '../../app/capabilities.ts';
import {createKey} from '../../create/keys.ts';
import {openRotation, openStoredForm} from '../../create/stored-form.ts';
import type {KeyBinding} from '../../keys/binding.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {changeKey} from '../object-keys.ts';
import {pruneKey, removalKey} from '../removal-key.ts';
import {configListing, secretListing} from './listing.ts';

/** What is there can't be changed: a new one takes its place. */
function rotationKey(kind: 'secrets' | 'configs', of: 'secret' | 'config'): KeyBinding<App> {
	return changeKey(kind, {
		id: `${of}.rotate`,
		keys: ['v'],
		title: 'Rotate: a new version, and every service that uses it moved over',
		footer: {label: 'rotate', rank: 9},
		run: (row, app) => openRotation(of, row, app),
	});
}

/** As it was written; what is no text stays as the engine has it. */
function decoded(data: string | undefined): string | undefined {
	if (data === undefined) return undefined;
	const text = Buffer.from(data, 'base64').toString('utf8');
	return text.includes('\uFFFD') || text.includes('\0') ? data : text;
}

export const secretKind: Kind<SecretEntity> = {
	...secretListing,
	get: secretListing,
	openedBy: {keys: ['7'], title: 'Secrets'},
	source: secretsIn,
	needs: ['secrets'],
	inScope: everyRow,
	servicesOf: ({id, name}) => ({kind: 'users', of: secretListing.singular, id, name}),
	inspect: ({raw}) => raw,
	emptyNote: ({inventory}, _scope, keyOf) =>
		inventory.secrets ? `no secrets: ${keyOf('secret.create')} creates one` : 'reading the secrets…',
	keys: [
		...createKey('secrets', 'secret', 'New secret', (app) => openStoredForm('secret', app)),
		rotationKey('secrets', 'secret'),
		removalKey('secrets', {
			of: 'secret',
			isForGood: true,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'secret', name}),
		}),
		...pruneKey('secrets', {
			of: 'secret',
			isForGood: true,
			rows: ({cluster}) => secretsIn(cluster).values(),
			isUnused: ({services}) => services.length === 0,
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
	inspect: ({raw}) => ({...raw, Spec: {...raw.Spec, Data: decoded(raw.Spec.Data)}}),
	emptyNote: ({inventory}, _scope, keyOf) =>
		inventory.configs ? `no configs: ${keyOf('config.create')} creates one` : 'reading the configs…',
	keys: [
		...createKey('configs', 'config', 'New config', (app) => openStoredForm('config', app)),
		rotationKey('configs', 'config'),
		removalKey('configs', {
			of: 'config',
			isForGood: false,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'config', name}),
		}),
		...pruneKey('configs', {
			of: 'config',
			isForGood: false,
			rows: ({cluster}) => configsIn(cluster).values(),
			isUnused: ({services}) => services.length === 0,
			intent: ({id, name}) => ({action: 'object.remove', objectId: id, kind: 'config', name}),
		}),
	],
};
