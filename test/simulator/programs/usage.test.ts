import {describe, expect, it} from 'vitest';
import {outOfMemoryAt, type UsageSetting, usageAt} from '../../../source/simulator/programs/usage.ts';

const setting: UsageSetting = {fraction: () => 0.5, memoryLimit: 512e6, cpuLimit: Number.POSITIVE_INFINITY};

describe('what a program uses', () => {
	it('is steady, or grows evenly', () => {
		expect(usageAt({cpu: 0.2, memory: 80e6}, setting, 10_000)).toMatchObject({cpuNanoseconds: 2e9, memoryBytes: 80e6});
		const growing = {memory: {from: 100e6, to: 300e6, overMs: 100_000}};
		expect(usageAt(growing, setting, 50_000).memoryBytes).toBe(200e6);
		expect(usageAt(growing, setting, 500_000).memoryBytes).toBe(300e6);
	});

	it('goes up and down in turns', () => {
		const spiky = {cpu: {low: 0.1, high: 0.9, everyMs: 40_000}};
		expect(usageAt(spiky, setting, 20_000).cpuNanoseconds).toBe(2e9);
		expect(usageAt(spiky, setting, 40_000).cpuNanoseconds).toBe(20e9);
	});

	it('is held back by its limit of CPU', () => {
		const limited = {...setting, cpuLimit: 0.5};
		expect(usageAt({cpu: 1}, limited, 10_000)).toMatchObject({
			cpuNanoseconds: 5e9,
			periods: 100,
			throttledPeriods: 100,
		});
	});

	it('meets the limit of memory at a moment that can be told', () => {
		expect(outOfMemoryAt({memory: {from: 112e6, to: 912e6, overMs: 100_000}}, 512e6)).toBe(50_000);
		expect(outOfMemoryAt({memory: {from: 112e6, to: 500e6, overMs: 100_000}}, 512e6)).toBeUndefined();
		expect(outOfMemoryAt({}, 512e6)).toBeUndefined();
		expect(outOfMemoryAt({memory: 600e6}, 512e6)).toBe(200);
		expect(outOfMemoryAt({memory: {from: 112e6, to: 912e6, overMs: 0}}, 512e6)).toBe(200);
	});
});
