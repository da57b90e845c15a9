import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {smallWorld} from '../world/small-world.ts';

const noLeader = /^rpc error: code = Unknown desc = The swarm does not have a leader\./;
const deadline = {status: 500, message: 'rpc error: code = DeadlineExceeded desc = context deadline exceeded'};

describe('a swarm that has lost its quorum', () => {
	it('reads for some seconds, then hangs one call for 20 s, then refuses at once', async () => {
		const {clock, host, ask} = smallWorld();
		host('m2').stop();
		host('m3').stop();
		clock.advance(5_000);
		expect((await ask('m1')).ok).toBe(true);
		clock.advance(12_000);
		const began = clock.now();
		expect(await ask('m1')).toEqual({ok: false, error: deadline});
		expect(clock.now() - began).toBeGreaterThanOrEqual(20_000);
		const refused = await ask('m1');
		expect(refused).toMatchObject({ok: false, error: {status: 500}});
		expect(refused.ok ? '' : refused.error.message).toMatch(noLeader);
		expect(clock.now() - began).toBeLessThan(20_100);
		expect(host('m1').membership.info()).toMatchObject({ControlAvailable: true, LocalNodeState: 'active'});
		expect(host('m1').membership.info().Error).toMatch(noLeader);
		expect(host('m1').membership.summary()).toBe('active/manager');
	});

	it('refuses what is to be written when the leader steps down', async () => {
		const {clock, host, ask} = smallWorld();
		host('m2').stop();
		host('m3').stop();
		clock.advance(2_000);
		const began = clock.now();
		expect(await ask('m1', 'write')).toMatchObject({
			ok: false,
			error: {message: 'rpc error: code = Unknown desc = raft: failed to process the request: node lost leader status'},
		});
		expect(clock.now() - began).toBeLessThan(20_000);
	});

	it('recovers by itself when a majority is back', () => {
		const {clock, host, leader, until} = smallWorld();
		for (const name of ['m1', 'm2']) host(name).stop();
		clock.advance(60_000);
		expect(leader()).toBeUndefined();
		host('m2').start();
		until('a leader', () => leader() !== undefined, 21_000);
	});

	it('leaves a manager that is cut off alone with its hanging calls', async () => {
		const {clock, host, ask} = smallWorld();
		host('m2').setCut(true);
		clock.advance(14_000);
		expect(await ask('m2')).toEqual({ok: false, error: deadline});
		clock.advance(5_000);
		const refused = await ask('m2');
		expect(refused.ok ? '' : refused.error.message).toMatch(noLeader);
		expect((await ask('m3')).ok).toBe(true);
		host('m2').setCut(false);
		expect((await ask('m2')).ok).toBe(true);
	});
});

describe('an election', () => {
	it('lets calls that meet a frozen leader hang to their deadline, though another leads by then', async () => {
		const {clock, host, ask, leader, idOf} = smallWorld();
		host('m1').setFrozen(true);
		clock.advance(100);
		const began = clock.now();
		expect(await ask('m2')).toEqual({ok: false, error: deadline});
		expect(clock.now() - began).toBeGreaterThanOrEqual(20_000);
		expect((await ask('m2')).ok).toBe(true);
		const newLeader = leader();
		expect(newLeader).not.toBe(idOf('m1'));
		host('m1').setFrozen(false);
		clock.advance(30_000);
		expect(leader()).toBe(newLeader);
		expect((await ask('m1')).ok).toBe(true);
	});

	it('answers a call that waits while the leader is stopped as soon as there is another', async () => {
		const {clock, host, ask} = smallWorld();
		host('m1').stop();
		const began = clock.now();
		expect((await ask('m2')).ok).toBe(true);
		expect(clock.now() - began).toBeGreaterThan(9_000);
	});

	it('brings a single manager back within a second of its restart', () => {
		const {host, leader, until} = smallWorld('m1 w1');
		host('m1').stop();
		expect(leader()).toBeUndefined();
		host('m1').start();
		expect(until('leading', () => leader() !== undefined)).toBeLessThan(1_500);
	});

	it('goes the same way with the same seed', () => {
		const history = (seed: number) => {
			const {clock, host, leader, idOf, store} = smallWorld('m1 m2 m3 m4 m5 w1', seed);
			host('m1').stop();
			clock.advance(40_000);
			return [leader(), idOf('m1'), store().index, store().all('cluster')[0]?.tokens];
		};
		expect(history(3)).toEqual(history(3));
		expect(history(3)).not.toEqual(history(4));
	});
});

describe('whatever happens to the managers', () => {
	const managers = ['m1', 'm2', 'm3', 'm4', 'm5'];
	const step = fc.record({
		node: fc.constantFrom(...managers),
		fault: fc.constantFrom('stop', 'start', 'cut', 'heal', 'freeze', 'thaw'),
		wait: fc.integer({min: 0, max: 25_000}),
	});

	it('nobody leads without a majority, one leads while there is one, and versions only grow', () => {
		fc.assert(
			fc.property(fc.array(step, {maxLength: 12}), fc.integer({min: 1, max: 1000}), (steps, seed) => {
				const {clock, host, leader, store} = smallWorld(`${managers.join(' ')} w1`, seed);
				let version = 0;
				store().watch(({index}) => {
					expect(index).toBeGreaterThan(version);
					version = index;
				});
				const able = () => {
					const up = managers.map(host).filter(({isRunning, isFrozen}) => isRunning && !isFrozen);
					return Math.max(up.filter(({isCut}) => !isCut).length, up.length > 0 ? 1 : 0);
				};
				for (const {node, fault, wait} of steps) {
					const target = host(node);
					if (fault === 'stop') target.stop();
					else if (fault === 'start') target.start();
					else if (fault === 'cut' || fault === 'heal') target.setCut(fault === 'cut');
					else target.setFrozen(fault === 'freeze');
					clock.advance(wait);
					if (leader() !== undefined) expect(able()).toBeGreaterThanOrEqual(3);
				}
				clock.advance(25_000);
				expect(leader() !== undefined).toBe(able() >= 3);
			}),
			{numRuns: 60},
		);
	});
});
