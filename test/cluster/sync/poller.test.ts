import {describe, expect, it} from 'vitest';
import {Poller} from '../../../source/cluster/sync/poller.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {pass} from './fake-client.ts';

/**
 * A job that rests for as long as it took, and a second at least; what each round takes is given, one after the other. When
 * they started is kept in whole seconds, because time passes in steps.
 */
function setUp(...tookMs: number[]) {
	const clock = new ManualClock(0);
	const startedAt: number[] = [];
	const poller = new Poller({
		clock,
		run: () => {
			startedAt.push(Math.floor(clock.now() / 1000));
			return new Promise((resolve) => clock.after(tookMs.shift() ?? 0, resolve));
		},
		pauseMs: (lastMs) => Math.max(1000, lastMs),
	});
	return {clock, poller, startedAt};
}

describe('a poller', () => {
	it('rests for longer when its job takes long, and as before when it does not any more', async () => {
		const {clock, poller, startedAt} = setUp(0, 4000, 4000, 0, 0);
		poller.start();
		await pass(clock, 20_000);
		expect(startedAt.slice(0, 6)).toEqual([0, 1, 6, 14, 15, 16]);
		await poller.stop();
	});

	it('is not put off by one slow round', async () => {
		const {clock, poller, startedAt} = setUp(0, 9000, 0);
		poller.start();
		await pass(clock, 12_500);
		expect(startedAt).toEqual([0, 1, 11, 12]);
		await poller.stop();
	});

	it('forgets, when it starts again, how long an engine kept silent', async () => {
		const {clock, poller, startedAt} = setUp(8000, 8000, 8000, 0);
		poller.start();
		await pass(clock, 10_000);
		const stopped = poller.stop();
		poller.start('later');
		await pass(clock, 8000);
		await stopped;
		expect(startedAt.at(-1)).toBe(18);
		await poller.stop();
	});
});
