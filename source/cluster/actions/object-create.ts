import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import {ok, type Result} from '../../runtime/result.ts';
import type {CreatedId} from '../../wire/answers.ts';
import {configCommand, networkCommand, secretCommand} from '../docker-command/object-command.ts';
import type {DockerCommand} from '../docker-command/service-command.ts';
import {type Action, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import type {CreateIntent, RemoveObjectIntent} from './new-object.ts';

/** Makes a network, a secret or a config. */
export const objectCreate: Action<CreateIntent, RemoveObjectIntent> = {
	verb: () => 'Create',
	plan: (intent, state, {isPart = false}) => ({
		title: object.create(objectName(intent, state)),
		consent: {kind: 'dialog'},
		undo: isPart ? undefined : removalOf(intent),
	}),
	command: (intent) => commandOf(intent),
	async send(intent, {client}) {
		const answer = await create(client, intent);
		return answer.ok ? ok({version: 0, createdId: answer.value}) : answer;
	},
	judge: () => verdict('converged', 1, 1, object.created),
	audited: withoutData,
};

/** The ID that it gets, which what takes it back is about. */
async function create(client: SwarmClient, intent: CreateIntent): Promise<Result<string, EngineError>> {
	switch (intent.kind) {
		case 'network': {
			const made = await client.createNetwork(intent.request);
			return made.ok ? ok(made.value.Id) : made;
		}
		case 'secret':
			return idOf(await client.createSecret(intent.spec));
		case 'config':
			return idOf(await client.createConfig(intent.spec));
		default:
			return intent satisfies never;
	}
}

const idOf = (made: Result<CreatedId, EngineError>): Result<string, EngineError> =>
	made.ok ? ok(made.value.ID) : made;

function removalOf(intent: CreateIntent): RemoveObjectIntent {
	const {kind, objectId} = intent;
	return {action: 'object.remove', objectId, kind, name: kind === 'network' ? intent.request.Name : intent.spec.Name};
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
