/** How the engine is asked for each part of its inventory, and which of its events say that a list has changed. */
import type {Answer, CallOptions, SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {ok, type Result} from '../runtime/result.ts';
import type {ClusterInfo, Swarm} from '../wire/swarm.ts';
import type {Inventory, InventoryKind} from './model.ts';

/** What is listed; events are a stream. */
export type ListedKind = Exclude<InventoryKind, 'events'>;

export type InventoryOptions = CallOptions & {
	/** Also what is this engine's alone. */
	readonly isAll?: boolean;
};

type InventoryList<Kind extends ListedKind> = {
	/** The type of its objects in the engine's events. */
	readonly eventType: string;
	readonly list: (client: SwarmClient, options: InventoryOptions) => Answer<NonNullable<Inventory[Kind]>>;
};

const lists: {readonly [Kind in ListedKind]: InventoryList<Kind>} = {
	networks: {
		eventType: 'network',
		list: (client, {isAll, ...options}) => client.networks(isAll ? options : {...options, filters: {scope: ['swarm']}}),
	},
	secrets: {eventType: 'secret', list: (client, {isAll: _, ...options}) => client.secrets(options)},
	configs: {eventType: 'config', list: (client, {isAll: _, ...options}) => client.configs(options)},
	plugins: {eventType: 'plugin', list: (client, {isAll: _, ...options}) => client.plugins(options)},
	swarm: {
		// No event tells of tokens, keys or settings.
		eventType: 'node',
		async list(client, {isAll: _, ...options}) {
			const answer = await client.membership.inspect(options);
			return answer.ok ? ok([withoutTokens(answer.value)]) : answer;
		},
	},
	volumes: {eventType: 'volume', list: (client, {isAll: _, ...options}) => client.volumes(options)},
};

/** Whoever has a token can join: they are read when somebody asks for them, and kept nowhere. */
function withoutTokens({JoinTokens: _, ...info}: Swarm): ClusterInfo {
	return info;
}

export const eventTypeOf = (kind: ListedKind): string => lists[kind].eventType;

/** Asks for one part of the inventory; gives the inventory's change. */
export async function readInventory(
	kind: ListedKind,
	client: SwarmClient,
	options: InventoryOptions,
): Promise<Result<Partial<Inventory>, EngineError>> {
	const answer = await lists[kind].list(client, options);
	return answer.ok ? ok({[kind]: answer.value}) : answer;
}
