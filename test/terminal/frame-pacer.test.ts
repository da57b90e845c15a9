import {expect, it} from 'vitest';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {FramePacer} from '../../source/terminal/frame-pacer.ts';

function pacerWith({blockedMs = 0, isFull = false}: {blockedMs?: number; isFull?: boolean} = {}) {
	const clock = new ManualClock(0);
	const written: string[] = [];
	const pacer = new FramePacer({
		clock,
		minIntervalMs: 33,
		write: (frame) => {
			written.push(`${frame}@${clock.now()}`);
			return {blockedMs, isFull};
		},
	});
	return {clock, pacer, written};
}

it('writes the first frame at once and skips to the newest afterwards', () => {
	const {clock, pacer, written} = pacerWith();
	pacer.offer('a');
	pacer.offer('b');
	clock.advance(10);
	pacer.offer('c');
	clock.advance(100);
	pacer.offer('d');
	expect(written).toEqual(['a@0', 'c@33', 'd@110']);
});

it('does not delay what someone waits for', () => {
	const {clock, pacer, written} = pacerWith();
	pacer.offer('a');
	clock.advance(1);
	pacer.offer('b');
	pacer.expedite();
	pacer.expedite();
	clock.advance(1);
	pacer.offer('c');
	expect(written).toEqual(['a@0', 'b@1', 'c@2']);
});

it('gives way on a slow link: each write that blocks doubles the wait, up to a second', () => {
	const {clock, pacer, written} = pacerWith({blockedMs: 100});
	for (let frame = 0; frame < 5; frame++) pacer.offer(String(frame));
	clock.advance(199);
	expect(written).toEqual(['0@0']);
	clock.advance(1);
	for (let round = 0; round < 300; round++) {
		pacer.offer('x');
		clock.advance(10);
	}
	expect(written).toEqual(['0@0', '4@200', 'x@600', 'x@1400', 'x@2400']);
});

it('comes back to full speed once writes block no more', () => {
	const clock = new ManualClock(0);
	const written: number[] = [];
	const pacer = new FramePacer({
		clock,
		minIntervalMs: 33,
		write: () => {
			written.push(clock.now());
			return {blockedMs: written.length === 1 ? 100 : 0, isFull: false};
		},
	});
	for (let round = 0; round < 5000; round++) {
		pacer.offer('x');
		clock.advance(1);
	}
	expect((written[1] ?? 0) - (written[0] ?? 0)).toBe(200);
	expect((written.at(-1) ?? 0) - (written.at(-2) ?? 0)).toBe(33);
});

it('waits for a full terminal to drain, even with what is urgent', () => {
	const {clock, pacer, written} = pacerWith({isFull: true});
	pacer.offer('a');
	pacer.expedite();
	pacer.offer('b');
	pacer.offer('c');
	clock.advance(1000);
	expect(written).toEqual(['a@0']);
	pacer.drained();
	expect(written).toEqual(['a@0', 'c@1000']);
});

it('cancelled, it has nothing left to write', () => {
	const {clock, pacer, written} = pacerWith();
	pacer.offer('a');
	pacer.offer('b');
	pacer.cancel();
	clock.advance(1000);
	expect(written).toEqual(['a@0']);
	expect(clock.isIdle).toBe(true);
});
