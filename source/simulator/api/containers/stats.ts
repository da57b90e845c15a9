import type {Container} from '../../contract.ts';
import type {Call} from '../call.ts';
import {rfc3339, zeroTime} from '../go/time.ts';

/** One sample of what a container uses (GET /containers/{id}/stats?stream=false): made up, but steady and growing. */
export function sampleStats(call: Call, container: Container): Record<string, unknown> {
	const {clock, seeded, nanoCpus, memoryBytes} = call.host;
	const now = clock.now();
	const isUp = container.state === 'running';
	const share = seeded.fraction(`stats/${container.id}`) * 0.05;
	const at = (time: number) =>
		cpuAt({share, upMs: time - (container.startedAt ?? time), hostMs: time, cpus: nanoCpus / 1e9});
	const limit = container.task?.spec.Resources?.Limits?.MemoryBytes ?? memoryBytes;
	const used = Math.round(Math.min(limit * 0.6, 3e5 + seeded.fraction(`memory/${container.id}`) * 6e7));
	return {
		read: isUp ? rfc3339(now) : zeroTime,
		preread: isUp ? rfc3339(now - 1000) : zeroTime,
		pids_stats: isUp ? {current: 1} : {},
		blkio_stats: blkio(isUp),
		num_procs: 0,
		storage_stats: {},
		cpu_stats: isUp ? at(now) : idleCpu,
		precpu_stats: isUp ? at(now - 1000) : idleCpu,
		memory_stats: isUp ? memory(used, limit) : {},
		name: `/${container.name}`,
		id: container.id,
		...(isUp ? {networks: {eth0: traffic}} : {}),
	};
}

const idleCpu = {
	cpu_usage: {total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0},
	throttling_data: {periods: 0, throttled_periods: 0, throttled_time: 0},
};

/** Nanoseconds of the CPUs that the container has used, and that the host has had. */
function cpuAt({share, upMs, hostMs, cpus}: {share: number; upMs: number; hostMs: number; cpus: number}) {
	const used = Math.round(Math.max(0, upMs) * 1e6 * share);
	const kernel = Math.round(used / 4e7) * 1e7;
	return {
		cpu_usage: {
			total_usage: used,
			percpu_usage: [used],
			usage_in_kernelmode: kernel,
			usage_in_usermode: Math.max(0, used - kernel),
		},
		system_cpu_usage: Math.round((hostMs % 1e9) * 1e6 * cpus),
		online_cpus: cpus,
		throttling_data: {periods: 0, throttled_periods: 0, throttled_time: 0},
	};
}

const memory = (used: number, limit: number) => ({
	usage: used,
	max_usage: used,
	stats: {active_anon: used, active_file: 0, cache: 0, inactive_anon: 0, inactive_file: 0, rss: used, total_rss: used},
	limit,
});

const blkioKeys = [
	'io_service_bytes_recursive',
	'io_serviced_recursive',
	'io_queue_recursive',
	'io_service_time_recursive',
	'io_wait_time_recursive',
	'io_merged_recursive',
	'io_time_recursive',
	'sectors_recursive',
];

const blkio = (isUp: boolean) => Object.fromEntries(blkioKeys.map((key) => [key, isUp ? [] : null]));

/** No packets flow in a simulated swarm. */
const traffic = {
	rx_bytes: 0,
	rx_packets: 0,
	rx_errors: 0,
	rx_dropped: 0,
	tx_bytes: 0,
	tx_packets: 0,
	tx_errors: 0,
	tx_dropped: 0,
};
