import {describe, expect, it} from 'vitest';
import {smallWorld} from '../world/small-world.ts';

describe('node health', () => {
	it('calls a silent worker down after ten to fifteen seconds, and ready again when it is back', () => {
		const {host, node, until} = smallWorld();
		host('w1').stop();
		const downAfter = until('down', () => node('w1').status.State === 'down');
		expect(node('w1').status).toEqual({State: 'down', Message: 'heartbeat failure', Addr: host('w1').address});
		expect(downAfter).toBeGreaterThanOrEqual(9_500);
		expect(downAfter).toBeLessThanOrEqual(15_500);
		host('w1').start();
		expect(until('ready', () => node('w1').status.State === 'ready')).toBeLessThan(5_000);
		expect(node('w1').status).toEqual({State: 'ready', Addr: host('w1').address});
	});

	it('notices nothing of a worker that was cut off for a moment', () => {
		const {clock, host, node} = smallWorld();
		const {version} = node('w1');
		host('w1').setCut(true);
		clock.advance(8_000);
		host('w1').setCut(false);
		clock.advance(60_000);
		expect(node('w1').version).toBe(version);
	});

	it('shows a manager that is cut off as unreachable first and down later', () => {
		const {clock, host, node, reachability, until} = smallWorld();
		host('m2').setCut(true);
		clock.advance(1_500);
		expect(reachability('m1', 'm2')).toBe('reachable');
		expect(until('unreachable', () => reachability('m1', 'm2') === 'unreachable')).toBeLessThan(2_000);
		expect(node('m2').status.State).toBe('ready');
		until('down', () => node('m2').status.State === 'down', 15_000);
		host('m2').setCut(false);
		until('reachable', () => reachability('m1', 'm2') === 'reachable', 5_000);
		until('ready', () => node('m2').status.State === 'ready', 5_000);
	});

	it('moves all nodes to unknown at a leader change; those that are left register within seconds', () => {
		const {host, node, leader, idOf, until} = smallWorld();
		host('m1').stop();
		const electedAfter = until('another leader', () => leader() !== undefined && leader() !== idOf('m1'));
		expect(electedAfter).toBeGreaterThanOrEqual(10_000);
		expect(electedAfter).toBeLessThanOrEqual(20_100);
		expect(node('w1').status).toMatchObject({
			State: 'unknown',
			Message: 'Node moved to "unknown" state due to leadership change in cluster',
		});
		const names = ['m2', 'm3', 'w1', 'w2'];
		expect(until('ready', () => names.every((name) => node(name).status.State === 'ready'))).toBeLessThan(6_500);
		const downAfter = until('down', () => node('m1').status.State === 'down');
		expect(downAfter).toBeGreaterThan(20_000);
		expect(node('m1').status.Message).toBe('heartbeat failure for node in "unknown" state');
	});

	it('gives a node that stays away for a day up for lost, with its tasks', () => {
		const {clock, host, node, store} = smallWorld();
		const {id} = node('w1');
		store().update((tx) =>
			tx.create({
				kind: 'task',
				id: 'task1',
				serviceId: 'service1',
				slot: 1,
				nodeId: id,
				spec: {},
				specVersion: 0,
				serviceName: 'web',
				serviceLabels: {},
				status: {state: 'running', timestamp: clock.now(), message: 'started'},
				desiredState: 'running',
				attachments: [],
			}),
		);
		host('w1').stop();
		clock.advance(23 * 3600 * 1000);
		expect(store().get('task', 'task1')?.status.state).toBe('running');
		clock.advance(2 * 3600 * 1000);
		expect(store().get('task', 'task1')?.status.state).toBe('orphaned');
	});

	it('registers a node three times in eight seconds and no more', () => {
		const {clock, host, store, idOf, until} = smallWorld();
		const id = idOf('w1');
		clock.advance(100);
		const registeredAt: number[] = [];
		store().watch(({changes}) => {
			if (changes.some((change) => change.object.id === id)) registeredAt.push(clock.now());
		});
		for (let restarts = 1; restarts <= 4; restarts++) {
			host('w1').stop();
			host('w1').start();
			until('registered', () => registeredAt.length === restarts);
		}
		const [first = 0, , third = 0, fourth = 0] = registeredAt;
		expect(third - first).toBeLessThan(5_000);
		expect(fourth - first).toBeGreaterThanOrEqual(8_000);
	});

	it('has nothing to do while nothing happens', () => {
		const {clock} = smallWorld();
		clock.advance(60_000);
		expect(clock.nextDue()).toBeUndefined();
	});
});
