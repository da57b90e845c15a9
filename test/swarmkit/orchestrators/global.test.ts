import {describe, expect, it} from 'vitest';
import type {ServiceMode} from '../../../source/wire/service.ts';
import type {TaskSpec} from '../../../source/wire/task.ts';
import {second, TestSwarm, taskSpec} from './test-swarm.ts';

const global: ServiceMode = {Global: {}};

function swarmWith(more: Partial<TaskSpec> = {}, image = 'runs') {
	const swarm = new TestSwarm({nodes: 3});
	const id = swarm.create('agent', global, {TaskTemplate: taskSpec(image, more)});
	return {
		swarm,
		id,
		nodes: () =>
			swarm
				.running(id)
				.map((task) => task.nodeId)
				.sort(),
	};
}

describe('a global service', () => {
	it('runs on every node, in slot 0, confirmed by the scheduler', () => {
		const {swarm, id, nodes} = swarmWith();
		const messages = new Set<string>();
		swarm.store.watch((commit) => {
			for (const change of commit.changes) if (change.kind === 'task') messages.add(change.object.status.message);
		});
		swarm.untilRunning(id, 3);
		expect(nodes()).toEqual(['n1', 'n2', 'n3']);
		expect(swarm.running(id).map((task) => task.slot)).toEqual([0, 0, 0]);
		expect([...messages]).toContain('scheduler confirmed task can run on preassigned node');
	});

	it('comes to a node that joins', () => {
		const {swarm, id, nodes} = swarmWith();
		swarm.untilRunning(id, 3);
		swarm.addNode('n4');
		swarm.untilRunning(id, 4);
		expect(nodes()).toContain('n4');
	});

	it('leaves a drained node, and comes back with another task', () => {
		const {swarm, id, nodes} = swarmWith();
		const before = swarm.untilRunning(id, 3).find((task) => task.nodeId === 'n2');
		swarm.setAvailability('n2', 'drain');
		swarm.pass(5);
		expect(nodes()).toEqual(['n1', 'n3']);
		expect(swarm.store.get('task', before?.id ?? '')).toMatchObject({
			desiredState: 'shutdown',
			status: {state: 'shutdown'},
		});
		expect(swarm.status(id)).toEqual({RunningTasks: 2, DesiredTasks: 2, CompletedTasks: 0});
		swarm.setAvailability('n2', 'active');
		swarm.untilRunning(id, 3);
		expect(swarm.running(id).find((task) => task.nodeId === 'n2')?.id).not.toBe(before?.id);
	});

	it('counts the task of a dead node as running, wants none there, and makes a new one when it is back', () => {
		const {swarm, id, nodes} = swarmWith();
		swarm.untilRunning(id, 3);
		swarm.setState('n3', 'down');
		swarm.pass(30);
		expect(swarm.status(id)).toEqual({RunningTasks: 3, DesiredTasks: 2, CompletedTasks: 0});
		swarm.setState('n3', 'ready');
		swarm.until('it is back', () => nodes().includes('n3'));
		expect(swarm.tasks(id).filter((task) => task.nodeId === 'n3').length).toBe(2);
	});

	it('leaves no task of a removed node behind', () => {
		const {swarm, id} = swarmWith();
		swarm.untilRunning(id, 3);
		swarm.setState('n3', 'down');
		swarm.removeNode('n3');
		swarm.pass(5);
		expect(swarm.tasks(id).filter((task) => task.nodeId === 'n3')).toEqual([]);
	});

	it('stays on a paused node, but does not come up there again until it is active', () => {
		const {swarm, id, nodes} = swarmWith({}, 'exit-1-after-5');
		swarm.untilRunning(id, 3);
		swarm.setAvailability('n1', 'pause');
		swarm.pass(2);
		expect(nodes()).toContain('n1');
		swarm.until('its task failed', () => !nodes().includes('n1'));
		swarm.pass(2);
		expect(nodes()).not.toContain('n1');
		swarm.setAvailability('n1', 'active');
		swarm.until('it is back', () => nodes().includes('n1'));
	});

	it('follows labels: goes where they come to match, is rejected and not replaced where they no longer do', () => {
		const {swarm, id, nodes} = swarmWith({Placement: {Constraints: ['node.labels.zone==a']}});
		swarm.pass(1);
		expect(nodes()).toEqual([]);
		swarm.setLabels('n1', {zone: 'a'});
		swarm.setLabels('n2', {zone: 'a'});
		swarm.untilRunning(id, 2);
		swarm.setLabels('n1', {});
		swarm.pass(30);
		expect(nodes()).toEqual(['n2']);
		expect(swarm.tasks(id).filter((task) => task.nodeId === 'n1')).toMatchObject([
			{desiredState: 'shutdown', status: {state: 'rejected', err: 'assigned node no longer meets constraints'}},
		]);
	});

	it('waits on its node with the bare reason when it does not fit there', () => {
		const {swarm, id} = swarmWith({Resources: {Reservations: {NanoCPUs: 100e9}}});
		swarm.pass(1);
		expect(swarm.tasks(id)).toMatchObject(
			Array(3).fill({status: {state: 'pending', err: 'insufficient resources on 1 node'}, desiredState: 'running'}),
		);
		const {description} = swarm.node('n2');
		swarm.setNode('n2', {description: {...description, Resources: {NanoCPUs: 200e9, MemoryBytes: 8e9}}});
		swarm.untilRunning(id, 1);
	});

	it('restarts on the same node, as often as its policy lets it', () => {
		const {swarm, id} = swarmWith({RestartPolicy: {Condition: 'any', Delay: 0, MaxAttempts: 2}}, 'exit-3');
		swarm.pass(60);
		for (const tasks of Map.groupBy(swarm.tasks(id), (task) => task.nodeId).values()) {
			expect(tasks.map((task) => task.status.state)).toEqual(['failed', 'failed', 'failed']);
		}
	});

	it('keeps its history per node', () => {
		const {swarm, id} = swarmWith({RestartPolicy: {Condition: 'any', Delay: second}}, 'exit-3');
		swarm.pass(60);
		for (const tasks of Map.groupBy(swarm.tasks(id), (task) => task.nodeId).values()) {
			expect(tasks.length).toBeLessThanOrEqual(6);
		}
	});

	it('is updated node by node', () => {
		const {swarm, id, nodes} = swarmWith();
		swarm.untilRunning(id, 3);
		swarm.setImage(id, 'new');
		let fewest = 3;
		swarm.until('all are new', () => {
			fewest = Math.min(fewest, swarm.running(id).length);
			return swarm.images(id).join() === 'new,new,new';
		});
		expect([fewest, ...nodes()]).toEqual([2, 'n1', 'n2', 'n3']);
		swarm.until('completed', () => swarm.service(id).updateStatus?.state === 'completed');
	});

	it('is narrowed by an update of its constraints, and replaces nothing where it may stay', () => {
		const {swarm, id, nodes} = swarmWith();
		const kept = swarm.untilRunning(id, 3).find((task) => task.nodeId === 'n2');
		swarm.update(id, ({TaskTemplate}) => ({
			TaskTemplate: {...TaskTemplate, Placement: {Constraints: ['node.id==n2']}},
		}));
		swarm.pass(5);
		expect(nodes()).toEqual(['n2']);
		expect(swarm.running(id)).toEqual([kept]);
		expect(swarm.service(id).updateStatus).toBeUndefined();
	});

	it('is brought up to date at once on a node that was paused during the update', () => {
		const {swarm, id} = swarmWith();
		swarm.untilRunning(id, 3);
		swarm.setAvailability('n1', 'pause');
		swarm.setImage(id, 'new');
		swarm.until('two are new', () => swarm.images(id).join() === 'new,new,runs');
		swarm.pass(20);
		expect(swarm.images(id)).toEqual(['new', 'new', 'runs']);
		swarm.setAvailability('n1', 'active');
		swarm.until('all are new', () => swarm.images(id).join() === 'new,new,new');
	});
});
