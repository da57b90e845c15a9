import type {Container} from '../../contract.ts';
import type {UsageNow} from '../../inside-container.ts';
import type {Call} from '../call.ts';
import {rfc3339, zeroTime} from '../go/time.ts';

/** What a container has used at a moment. */
export type StatsSample = {readonly at: number; readonly usage: UsageNow};

export function takeSample({host}: Call, container: Container): StatsSample {
	return {at: host.clock.now(), usage: container.usage()};
}

/** One sample as the API has it (GET /containers/{id}/stats). */
export function renderStats(
	call: Call,
	container: Container,
	{at, usage}: StatsSample,
	before: StatsSample | undefined,
): Record<string, unknown> {
	const {nanoCpus, memoryBytes} = call.host;
	const isUp = container.state === 'running';
	const cpus = nanoCpus / 1e9;
	const upSeconds = Math.max(0, (at - (container.startedAt ?? at)) / 1000);
	const limit = container.memoryLimit ?? memoryBytes;
	return {
		read: isUp ? rfc3339(at) : zeroTime,
		preread: isUp && before ? rfc3339(before.at) : zeroTime,
		pids_stats: isUp ? {current: 1} : {},
		blkio_stats: blkio(isUp),
		num_procs: 0,
		storage_stats: {},
		cpu_stats: isUp ? cpuOf({at, usage}, cpus) : idleCpu,
		precpu_stats: isUp && before ? cpuOf(before, cpus) : idleCpu,
		memory_stats: isUp ? memory(usage.memoryBytes, limit) : {},
		name: `/${container.name}`,
		id: container.id,
		...(isUp ? {networks: {eth0: traffic(upSeconds, call.host.seeded.fraction(`traffic/${container.id}`))}} : {}),
	};
}

const idleCpu = {
	cpu_usage: {total_usage: 0, usage_in_kernelmode: 0, usage_in_usermode: 0},
	throttling_data: {periods: 0, throttled_periods: 0, throttled_time: 0},
};

/** Nanoseconds of the CPUs that the container has used, and that the host has had. */
function cpuOf({at, usage}: StatsSample, cpus: number) {
	const used = usage.cpuNanoseconds;
	const kernel = Math.round(used / 4e7) * 1e7;
	return {
		cpu_usage: {
			total_usage: used,
			percpu_usage: [used],
			usage_in_kernelmode: kernel,
			usage_in_usermode: Math.max(0, used - kernel),
		},
		system_cpu_usage: Math.round((at % 1e9) * 1e6 * cpus),
		online_cpus: cpus,
		throttling_data: {
			periods: usage.periods,
			throttled_periods: usage.throttledPeriods,
			throttled_time: usage.throttledPeriods * 5e7,
		},
	};
}

/** Some of what a program reads of files the kernel keeps: counted as used, but no program's own. */
const cached = 4 << 20;

const memory = (used: number, limit: number) => ({
	usage: Math.min(limit, used + cached),
	max_usage: Math.min(limit, used + cached),
	stats: {
		active_anon: used,
		active_file: 0,
		cache: cached,
		inactive_anon: 0,
		inactive_file: cached,
		rss: used,
		total_inactive_file: cached,
		total_rss: used,
	},
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

/** As much as such a program would send: nothing really flows. */
function traffic(upSeconds: number, fraction: number) {
	const received = Math.round(upSeconds * (200 + fraction * 4000));
	return {
		rx_bytes: received,
		rx_packets: Math.round(received / 700),
		rx_errors: 0,
		rx_dropped: 0,
		tx_bytes: received * 3,
		tx_packets: Math.round(received / 500),
		tx_errors: 0,
		tx_dropped: 0,
	};
}
