import type {ConfigObject, SecretObject} from '../../../swarmkit/state/objects.ts';
import type {Config, Secret} from '../../../wire/store.ts';
import {metaOf} from './meta.ts';

/** Secrets, whose data never comes back, and configs, whose data does. */

export function renderSecret(secret: SecretObject): Secret {
	const {Data: _, ...spec} = secret.spec;
	return {ID: secret.id, ...metaOf(secret), Spec: spec};
}

export const renderConfig = (config: ConfigObject): Config => ({ID: config.id, ...metaOf(config), Spec: config.spec});
