import {describe, expect, it} from 'vitest';
import {inOrderOfRemoval} from '../../../source/swarmkit/orchestrators/scale-down.ts';
import type {TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {replicated, second, TestSwarm, taskSpec} from './test-swarm.ts';

const slots = (tasks: readonly TaskObject[]): number[] => tasks.map((task) => task.slot).sort((a, b) => a - b);

describe('a replicated service', () => {
	it('makes its tasks new, then pending, then assigned, in three writes', () => {
		const swarm = new TestSwarm({nodes: 1});
		const states: string[] = [];
		swarm.store.watch((commit) => {
			for (const change of commit.changes) {
				if (change.kind !== 'task' || change.action === 'remove') continue;
				const {state, message} = change.object.status;
				states.push(`${commit.index - 13} ${state}: ${message}`);
			}
		});
		swarm.create('web', replicated(1));
		swarm.pass(1);
		expect(states.slice(0, 3).map((line) => line.replace(/^\d+ /, ''))).toEqual([
			'new: created',
			'pending: pending task scheduling',
			'assigned: scheduler assigned task to node',
		]);
		expect(new Set(states.map((line) => line.split(' ')[0])).size).toBe(states.length);
	});

	it('fills the lowest free slots when it grows, and leaves running tasks alone', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(2));
		const before = swarm.untilRunning(web, 2);
		swarm.scale(web, 5);
		const after = swarm.untilRunning(web, 5);
		expect(slots(after)).toEqual([1, 2, 3, 4, 5]);
		for (const task of before) expect(after).toContainEqual(task);
		expect(swarm.service(web).updateStatus).toBeUndefined();
	});

	it('shows too many running while it shrinks, and then no trace of the removed slots', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(5));
		swarm.untilRunning(web, 5);
		swarm.agents.stopMs = 10_000;
		swarm.scale(web, 2);
		swarm.pass(1);
		expect(swarm.status(web)).toMatchObject({RunningTasks: 5, DesiredTasks: 2});
		expect(swarm.tasks(web).filter((task) => task.desiredState === 'remove').length).toBe(3);
		swarm.pass(20);
		expect(swarm.tasks(web).length).toBe(2);
		expect(slots(swarm.tasks(web))).toEqual([1, 2]);
	});

	// swarmkit replicated_test.go TestReplicatedScaleDown: seven tasks, 1/2/3 on three nodes and one without.
	it('takes slots without a node first, then evens the nodes out', () => {
		const task = (slot: number, nodeId: string, state: TaskObject['status']['state'] = 'running') =>
			({slot, nodeId, status: {state, timestamp: 0, message: ''}}) as TaskObject;
		const all = [
			[task(1, 'n1')],
			[task(2, 'n2')],
			[task(3, 'n2')],
			[task(4, 'n3')],
			[task(5, 'n3')],
			[task(6, 'n3', 'starting')],
			[task(7, '', 'pending')],
		];
		const removedWith = (wanted: number) => slots(inOrderOfRemoval(all, wanted).slice(wanted).flat());
		expect(removedWith(6)).toEqual([7]);
		expect(removedWith(5)).toEqual([6, 7]);
		expect(removedWith(4)).toEqual([5, 6, 7]);
		expect(removedWith(3)).toEqual([3, 5, 6, 7]);
		expect(removedWith(1)).toEqual([2, 3, 4, 5, 6, 7]);
	});

	it('takes a slot with two tasks before one that is settled', () => {
		const task = (slot: number, nodeId: string) =>
			({slot, nodeId, status: {state: 'running', timestamp: 0, message: ''}}) as TaskObject;
		const all = [[task(1, 'n1'), task(1, 'n2')], [task(2, 'n1')], [task(3, 'n1')]];
		expect(slots(inOrderOfRemoval(all, 2).slice(2).flat())).toEqual([1, 1]);
	});

	it('removes all tasks of a removed service, though the service is gone at once', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(3));
		swarm.untilRunning(web, 3);
		swarm.agents.stopMs = 5000;
		swarm.remove(web);
		swarm.pass(1);
		expect(swarm.tasks(web).map((task) => [task.desiredState, task.status.state])).toEqual(
			Array(3).fill(['remove', 'running']),
		);
		swarm.pass(6);
		expect(swarm.tasks(web)).toEqual([]);
	});

	it('deletes tasks at once that no node has when they are to be removed', () => {
		const swarm = new TestSwarm({nodes: 0});
		const web = swarm.create('web', replicated(3));
		swarm.pass(1);
		swarm.remove(web);
		swarm.pass(1);
		expect(swarm.tasks(web)).toEqual([]);
	});

	it('survives a thousand changes of scale in a row', () => {
		const swarm = new TestSwarm({nodes: 10});
		const web = swarm.create('web', replicated(1));
		for (let n = 0; n < 1000; n++) {
			swarm.scale(web, 1 + (n % 17));
			if (n % 10 === 0) swarm.clock.advance(3);
		}
		swarm.scale(web, 7);
		swarm.until('seven run', () => swarm.running(web).length === 7 && swarm.tasks(web).length === 7);
		expect(new Set(slots(swarm.tasks(web))).size).toBe(7);
	});
});

