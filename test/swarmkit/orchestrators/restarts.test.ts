import {describe, expect, it} from 'vitest';
import type {RestartPolicy} from '../../../source/wire/task.ts';
import {replicated, second, TestSwarm, taskSpec} from './test-swarm.ts';

function swarmWith(image: string, policy: RestartPolicy, {nodes = 2, history = 5, replicas = 1} = {}) {
	const swarm = new TestSwarm({nodes, history});
	const id = swarm.create('app', replicated(replicas), {
		TaskTemplate: taskSpec(image, {RestartPolicy: policy}),
	});
	return {swarm, id, states: () => swarm.tasks(id).map((task) => `${task.status.state}/${task.desiredState}`)};
}

describe('restart policies', () => {
	it.each<[string, RestartPolicy, string[]]>([
		['exit-3', {Condition: 'none'}, ['failed/shutdown']],
		['exit-0', {Condition: 'none'}, ['complete/shutdown']],
		['exit-0', {Condition: 'on-failure', Delay: 0}, ['complete/shutdown']],
		['exit-1', {Condition: 'on-failure', Delay: 0, MaxAttempts: 1}, ['failed/shutdown', 'failed/shutdown']],
		['exit-0', {Condition: 'any', Delay: 0, MaxAttempts: 2}, Array(3).fill('complete/shutdown')],
		['missing', {Condition: 'any', Delay: 0, MaxAttempts: 3}, Array(4).fill('rejected/shutdown')],
	])('%s with %j ends with %j', (image, policy, expected) => {
		const {swarm, states} = swarmWith(image, policy);
		swarm.pass(300);
		expect(states()).toEqual(expected);
	});

	it('make the replacement at once, get it ready, and start it only after the delay', () => {
		const {swarm, id} = swarmWith('exit-3', {Condition: 'any', Delay: 10 * second});
		swarm.until('it failed', () => swarm.tasks(id)[0]?.status.state === 'failed');
		const failedAt = swarm.clock.now();
		swarm.pass(9);
		expect(swarm.tasks(id)[1]).toMatchObject({slot: 1, desiredState: 'ready', status: {state: 'ready'}});
		swarm.until('it is started', () => swarm.tasks(id)[1]?.desiredState !== 'ready');
		expect(swarm.clock.now() - failedAt).toBe(10_000);
	});

	it('wait five seconds where nothing else is said', () => {
		const {swarm, id} = swarmWith('exit-3', {Condition: 'any'});
		swarm.until('two failures', () => swarm.tasks(id).filter((task) => task.status.state === 'failed').length === 2);
		const [first, next] = swarm.tasks(id);
		expect((next?.status.timestamp ?? 0) - (first?.status.timestamp ?? 0)).toBeGreaterThan(5000);
		expect((next?.status.timestamp ?? 0) - (first?.status.timestamp ?? 0)).toBeLessThan(5500);
	});

	it('do not spin when a task is rejected before its own delay is over', () => {
		const {swarm, id} = swarmWith('missing', {Condition: 'any', Delay: 10 * second});
		swarm.pass(35);
		expect(swarm.tasks(id).length).toBe(5);
	});

	it('count attempts per slot', () => {
		const {swarm, id} = swarmWith('exit-1', {Condition: 'any', Delay: 0, MaxAttempts: 2}, {replicas: 2});
		swarm.pass(60);
		expect(Map.groupBy(swarm.tasks(id), (task) => task.slot).get(1)?.length).toBe(3);
		expect(Map.groupBy(swarm.tasks(id), (task) => task.slot).get(2)?.length).toBe(3);
	});

	it('start counting again with a new spec', () => {
		const {swarm, id} = swarmWith('exit-1', {Condition: 'any', Delay: 0, MaxAttempts: 1});
		swarm.pass(30);
		expect(swarm.tasks(id).length).toBe(2);
		const made = new Set<string>();
		swarm.store.watch((commit) => {
			for (const change of commit.changes) if (change.kind === 'task') made.add(change.object.id);
		});
		for (const task of swarm.tasks(id)) made.add(task.id);
		swarm.setImage(id, 'exit-2');
		swarm.pass(30);
		expect(made.size).toBe(4);
		expect(swarm.tasks(id).every((task) => task.desiredState === 'shutdown')).toBe(true);
	});

	it('count only the attempts within the window', () => {
		const policy = {Condition: 'any', Delay: 0, MaxAttempts: 2, Window: 3 * second} as const;
		const slow = swarmWith('exit-1-after-2', policy, {history: 100});
		slow.swarm.pass(60);
		// Every two seconds one: there are never two restarts in the last three seconds.
		expect(slow.swarm.running(slow.id).length).toBe(1);
		const fast = swarmWith('exit-1', policy, {history: 100});
		fast.swarm.pass(60);
		expect(fast.states()).toEqual(Array(3).fill('failed/shutdown'));
	});

	it('wait for a stopping predecessor no longer than a minute', () => {
		const {swarm, id} = swarmWith('runs', {Condition: 'any', Delay: 0});
		const [task] = swarm.untilRunning(id, 1);
		swarm.agents.stopMs = 300_000;
		swarm.setAvailability(task?.nodeId ?? '', 'drain');
		swarm.pass(59);
		expect(swarm.tasks(id)[1]).toMatchObject({desiredState: 'ready', status: {state: 'ready'}});
		swarm.pass(2);
		expect(swarm.tasks(id)[1]).toMatchObject({desiredState: 'running', status: {state: 'running'}});
	});
});

