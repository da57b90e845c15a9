import {expect, it} from 'vitest';
import {Seeded} from '../../source/swarmkit/random.ts';

it('never gives two of half a million objects the same ID', () => {
	const seeded = new Seeded(7);
	const ids = new Set<string>();
	for (let i = 0; i < 500_000; i++) ids.add(seeded.text(25, `task/${i}`, '0123456789abcdefghijklmnopqrstuvwxyz'));
	expect(ids.size).toBe(500_000);
});

it('gives the same for the same seed and purpose, and something else for another', () => {
	const [one, same, other] = [new Seeded(1), new Seeded(1), new Seeded(2)];
	expect([one.id('node', 'm1'), one.id('node', 'm1')]).toEqual([same.id('node', 'm1'), same.id('node', 'm1')]);
	expect(one.id('node', 'w1')).not.toBe(other.id('node', 'w1'));
	expect(one.id('node', 'w2')).toMatch(/^[0-9a-z]{25}$/);
});