describe('what happens to nodes', () => {
	it('drain: tasks move without the restart delay, each once its predecessor has stopped, and never move back', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(3), {
			TaskTemplate: taskSpec('runs', {RestartPolicy: {Condition: 'any', Delay: 30 * second}}),
		});
		swarm.untilRunning(web, 3);
		swarm.agents.stopMs = 3000;
		swarm.setAvailability('n1', 'drain');
		swarm.pass(1);
		const held = swarm.tasks(web).filter((task) => task.desiredState === 'ready');
		expect(held.map((task) => task.status.state)).toEqual(['ready']);
		swarm.untilRunning(web, 3);
		expect(swarm.perNode(web).n1).toBeUndefined();
		expect(swarm.tasks(web).find((task) => task.nodeId === 'n1')).toMatchObject({
			desiredState: 'shutdown',
			status: {state: 'shutdown'},
		});
		swarm.setAvailability('n1', 'active');
		swarm.pass(60);
		expect(swarm.perNode(web).n1).toBeUndefined();
	});

	it('down: tasks stay running but wanted no more, replacements wait only for the restart delay', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(6), {
			TaskTemplate: taskSpec('runs', {RestartPolicy: {Condition: 'any', Delay: 5 * second}}),
		});
		swarm.untilRunning(web, 6);
		swarm.setState('n1', 'down');
		swarm.pass(4);
		expect(swarm.running(web).length).toBe(4);
		swarm.pass(2);
		expect(swarm.perNode(web)).toEqual({n2: 3, n3: 3});
		expect(swarm.status(web)).toMatchObject({RunningTasks: 8, DesiredTasks: 6});
		swarm.setState('n1', 'ready');
		swarm.pass(60);
		expect(swarm.status(web)).toMatchObject({RunningTasks: 6});
		expect(swarm.perNode(web)).toEqual({n2: 3, n3: 3});
	});

	it('removed: tasks are orphaned and replaced', () => {
		const swarm = new TestSwarm();
		const web = swarm.create('web', replicated(3));
		swarm.untilRunning(web, 3);
		swarm.setState('n1', 'down');
		swarm.removeNode('n1');
		swarm.untilRunning(web, 3);
		expect(swarm.tasks(web).filter((task) => task.nodeId === 'n1')).toMatchObject([
			{
				desiredState: 'shutdown',
				status: {state: 'orphaned', message: 'Task belonged to a node that has been deleted'},
			},
		]);
	});

	it('paused: tasks stay, but come up again elsewhere', () => {
		const swarm = new TestSwarm({nodes: 2});
		const web = swarm.create('web', replicated(2), {TaskTemplate: taskSpec('exit-1-after-5')});
		swarm.untilRunning(web, 2);
		swarm.setAvailability('n1', 'pause');
		swarm.pass(2);
		expect(swarm.perNode(web)).toEqual({n1: 1, n2: 1});
		swarm.pass(8);
		expect(swarm.perNode(web)).toEqual({n2: 2});
	});

	it('labels that no longer meet the constraints: the task is rejected and goes elsewhere', () => {
		const swarm = new TestSwarm();
		swarm.setLabels('n1', {disk: 'ssd'});
		const db = swarm.create('db', replicated(1), {
			TaskTemplate: taskSpec('runs', {Placement: {Constraints: ['node.labels.disk==ssd']}}),
		});
		swarm.untilRunning(db, 1);
		swarm.setLabels('n2', {disk: 'ssd'});
		swarm.setLabels('n1', {});
		swarm.until('it runs on n2', () => swarm.perNode(db).n2 === 1);
		expect(swarm.tasks(db)[0]).toMatchObject({
			desiredState: 'shutdown',
			status: {
				state: 'rejected',
				message: 'task rejected by constraint enforcer',
				err: 'assigned node no longer meets constraints',
			},
		});
	});

	it('less of a resource than is reserved: what no longer fits is rejected', () => {
		const swarm = new TestSwarm({nodes: 1});
		const web = swarm.create('web', replicated(3), {
			TaskTemplate: taskSpec('runs', {Resources: {Reservations: {NanoCPUs: 1e9}}}),
		});
		swarm.untilRunning(web, 3);
		const {description} = swarm.node('n1');
		swarm.setNode('n1', {description: {...description, Resources: {NanoCPUs: 2e9, MemoryBytes: 8e9}}});
		swarm.pass(5);
		expect(swarm.running(web).length).toBe(2);
		expect(swarm.tasks(web).at(-1)?.status.err).toBe('no suitable node (insufficient resources on 1 node)');
	});

	it.each(['drain', 'down', 'constraint'])('%s leads to no replacement where the policy wants no restart', (what) => {
		const swarm = new TestSwarm();
		swarm.setLabels('n1', {here: '1'});
		swarm.setLabels('n2', {here: '1'});
		const once = swarm.create('once', replicated(1), {
			TaskTemplate: taskSpec('runs', {
				RestartPolicy: {Condition: 'none'},
				Placement: {Constraints: ['node.labels.here==1']},
			}),
		});
		const [task] = swarm.untilRunning(once, 1);
		const nodeId = task?.nodeId ?? '';
		if (what === 'drain') swarm.setAvailability(nodeId, 'drain');
		else if (what === 'down') swarm.setState(nodeId, 'down');
		else swarm.setLabels(nodeId, {});
		swarm.pass(120);
		expect(swarm.tasks(once).map(({desiredState}) => desiredState)).toEqual(['shutdown']);
	});
});

