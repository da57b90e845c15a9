/** What `swarmtop top` shows of each thing, in its order: as a table's rows, and as JSON. */
import {stacksIn} from '../cluster/inventory.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from '../cluster/model.ts';
import {type Used, usageOfNode, usageOfService, usageOfStack, usageOfTask} from '../cluster/usage-sums.ts';
import type {Listing} from '../ui/kinds/listing.ts';
import {listingOf} from '../ui/kinds/listings.ts';
import type {Listed} from '../ui/kinds/scope.ts';
import {taskName} from '../ui/kinds/tasks/listing.ts';
import {usageColumnIds} from '../ui/kinds/usage-columns.ts';
import {chain} from '../ui/table/natural.ts';
import {named} from './get-select.ts';
import {type TopKind, type TopOptions, topOrders} from './top-options.ts';

export type TopRow = {
	readonly row: Listed;
	/** Whose usage has to be asked for. */
	readonly tasks: readonly TaskEntity[];
	readonly object: () => TopObject;
};

type TopObject = {readonly id: string; readonly name: string; readonly node?: string} & {
	readonly [K in Told]: Used[K] | null;
};

type Told = Exclude<keyof Used, 'at'>;

/** Besides what is used: what the thing is, and what is reserved. */
const otherColumns: Readonly<Record<TopKind, readonly string[]>> = {
	services: ['name', 'replicas'],
	tasks: ['task', 'node'],
	nodes: ['hostname', 'tasks', 'cpu', 'memory'],
	stacks: ['name', 'tasks'],
};

/** The list as `top` shows it: the screen's own columns. */
export function topListing(kind: TopKind): Listing<Listed> {
	const listing = listingOf(kind);
	const wanted = [...otherColumns[kind], ...usageColumnIds];
	const columns = listing.columns.filter(({id}) => wanted.includes(id));
	// In an order by usage a task does not stand below the one that took its place.
	const plain = columns.map((column) => (column.id === 'task' ? {...column, value: listing.name} : column));
	return {...listing, columns: plain};
}

const isRunning = ({state, containerId}: TaskEntity): boolean => state === 'running' && containerId !== '';

/** Those that are meant, unsorted: with running tasks, or of which any are wanted. */
export function rowsOf({kind, words}: Pick<TopOptions, 'kind' | 'words'>, cluster: ClusterState): TopRow[] {
	const running = [...cluster.tasks.values()].filter(isRunning);
	const rows = all(kind, running, cluster);
	if (words.length === 0) return rows;
	const listing = listingOf(kind);
	return [...new Set(words.flatMap((word) => named(rows, listing, word)))];
}

function all(kind: TopKind, running: readonly TaskEntity[], cluster: ClusterState): TopRow[] {
	switch (kind) {
		case 'tasks':
			return running.map((task) => ({
				row: task,
				tasks: [task],
				object: () => ({id: task.id, name: taskName(task), node: task.nodeName, ...whole(usageOfTask(cluster, task))}),
			}));
		case 'services': {
			const tasks = Map.groupBy(running, ({serviceId}) => serviceId);
			return [...cluster.services.values()].map((service) => ofService(service, tasks.get(service.id) ?? [], cluster));
		}
		case 'nodes': {
			const tasks = Map.groupBy(running, ({nodeId}) => nodeId);
			return [...cluster.nodes.values()].map((node) => ofNode(node, tasks.get(node.id) ?? [], cluster));
		}
		case 'stacks': {
			const tasks = Map.groupBy(running, ({serviceId}) => cluster.services.get(serviceId)?.stack);
			return [...stacksIn(cluster).values()].map((stack) => ({
				row: stack,
				tasks: tasks.get(stack.name) ?? [],
				object: () => ({id: stack.id, name: stack.name, ...whole(usageOfStack(cluster, stack))}),
			}));
		}
	}
}

const ofService = (service: ServiceEntity, tasks: readonly TaskEntity[], cluster: ClusterState): TopRow => ({
	row: service,
	tasks,
	object: () => ({id: service.id, name: service.name, ...whole(usageOfService(cluster, service))}),
});

const ofNode = (node: NodeEntity, tasks: readonly TaskEntity[], cluster: ClusterState): TopRow => ({
	row: node,
	tasks,
	object: () => ({id: node.id, name: node.name, ...whole(usageOfNode(cluster, node))}),
});

/** With null for what is not known. */
function whole(used: Used | undefined): {readonly [K in Told]: Used[K] | null} {
	return {
		cpuPercent: used?.cpuPercent === undefined ? null : Math.round(used.cpuPercent * 100) / 100,
		memoryBytes: used?.memoryBytes ?? null,
		memoryLimit: used?.memoryLimit ?? null,
		reserved: used?.reserved ?? null,
		network: used?.network ? {received: Math.round(used.network.received), sent: Math.round(used.network.sent)} : null,
		disk: used?.disk ? {read: Math.round(used.disk.read), written: Math.round(used.disk.written)} : null,
		throttled: used?.throttled ?? null,
	};
}

export function inOrder(
	rows: readonly TopRow[],
	{kind, order}: Pick<TopOptions, 'kind' | 'order'>,
	cluster: ClusterState,
): TopRow[] {
	const {columns, tieBreak} = listingOf(kind);
	const byUse = columns.find(({id}) => id === topOrders[order])?.compareIn?.(cluster);
	const compare = byUse ? chain(byUse, tieBreak) : tieBreak;
	return rows.toSorted((a, b) => compare(a.row, b.row));
}
