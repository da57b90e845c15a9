/** What was used in the last quarter of an hour, by those that were asked: for charts. */
import type {UsageTrace, UsageTraces} from './entities/inside.ts';
import type {ClusterState} from './model.ts';
import {type Used, usageOfNode, usageOfService, usageOfTask} from './usage-sums.ts';

const stepMs = 10_000;
const steps = 90;

/** So long is remembered. */
export const rememberedMs = steps * stepMs;

type Point = {readonly step: number; cpuPercent: number | undefined; memoryBytes: number};

export class UsageHistory implements UsageTraces {
	readonly #points = new Map<string, Point[]>();
	#prunedAt = 0;

	/** To be told whenever an engine has answered. @param now milliseconds since the epoch */
	observe(cluster: ClusterState, now: number): void {
		const step = Math.floor(now / stepMs);
		const holders = new Set<string>();
		for (const taskId of cluster.inside?.usage.keys() ?? []) {
			const task = cluster.tasks.get(taskId);
			if (!task) continue;
			this.#note(taskId, step, usageOfTask(cluster, task));
			holders.add(task.serviceId).add(task.nodeId);
		}
		for (const id of holders) {
			const service = cluster.services.get(id);
			const node = cluster.nodes.get(id);
			if (service) this.#note(id, step, usageOfService(cluster, service));
			else if (node) this.#note(id, step, usageOfNode(cluster, node));
		}
		this.#prune(step);
	}

	of(id: string, now: number): UsageTrace | undefined {
		const points = this.#points.get(id);
		const first = Math.floor(now / stepMs) - steps + 1;
		if (!points?.some(({step}) => step >= first)) return undefined;
		const at = new Map(points.map((point) => [point.step, point]));
		const known = Array.from({length: steps}, (_, index) => at.get(first + index));
		return {
			cpuPercent: known.map((point) => point?.cpuPercent),
			memoryBytes: known.map((point) => point?.memoryBytes),
		};
	}

	/** Of each step the greatest. */
	#note(id: string, step: number, used: Used | undefined): void {
		if (!used) return;
		const {cpuPercent, memoryBytes} = used;
		const points = this.#points.get(id) ?? [];
		this.#points.set(id, points);
		const last = points.at(-1);
		if (last?.step !== step) {
			points.push({step, cpuPercent, memoryBytes});
			if (points.length > steps) points.shift();
			return;
		}
		if (cpuPercent !== undefined) last.cpuPercent = Math.max(last.cpuPercent ?? 0, cpuPercent);
		last.memoryBytes = Math.max(last.memoryBytes, memoryBytes);
	}

	#prune(step: number): void {
		if (step === this.#prunedAt) return;
		this.#prunedAt = step;
		for (const [id, points] of this.#points) {
			if ((points.at(-1)?.step ?? 0) <= step - steps) this.#points.delete(id);
		}
	}
}
