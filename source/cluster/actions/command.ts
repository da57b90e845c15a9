import {withoutDigest} from '../../engine/registry-reference.ts';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {type Intent, nameOfNew} from '../intent.ts';
import type {ClusterState} from '../model.ts';
import {quoted} from './shell.ts';
import {updateCommand} from './update-flags.ts';

/** The docker command that does the same as an intent: shown with every plan, so that people learn and can audit. */
export function dockerCommand(intent: Intent, state: ClusterState): SafeText {
	const name = 'nodeId' in intent ? nodeName(intent.nodeId, state) : objectName(intent, state);
	switch (intent.action) {
		case 'service.scale':
			return safe`docker service scale ${name}=${intent.replicas}`;
		case 'service.step':
			return safe`docker service scale ${name}=${steppedReplicas(intent, state)}`;
		case 'service.remove':
			return safe`docker service rm ${name}`;
		case 'service.restart':
		case 'service.continue':
			return safe`docker service update --force ${name}`;
		case 'service.deploy':
			return nameOfNew(intent.serviceId) === undefined
				? safe`docker service update --image ${quoted(imageOf(intent.spec))} ${name}`
				: safe`docker service create --name ${name} ${quoted(imageOf(intent.spec))}`;
		case 'object.create':
			return intent.kind === 'network'
				? safe`docker ${name.replace(' ', ' create -d overlay ') as SafeText}`
				: safe`docker ${name.replace(' ', ' create ') as SafeText} -`;
		case 'object.remove':
			return safe`docker ${name.replace(' ', ' rm ') as SafeText}`;
		case 'object.labels':
			// docker has no command for it but `stack deploy`.
			return safe`docker ${name.replace(' ', ' inspect ') as SafeText}`;
		case 'service.rollback':
			return safe`docker service rollback ${name}`;
		case 'service.image':
			return safe`docker service update ${intent.sendsLogin ? safe`--with-registry-auth ` : safe``}--image ${quoted(withoutDigest(intent.image))} ${name}`;
		case 'service.edit':
			return updateCommand(intent.changes, name);
		case 'node.availability':
			return safe`docker node update --availability ${toSafeText(intent.availability)} ${name}`;
		case 'node.role':
			return intent.role === 'manager' ? safe`docker node promote ${name}` : safe`docker node demote ${name}`;
		case 'node.remove':
			return intent.force ? safe`docker node rm --force ${name}` : safe`docker node rm ${name}`;
		case 'node.labels':
			return joinSafe([safe`docker node update`, ...labelFlags(intent), name], ' ');
		default:
			return intent satisfies never;
	}
}

const imageOf = ({TaskTemplate}: ServiceSpec): string => TaskTemplate.ContainerSpec?.Image ?? '';

/** One line that does all of it: docker takes several names where it can. */
export function dockerCommands(intents: readonly Intent[], state: ClusterState): SafeText {
	const commands = intents.map((intent) => dockerCommand(intent, state));
	const action = intents[0]?.action ?? 'service.image';
	const isOneKind = intents.every((intent) => intent.action === action);
	const shared = isOneKind && takesSeveral.has(action) ? sharedStart(commands) : undefined;
	if (shared === undefined) return joinSafe(commands, ' && ');
	return joinSafe([shared, ...commands.map((command) => lastWord(command))], ' ');
}

const takesSeveral: ReadonlySet<Intent['action']> = new Set([
	'service.scale',
	'service.step',
	'service.remove',
	'node.role',
	'node.remove',
]);

const lastWord = (command: SafeText): SafeText => toSafeText(command.slice(command.lastIndexOf(' ') + 1));

/** What comes before the name, where that is the same for all. */
function sharedStart(commands: readonly SafeText[]): SafeText | undefined {
	const starts = new Set(commands.map((command) => command.slice(0, command.lastIndexOf(' '))));
	const [start] = starts;
	return starts.size === 1 && start !== undefined ? toSafeText(start) : undefined;
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

/** For commands. Of nodes that share a host name the ID tells which. */
export function nodeName(id: string, {nodes}: ClusterState): SafeText {
	const node = nodes.get(id);
	return !node || node.isDuplicate || node.hostname === '' ? toSafeText(id.slice(0, 12)) : node.hostname;
}

function labelFlags({set, remove}: Extract<Intent, {action: 'node.labels'}>): SafeText[] {
	return [
		...Object.entries(set).map(([key, value]) => safe`--label-add ${quoted(`${key}=${value}`)}`),
		...remove.map((key) => safe`--label-rm ${quoted(key)}`),
	];
}
