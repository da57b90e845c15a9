/** The swarm as a map: its nodes by zone, each with the tasks that it holds, and what waits for a place. Pure. */
import {memoized} from '../runtime/memoized.ts';
import {type SafeText, toSafeText} from '../text/safe-text.ts';
import {isTerminal, isWanted} from './entities/health.ts';
import type {ClusterState, Health, NodeEntity, ServiceEntity, TaskEntity} from './model.ts';

/** What parts the nodes from each other: a label, or their role where no label does. */
export type ZoneKey = {readonly of: 'label' | 'engineLabel'; readonly name: string} | {readonly of: 'role'};

export type Zone = {
	readonly kind: 'zone';
	/** Where it stands on the map, from 0. */
	readonly order: number;
	readonly id: string;
	readonly health: Health;
	readonly name: SafeText;
	readonly nodes: readonly NodeEntity[];
	readonly tasks: number;
};

export type NodePlace = {
	readonly kind: 'node';
	readonly order: number;
	readonly id: string;
	readonly health: Health;
	readonly zone: SafeText;
	readonly node: NodeEntity;
	/** The newest task of every slot that is meant to run here or still does, by service and slot. */
	readonly tasks: readonly TaskEntity[];
};

export type WaitingRoom = {
	readonly kind: 'waiting';
	readonly order: number;
	readonly id: string;
	readonly health: Health;
	readonly tasks: readonly TaskEntity[];
};

/** One line of the map. */
export type MapRow = Zone | NodePlace | WaitingRoom;

type Unordered = Omit<Zone, 'order'> | Omit<NodePlace, 'order'> | Omit<WaitingRoom, 'order'>;

type Source = Pick<ClusterState, 'nodes' | 'services' | 'tasks'>;

/** Labels that people part their nodes by, the most telling first. */
const usualLabels = ['zone', 'az', 'availability-zone', 'topology.kubernetes.io/zone', 'datacenter', 'dc', 'region'];
const alsoUsual = ['rack', 'room', 'site', 'host', 'location'];

/** By what services ask to be spread over, else by a label that is usually meant for it, else by role. */
export function zoneKeyOf({nodes, services}: Pick<Source, 'nodes' | 'services'>): ZoneKey {
	return spreadKey(services) ?? labelKey(nodes);
}

const spreadKey = memoized((services: ReadonlyMap<string, ServiceEntity>): ZoneKey | undefined => {
	const votes = new Map<string, number>();
	for (const {raw} of services.values()) {
		for (const {Spread: spread} of raw.Spec.TaskTemplate.Placement?.Preferences ?? []) {
			const descriptor = spread?.SpreadDescriptor ?? '';
			if (/^(node|engine)\.labels\../.test(descriptor)) votes.set(descriptor, (votes.get(descriptor) ?? 0) + 1);
		}
	}
	const [most] = [...votes].sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1));
	if (!most) return undefined;
	const [, of = '', name = ''] = /^(node|engine)\.labels\.(.+)$/.exec(most[0]) ?? [];
	return {of: of === 'node' ? 'label' : 'engineLabel', name};
});

const labelKey = memoized((nodes: ReadonlyMap<string, NodeEntity>): ZoneKey => {
	const present = new Set<string>();
	for (const {labels} of nodes.values()) for (const [key] of labels) present.add(key);
	const name = [...usualLabels, ...alsoUsual].find((label) => present.has(label));
	return name === undefined ? {of: 'role'} : {of: 'label', name};
});

/** The name of the node's zone; '' for a node without the label. */
export function zoneOf(node: NodeEntity, key: ZoneKey): SafeText {
	if (key.of === 'role') return toSafeText(node.role === 'manager' ? 'managers' : 'workers');
	const labels = key.of === 'label' ? node.labels : node.engineLabels;
	return labels.find(([name]) => name === key.name)?.[1] ?? toSafeText('');
}