describe('waiting tasks', () => {
	it('say why they wait, and go as soon as there is room', () => {
		const swarm = new TestSwarm({nodes: 1});
		const reserved = {TaskTemplate: taskSpec('runs', {Resources: {Reservations: {NanoCPUs: 1.6e9}}})};
		const web = swarm.create('web', replicated(3), reserved);
		swarm.untilRunning(web, 2);
		swarm.pass(1);
		const waiting = swarm.tasks(web).find((task) => task.status.state === 'pending');
		expect(waiting).toMatchObject({
			nodeId: '',
			desiredState: 'running',
			status: {
				message: 'pending task scheduling',
				err: 'no suitable node (insufficient resources on 1 node)',
			},
		});
		swarm.addNode('n2');
		const tasks = swarm.untilRunning(web, 3);
		expect(tasks.every((task) => task.status.err === undefined)).toBe(true);
	});

	it('are the first to go when their service shrinks', () => {
		const swarm = new TestSwarm({nodes: 1});
		const web = swarm.create('web', replicated(3), {
			TaskTemplate: taskSpec('runs', {Placement: {MaxReplicas: 2}}),
		});
		const running = swarm.untilRunning(web, 2);
		swarm.scale(web, 2);
		swarm.pass(2);
		expect(swarm.tasks(web)).toEqual(running);
	});

	it('of an older spec are shut down by the scheduler when nothing has room for them', () => {
		const swarm = new TestSwarm({nodes: 0});
		const web = swarm.create('web', replicated(1));
		swarm.pass(1);
		swarm.setImage(web, 'other');
		swarm.pass(2);
		const [old, next] = swarm.tasks(web);
		expect(old).toMatchObject({desiredState: 'shutdown', status: {state: 'shutdown'}});
		expect(old?.status.err).toBeUndefined();
		expect(next).toMatchObject({desiredState: 'running', status: {state: 'pending', err: 'no suitable node'}});
	});

	it('go to the node that has not been failing, from the sixth attempt on', () => {
		const swarm = new TestSwarm({nodes: 2});
		const filler = swarm.create('filler', replicated(3), {
			TaskTemplate: taskSpec('runs', {Placement: {Constraints: ['node.id==n2']}}),
		});
		swarm.untilRunning(filler, 3);
		const bad = swarm.create('bad', replicated(1), {TaskTemplate: taskSpec('exit-1')});
		const nodes: string[] = [];
		swarm.store.watch((commit) => {
			for (const change of commit.changes) {
				const isFailure =
					change.kind === 'task' && change.action === 'update' && change.object.status.state === 'failed';
				if (isFailure && change.previous.status.state !== 'failed') nodes.push(change.object.nodeId);
			}
		});
		swarm.until('eight failures', () => nodes.length >= 8);
		expect(nodes.slice(0, 8)).toEqual(['n1', 'n1', 'n1', 'n1', 'n1', 'n2', 'n2', 'n2']);
		swarm.setImage(bad, 'exit-2');
		nodes.length = 0;
		swarm.until('it fails with the new spec', () => nodes.length >= 3);
		expect(nodes.slice(-1)).toEqual(['n1']);
	});
});
