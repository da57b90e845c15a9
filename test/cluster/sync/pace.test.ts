import {describe, expect, it} from 'vitest';
import {pauseAfter} from '../../../source/cluster/sync/pace.ts';

const quiet = {costBytes: 0, tookMs: 10, activity: 'quiet'} as const;

describe('the pause between polls', () => {
	it('is what the swarm is like, unless the user wants more or less of it', () => {
		expect(pauseAfter(quiet)).toBe(1700);
		expect(pauseAfter(quiet, {fastestMs: 10_000, slowestMs: 60_000})).toBe(10_000);
		expect(pauseAfter({...quiet, costBytes: 400e6}, {fastestMs: 1000, slowestMs: 30_000})).toBe(30_000);
		expect(pauseAfter(quiet, {fastestMs: 1000, slowestMs: 1500})).toBe(1500);
	});

	it('never spends more than a tenth of the time asking, whatever the user wants', () => {
		expect(pauseAfter({...quiet, tookMs: 10_000}, {fastestMs: 1000, slowestMs: 2000})).toBe(90_000);
	});
});
