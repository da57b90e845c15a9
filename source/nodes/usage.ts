import type {Usage} from '../cluster/entities/usage.ts';
import type {ContainerStats, MemoryStats} from '../wire/container.ts';

/** What one statistic of a container said, kept until the next one makes rates of it. */
export type UsageSample = {readonly stats: ContainerStats; readonly at: number};

/** As docker's CLI counts it (cli/command/container/stats_helpers.go), with rates from two samples of our own. */
export function usageOf({stats, at}: UsageSample, before: UsageSample | undefined): Usage {
	const seconds = before ? (at - before.at) / 1000 : 0;
	const rate = (now: number, then: number | undefined): number =>
		then === undefined || seconds <= 0 ? 0 : Math.max(0, now - then) / seconds;
	const [network, networkThen] = [networkOf(stats), before && networkOf(before.stats)];
	const [disk, diskThen] = [diskOf(stats), before && diskOf(before.stats)];
	return {
		cpuPercent: before && cpuPercent(stats, before.stats),
		memoryBytes: memoryUsed(stats.memory_stats),
		memoryLimit: stats.memory_stats.limit ?? 0,
		network: networkThen && {
			received: rate(network.received, networkThen.received),
			sent: rate(network.sent, networkThen.sent),
		},
		disk: diskThen && {read: rate(disk.read, diskThen.read), written: rate(disk.written, diskThen.written)},
		throttled: before && throttledShare(stats, before.stats),
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

function throttledShare({cpu_stats: now}: ContainerStats, {cpu_stats: then}: ContainerStats): number | undefined {
	const periods = (now.throttling_data?.periods ?? 0) - (then.throttling_data?.periods ?? 0);
	const held = (now.throttling_data?.throttled_periods ?? 0) - (then.throttling_data?.throttled_periods ?? 0);
	return periods > 0 ? Math.max(0, held) / periods : undefined;
}

function networkOf({networks}: ContainerStats): {received: number; sent: number} {
	const all = Object.values(networks ?? {});
	return {
		received: all.reduce((sum, {rx_bytes: bytes}) => sum + bytes, 0),
		sent: all.reduce((sum, {tx_bytes: bytes}) => sum + bytes, 0),
	};
}

function diskOf({blkio_stats: blkio}: ContainerStats): {read: number; written: number} {
	const sum = (operation: string): number =>
		(blkio?.io_service_bytes_recursive ?? [])
			.filter(({op}) => op.toLowerCase() === operation)
			.reduce((total, {value}) => total + value, 0);
	return {read: sum('read'), written: sum('write')};
}
