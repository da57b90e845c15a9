/** What tasks, services, stacks and nodes use beside what they may and what is reserved for them, as far as it was asked. */
import {memoized} from '../runtime/memoized.ts';
import type {StackEntity} from './entities/stack.ts';
import type {Usage} from './entities/usage.ts';
import type {Amount, ClusterState, NodeEntity, ServiceEntity, TaskEntity} from './model.ts';

/** Of one task, or of some together. */
export type Used = Pick<Usage, 'network' | 'disk' | 'at'> & {
	/** 100 is one CPU. */
	readonly cpuPercent: number | undefined;
	readonly memoryBytes: number;
	/** What it may have at most: undefined where one of them has no limit. */
	readonly memoryLimit: number | undefined;
	/** What is reserved for it; zeros where nothing is. */
	readonly reserved: Amount | undefined;
	/** The greatest share of periods in which a CPU limit held one of them back. */
	readonly throttled: number | undefined;
};

type Sum = Omit<Used, 'reserved'> & {readonly tasks: number};
type Sums = {readonly services: ReadonlyMap<string, Sum>; readonly nodes: ReadonlyMap<string, Sum>};

const sumsOf = memoized((usage: ReadonlyMap<string, Usage>) =>
	memoized((nodes: ReadonlyMap<string, NodeEntity>) =>
		memoized((tasks: ReadonlyMap<string, TaskEntity>): Sums => {
			const sums = {services: new Map<string, Sum>(), nodes: new Map<string, Sum>()};
			for (const [taskId, each] of usage) {
				const task = tasks.get(taskId);
				if (task?.state !== 'running') continue;
				const sum = {...each, memoryLimit: limitOf(each, nodes.get(task.nodeId)), tasks: 1};
				sums.services.set(task.serviceId, plus(sums.services.get(task.serviceId), sum));
				sums.nodes.set(task.nodeId, plus(sums.nodes.get(task.nodeId), sum));
			}
			return sums;
		}),
	),
);

/** What an engine calls the limit of a container without one is the memory of the whole node. */
function limitOf({memoryLimit}: Usage, node: NodeEntity | undefined): number | undefined {
	const whole = node?.capacity.memoryBytes ?? 0;
	return memoryLimit > 0 && (whole === 0 || memoryLimit < whole) ? memoryLimit : undefined;
}

function plus(a: Sum | undefined, b: Sum): Sum {
	if (!a) return b;
	const {network, disk} = a;
	return {
		cpuPercent: addedOr(a.cpuPercent, b.cpuPercent),
		memoryBytes: a.memoryBytes + b.memoryBytes,
		memoryLimit: a.memoryLimit === undefined || b.memoryLimit === undefined ? undefined : a.memoryLimit + b.memoryLimit,
		network:
			network && b.network
				? {received: network.received + b.network.received, sent: network.sent + b.network.sent}
				: (network ?? b.network),
		disk: disk && b.disk ? {read: disk.read + b.disk.read, written: disk.written + b.disk.written} : (disk ?? b.disk),
		throttled:
			a.throttled === undefined && b.throttled === undefined ? undefined : Math.max(a.throttled ?? 0, b.throttled ?? 0),
		at: Math.max(a.at, b.at),
		tasks: a.tasks + b.tasks,
	};
}

/** Two rates, or the one that is known. */
const addedOr = (a: number | undefined, b: number | undefined): number | undefined =>
	a === undefined || b === undefined ? (a ?? b) : a + b;

export function usageOfTask({inside, nodes, services}: ClusterState, task: TaskEntity): Used | undefined {
	const usage = inside?.usage.get(task.id);
	if (!usage || task.state !== 'running') return undefined;
	const service = services.get(task.serviceId);
	return {...usage, memoryLimit: limitOf(usage, nodes.get(task.nodeId)), reserved: service && reservedFor(service)};
}

/** Undefined while not all of its running tasks have been asked: a part is no sum. */
export function usageOfService(cluster: ClusterState, service: ServiceEntity): Used | undefined {
	const {counts} = service;
	const sum = complete(sumsIn(cluster)?.services.get(service.id), counts?.running);
	return sum && {...sum, reserved: reservedFor(service, sum.tasks)};
}

/** By the swarm's tasks on it; undefined while not all that run have been asked. */
export function usageOfNode(cluster: ClusterState, {id, tasks, capacity, reserved}: NodeEntity): Used | undefined {
	const sum = complete(sumsIn(cluster)?.nodes.get(id), tasks?.running);
	return sum && {...sum, memoryLimit: capacity.memoryBytes || undefined, reserved};
}

/** Undefined while any of its services that runs is. */
export function usageOfStack(cluster: ClusterState, {services}: StackEntity): Used | undefined {
	const sums = sumsIn(cluster);
	let whole: Sum | undefined;
	let reserved: Amount = {nanoCpus: 0, memoryBytes: 0};
	for (const {id} of services) {
		const service = cluster.services.get(id);
		if (service?.counts?.running === 0) continue;
		const sum = complete(sums?.services.get(id), service?.counts?.running);
		if (!service || !sum) return undefined;
		whole = plus(whole, sum);
		const own = reservedFor(service, sum.tasks);
		reserved = {nanoCpus: reserved.nanoCpus + own.nanoCpus, memoryBytes: reserved.memoryBytes + own.memoryBytes};
	}
	return whole && {...whole, reserved};
}

function sumsIn({inside, nodes, tasks}: ClusterState): Sums | undefined {
	return inside && sumsOf(inside.usage)(nodes)(tasks);
}

function complete(sum: Sum | undefined, running: number | undefined): Sum | undefined {
	return sum && running !== undefined && sum.tasks >= running ? sum : undefined;
}

/** For so many of its tasks. */
function reservedFor({raw}: ServiceEntity, tasks = 1): Amount {
	const {NanoCPUs: cpus = 0, MemoryBytes: memory = 0} = raw.Spec.TaskTemplate.Resources?.Reservations ?? {};
	return {nanoCpus: cpus * tasks, memoryBytes: memory * tasks};
}
