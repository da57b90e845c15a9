import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Result} from '../../runtime/result.ts';
import {relabelCommand} from '../docker-command/object-command.ts';
import {type Action, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import {retried, unversioned} from './write.ts';

/** All there is to change of a secret or a config. */
export type RelabelIntent = {
	readonly action: 'object.labels';
	readonly objectId: string;
	readonly kind: 'secret' | 'config';
	readonly name: string;
	readonly labels: Readonly<Record<string, string>>;
};

/** Gives a secret or a config other labels. */
export const objectLabels: Action<RelabelIntent, never> = {
	verb: () => 'Change labels',
	plan: (intent, state) => ({
		title: object.relabel(objectName(intent, state)),
		consent: {kind: 'dialog'},
	}),
	command: ({kind}) => relabelCommand(kind),
	send: (intent, {client}) => retried(async () => unversioned(await relabel(client, intent))),
	judge: () => verdict('converged', 1, 1, object.relabelled),
};

/** Only its labels; what it holds is not sent again. */
async function relabel(
	client: SwarmClient,
	{kind, objectId, labels}: RelabelIntent,
): Promise<Result<unknown, EngineError>> {
	if (kind === 'secret') {
		const secret = await client.secret(objectId);
		if (!secret.ok) return secret;
		const {Version, Spec} = secret.value;
		return client.updateSecret(objectId, Version.Index, {...Spec, Labels: {...labels}});
	}
	const config = await client.config(objectId);
	if (!config.ok) return config;
	const {Version, Spec} = config.value;
	return client.updateConfig(objectId, Version.Index, {...Spec, Labels: {...labels}});
}
