import {describe, expect, it} from 'vitest';
import {replicated, second, TestSwarm, taskSpec} from './test-swarm.ts';

describe('a new leader', () => {
	it('touches nothing where all is well', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(4));
		const agent = swarm.create('agent', {Global: {}});
		swarm.untilRunning(web, 4);
		swarm.untilRunning(agent, 3);
		swarm.pass(10);
		const {index} = swarm.store;
		swarm.changeLeader();
		swarm.pass(60);
		expect(swarm.store.index).toBe(index);
	});

	it('knows how often slots were restarted', () => {
		const swarm = new TestSwarm();
		const app = swarm.create('app', replicated(1), {
			TaskTemplate: taskSpec('exit-1-after-5', {RestartPolicy: {Condition: 'any', Delay: 0, MaxAttempts: 3}}),
		});
		swarm.pass(12);
		expect(swarm.tasks(app).length).toBe(3);
		swarm.changeLeader();
		swarm.pass(60);
		expect(swarm.tasks(app).length).toBe(4);
	});

	it('starts what was held back, when its delay is over', () => {
		const swarm = new TestSwarm();
		const app = swarm.create('app', replicated(1), {
			TaskTemplate: taskSpec('exit-1', {RestartPolicy: {Condition: 'any', Delay: 20 * second}}),
		});
		swarm.until('it failed', () => swarm.tasks(app)[0]?.status.state === 'failed');
		swarm.pass(10);
		swarm.changeLeader();
		swarm.pass(9);
		expect(swarm.tasks(app)[1]?.desiredState).toBe('ready');
		swarm.pass(2);
		expect(swarm.tasks(app)[1]?.desiredState).not.toBe('ready');
	});

	it('sees to what happened while nobody led', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(3));
		const agent = swarm.create('agent', {Global: {}});
		const gone = swarm.create('gone', replicated(2));
		swarm.untilRunning(web, 3);
		swarm.untilRunning(gone, 2);
		swarm.untilRunning(agent, 3);
		swarm.stopLeading();
		swarm.setAvailability('n1', 'drain');
		swarm.scale(web, 4);
		swarm.remove(gone);
		swarm.pass(10);
		expect(swarm.tasks(web).length).toBe(3);
		swarm.changeLeader();
		swarm.untilRunning(web, 4);
		expect(swarm.perNode(web).n1).toBeUndefined();
		expect(swarm.perNode(agent)).toEqual({n2: 1, n3: 1});
		expect(swarm.tasks(gone)).toEqual([]);
	});

	it('has forgotten where tasks have been failing', () => {
		const swarm = new TestSwarm({nodes: 2});
		const filler = swarm.create('filler', replicated(3), {
			TaskTemplate: taskSpec('runs', {Placement: {Constraints: ['node.id==n2']}}),
		});
		swarm.untilRunning(filler, 3);
		const bad = swarm.create('bad', replicated(1), {TaskTemplate: taskSpec('exit-1')});
		const newest = () => swarm.tasks(bad).at(-1)?.nodeId;
		swarm.until('it goes to n2', () => newest() === 'n2');
		swarm.changeLeader();
		swarm.until('it goes to n1 again', () => newest() === 'n1', 5);
	});
});
