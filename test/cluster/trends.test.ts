import {describe, expect, it} from 'vitest';
import {Trends} from '../../source/cluster/trends.ts';
import {sparkline} from '../../source/ui/kinds/overview/trend-line.ts';
import {cluster, node, noon, service, task} from '../ui/support/entities.ts';

const swarm = (running: number, ...failedAt: readonly number[]) =>
	cluster({
		nodes: [node('w1')],
		services: [service('web', {counts: {running, desired: 6, completed: 0}})],
		tasks: failedAt.map((since, slot) => task('web', slot, 'w1', {id: `t${since}`, state: 'failed', since})),
	});

describe('trends', () => {
	it('know nothing before the tasks are known', () => {
		expect(new Trends().read(noon)).toBeUndefined();
	});

	it('keep what ran, also while nothing changes, and count each failure once', () => {
		const trends = new Trends();
		trends.observe(swarm(6, noon - 5000), noon);
		trends.observe(swarm(4, noon + 11_000, noon + 12_000), noon + 13_000);
		trends.observe(swarm(4, noon + 11_000, noon + 12_000), noon + 16_000);
		trends.observe(swarm(6), noon + 45_000);
		expect(trends.read(noon + 45_000)).toEqual({
			since: noon,
			running: [6, 4, 4, 4, 6],
			failuresPerMinute: [0, 12, 0, 0, 0],
		});
	});

	it('stay short however long they go on', () => {
		const trends = new Trends();
		trends.observe(swarm(6), noon);
		trends.observe(swarm(5, noon + 10_800_000), noon + 3 * 3_600_000);
		const trend = trends.read(noon + 3 * 3_600_000);
		expect(trend?.running.length).toBeLessThanOrEqual(60);
		expect(trend?.running.at(-2)).toBe(6);
		expect(trend?.running.at(-1)).toBe(5);
	});
});

describe('a sparkline', () => {
	it('is as high as its values, in no more bars than there is room for', () => {
		expect(sparkline([0, 3, 6], 10)).toBe('▁▄▇');
		expect(sparkline([0, 0], 10)).toBe('▁▁');
		expect(sparkline([1, 9, 2, 2, 5, 1], 3)).toBe('▇▂▄');
	});
});
