import type {Usage} from '../cluster/entities/usage.ts';
import type {ContainerStats, MemoryStats} from '../wire/container.ts';

/** What one statistic of a container said, kept until the next one makes a share of it. */
export type UsageSample = {readonly stats: ContainerStats; readonly at: number};

/** As docker's CLI counts it (cli/command/container/stats_helpers.go), from two samples of our own. */
export function usageOf({stats, at}: UsageSample, before: UsageSample | undefined): Usage {
	return {
		cpuPercent: before && cpuPercent(stats, before.stats),
		memoryBytes: memoryUsed(stats.memory_stats),
		memoryLimit: stats.memory_stats.limit ?? 0,
		at,
	};
}

/**
 * Without what the kernel keeps of files: cgroup v1 tells it as `total_inactive_file`, v2 as `inactive_file`; what can't be
 * right, because it is more than all, is left out of account.
 */
export function memoryUsed({usage = 0, stats = {}}: MemoryStats): number {
	const cached = stats['total_inactive_file'] ?? stats['inactive_file'] ?? 0;
	return cached < usage ? usage - cached : usage;
}

/** 100 is one CPU. */
function cpuPercent({cpu_stats: now}: ContainerStats, {cpu_stats: then}: ContainerStats): number | undefined {
	const used = now.cpu_usage.total_usage - then.cpu_usage.total_usage;
	const total = (now.system_cpu_usage ?? 0) - (then.system_cpu_usage ?? 0);
	// Another container under the same ID, or one that was started anew.
	if (used < 0 || total <= 0) return undefined;
	const cpus = now.online_cpus || now.cpu_usage.percpu_usage?.length || 1;
	return (used / total) * cpus * 100;
}
