import {eventEntity} from '../cluster/entities/event.ts';
import {networkEntity} from '../cluster/entities/network.ts';
import {stackLabel} from '../cluster/entities/service.ts';
import {stacksOf} from '../cluster/entities/stack.ts';
import {configEntity, secretEntity} from '../cluster/entities/stored.ts';
import {noUses, type Uses, usesOf} from '../cluster/entities/uses.ts';
import {volumeEntity} from '../cluster/entities/volume.ts';
import type {ClusterState} from '../cluster/model.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {ListingId} from '../ui/kinds/listings.ts';
import type {Listed} from '../ui/kinds/scope.ts';
import {stackObject} from '../ui/kinds/stacks/kind.ts';
import {taskName} from '../ui/kinds/tasks/listing.ts';
import type {EngineEvent} from '../wire/event.ts';
import {type OnForbidden, readCluster, readWholeTasks, unknownCluster, unlessForbidden} from './cluster-snapshot.ts';
import type {Format} from './get-options.ts';

/** Where each kind of list comes from. */

/** A row of a list, and what stands behind it: the engine's own object, as JSON and YAML print it. */
export type Item = {readonly row: Listed; readonly object: () => unknown};

/** A list, and the cluster that its cells may look things up in. */
export type List = {readonly items: readonly Item[]; readonly cluster: ClusterState};

type ListOptions = {
	/** What will be printed: names ask for less than tables. */
	readonly format: Format;
	readonly isAll: boolean;
	/** Told what a proxy forbids and the list does without. */
	readonly onForbidden: OnForbidden;
};

type Lister = (client: SwarmClient, options: ListOptions) => Promise<Result<List, EngineError>>;

/** Contexts need no engine, see get-contexts.ts. */
export type EngineListingId = Exclude<ListingId, 'contexts'>;

export const listers: Readonly<Record<EngineListingId, Lister>> = {
	nodes: async (client, {format, onForbidden}) => {
		const wanted = {nodes: 'yes', services: 'no', tasks: isTabular(format) ? 'besides' : 'no'} as const;
		const cluster = await readCluster(client, wanted, onForbidden);
		return ofCluster(cluster, ({nodes}) => [...nodes.values()].map((row) => ({row, object: () => row.raw})));
	},
	services: async (client, {format, onForbidden}) => {
		// Its tasks tell a service that fails from one that starts, and older engines' counts.
		const besides = isTabular(format) ? 'besides' : 'no';
		const cluster = await readCluster(client, {nodes: besides, services: 'yes', tasks: besides}, onForbidden);
		return ofCluster(cluster, ({services}) => [...services.values()].map((row) => ({row, object: () => row.raw})));
	},
	tasks: (client, options) => (isTabular(options.format) ? taskTable(client, options) : wholeTasks(client, options)),
	stacks,
	networks: async (client, options) => {
		const [networks, uses] = await Promise.all([
			client.networks(options.isAll ? {} : {filters: {scope: ['swarm']}}),
			readUses(client, options),
		]);
		return uses.ok ? ofObjects(networks, (raw) => networkEntity(raw, uses.value)) : uses;
	},
	secrets: async (client, options) => {
		const [secrets, uses] = await Promise.all([client.secrets(), readUses(client, options)]);
		return uses.ok ? ofObjects(secrets, (raw) => secretEntity(raw, uses.value)) : uses;
	},
	configs: async (client, options) => {
		const [configs, uses] = await Promise.all([client.configs(), readUses(client, options)]);
		return uses.ok ? ofObjects(configs, (raw) => configEntity(raw, uses.value)) : uses;
	},
	volumes: async (client) => ofObjects(await client.volumes(), volumeEntity),
	events: async (client, options) => ofObjects(await pastEvents(client, options), eventEntity),
};

const isTabular = (format: Format): boolean => format === 'table' || format === 'wide';

function ofCluster(
	cluster: Result<ClusterState, EngineError>,
	itemsOf: (cluster: ClusterState) => Item[],
): Result<List, EngineError> {
	return cluster.ok ? ok({items: itemsOf(cluster.value), cluster: cluster.value}) : cluster;
}

function ofObjects<Raw>(
	raws: Result<readonly Raw[], EngineError>,
	rowOf: (raw: Raw) => Listed,
): Result<List, EngineError> {
	if (!raws.ok) return raws;
	return ok({items: raws.value.map((raw) => ({row: rowOf(raw), object: () => raw})), cluster: unknownCluster()});
}

async function readUses(client: SwarmClient, {format, onForbidden}: ListOptions): Promise<Result<Uses, EngineError>> {
	if (format === 'name') return ok(noUses);
	const services = unlessForbidden(await client.services(), [], onForbidden);
	return services.ok ? ok(usesOf(services.value)) : services;
}

async function taskTable(client: SwarmClient, {isAll, onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const wanted = {nodes: 'besides', services: 'besides', tasks: 'yes'} as const;
	const cluster = await readCluster(client, wanted, onForbidden);
	return ofCluster(cluster, ({tasks}) => {
		const shown = [...tasks.values()].filter(({isCurrent}) => isAll || isCurrent);
		return shown.map((row) => ({row, object: () => row}));
	});
}

/** The engine's own objects say only IDs: these also say the names that a task goes by. */
async function wholeTasks(client: SwarmClient, {isAll, onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const whole = await readWholeTasks(client, onForbidden);
	if (!whole.ok) return whole;
	const {cluster, raws} = whole.value;
	const items = raws.flatMap((raw) => {
		const row = cluster.tasks.get(raw.ID);
		if (!row || (!isAll && !row.isCurrent)) return [];
		const names = {Name: taskName(row), ServiceName: row.serviceName, NodeName: row.nodeName};
		return [{row, object: () => ({...names, ...raw})}];
	});
	return ok({items, cluster});
}

async function stacks(client: SwarmClient, {onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const besides = <T>(answer: Result<T[], EngineError>) => unlessForbidden(answer, [], onForbidden);
	const [cluster, networks, secrets, configs] = await Promise.all([
		readCluster(client, {nodes: 'besides', services: 'yes', tasks: 'besides'}, onForbidden),
		client.networks({filters: {label: [stackLabel]}}).then(besides),
		client.secrets().then(besides),
		client.configs().then(besides),
	]);
	if (!networks.ok) return networks;
	if (!secrets.ok) return secrets;
	if (!configs.ok) return configs;
	return ofCluster(cluster, ({services}) => {
		const all = stacksOf({
			services: services.values(),
			networks: networks.value.map((raw) => networkEntity(raw, noUses)),
			secrets: secrets.value.map((raw) => secretEntity(raw, noUses)),
			configs: configs.value.map((raw) => configEntity(raw, noUses)),
		});
		return [...all.values()].map((row) => ({row, object: () => stackObject(row)}));
	});
}

/** What the engine remembers: the last 256 events of all kinds. */
async function pastEvents(client: SwarmClient, {isAll}: ListOptions): Promise<Result<EngineEvent[], EngineError>> {
	const events: EngineEvent[] = [];
	const stream = await client.events({
		since: 0,
		until: Date.now() / 1000,
		...(!isAll && {filters: {scope: ['swarm']}}),
		onEvent: (event) => events.push(event),
	});
	if (!stream.ok) return stream;
	const problem = await stream.value.ended;
	return problem ? failed(problem) : ok(events);
}
