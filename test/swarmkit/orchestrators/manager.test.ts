import {describe, expect, it} from 'vitest';
import {replicated, TestSwarm} from './test-swarm.ts';

describe("a leader's controllers", () => {
	it('turn a replicated service into running tasks, spread over the nodes', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(6));
		const tasks = swarm.untilRunning(web, 6);
		expect(tasks.map((task) => task.slot)).toEqual([1, 2, 3, 4, 5, 6]);
		expect(swarm.perNode(web)).toEqual({n1: 2, n2: 2, n3: 2});
	});

	it('sets no timer while nothing happens', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(6));
		swarm.untilRunning(web, 6);
		swarm.pass(60);
		expect(swarm.clock.nextDue()).toBeUndefined();
	});
});
