import type {SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import {ok, type Result} from '../../runtime/result.ts';
import {unifiedDiff} from '../../text/line-diff.ts';
import {toSafeLines} from '../../text/safe-text.ts';
import type {CreatedId} from '../../wire/answers.ts';
import {configCommand, networkCommand, secretCommand} from '../docker-command/object-command.ts';
import type {DockerCommand} from '../docker-command/service-command.ts';
import type {ClusterState} from '../model.ts';
import type {PlanDiffLine, PlanLine} from '../plan-line.ts';
import {type Action, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import type {CreateIntent, RemoveObjectIntent} from './new-object.ts';

/** Makes a network, a secret or a config. */
export const objectCreate: Action<CreateIntent, RemoveObjectIntent> = {
	verb: () => 'Create',
	plan(intent, state, {isPart = false}) {
		return {
			title: object.create(objectName(intent, state)),
			lines: linesFor(intent, state, isPart),
			diff:
				intent.kind === 'config' && intent.replaces !== undefined ? textDiff(intent.replaces, intent.spec.Data) : [],
			consent: {kind: 'dialog'},
			undo: isPart ? undefined : removalOf(intent),
		};
	},
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

function linesFor(intent: CreateIntent, {engine}: ClusterState, isPart: boolean): PlanLine[] {
	if (isPart) return [];
	if (intent.kind === 'secret') return [object.neverShown];
	const isOfEngine =
		intent.kind === 'network' && intent.request.Scope !== 'swarm' && intent.request.Driver !== 'overlay';
	return isOfEngine ? [object.onThisEngine(engine?.name)] : [];
}

/** What a config held and will hold, line by line. */
function textDiff(before: string, after = ''): PlanDiffLine[] {
	const linesOf = (data: string) => toSafeLines(Buffer.from(data, 'base64').toString('utf8'));
	return unifiedDiff(linesOf(before), linesOf(after));
}

/** What a secret or a config holds goes to the engine and nowhere else. */
function withoutData(intent: CreateIntent): object {
	if (intent.kind === 'network') return intent;
	const {Data: _, ...spec} = intent.spec;
	const {replaces: _replaces, ...rest} = {replaces: undefined, ...intent};
	return {...rest, spec};
}
