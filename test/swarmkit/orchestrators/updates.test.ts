import {describe, expect, it} from 'vitest';
import type {ServiceSpec, UpdateConfig} from '../../../source/wire/service.ts';
import {replicated, second, TestSwarm, taskSpec} from './test-swarm.ts';

const config = (more: Partial<UpdateConfig> = {}): UpdateConfig => ({
	Parallelism: 1,
	FailureAction: 'pause',
	Monitor: second,
	MaxFailureRatio: 0,
	Order: 'stop-first',
	...more,
});

function swarmWith(replicas: number, update: Partial<UpdateConfig> = {}, more: Partial<ServiceSpec> = {}) {
	const swarm = new TestSwarm({nodes: 3});
	const id = swarm.create('web', replicated(replicas), {UpdateConfig: config(update), ...more});
	swarm.untilRunning(id, replicas);
	const state = () => swarm.service(id).updateStatus?.state;
	return {
		swarm,
		id,
		state,
		until: (wanted: string) => swarm.until(wanted, () => state() === wanted),
		made: () => swarm.tasks(id).filter((task) => task.spec.ContainerSpec?.Image !== 'runs'),
	};
}

describe('a rolling update', () => {
	it('replaces one slot after the other, and completes a monitoring period after the last runs', () => {
		const {swarm, id, state, until} = swarmWith(3);
		swarm.setImage(id, 'new');
		until('updating');
		expect(swarm.service(id).updateStatus).toEqual({
			state: 'updating',
			startedAt: swarm.clock.now(),
			message: 'update in progress',
		});
		let least = 3;
		swarm.until('all are new', () => {
			least = Math.min(least, swarm.running(id).length);
			return swarm.images(id).join() === 'new,new,new';
		});
		expect(least).toBe(2);
		const lastRan = swarm.clock.now();
		expect(state()).toBe('updating');
		until('completed');
		expect(swarm.clock.now() - lastRan).toBe(1000);
		expect(swarm.service(id).updateStatus).toMatchObject({
			message: 'update completed',
			completedAt: swarm.clock.now(),
		});
		expect(swarm.tasks(id).map((task) => task.slot)).toEqual([1, 2, 3, 1, 2, 3]);
	});

	it('monitors for five seconds by default', () => {
		const swarm = new TestSwarm();
		const id = swarm.create('web', replicated(1));
		swarm.untilRunning(id, 1);
		swarm.setImage(id, 'new');
		swarm.until('it is new', () => swarm.images(id).join() === 'new');
		const ranAt = swarm.clock.now();
		swarm.until('completed', () => swarm.service(id).updateStatus?.state === 'completed');
		expect(swarm.clock.now() - ranAt).toBe(5000);
	});

	it.each([
		[2, 4],
		[0, 0],
		[6, 0],
		[10, 0],
	])('with parallelism %i leaves at least %i of six running', (parallelism, least) => {
		const {swarm, id} = swarmWith(6, {Parallelism: parallelism});
		swarm.setImage(id, 'new');
		let fewest = 6;
		swarm.until('all are new', () => {
			fewest = Math.min(fewest, swarm.running(id).length);
			return swarm.images(id).every((image) => image === 'new') && swarm.running(id).length === 6;
		});
		expect(fewest).toBe(least);
	});

	it('waits between slots, and after the last', () => {
		const {swarm, id, until} = swarmWith(3, {Delay: 10 * second, Monitor: second});
		swarm.setImage(id, 'new');
		const from = swarm.clock.now();
		until('completed');
		// Three delays, and a monitoring period that is always longer than the delay.
		expect(swarm.clock.now() - from).toBeGreaterThan(41_000);
		expect(swarm.clock.now() - from).toBeLessThan(43_000);
	});

	it('start-first: has the new task running before the old one stops', () => {
		const {swarm, id, until} = swarmWith(3, {Order: 'start-first'});
		let most = 3;
		let fewest = 3;
		swarm.setImage(id, 'new');
		swarm.until('completed', () => {
			most = Math.max(most, swarm.status(id).RunningTasks);
			fewest = Math.min(fewest, swarm.running(id).length);
			return swarm.service(id).updateStatus?.state === 'completed';
		});
		expect([fewest, most]).toEqual([3, 4]);
		until('completed');
	});

	it('never ends while the new task finds no place', () => {
		const {swarm, id, state} = swarmWith(
			3,
			{Order: 'start-first'},
			{TaskTemplate: taskSpec('runs', {Placement: {MaxReplicas: 1}})},
		);
		swarm.setImage(id, 'new');
		swarm.pass(3600);
		expect(state()).toBe('updating');
		expect(swarm.images(id)).toEqual(['runs', 'runs', 'runs']);
	});

	it.each<[string, (spec: ServiceSpec) => Partial<ServiceSpec>]>([
		['labels', () => ({Labels: {a: 'b'}})],
		['the update config', () => ({UpdateConfig: config({Parallelism: 7})})],
		['nothing', () => ({})],
		[
			'a placement that the nodes satisfy',
			({TaskTemplate}) => ({
				TaskTemplate: {...TaskTemplate, Placement: {Constraints: ['node.role==worker'], MaxReplicas: 5}},
			}),
		],
		['the scale', () => ({Mode: replicated(2)})],
	])('does not come of a change of %s', (_what, change) => {
		const {swarm, id, state} = swarmWith(3);
		const before = swarm.tasks(id);
		swarm.update(id, change);
		swarm.pass(20);
		expect(state()).toBeUndefined();
		const after = swarm.tasks(id);
		for (const task of after) expect(before).toContainEqual(task);
	});

	it.each<[string, (spec: ServiceSpec) => Partial<ServiceSpec>]>([
		['a forced update', ({TaskTemplate}) => ({TaskTemplate: {...TaskTemplate, ForceUpdate: 1}})],
		['the endpoint', () => ({EndpointSpec: {Mode: 'dnsrr'}})],
		[
			'a placement that a node does not satisfy',
			({TaskTemplate}) => ({
				TaskTemplate: {...TaskTemplate, Placement: {Constraints: ['node.id!=n1']}},
			}),
		],
	])('comes of %s', (_what, change) => {
		const {swarm, id, until} = swarmWith(3);
		swarm.update(id, change);
		until('updating');
		until('completed');
		expect(swarm.running(id).length).toBe(3);
	});

	it('adds and removes slots at once when the scale changes with the spec', () => {
		const {swarm, id, until} = swarmWith(2, {Delay: 5 * second});
		swarm.update(id, ({TaskTemplate}) => ({
			Mode: replicated(4),
			TaskTemplate: {...TaskTemplate, ContainerSpec: {Image: 'new'}},
		}));
		swarm.pass(1);
		expect(swarm.images(id)).toEqual(['new', 'new', 'new', 'runs']);
		until('completed');
		expect(swarm.images(id)).toEqual(['new', 'new', 'new', 'new']);
	});

	it('is given up for one with another spec', () => {
		const {swarm, id, until} = swarmWith(4, {Delay: 3 * second});
		swarm.setImage(id, 'second');
		swarm.pass(4);
		swarm.setImage(id, 'third');
		expect(swarm.service(id).updateStatus).toBeUndefined();
		until('completed');
		expect(swarm.images(id)).toEqual(['third', 'third', 'third', 'third']);
	});

	it('goes on under the same spec posted again, without a status for good', () => {
		const {swarm, id, state} = swarmWith(3, {Delay: 3 * second});
		swarm.setImage(id, 'new');
		swarm.pass(1);
		swarm.update(id, () => ({}));
		swarm.pass(60);
		expect(swarm.images(id)).toEqual(['new', 'new', 'new']);
		expect(state()).toBeUndefined();
	});

	it('survives a change of leader', () => {
		const {swarm, id, until} = swarmWith(4, {Delay: 3 * second});
		swarm.setImage(id, 'new');
		swarm.pass(4);
		const {startedAt} = swarm.service(id).updateStatus ?? {};
		swarm.changeLeader();
		until('completed');
		expect(swarm.images(id)).toEqual(['new', 'new', 'new', 'new']);
		expect(swarm.service(id).updateStatus?.startedAt).toBe(startedAt);
	});

	it('takes up a slot that the leader before had left half replaced', () => {
		const {swarm, id, until} = swarmWith(1);
		swarm.agents.stopMs = 2000;
		swarm.setImage(id, 'new');
		swarm.pass(0.5);
		expect(swarm.tasks(id).map((task) => task.desiredState)).toEqual(['shutdown', 'ready']);
		swarm.changeLeader();
		until('completed');
		swarm.untilRunning(id, 1);
		expect(swarm.images(id)).toEqual(['new']);
	});
});

