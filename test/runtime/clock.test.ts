import {expect, it} from 'vitest';
import {closableClock} from '../../source/runtime/clock.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';

it('a closed clock calls nothing any more, and takes nothing on', () => {
	const time = new ManualClock(0);
	const clock = closableClock(time);
	const called: string[] = [];
	clock.after(10, () => called.push('in time'));
	clock.after(30, () => called.push('too late'));
	clock.after(5, () => called.push('cancelled')).cancel();
	time.advance(20);
	clock.close();
	clock.after(1, () => called.push('after its end'));
	time.advance(100);
	expect(called).toEqual(['in time']);
});
