import {eventEntity} from '../cluster/entities/event.ts';
import {networkEntity} from '../cluster/entities/network.ts';
import {stackLabel} from '../cluster/entities/service.ts';
import {stacksOf} from '../cluster/entities/stack.ts';
import {configEntity, secretEntity} from '../cluster/entities/stored.ts';
import {noUses} from '../cluster/entities/uses.ts';
import {readInventory} from '../cluster/inventory-lists.ts';
import type {ClusterState} from '../cluster/model.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import {kindOf} from '../ui/kinds/registry.ts';
import type {Listed} from '../ui/kinds/scope.ts';
import {stackObject} from '../ui/kinds/stacks/kind.ts';
import {taskName} from '../ui/kinds/tasks/listing.ts';
import type {EngineEvent} from '../wire/event.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import {
	type OnForbidden,
	readNodes,
	readServices,
	readTasks,
	readUsers,
	readWholeTasks,
	unknownCluster,
	unlessForbidden,
} from './cluster-snapshot.ts';
import type {Format} from './get-options.ts';

/** Where each kind of list comes from. */

/** A row of a list, and what stands behind it: the engine's own object, as JSON and YAML print it. */
export type Item = {readonly row: Listed; readonly object: () => unknown};

/** A list, and the cluster that its cells may look things up in. */
export type List = {
	readonly items: readonly Item[];
	readonly cluster: ClusterState;
	/** Of the engine that was asked, for templates of nodes. */
	readonly info?: SystemInfo | undefined;
};

type ListOptions = {
	/** What will be printed: names ask for less than tables. */
	readonly format: Format;
	readonly isAll: boolean;
	/** Whether one sees how objects are: colours and signs are for terminals. */
	readonly isHealthShown: boolean;
	/** Whether a filter asks how they are. */
	readonly isChosenByHealth: boolean;
	/** Told what a proxy forbids and the list does without. */
	readonly onForbidden: OnForbidden;
};

type Lister = (client: SwarmClient, options: ListOptions) => Promise<Result<List, EngineError>>;

/** Lists a kind; contexts need no engine, see get-contexts.ts. */
export function listerOf(kind: KindId): Lister {
	return listers[kind] ?? ((client, options) => inventory(kind, client, options));
}

/** Those that are more than what the engine's inventory says. */
const listers: Readonly<Partial<Record<KindId, Lister>>> = {
	nodes: async (client, {format, onForbidden}) => {
		// Which node is the asked one, and whose certificate is old.
		const [cluster, info] = await Promise.all([
			readNodes(client, {hasLoads: isTabular(format)}, onForbidden),
			format === 'template' ? client.info() : undefined,
		]);
		const list = ofCluster(cluster, ({nodes}) => [...nodes.values()].map((row) => ({row, object: () => row.raw})));
		return list.ok && info?.ok ? ok({...list.value, info: info.value}) : list;
	},
	services: async (client, {format, isChosenByHealth, isHealthShown, onForbidden}) => {
		const unsigned = isTabular(format) ? 'counts' : format === 'template' ? 'template' : 'objects';
		const cluster = await readServices(
			client,
			isChosenByHealth ? 'choice' : isHealthShown ? 'signs' : unsigned,
			onForbidden,
		);
		return ofCluster(cluster, ({services}) => [...services.values()].map((row) => ({row, object: () => row.raw})));
	},
	tasks: (client, options) =>
		needsWholeTasks(options.format) ? wholeTasks(client, options) : taskTable(client, options),
	stacks,
	events: async (client, options) => ofObjects(await pastEvents(client, options), eventEntity),
};

const needsWholeTasks = (format: Format): boolean => !isTabular(format) && format !== 'id' && format !== 'name';

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

/** What the engine lists of a kind, joined with the services where those use it. */
async function inventory(
	id: KindId,
	client: SwarmClient,
	{format, isAll, onForbidden}: ListOptions,
): Promise<Result<List, EngineError>> {
	const {needs = [], servicesOf, source, inspect} = kindOf(id);
	const usesServices = servicesOf !== undefined && format !== 'name' && format !== 'id';
	const [cluster, ...parts] = await Promise.all([
		usesServices ? readUsers(client, onForbidden) : ok(unknownCluster()),
		...needs.filter((need) => need !== 'events').map((need) => readInventory(need, client, {isAll})),
	]);
	if (!cluster.ok) return cluster;
	let state = cluster.value;
	for (const part of parts) {
		if (!part.ok) return part;
		state = {...state, inventory: {...state.inventory, ...part.value}};
	}
	const rows = [...source(state).values()];
	return ok({items: rows.map((row) => ({row, object: () => inspect(row, state)})), cluster: state});
}

async function taskTable(client: SwarmClient, {isAll, onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const cluster = await readTasks(client, onForbidden);
	return ofCluster(cluster, ({tasks}) => {
		const shown = [...tasks.values()].filter(({isCurrent}) => isAll || isCurrent);
		return shown.map((row) => ({row, object: () => row}));
	});
}

/** The engine's own objects say only IDs: these also say the names that a task goes by. */
async function wholeTasks(client: SwarmClient, {isAll, onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const whole = await readWholeTasks(client, onForbidden);
	if (!whole.ok) return whole;
	const {cluster, rawOf} = whole.value;
	const shown = [...cluster.tasks.values()].filter(({isCurrent}) => isAll || isCurrent);
	const items = shown.map((row) => {
		const names = () => ({Name: taskName(row), ServiceName: row.serviceName, NodeName: row.nodeName});
		return {row, object: () => ({...names(), ...rawOf(row.id)})};
	});
	return ok({items, cluster});
}

/** Says of each which of its services are not well. */
async function stacks(client: SwarmClient, {onForbidden}: ListOptions): Promise<Result<List, EngineError>> {
	const besides = <T>(answer: Result<T[], EngineError>) => unlessForbidden(answer, [], onForbidden);
	const [cluster, networks, secrets, configs] = await Promise.all([
		readServices(client, 'signs', onForbidden),
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