describe('an update that fails', () => {
	// moby docker_api_swarm_service_test.go TestAPISwarmServicesFailedUpdate
	it('pauses when more slots failed than the ratio allows: of five at a quarter the second', () => {
		const {swarm, id, until, made} = swarmWith(5, {MaxFailureRatio: 0.25, Monitor: 30 * second});
		swarm.setImage(id, 'missing');
		until('paused');
		const failed = swarm.tasks(id).filter((task) => task.status.state === 'rejected');
		expect(swarm.service(id).updateStatus?.message).toBe(
			`update paused due to failure or early termination of task ${made().find((task) => task.slot === 2)?.id}`,
		);
		expect(failed.length).toBeGreaterThanOrEqual(2);
		swarm.pass(60);
		expect(swarm.images(id)).toEqual(['runs', 'runs', 'runs']);
	});

	it('a ratio that is met but not passed is no failure', () => {
		const {swarm, id, until} = swarmWith(4, {MaxFailureRatio: 1, Monitor: second});
		swarm.setImage(id, 'exit-1');
		until('completed');
		expect(swarm.service(id).updateStatus?.message).toBe('update completed');
	});

	it('counts a task that ends well within the monitoring period', () => {
		const {swarm, id, until} = swarmWith(2, {Monitor: 10 * second});
		swarm.setImage(id, 'exit-0-after-5');
		until('paused');
	});

	it('does not count what ends later, nor what was not made by the update', () => {
		const {swarm, id, until} = swarmWith(2, {Monitor: 3 * second, Parallelism: 0});
		swarm.setImage(id, 'exit-1-after-5');
		until('completed');
	});

	it('stays paused, while restarts spread the new spec', () => {
		const {swarm, id, until, state} = swarmWith(3);
		swarm.setImage(id, 'missing');
		until('paused');
		const old = swarm.running(id)[0];
		swarm.setAvailability(old?.nodeId ?? '', 'drain');
		swarm.pass(30);
		expect(state()).toBe('paused');
		expect(swarm.images(id)).toEqual(['runs']);
	});

	it('does not go on when the very same spec is posted again', () => {
		const {swarm, id, until, state} = swarmWith(3);
		swarm.setImage(id, 'missing');
		until('paused');
		swarm.setImage(id, 'missing');
		swarm.pass(30);
		expect(state()).toBeUndefined();
		expect(swarm.images(id)).toEqual(['runs', 'runs']);
	});

	it('goes on when it is posted again with a spec that works', () => {
		const {swarm, id, until} = swarmWith(3);
		swarm.setImage(id, 'missing');
		until('paused');
		swarm.setImage(id, 'better');
		until('completed');
		expect(swarm.images(id)).toEqual(['better', 'better', 'better']);
	});

	it('completes with action continue, however broken it is', () => {
		const {swarm, id, until} = swarmWith(2, {FailureAction: 'continue'});
		swarm.setImage(id, 'missing');
		until('completed');
		expect(swarm.running(id)).toEqual([]);
	});

	it('rolls back by itself, and has no previous spec after that', () => {
		const {swarm, id, until} = swarmWith(
			4,
			{FailureAction: 'rollback', Monitor: 5 * second},
			{RollbackConfig: config()},
		);
		swarm.setImage(id, 'exit-5-after-1');
		until('rollback_started');
		expect(swarm.service(id).updateStatus?.message).toMatch(
			/^update rolled back due to failure or early termination of task [a-z0-9]{25}$/,
		);
		expect(swarm.service(id).previousSpec).toBeUndefined();
		until('rollback_completed');
		expect(swarm.service(id).updateStatus).toMatchObject({
			message: 'rollback completed',
			completedAt: swarm.clock.now(),
		});
		expect(swarm.images(id)).toEqual(['runs', 'runs', 'runs', 'runs']);
	});

	// Back by hand to a spec whose tasks end at once.
	function rollbackToFailing(replicas: number, action: NonNullable<UpdateConfig['FailureAction']>) {
		const swarm = new TestSwarm();
		const id = swarm.create('bad', replicated(replicas), {
			UpdateConfig: config(),
			RollbackConfig: config({Parallelism: 0, FailureAction: action, Monitor: 2 * second}),
			TaskTemplate: taskSpec('exit-1', {RestartPolicy: {Condition: 'none'}}),
		});
		swarm.pass(5);
		swarm.setImage(id, 'runs');
		swarm.until('it runs', () => swarm.service(id).updateStatus?.state === 'completed');
		const seen: string[] = [];
		swarm.store.watch((commit) => {
			for (const change of commit.changes) {
				const state = change.kind === 'service' && change.action === 'update' && change.object.updateStatus?.state;
				if (state && state !== seen.at(-1)) seen.push(state);
			}
		});
		swarm.rollback(id);
		swarm.pass(120);
		return {
			seen,
			status: swarm.service(id).updateStatus,
			image: swarm.service(id).spec.TaskTemplate.ContainerSpec?.Image,
		};
	}

	it.each([1, 3])('a failing rollback of %i pauses with action pause', (replicas) => {
		const {seen, status, image} = rollbackToFailing(replicas, 'pause');
		expect(seen).toEqual(['rollback_started', 'rollback_paused']);
		expect(status?.message).toMatch(/^update paused due to failure or early termination of task /);
		expect(image).toBe('exit-1');
	});

	it.each([1, 3])('a failing rollback of %i completes after all with action rollback', (replicas) => {
		const {seen, status, image} = rollbackToFailing(replicas, 'rollback');
		expect(seen.slice(0, 2)).toEqual(['rollback_started', 'rollback_paused']);
		expect(seen.at(-1)).toBe('completed');
		expect(status?.message).toBe('update completed');
		expect(image).toBe('exit-1');
	});

	it.each([1, 3])('a failing rollback of %i completes with action continue', (replicas) => {
		const {seen} = rollbackToFailing(replicas, 'continue');
		expect(seen).toEqual(['rollback_started', 'rollback_completed']);
	});
});

