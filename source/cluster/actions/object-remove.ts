import type {NetworkCreateRequest, SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {Result} from '../../runtime/result.ts';
import type {Network} from '../../wire/network.ts';
import {objectWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import {usersOf} from '../inventory.ts';
import type {ClusterState} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {type Action, type Circumstances, type Draft, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import {type CreateIntent, newId, type RemoveObjectIntent} from './new-object.ts';
import {unversioned} from './write.ts';

/** Removes a network, a secret or a config that no service uses. */
export const objectRemove: Action<RemoveObjectIntent, CreateIntent> = {
	verb: () => 'Remove',
	plan,
	command: (intent, state) => wholeCommand('docker', intent.kind, 'rm', ...operands(wordOf(intent, state))),
	operand: (intent, state) => ({command: ['docker', intent.kind, 'rm'], word: wordOf(intent, state)}),
	send: async (intent, {client}) => unversioned(await remove(client, intent)),
	// What has been in use until a moment ago may still be held by tasks that are being cleared away.
	isTemporary: ({engineMessage}) => engineMessage?.includes('in use') ?? false,
	judge: () => verdict('converged', 1, 1, object.removed),
	isRemoval: true,
};

/** docker refuses a name that two networks have. */
function wordOf({kind, objectId, name}: RemoveObjectIntent, {inventory}: ClusterState): string {
	const isShared = kind === 'network' && (inventory.networks ?? []).filter(({Name}) => Name === name).length > 1;
	return isShared ? objectId : objectWord(objectId, name);
}

function remove(client: SwarmClient, {kind, objectId}: RemoveObjectIntent): Promise<Result<unknown, EngineError>> {
	switch (kind) {
		case 'network':
			return client.removeNetwork(objectId);
		case 'secret':
			return client.removeSecret(objectId);
		case 'config':
			return client.removeConfig(objectId);
		default:
			return kind satisfies never;
	}
}

function plan(
	intent: RemoveObjectIntent,
	state: ClusterState,
	{isPart = false, removed = new Set()}: Circumstances,
): Draft<CreateIntent> {
	const name = objectName(intent, state);
	const title = object.remove(name);
	const left = [...state.services.values()].filter(({id}) => !removed.has(id));
	const leftNames = new Set(left.map((service) => service.name));
	const users = usersOf({id: intent.objectId, ...(intent.kind === 'network' && {name: intent.name})}, state).filter(
		(user) => leftNames.has(user),
	);
	if (users.length > 0) return {title, refusal: object.inUse(name, users)};
	const undo = creationOf(intent, state);
	const isIngress = undo?.kind === 'network' && undo.request.Ingress === true;
	return {
		title,
		lines: [
			...(state.freshness.services.fetchedAt === undefined ? [object.usersUnknown] : []),
			...(isIngress ? [object.isRoutingMesh] : []),
			...(isPart ? [] : [outlook(intent, undo)]),
		],
		consent: isIngress ? {kind: 'typed', word: name} : {kind: 'dialog'},
		// What many were removed together with does not come back by one of them.
		undo: isPart ? undefined : undo,
	};
}

/** Whether it can be had again. */
function outlook({kind}: RemoveObjectIntent, undo: CreateIntent | undefined): PlanLine {
	if (kind === 'secret') return object.secretForGood;
	return undo ? object.undoable(kind) : object.forGood;
}

/** What makes it again; nothing makes a secret again: the engine tells nobody what it holds. */
function creationOf({kind, objectId, name}: RemoveObjectIntent, {inventory}: ClusterState): CreateIntent | undefined {
	const again = {action: 'object.create', objectId: newId(name)} as const;
	if (kind === 'network') {
		const network = inventory.networks?.find(({Id}) => Id === objectId);
		// What was configured on each node for it is not this engine's to tell.
		if (network?.ConfigFrom.Network !== '') return undefined;
		return {...again, kind, request: requestFor(network)};
	}
	const config = kind === 'config' ? inventory.configs?.find(({ID}) => ID === objectId) : undefined;
	return config?.Spec.Data === undefined ? undefined : {...again, kind: 'config', spec: config.Spec};
}

/** The engine chooses it anew for each network. */
const vxlanIds = 'com.docker.network.driver.overlay.vxlanid_list';

function requestFor({
	Name,
	Driver,
	Scope,
	Internal,
	Attachable,
	Ingress,
	EnableIPv6,
	IPAM,
	...rest
}: Network): NetworkCreateRequest {
	const {[vxlanIds]: _, ...options} = rest.Options ?? {};
	return {
		Name,
		Driver,
		// An overlay is the swarm's by itself; of other drivers the engine would make a network of its own.
		...(Driver !== 'overlay' && {Scope}),
		Internal,
		Attachable,
		Ingress,
		EnableIPv6,
		...(rest.EnableIPv4 === false && {EnableIPv4: false}),
		IPAM: {Driver: IPAM.Driver, ...(IPAM.Options && {Options: IPAM.Options}), Config: IPAM.Config ?? []},
		Options: options,
		Labels: rest.Labels ?? {},
	};
}
