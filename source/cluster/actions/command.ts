import {withoutDigest} from '../../engine/registry-reference.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import {networkWord, nodeWord, objectWord, serviceWord} from '../docker-command/names.ts';
import {
	configCommand,
	networkCommand,
	nodeCommand,
	relabelCommand,
	secretCommand,
} from '../docker-command/object-command.ts';
import {
	createCommand,
	type DockerCommand,
	operands,
	updateCommand,
	wholeCommand,
} from '../docker-command/service-command.ts';
import {type Intent, nameOfNew} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {type NodeIntent, nodeSpecAfter, type ServiceIntent, specAfter} from './spec-changes.ts';

type ObjectIntent = Extract<Intent, {readonly objectId: string}>;

/** The docker command that does the same as an intent: shown with every plan and audited, so that people learn and can check. */
export function dockerCommand(intent: Intent, state: ClusterState): DockerCommand {
	if ('serviceId' in intent) return serviceCommand(intent, state);
	return 'nodeId' in intent ? nodeIntentCommand(intent, state) : objectCommand(intent);
}

function serviceCommand(intent: ServiceIntent, state: ClusterState): DockerCommand {
	const word = serviceWord(intent.serviceId, state);
	const sendsLogin = 'sendsLogin' in intent && intent.sendsLogin;
	const options = {networkWord: (target: string) => networkWord(target, state), sendsLogin};
	switch (intent.action) {
		case 'service.remove':
			return wholeCommand('docker', 'service', 'rm', ...operands(word));
		case 'service.rollback':
			return wholeCommand('docker', 'service', 'rollback', ...operands(word));
		case 'service.scale':
		case 'service.step':
			return wholeCommand('docker', 'service', 'scale', ...operands(scaleWord(intent, state)));
		case 'service.deploy':
			if (nameOfNew(intent.serviceId) !== undefined) return createCommand(intent.spec, options);
	}
	const before = state.services.get(intent.serviceId)?.raw.Spec;
	if (!before) return wholeCommand();
	const after = specAfter(intent, before);
	// docker looks the digest up by itself.
	const image = intent.action === 'service.image' ? withoutDigest(intent.image) : undefined;
	return updateCommand(word, before, after, {...options, image});
}

function nodeIntentCommand(intent: NodeIntent, state: ClusterState): DockerCommand {
	const word = nodeWord(intent.nodeId, state);
	if (intent.action === 'node.remove')
		return wholeCommand('docker', 'node', 'rm', ...(intent.force ? ['--force'] : []), ...operands(word));
	const before = state.nodes.get(intent.nodeId)?.raw.Spec;
	return before ? nodeCommand(word, before, nodeSpecAfter(intent, before)) : wholeCommand();
}

function objectCommand(intent: ObjectIntent): DockerCommand {
	if (intent.action === 'object.remove') {
		const {kind, objectId, name} = intent;
		return wholeCommand('docker', kind, 'rm', ...operands(objectWord(objectId, name)));
	}
	if (intent.action === 'object.labels') return relabelCommand(intent.kind);
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

type Scaling = Extract<Intent, {readonly action: 'service.scale' | 'service.step'}>;

function scaleWord(intent: Scaling, state: ClusterState): string {
	const replicas = intent.action === 'service.step' ? steppedReplicas(intent, state) : intent.replicas;
	return `${serviceWord(intent.serviceId, state)}=${replicas}`;
}

/** One line that does all of it: docker takes several names where it can. */
export function dockerCommands(intents: readonly Intent[], state: ClusterState): DockerCommand {
	const together = oneForAll(intents, state);
	if (together) return together;
	const commands = intents.map((intent) => dockerCommand(intent, state));
	const notes = [...new Set(commands.flatMap(({note}) => note ?? []))];
	return {
		line: joinSafe(
			commands.map(({line}) => line).filter((line) => line !== ''),
			' && ',
		),
		note: notes.length === 0 ? undefined : joinSafe(notes, ' '),
	};
}

/** Where all are of a kind that one command does. */
function oneForAll(intents: readonly Intent[], state: ClusterState): DockerCommand | undefined {
	const parts = intents.map((intent) => sharedPart(intent, state));
	const verbs = new Set(parts.map((part) => part && shellLine(part.verb)));
	const [first] = parts;
	if (!first || verbs.size !== 1) return undefined;
	return wholeCommand(...first.verb, ...operands(...parts.flatMap((part) => part?.word ?? [])));
}

function sharedPart(intent: Intent, state: ClusterState): {readonly verb: string[]; readonly word: string} | undefined {
	switch (intent.action) {
		case 'service.scale':
		case 'service.step':
			return {verb: ['docker', 'service', 'scale'], word: scaleWord(intent, state)};
		case 'service.remove':
			return {verb: ['docker', 'service', 'rm'], word: serviceWord(intent.serviceId, state)};
		case 'node.role': {
			const verb = intent.role === 'manager' ? 'promote' : 'demote';
			return {verb: ['docker', 'node', verb], word: nodeWord(intent.nodeId, state)};
		}
		case 'node.remove': {
			const verb = ['docker', 'node', 'rm', ...(intent.force ? ['--force'] : [])];
			return {verb, word: nodeWord(intent.nodeId, state)};
		}
		default:
			return undefined;
	}
}

/** What +/- comes to: never below nothing. */
export function steppedReplicas(
	{serviceId, by}: {readonly serviceId: string; readonly by: number},
	{services}: ClusterState,
): number {
	return Math.max(0, (services.get(serviceId)?.replicas ?? 0) + by);
}

/** What people call the object of an intent. */
export function objectName(intent: Intent, state: ClusterState): SafeText {
	if ('serviceId' in intent) return serviceName(intent.serviceId, state);
	if ('nodeId' in intent) return shownNodeName(intent.nodeId, state);
	const name = intent.action === 'object.create' ? nameOfNew(intent.objectId) : intent.name;
	return safe`${toSafeText(intent.kind)} ${toSafeText(name ?? intent.objectId)}`;
}

export const serviceName = (id: string, {services}: ClusterState): SafeText =>
	services.get(id)?.name ?? toSafeText(nameOfNew(id) ?? id.slice(0, 12));

/** What a sentence calls it. */
export const shownNodeName = (id: string, {nodes}: ClusterState): SafeText =>
	nodes.get(id)?.name ?? toSafeText(id.slice(0, 12));
