/** Stacks: what their list shows, and the way to their services. */
import type {StackEntity} from '../../../cluster/entities/stack.ts';
import {stacksIn} from '../../../cluster/inventory.ts';
import {joinSafe, safe, toSafeText} from '../../../text/safe-text.ts';
import type {LogTarget} from '../../logs/log-feed.ts';
import type {Kind} from '../kind.ts';
import {everyRow} from '../listing.ts';
import {logsKey} from '../logs-key.ts';
import {stackKeys} from './keys.ts';
import {stackListing} from './listing.ts';

/** No engine knows stacks; this one is ours, in the engine's style. */
export function stackObject({name, services, networks, secrets, configs}: StackEntity): unknown {
	return {Name: name, Services: services.map(({raw}) => raw), Networks: networks, Secrets: secrets, Configs: configs};
}

/** What stacks are made of besides services. */
const stackParts = ['networks', 'secrets', 'configs'] as const;

const logsOf = ({id, name}: StackEntity): LogTarget => ({kind: 'stack', id, name});

export const stackKind: Kind<StackEntity> = {
	...stackListing,
	get: stackListing,
	openedBy: {keys: ['5'], title: 'Stacks'},
	source: stacksIn,
	needs: stackParts,
	inScope: everyRow,
	servicesOf: ({name}) => ({kind: 'stack', name}),
	logsOf,
	trouble: (_stack, {inventory: {refused}}) => {
		const unknown = stackParts.filter((kind) => refused[kind] !== undefined);
		const [why] = unknown.map((kind) => refused[kind]);
		return why === undefined
			? toSafeText('')
			: safe`Its ${joinSafe(unknown.map(toSafeText), ', ')} are not known. ${why}`;
	},
	inspect: stackObject,
	emptyNote: (_state, _scope, keyOf) =>
		`no stacks: ${keyOf('stack.deploy')} deploys a file, as docker stack deploy -c FILE NAME does`,
	keys: [
		logsKey('stacks', {
			id: 'stack.logs',
			title: 'Logs of all its services, as one',
			rank: 2,
			targetOf: logsOf,
			possible: ({services}) => (services.length === 0 ? toSafeText('It has no services, so it has no logs.') : true),
		}),
		...stackKeys,
	],
};