/** The tasks that the map shows, by the node that holds them; those without a node under ''. */
export const tasksByNode = memoized(
	(tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, readonly TaskEntity[]> =>
		grouped(tasks, ({nodeId}) => nodeId),
);

/** The same tasks by their service. */
export const tasksByService = memoized(
	(tasks: ReadonlyMap<string, TaskEntity>): ReadonlyMap<string, readonly TaskEntity[]> =>
		grouped(tasks, ({serviceId}) => serviceId),
);

function grouped(
	tasks: ReadonlyMap<string, TaskEntity>,
	keyOf: (task: TaskEntity) => string,
): ReadonlyMap<string, readonly TaskEntity[]> {
	const groups = Map.groupBy([...tasks.values()].filter(isOnMap), keyOf);
	for (const group of groups.values()) group.sort(byServiceAndSlot);
	return groups;
}

/** What holds a place or is to get one: a task that ended is history, whatever it was meant to do. */
function isOnMap({isCurrent, state, desired, health}: TaskEntity): boolean {
	if (!isTerminal(state)) return true;
	return isCurrent && isWanted(desired) && health === 'failing';
}

function byServiceAndSlot(a: TaskEntity, b: TaskEntity): number {
	if (a.serviceName !== b.serviceName) return a.serviceName < b.serviceName ? -1 : 1;
	return a.slot - b.slot || (a.id < b.id ? -1 : 1);
}

export const waitingId = 'waiting';

/** Every line of the map in its order: each zone before its nodes, managers first; last what waits for a place, if only to say that nothing does. */
export function mapOf({nodes, services, tasks}: Source): ReadonlyMap<string, MapRow> {
	const key = zoneKeyOf({nodes, services});
	return mapsOf(nodes)(tasks)(`${key.of} ${'name' in key ? key.name : ''}`, key);
}

const mapsOf = memoized((nodes: ReadonlyMap<string, NodeEntity>) =>
	memoized((tasks: ReadonlyMap<string, TaskEntity>) => {
		let known: {readonly name: string; readonly rows: ReadonlyMap<string, MapRow>} | undefined;
		return (name: string, key: ZoneKey): ReadonlyMap<string, MapRow> => {
			if (known?.name !== name) known = {name, rows: buildMap(nodes, tasks, key)};
			return known.rows;
		};
	}),
);

function buildMap(
	nodes: ReadonlyMap<string, NodeEntity>,
	tasks: ReadonlyMap<string, TaskEntity>,
	key: ZoneKey,
): ReadonlyMap<string, MapRow> {
	const held = tasksByNode(tasks);
	const places = [...nodes.values()].map(
		(node): Omit<NodePlace, 'order'> => ({
			kind: 'node',
			id: node.id,
			health: node.health,
			zone: zoneOf(node, key),
			node,
			tasks: held.get(node.id) ?? [],
		}),
	);
	const zones = Map.groupBy(places, ({zone}) => zone);
	const rows: Unordered[] = [];
	for (const name of [...zones.keys()].sort(compareZones)) {
		const inZone = (zones.get(name) ?? []).sort(comparePlaces);
		rows.push(zoneRow(name, inZone), ...inZone);
	}
	const waiting = held.get('') ?? [];
	if (nodes.size > 0) rows.push({kind: 'waiting', id: waitingId, health: worstOf(waiting), tasks: waiting});
	return new Map(rows.map((row, order) => [row.id, {...row, order}]));
}

const collator = new Intl.Collator('en', {numeric: true});

/** Nodes without the label come last. */
function compareZones(a: SafeText, b: SafeText): number {
	if (a === '' || b === '') return Number(a === '') - Number(b === '');
	return collator.compare(a, b);
}

function comparePlaces({node: a}: Pick<NodePlace, 'node'>, {node: b}: Pick<NodePlace, 'node'>): number {
	const rank = ({role, manager}: NodeEntity): number => (role === 'manager' || manager ? 0 : 1);
	return rank(a) - rank(b) || collator.compare(a.name, b.name) || (a.id < b.id ? -1 : 1);
}

function zoneRow(name: SafeText, places: readonly Omit<NodePlace, 'order'>[]): Omit<Zone, 'order'> {
	return {
		kind: 'zone',
		id: `zone ${name}`,
		health: worstOf(places),
		name,
		nodes: places.map(({node}) => node),
		tasks: places.reduce((sum, {tasks}) => sum + tasks.length, 0),
	};
}

const severity: readonly Health[] = ['failing', 'unknown', 'converging', 'healthy', 'idle'];

function worstOf(things: readonly {readonly health: Health}[]): Health {
	return severity.find((health) => things.some((thing) => thing.health === health)) ?? 'idle';
}
