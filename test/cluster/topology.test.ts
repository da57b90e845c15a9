import {describe, expect, it} from 'vitest';
import {spreadOf, spreadWords} from '../../source/cluster/spread.ts';
import {mapOf, waitingId, zoneKeyOf} from '../../source/cluster/topology.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {cluster, leader, node, service, task} from '../ui/support/entities.ts';

const inZone = (name: string, zone: string, rest = {}) =>
	node(name, {labels: [[toSafeText('zone'), toSafeText(zone)]], ...rest});

function asking(name: string, placement: object) {
	const plain = service(name);
	const TaskTemplate = {...plain.raw.Spec.TaskTemplate, Placement: placement};
	return {...plain, raw: {...plain.raw, Spec: {...plain.raw.Spec, TaskTemplate}}};
}

const nodes = [inZone('w10', 'south'), inZone('w2', 'south'), inZone('m1', 'north', {manager: leader}), node('bare')];

describe('the map', () => {
	it('goes zone by zone, managers first, names as people count, and last what waits', () => {
		const tasks = [task('web', 1, 'w2'), task('web', 2, '', {state: 'pending', health: 'failing'})];
		const rows = [...mapOf(cluster({nodes, services: [service('web')], tasks})).values()];
		expect(rows.map(({id}) => id)).toEqual([
			'zone north',
			'node-m1',
			'zone south',
			'node-w2',
			'node-w10',
			'zone ',
			'node-bare',
			waitingId,
		]);
		expect(rows.at(-1)).toMatchObject({health: 'failing', tasks: [{slot: 2}]});
	});

	it('shows what is there or fails there, not what has ended', () => {
		const tasks = [
			task('web', 1, 'w2'),
			task('web', 2, 'w2', {state: 'failed', health: 'failing'}),
			task('web', 3, 'w2', {id: 'old', state: 'failed', desired: 'shutdown', isCurrent: false}),
			task('web', 4, 'w2', {state: 'shutdown', desired: 'shutdown', health: 'idle'}),
		];
		const row = mapOf(cluster({nodes, services: [service('web')], tasks})).get('node-w2');
		expect(row).toMatchObject({tasks: [{slot: 1}, {slot: 2}]});
	});

	it('parts the nodes by what services are spread over, else by a usual label, else by role', () => {
		const racks = asking('db', {Preferences: [{Spread: {SpreadDescriptor: 'node.labels.rack'}}]});
		expect(zoneKeyOf(cluster({nodes, services: [racks]}))).toEqual({of: 'label', name: 'rack'});
		expect(zoneKeyOf(cluster({nodes, services: [service('web')]}))).toEqual({of: 'label', name: 'zone'});
		expect(zoneKeyOf(cluster({nodes: [node('m1')]}))).toEqual({of: 'role'});
	});
});

describe('how a service is spread', () => {
	it('counts by zone, and says which nodes make it uneven', () => {
		const tasks = [1, 2, 3].map((slot) => task('web', slot, 'w2'));
		const web = service('web');
		const spread = spreadOf(web, cluster({nodes, services: [web], tasks}));
		expect(spread).toMatchObject({used: 1, eligible: 4, skew: 3});
		expect(spreadWords(spread)).toBe(
			'no zone 0, north 0, south 3; on 1 of 4 nodes that can run it; skewed by 3: w2 has 3, w10 has 0',
		);
	});

	it('asks only nodes that may hold it', () => {
		const web = asking('web', {Constraints: ['node.hostname != bare', 'node.hostname != m1']});
		const swarm = [...nodes.slice(0, 2).map((each) => ({...each, availability: 'drain' as const})), ...nodes.slice(2)];
		expect(spreadOf(web, cluster({nodes: swarm, services: [web]}))).toMatchObject({eligible: 0, skew: 0});
		expect(spreadOf(web, cluster({nodes, services: [web]}))).toMatchObject({eligible: 2});
	});
});