describe('slots that stay dead', () => {
	it('still count: scaling up adds to them, scaling down can remove them', () => {
		const {swarm, id} = swarmWith('exit-0', {Condition: 'none'}, {replicas: 2});
		swarm.pass(5);
		swarm.scale(id, 3);
		swarm.pass(5);
		expect(swarm.tasks(id).map((task) => task.slot)).toEqual([1, 2, 3]);
		swarm.scale(id, 2);
		swarm.pass(5);
		expect(swarm.tasks(id).map((task) => task.slot)).toEqual([1, 2]);
	});

	it('are filled again by an update', () => {
		const {swarm, id} = swarmWith('exit-0', {Condition: 'none'});
		swarm.pass(5);
		swarm.setImage(id, 'runs');
		swarm.untilRunning(id, 1);
		expect(swarm.tasks(id).map((task) => task.slot)).toEqual([1, 1]);
	});
});

describe('history', () => {
	it.each([
		[5, 5],
		[2, 2],
		[0, 1],
		[1, 1],
	])('of a limit of %i keeps %i tasks, the live one included', (history, kept) => {
		const {swarm, id} = swarmWith('exit-1', {Condition: 'any', Delay: 0}, {history});
		swarm.pass(30);
		swarm.setImage(id, 'runs');
		swarm.untilRunning(id, 1);
		swarm.pass(1);
		expect(swarm.tasks(id).length).toBe(kept);
		expect(swarm.tasks(id).at(-1)?.status.state).toBe('running');
	});

	it('is kept for ever with a negative limit', () => {
		const {swarm, id} = swarmWith('exit-1', {Condition: 'any', Delay: second}, {history: -1});
		swarm.pass(30);
		expect(swarm.tasks(id).length).toBeGreaterThan(20);
	});

	it('is as long as the attempts need, if these are limited', () => {
		const {swarm, id} = swarmWith('exit-1', {Condition: 'any', Delay: 0, MaxAttempts: 7}, {history: 2});
		swarm.pass(60);
		expect(swarm.tasks(id).length).toBe(8);
	});

	it('of a removed slot stays until the service is next written', () => {
		const {swarm, id} = swarmWith('exit-1-after-1', {Condition: 'any', Delay: 0}, {replicas: 2});
		swarm.pass(4);
		swarm.scale(id, 1);
		swarm.pass(0.5);
		const ofSecond = swarm.tasks(id).filter((task) => task.slot === 2);
		expect(ofSecond.length).toBeGreaterThan(0);
		expect(ofSecond.every((task) => task.status.state === 'failed')).toBe(true);
		swarm.scale(id, 1);
		swarm.pass(0.1);
		expect(swarm.tasks(id).filter((task) => task.slot === 2)).toEqual([]);
	});
});
