import {objectWord} from '../docker-command/names.ts';
import {operands, wholeCommand} from '../docker-command/service-command.ts';
import {isTerminal} from '../entities/health.ts';
import type {ClusterState, ServiceEntity} from '../model.ts';
import {type Action, type Draft, verdict} from './action.ts';
import {object} from './messages.ts';
import {objectName} from './names.ts';
import {unversioned} from './write.ts';

/** Of the engine that is asked alone: the swarm knows nothing of volumes. */
export type RemoveVolumeIntent = {
	readonly action: 'volume.remove';
	/** Its name: volumes have no other ID. */
	readonly objectId: string;
	readonly kind: 'volume';
	readonly name: string;
};

/** Removes a volume that no container uses, with the data in it. */
export const volumeRemove: Action<RemoveVolumeIntent, never> = {
	verb: () => 'Remove',
	plan,
	command: ({objectId, name}) => wholeCommand('docker', 'volume', 'rm', ...operands(objectWord(objectId, name))),
	operand: ({objectId, name}) => ({command: ['docker', 'volume', 'rm'], word: objectWord(objectId, name)}),
	send: async ({objectId}, {client}) => unversioned(await client.removeVolume(objectId)),
	judge: () => verdict('converged', 1, 1, object.removed),
	isRemoval: true,
};

/** Containers of no service are seen by the engine alone: it refuses what one of them uses. */
function plan(intent: RemoveVolumeIntent, state: ClusterState): Draft<never> {
	const name = objectName(intent, state);
	const title = object.remove(name);
	const mounting = [...state.services.values()].filter((service) => isMounting(service, intent.name));
	const here = new Set(
		[...state.tasks.values()]
			.filter(({nodeId, state: at}) => nodeId === state.engine?.nodeId && !isTerminal(at))
			.map(({serviceId}) => serviceId),
	);
	const users = mounting.filter(({id}) => here.has(id));
	if (users.length > 0)
		return {
			title,
			refusal: object.inUse(
				name,
				users.map((service) => service.name),
			),
		};
	return {
		title,
		lines: [
			object.dataDeleted,
			...(mounting.length > 0 ? [object.startsEmpty(mounting.map((service) => service.name))] : []),
		],
		consent: {kind: 'dialog'},
	};
}

const isMounting = ({raw}: ServiceEntity, volume: string): boolean =>
	(raw.Spec.TaskTemplate.ContainerSpec?.Mounts ?? []).some(
		({Type, Source}) => (Type ?? 'bind') === 'volume' && Source === volume,
	);
