import {type EventEntity, eventEntity} from '../cluster/entities/event.ts';
import {networkEntity} from '../cluster/entities/network.ts';
import {type StackEntity, stacksOf} from '../cluster/entities/stack.ts';
import {configEntity, secretEntity} from '../cluster/entities/stored.ts';
import {noUses, type Uses, usesOf} from '../cluster/entities/uses.ts';
import {volumeEntity} from '../cluster/entities/volume.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {Listed} from '../ui/registry/kind.ts';
import type {ListingId} from '../ui/registry/listings.ts';
import {taskName} from '../ui/registry/tasks.ts';
import {readCluster, readWholeTasks} from './cluster-snapshot.ts';
import type {Format} from './get-options.ts';

/** Where each kind of list comes from. */

/** A row of a list, and what stands behind it: the engine's own object, as JSON and YAML print it. */
export type Item = {readonly row: Listed; readonly object: () => unknown};

export type ListOptions = {
	/** What will be printed: names ask for less than tables. */
	readonly format: Format;
	readonly isAll: boolean;
};

export type Items = Promise<Result<readonly Item[], EngineError>>;

type Lister = (client: SwarmClient, options: ListOptions) => Items;

/** Contexts need no engine, see get-contexts.ts. */
export type EngineListingId = Exclude<ListingId, 'contexts'>;

export const listers: Readonly<Record<EngineListingId, Lister>> = {
	nodes: async (client, {format}) => {
		const state = await readCluster(client, {nodes: true, services: false, tasks: isTabular(format)});
		return mapped(state, ({nodes}) => [...nodes.values()].map((row) => ({row, object: () => row.raw})));
	},
	services: async (client, {format}) => {
		// Its tasks tell a service that fails from one that starts, and older engines' counts.
		const state = await readCluster(client, {nodes: isTabular(format), services: true, tasks: isTabular(format)});
		return mapped(state, ({services}) => [...services.values()].map((row) => ({row, object: () => row.raw})));
	},
	tasks,
	stacks,
	networks: async (client, {isAll, format}) => {
		const [networks, uses] = await Promise.all([
			client.networks(isAll ? {} : {filters: {scope: ['swarm']}}),
			readUses(client, format),
		]);
		if (!uses.ok) return uses;
		return mapped(networks, (all) => all.map((raw) => ({row: networkEntity(raw, uses.value), object: () => raw})));
	},
	secrets: async (client, {format}) => {
		const [secrets, uses] = await Promise.all([client.secrets(), readUses(client, format)]);
		if (!uses.ok) return uses;
		return mapped(secrets, (all) => all.map((raw) => ({row: secretEntity(raw, uses.value), object: () => raw})));
	},
	configs: async (client, {format}) => {
		const [configs, uses] = await Promise.all([client.configs(), readUses(client, format)]);
		if (!uses.ok) return uses;
		return mapped(configs, (all) => all.map((raw) => ({row: configEntity(raw, uses.value), object: () => raw})));
	},
	volumes: async (client) =>
		mapped(await client.volumes(), (all) => all.map((raw) => ({row: volumeEntity(raw), object: () => raw}))),
	events,
};

const isTabular = (format: Format): boolean => format === 'table' || format === 'wide';

function mapped<T>(
	answer: Result<T, EngineError>,
	toItems: (value: T) => Item[],
): Result<readonly Item[], EngineError> {
	return answer.ok ? ok(toItems(answer.value)) : answer;
}

async function readUses(client: SwarmClient, format: Format): Promise<Result<Uses, EngineError>> {
	if (format === 'name') return ok(noUses);
	const services = await client.services();
	return services.ok ? ok(usesOf(services.value)) : services;
}

/** The engine's objects say only IDs: as JSON and YAML, a task also says the names that it goes by. */
async function tasks(client: SwarmClient, {format, isAll}: ListOptions): Items {
	if (format === 'json' || format === 'yaml') {
		const whole = await readWholeTasks(client);
		if (!whole.ok) return whole;
		const shown = whole.value.filter(({entity}) => isAll || entity.isCurrent);
		return ok(
			shown.map(({entity, raw}) => ({
				row: entity,
				object: () => ({
					Name: taskName(entity),
					ServiceName: entity.serviceName,
					NodeName: entity.nodeName,
					...raw,
				}),
			})),
		);
	}
	const state = await readCluster(client, {nodes: true, services: true, tasks: true});
	return mapped(state, (cluster) => {
		const shown = [...cluster.tasks.values()].filter(({isCurrent}) => isAll || isCurrent);
		return shown.map((row) => ({row, object: () => row}));
	});
}

async function stacks(client: SwarmClient): Items {
	const [state, networks, secrets, configs] = await Promise.all([
		readCluster(client, {nodes: true, services: true, tasks: true}),
		client.networks({filters: {label: ['com.docker.stack.namespace']}}),
		client.secrets(),
		client.configs(),
	]);
	if (!state.ok) return state;
	if (!networks.ok) return networks;
	if (!secrets.ok) return secrets;
	if (!configs.ok) return configs;
	const all = stacksOf({
		services: state.value.services.values(),
		networks: networks.value.map((raw) => networkEntity(raw, noUses)),
		secrets: secrets.value.map((raw) => secretEntity(raw, noUses)),
		configs: configs.value.map((raw) => configEntity(raw, noUses)),
	});
	return ok([...all.values()].map((row) => ({row, object: () => stackObject(row)})));
}

/** No engine knows stacks; this one is ours, in the engine's style. */
function stackObject({name, services, networks, secrets, configs}: StackEntity): unknown {
	return {Name: name, Services: services.map(({raw}) => raw), Networks: networks, Secrets: secrets, Configs: configs};
}

/** The last events that the engine remembers: 256 of all kinds. */
async function events(client: SwarmClient, {isAll}: ListOptions): Items {
	const found: EventEntity[] = [];
	const stream = await client.events({
		since: 0,
		until: Date.now() / 1000,
		...(!isAll && {filters: {scope: ['swarm']}}),
		onEvent: (event) => found.push(eventEntity(event)),
	});
	if (!stream.ok) return stream;
	const problem = await stream.value.ended;
	return problem ? failed(problem) : ok(found.map((row) => ({row, object: () => row.raw})));
}
