import {describe, expect, it} from 'vitest';
import {engineHint, isOfOlderEngine} from '../../source/cluster/engines.ts';
import {issuesIn} from '../../source/cluster/issues.ts';
import {planFor} from '../../source/cluster/pipeline/plan.ts';
import type {SwarmNode} from '../../source/wire/node.ts';
import {clusterFrom} from '../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from './sync/fake-client.ts';

const now = 1_760_000_100_000;

/** Node 1 has told nothing of itself yet; 2 and 3 have one host name, of which 2 is an old entry. */
function swarm() {
	const [m1, silent, old, anew] = [fakeNode(0, true), fakeNode(1), fakeNode(2), fakeNode(3)];
	const nodes: SwarmNode[] = [
		{...m1, Description: {...m1.Description, Engine: {EngineVersion: '28.5.2'}}},
		{...silent, ID: 'silent7xq0abcdefghijklmno', Description: {}},
		{...old, ID: 'oldqqzz', Description: {...old.Description, Hostname: 'w2'}, Status: {State: 'down'}},
		{
			...anew,
			ID: 'newqqzz',
			Description: {...anew.Description, Hostname: 'w2', Engine: {EngineVersion: '20.10.24+dfsg1'}},
		},
	];
	const tasks = [
		{...fakeTask(0, 1, 0), NodeID: 'silent7xq0abcdefghijklmno'},
		{...fakeTask(0, 2, 0), NodeID: 'newqqzz'},
	];
	return clusterFrom({nodes, services: [fakeService(0, 2)], tasks, now});
}

describe('nodes are told apart', () => {
	it('by their ID while they have no name, everywhere', () => {
		const {nodes, tasks} = swarm();
		expect(nodes.get('silent7xq0abcdefghijklmno')?.name).toBe('silent7xq0ab');
		expect([...tasks.values()].map(({nodeName}) => nodeName)).toContain('silent7xq0ab');
	});

	it('by their ID beside the name that they share: in lists, at tasks, in plans and in what must be typed', () => {
		const state = swarm();
		expect([...state.nodes.values()].map(({name}) => name)).toEqual(expect.arrayContaining(['w2 oldqq', 'w2 newqq']));
		expect([...state.tasks.values()].map(({nodeName}) => nodeName)).toContain('w2 newqq');
		const plan = planFor({action: 'node.remove', nodeId: 'oldqqzz', force: false}, state, {isReadOnly: false});
		expect(plan.title).toBe('Remove node w2 oldqq');
		expect(plan.command).toBe('docker node rm oldqqzz');
		expect([...issuesIn(state).values()].map(({name}) => name)).toContain('w2 oldqq');
	});
});

it('engines of several versions are said, and the older ones marked', () => {
	const {nodes} = swarm();
	expect(engineHint(nodes)).toBe('engine versions differ: 28.5.2, 20.10.24');
	const older = [...nodes.values()].filter((node) => isOfOlderEngine(node, nodes)).map(({name}) => name);
	expect(older).toEqual(['w2 newqq']);
});