describe('a rollback by hand', () => {
	it('goes back, and forward again', () => {
		const {swarm, id, until} = swarmWith(2, {}, {RollbackConfig: config({Parallelism: 0})});
		swarm.setImage(id, 'new');
		until('completed');
		swarm.rollback(id);
		expect(swarm.service(id).updateStatus).toMatchObject({
			state: 'rollback_started',
			message: 'manually requested rollback',
		});
		until('rollback_completed');
		expect(swarm.images(id)).toEqual(['runs', 'runs']);
		swarm.rollback(id);
		until('rollback_completed');
		expect(swarm.images(id)).toEqual(['new', 'new']);
	});

	it('goes by the rollback config of the spec that it restores', () => {
		const {swarm, id, until} = swarmWith(4, {}, {RollbackConfig: config({Parallelism: 0})});
		swarm.update(id, ({TaskTemplate}) => ({
			TaskTemplate: {...TaskTemplate, ContainerSpec: {Image: 'new'}},
			RollbackConfig: config({Parallelism: 1}),
		}));
		until('completed');
		swarm.rollback(id);
		let fewest = 4;
		swarm.until('it is done', () => {
			fewest = Math.min(fewest, swarm.running(id).length);
			return swarm.service(id).updateStatus?.state === 'rollback_completed';
		});
		expect(fewest).toBe(0);
	});

	it('of nothing but the scale is completed at once', () => {
		const {swarm, id, state} = swarmWith(2);
		const before = swarm.tasks(id);
		swarm.scale(id, 4);
		swarm.untilRunning(id, 4);
		swarm.rollback(id);
		swarm.clock.advance(0);
		expect(state()).toBe('rollback_completed');
		swarm.pass(2);
		expect(swarm.tasks(id)).toEqual(before);
	});

	it('fills slots again that the newer spec has left dead', () => {
		const {swarm, id, until} = swarmWith(
			2,
			{Monitor: second},
			{TaskTemplate: taskSpec('runs', {RestartPolicy: {Condition: 'none'}})},
		);
		swarm.setImage(id, 'exit-0-after-3');
		until('completed');
		swarm.pass(20);
		expect(swarm.running(id)).toEqual([]);
		swarm.rollback(id);
		swarm.untilRunning(id, 2);
		expect(swarm.images(id)).toEqual(['runs', 'runs']);
	});
});
