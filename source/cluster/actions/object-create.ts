import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Result} from '../../runtime/result.ts';
import {configCommand, networkCommand, secretCommand} from '../docker-command/object-command.ts';
import type {DockerCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import type {NewObject} from './new-object.ts';
import {unversioned} from './write.ts';

/** Under a `newId`. */
export type CreateIntent = {readonly action: 'object.create'; readonly objectId: string} & NewObject;

/** Makes a network, a secret or a config. */
export const objectCreate: Action<CreateIntent, never> = {
	verb: () => 'Create',
	plan: (intent, state) => ({title: object.create(objectName(intent, state)), consent: {kind: 'dialog'}}),
	command: (intent) => commandOf(intent),
	send: async (intent, {client}) => unversioned(await create(client, intent)),
	judge: () => verdict('converged', 1, 1, object.created),
	audited: withoutData,
};

function create(client: SwarmClient, intent: CreateIntent): Promise<Result<unknown, EngineError>> {
	switch (intent.kind) {
		case 'network':
			return client.createNetwork(intent.request);
		case 'secret':
			return client.createSecret(intent.spec);
		case 'config':
			return client.createConfig(intent.spec);
		default:
			return intent satisfies never;
	}
}

function commandOf(intent: CreateIntent): DockerCommand {
	switch (intent.kind) {
		case 'network':
			return networkCommand(intent.request);
		case 'secret':
			return secretCommand(intent.spec);
		case 'config':
			return configCommand(intent.spec);
		default:
			return intent satisfies never;
	}
}

/** What a secret or a config holds goes to the engine and nowhere else. */
function withoutData(intent: CreateIntent): object {
	if (intent.kind === 'network') return intent;
	const {Data: _, ...spec} = intent.spec;
	return {...intent, spec};
}
