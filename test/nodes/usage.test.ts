import {describe, expect, it} from 'vitest';
import {memoryUsed, usageOf} from '../../source/nodes/usage.ts';
import type {ContainerStats} from '../../source/wire/container.ts';

const stats = (cpu: number, system: number, more: Partial<ContainerStats> = {}): ContainerStats => ({
	cpu_stats: {cpu_usage: {total_usage: cpu}, system_cpu_usage: system, online_cpus: 4},
	memory_stats: {usage: 110e6, limit: 512e6, stats: {inactive_file: 10e6}},
	networks: {eth0: {rx_bytes: cpu / 1e6, tx_bytes: 0}},
	...more,
});

describe('usage', () => {
	it("is docker's percentage: of one CPU, by what the machine's CPUs had meanwhile", () => {
		const before = {stats: stats(1e9, 100e9), at: 1000};
		const usage = usageOf({stats: stats(2e9, 108e9), at: 3000}, before);
		expect(usage.cpuPercent).toBe(50);
		expect(usage.network).toEqual({received: 500, sent: 0});
		expect(usageOf(before, undefined)).toMatchObject({cpuPercent: undefined, network: undefined, memoryBytes: 100e6});
	});

	it('says nothing of the CPU where the container was started anew meanwhile', () => {
		const before = {stats: stats(5e9, 100e9), at: 1000};
		expect(usageOf({stats: stats(1e9, 108e9), at: 3000}, before).cpuPercent).toBeUndefined();
	});

	it('leaves the cache of files out, with cgroup v1 and v2', () => {
		expect(memoryUsed({usage: 100, stats: {total_inactive_file: 30, inactive_file: 10}})).toBe(70);
		expect(memoryUsed({usage: 100, stats: {inactive_file: 10}})).toBe(90);
		expect(memoryUsed({usage: 100, stats: {inactive_file: 200}})).toBe(100);
		expect(memoryUsed({})).toBe(0);
	});
});
