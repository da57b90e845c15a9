import type {SafeText} from '../../text/safe-text.ts';
import {shellLine} from '../../text/shell-words.ts';
import {operands} from '../docker-command/service-command.ts';
import {stackLabel} from '../entities/service.ts';
import type {Batch, Intent, PlanLine} from '../intent.ts';
import {configsIn, networksIn, secretsIn} from '../inventory.ts';
import type {ClusterState, Inventory, ServiceEntity} from '../model.ts';
import {leftBehind, removalTitle} from './messages.ts';

/** What `docker stack rm` takes away: services first, what they used when their tasks have stopped. */
export function removalRequest(name: SafeText, services: readonly ServiceEntity[], state: ClusterState): Batch {
	const owned = <T extends {readonly stack: SafeText | undefined}>(all: ReadonlyMap<string, T>): T[] =>
		[...all.values()].filter(({stack}) => stack === name);
	const remove =
		(kind: 'network' | 'secret' | 'config') =>
		(object: {readonly id: string; readonly name: SafeText}): Intent => ({
			action: 'object.remove',
			objectId: object.id,
			kind,
			name: object.name,
		});
	const rest = [
		...owned(networksIn(state)).map(remove('network')),
		...owned(secretsIn(state)).map(remove('secret')),
		...owned(configsIn(state)).map(remove('config')),
	];
	const first = services.map(({id}): Intent => ({action: 'service.remove', serviceId: id}));
	return {
		action: 'batch',
		title: removalTitle(name),
		verb: 'Remove',
		stages: [first, rest].filter((stage) => stage.length > 0),
		word: name,
		notes: leftLines(state.inventory),
		command: shellLine(['docker', 'stack', 'rm', ...operands(services[0]?.raw.Spec.Labels?.[stackLabel] ?? name)]),
	};
}

function leftLines({refused}: Inventory): PlanLine[] {
	const kinds = (['networks', 'secrets', 'configs'] as const).filter((kind) => refused[kind] !== undefined);
	const [why] = kinds.map((kind) => refused[kind]);
	if (why === undefined) return [];
	return [leftBehind(kinds, why)];
}
