import {describe, expect, it} from 'vitest';
import {LiveClock} from '../../../source/simulator/world/live-clock.ts';

const fired = (clock: LiveClock, delayMs: number) =>
	new Promise<number>((resolve) => clock.after(delayMs, () => resolve(clock.now())));

describe('the clock of a world that people watch', () => {
	it('runs through its first minutes at once, and lets promises have their turn', async () => {
		const clock = new LiveClock({startAt: 1_000});
		const seen: number[] = [];
		const story = (async () => {
			for (let minutes = 0; minutes < 3; minutes++) seen.push(await fired(clock, 60_000));
		})();
		await clock.fastForward(200_000);
		await story;
		expect(seen).toEqual([61_000, 121_000, 181_000]);
		expect(clock.now()).toBe(201_000);
	});

	it('then runs as many times as fast as it was told to, and never back', async () => {
		const clock = new LiveClock({startAt: 0, speed: 1000});
		await clock.fastForward(5_000);
		clock.goLive();
		const began = performance.now();
		const at = await fired(clock, 20_000);
		expect(at).toBeGreaterThanOrEqual(25_000);
		expect(performance.now() - began).toBeLessThan(5_000);
		let latest = clock.now();
		const order: number[] = [];
		await Promise.all([30, 10, 20].map((delay) => fired(clock, delay * 1000).then(() => order.push(delay))));
		expect(order).toEqual([10, 20, 30]);
		expect(clock.now()).toBeGreaterThanOrEqual(latest);
		latest = clock.now();
		clock.stop();
		expect(clock.now()).toBe(latest);
	});

	it('forgets a timer that is cancelled', async () => {
		const clock = new LiveClock();
		let isFired = false;
		clock
			.after(100, () => {
				isFired = true;
			})
			.cancel();
		await clock.fastForward(1_000);
		expect(isFired).toBe(false);
	});
});
