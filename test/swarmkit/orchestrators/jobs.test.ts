import {describe, expect, it} from 'vitest';
import type {TaskObject} from '../../../source/swarmkit/state/objects.ts';
import type {ServiceMode} from '../../../source/wire/service.ts';
import type {TaskSpec} from '../../../source/wire/task.ts';
import {second, TestSwarm, taskSpec} from './test-swarm.ts';

const job = (MaxConcurrent: number, TotalCompletions: number): ServiceMode => ({
	ReplicatedJob: {MaxConcurrent, TotalCompletions},
});

function swarmWith(mode: ServiceMode, image: string, more: Partial<TaskSpec> = {}) {
	const swarm = new TestSwarm({nodes: 3});
	swarm.pass(1);
	const id = swarm.create('job', mode, {TaskTemplate: taskSpec(image, more)});
	return {
		swarm,
		id,
		iteration: () => swarm.service(id).job?.iteration,
		completed: () => swarm.tasks(id).filter((task) => task.status.state === 'complete'),
	};
}

const going = (tasks: readonly TaskObject[]): number =>
	tasks.filter((task) => !['complete', 'failed', 'shutdown'].includes(task.status.state)).length;

describe('a replicated job', () => {
	it('completes in slots from 0 on, never more at once than allowed', () => {
		const {swarm, id, completed} = swarmWith(job(2, 5), 'exit-0-after-2');
		let most = 0;
		swarm.until('all have completed', () => {
			most = Math.max(most, going(swarm.tasks(id)));
			return completed().length === 5;
		});
		expect(most).toBe(2);
		expect(
			completed()
				.map((task) => task.slot)
				.sort(),
		).toEqual([0, 1, 2, 3, 4]);
		expect(new Set(completed().map((task) => task.desiredState))).toEqual(new Set(['complete']));
		expect(swarm.status(id)).toEqual({RunningTasks: 0, DesiredTasks: 2, CompletedTasks: 5});
		swarm.pass(60);
		expect(swarm.tasks(id).length).toBe(5);
	});

	it('runs a failed task again in its slot, also where the condition is any', () => {
		const {swarm, id, completed} = swarmWith(job(1, 2), 'exit-1');
		swarm.until('three failures', () => swarm.tasks(id).filter((task) => task.status.state === 'failed').length >= 3);
		expect(new Set(swarm.tasks(id).map((task) => task.slot))).toEqual(new Set([0]));
		expect(
			swarm
				.tasks(id)
				.filter((task) => task.status.state === 'failed')
				.at(0)?.desiredState,
		).toBe('shutdown');
		expect(completed()).toEqual([]);
	});

	it('gives up after its attempts when it has but one slot', () => {
		const {swarm, id} = swarmWith(job(1, 1), 'exit-9', {
			RestartPolicy: {Condition: 'on-failure', Delay: 0, MaxAttempts: 2},
		});
		swarm.pass(60);
		expect(swarm.tasks(id).map((task) => `${task.status.state}/${task.desiredState}`)).toEqual(
			Array(3).fill('failed/shutdown'),
		);
	});

	// As recorded of 26.1: slots that were given up are filled again when another slot's task fails.
	it('keeps on trying after its attempts as long as it has several slots', () => {
		const {swarm, id} = swarmWith(job(2, 3), 'exit-9', {
			RestartPolicy: {Condition: 'any', Delay: second / 2, MaxAttempts: 2},
		});
		swarm.pass(60);
		expect(swarm.tasks(id).length).toBeGreaterThan(6);
	});

	it('runs again after any update, and its former tasks go unless they have ended', () => {
		const {swarm, id, iteration, completed} = swarmWith(job(2, 4), 'exit-0-after-10');
		swarm.until('two have completed', () => completed().length === 2);
		swarm.pass(1);
		swarm.update(id, () => ({Labels: {again: '1'}}));
		expect(iteration()).toBe(1);
		swarm.pass(1);
		expect(swarm.tasks(id).filter((task) => task.jobIteration === 0).length).toBe(2);
		expect(swarm.status(id)).toMatchObject({RunningTasks: 2, CompletedTasks: 0});
		swarm.until('it has completed again', () => swarm.status(id).CompletedTasks === 4);
		expect(swarm.tasks(id).length).toBe(6);
	});

	it('lets its task run on on a drained node', () => {
		const {swarm, id} = swarmWith(job(1, 1), 'exit-0-after-20');
		const [task] = swarm.untilRunning(id, 1);
		swarm.setAvailability(task?.nodeId ?? '', 'drain');
		swarm.pass(5);
		expect(swarm.tasks(id)).toEqual([task]);
	});

	it('takes its tasks along when it is removed', () => {
		const {swarm, id} = swarmWith(job(2, 2), 'runs');
		swarm.untilRunning(id, 2);
		swarm.remove(id);
		swarm.pass(5);
		expect(swarm.tasks(id)).toEqual([]);
	});

	it('goes on under the next leader, and the one after', () => {
		const {swarm, id, completed} = swarmWith(job(2, 6), 'exit-0-after-3');
		swarm.pass(4);
		swarm.changeLeader();
		swarm.pass(4);
		swarm.changeLeader();
		let most = 0;
		swarm.until('all have completed', () => {
			most = Math.max(most, going(swarm.tasks(id)));
			return completed().length === 6;
		});
		expect(most).toBeLessThanOrEqual(2);
		swarm.pass(20);
		expect(swarm.tasks(id).length).toBe(6);
	});
});

describe('a global job', () => {
	const global: ServiceMode = {GlobalJob: {}};

	it('completes once on every ready, active and eligible node', () => {
		const swarm = new TestSwarm({nodes: 5});
		swarm.setAvailability('n1', 'drain');
		swarm.setAvailability('n2', 'pause');
		swarm.setLabels('n3', {skip: '1'});
		swarm.pass(1);
		const id = swarm.create('once', global, {
			TaskTemplate: taskSpec('exit-0-after-1', {Placement: {Constraints: ['node.labels.skip!=1']}}),
		});
		swarm.pass(30);
		expect(
			swarm
				.tasks(id)
				.map((task) => `${task.nodeId} ${task.status.state}`)
				.sort(),
		).toEqual(['n4 complete', 'n5 complete']);
		expect(swarm.status(id)).toEqual({RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 2});
	});

	it('does not come to a node that joins later', () => {
		const {swarm, id, completed} = swarmWith(global, 'exit-0');
		swarm.until('it is done', () => completed().length === 3);
		swarm.addNode('n4');
		swarm.pass(10);
		expect(swarm.tasks(id).length).toBe(3);
	});

	it('knows no limit of attempts', () => {
		const {swarm, id} = swarmWith(global, 'exit-1', {RestartPolicy: {Condition: 'any', Delay: second, MaxAttempts: 1}});
		swarm.pass(20);
		expect(swarm.tasks(id).length).toBeGreaterThan(12);
	});

	it('runs again after an update, and keeps nothing of the run before', () => {
		const {swarm, id, completed, iteration} = swarmWith(global, 'exit-0-after-1');
		swarm.until('it is done', () => completed().length === 3);
		swarm.update(id, () => ({}));
		swarm.until('it is done again', () => swarm.status(id).CompletedTasks === 3);
		swarm.pass(1);
		expect(swarm.tasks(id).map((task) => task.jobIteration)).toEqual(Array(3).fill(iteration()));
		expect(swarm.status(id)).toEqual({RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 3});
	});
});
