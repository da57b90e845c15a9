import {describe, expect, it} from 'vitest';
import {smallWorld} from './small-world.ts';

describe('a manager’s events', () => {
	const write = ({store, clock}: ReturnType<typeof smallWorld>, name: string) => {
		store().update((tx) => tx.create({kind: 'secret', id: name, spec: {Name: name, Labels: {}}}));
		clock.advance(10);
	};
	const seen = ({host}: ReturnType<typeof smallWorld>, name: string) =>
		host(name)
			.events.recent()
			.filter(({Type}) => Type === 'secret')
			.map(({Actor}) => Actor.ID);

	it('come on every manager and on no worker', () => {
		const world = smallWorld('m1 m2 m3 w1');
		write(world, 'a');
		expect(['m1', 'm2', 'm3', 'w1'].map((name) => seen(world, name))).toEqual([['a'], ['a'], ['a'], []]);
	});

	it('come late to one that was cut off, and not at all to one that was stopped', () => {
		const world = smallWorld('m1 m2 m3 w1');
		world.host('m2').setCut(true);
		write(world, 'a');
		expect(seen(world, 'm2')).toEqual([]);
		world.host('m2').setCut(false);
		expect(seen(world, 'm2')).toEqual(['a']);
		world.host('m3').stop();
		write(world, 'b');
		world.host('m3').start();
		world.clock.advance(10_000);
		write(world, 'c');
		expect(seen(world, 'm3')).toEqual(['c']);
		expect(seen(world, 'm2')).toEqual(['a', 'b', 'c']);
	});

	it('begin on a worker when it is promoted and end when it is demoted', () => {
		const world = smallWorld('m1 m2 m3 w1');
		world.setRole('w1', 'manager');
		world.clock.advance(5_000);
		write(world, 'a');
		world.setRole('w1', 'worker');
		world.clock.advance(5_000);
		write(world, 'b');
		expect(seen(world, 'w1')).toEqual(['a']);
	});

	it('are remembered up to 256, and forgotten when the engine restarts', () => {
		const world = smallWorld('m1 m2 m3');
		for (let i = 0; i < 300; i++) write(world, `s${String(i).padStart(3, '0')}`);
		expect(seen(world, 'm2')).toHaveLength(256);
		world.host('m2').stop();
		world.host('m2').start();
		expect(seen(world, 'm2')).toEqual([]);
	});
});
