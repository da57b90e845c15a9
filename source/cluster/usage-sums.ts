/** What services and nodes use, as far as their tasks have been asked. */
import {memoized} from '../runtime/memoized.ts';
import type {Usage} from './entities/usage.ts';
import type {ClusterState, TaskEntity} from './model.ts';

/** Of some tasks together. */
export type UsageSum = {
	readonly cpuPercent: number | undefined;
	readonly memoryBytes: number;
	/** Of so many tasks. */
	readonly tasks: number;
};

type Sums = {readonly services: ReadonlyMap<string, UsageSum>; readonly nodes: ReadonlyMap<string, UsageSum>};

const sumsOf = memoized((usage: ReadonlyMap<string, Usage>) =>
	memoized((tasks: ReadonlyMap<string, TaskEntity>): Sums => {
		const services = new Map<string, UsageSum>();
		const nodes = new Map<string, UsageSum>();
		for (const [taskId, each] of usage) {
			const task = tasks.get(taskId);
			if (task?.state !== 'running') continue;
			add(services, task.serviceId, each);
			add(nodes, task.nodeId, each);
		}
		return {services, nodes};
	}),
);

function add(sums: Map<string, UsageSum>, id: string, {cpuPercent, memoryBytes}: Usage): void {
	const before = sums.get(id);
	const cpu = cpuPercent === undefined ? before?.cpuPercent : (before?.cpuPercent ?? 0) + cpuPercent;
	sums.set(id, {
		cpuPercent: cpu,
		memoryBytes: (before?.memoryBytes ?? 0) + memoryBytes,
		tasks: (before?.tasks ?? 0) + 1,
	});
}

/** Undefined while not all of its running tasks have been asked: a part is no sum. */
export function usageOfService({inside, tasks, services}: ClusterState, id: string): UsageSum | undefined {
	return inside && complete(sumsOf(inside.usage)(tasks).services.get(id), services.get(id)?.counts?.running);
}

/** By the swarm's tasks on it; undefined while not all that run have been asked. */
export function usageOfNode({inside, tasks, nodes}: ClusterState, id: string): UsageSum | undefined {
	return inside && complete(sumsOf(inside.usage)(tasks).nodes.get(id), nodes.get(id)?.tasks?.running);
}

function complete(sum: UsageSum | undefined, running: number | undefined): UsageSum | undefined {
	return sum && running !== undefined && sum.tasks >= running ? sum : undefined;
}
