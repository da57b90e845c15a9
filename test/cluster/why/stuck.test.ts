import {describe, expect, it} from 'vitest';
import {issuesIn} from '../../../source/cluster/issues.ts';
import {whyService, whyTask} from '../../../source/cluster/why/why.ts';
import type {Network} from '../../../source/wire/network.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {Task, TaskState} from '../../../source/wire/task.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = 1_760_000_100_000;
const minuteMs = 60_000;
const at = (agoMs: number): string => new Date(now - agoMs).toISOString();

const tiny = (change: Partial<Network> = {}): Network => ({
	Name: 'tiny',
	Id: 'net1',
	Created: at(minuteMs),
	Scope: 'swarm',
	Driver: 'overlay',
	EnableIPv6: false,
	IPAM: {Driver: 'default', Options: null, Config: [{Subnet: '10.99.1.0/29', Gateway: '10.99.1.1'}]},
	Internal: false,
	Attachable: false,
	Ingress: false,
	ConfigFrom: {Network: ''},
	ConfigOnly: false,
	Options: null,
	Labels: null,
	...change,
});

function onTiny(index: number, replicas: number, change: Partial<Service> = {}): Service {
	const service = fakeService(index, replicas);
	const spec = {...service.Spec, TaskTemplate: {...service.Spec.TaskTemplate, Networks: [{Target: 'net1'}]}};
	return {...service, Spec: spec, ...change};
}

const inState = (task: Task, state: TaskState, agoMs: number): Task => ({
	...task,
	...(state === 'new' && {NodeID: ''}),
	Status: {...task.Status, State: state, Message: state, Timestamp: at(agoMs)},
});

const running = (count: number, desired: number) => ({
	ServiceStatus: {RunningTasks: count, DesiredTasks: desired, CompletedTasks: 0},
});

const nodes = [fakeNode(0, true), fakeNode(1)];

/** Three tasks on two nodes, and the nodes' own addresses, fill the five of a /29; two more tasks wait. */
function full(agoMs: number, networks: readonly Network[] = [tiny()]) {
	return clusterFrom({
		nodes,
		services: [onTiny(0, 3, running(3, 3)), onTiny(1, 2, running(0, 2))],
		tasks: [
			...[1, 2, 3].map((slot) => inState(fakeTask(0, slot, slot % 2), 'running', minuteMs)),
			...[1, 2].map((slot) => inState(fakeTask(1, slot, 0), 'new', agoMs)),
		],
		networks,
		now,
	});
}

function told(state: ReturnType<typeof full>, id = 'service1') {
	const service = state.services.get(id);
	return {
		health: service?.health,
		issue: issuesIn(state).get(`service ${id}`)?.reason,
		remedy: issuesIn(state).get(`service ${id}`)?.remedy,
		why: service ? whyService(service, state, now).map(([label, value]) => `${label}: ${value}`) : [],
	};
}

describe('tasks that are stuck', () => {
	it('in new, since their network has no free address: who holds them is counted', () => {
		const {health, issue, remedy, why} = told(full(5 * minuteMs));
		expect(health).toBe('failing');
		expect(issue).toBe('2 tasks stuck in new: network tiny has no free address');
		expect(remedy).toBe('why');
		expect(why).toContain('stuck: 2 tasks new for 5m: network tiny has no free address');
		expect(why).toContain(
			': 10.99.1.0/29 has 5 addresses: 3 tasks, 2 nodes with tasks on it hold one each; 3 more are needed',
		);
		expect(why).toContain('helps: a network with a larger --subnet, or fewer tasks on this one');
	});

	it('are only on their way for a while', () => {
		expect(told(full(10_000))).toMatchObject({health: 'converging', issue: 'its tasks are starting'});
	});

	it('in new, since their network has not got its own addresses', () => {
		const {issue} = told(full(5 * minuteMs, [tiny({Driver: '', IPAM: {Driver: '', Options: null, Config: null}})]));
		expect(issue).toBe('2 tasks stuck in new: network tiny has no addresses yet');
	});

	it('in new, for reasons that only the leader knows', () => {
		const roomy = tiny({IPAM: {Driver: 'default', Options: null, Config: [{Subnet: '10.99.0.0/16'}]}});
		expect(told(full(5 * minuteMs, [roomy])).issue).toBe(
			'2 tasks stuck in new: the managers have not given it its addresses and ports',
		);
	});

	it.each<[TaskState, number, string]>([
		['pending', 1, 'the scheduler has not looked at it yet'],
		['assigned', 1, 'host1 has not taken it'],
		['accepted', 1, 'host1 has taken it, but does not begin'],
		['preparing', 6, 'host1 is pulling busybox:1.36'],
		['ready', 1, 'host1 does not start it'],
		['starting', 6, 'its container on host1 is not healthy yet'],
	])('in %s', (state, minutes, cause) => {
		const service = {...fakeService(0, 1), ...running(0, 1)};
		service.Spec = {
			...service.Spec,
			TaskTemplate: {...service.Spec.TaskTemplate, ContainerSpec: {Image: 'busybox:1.36'}},
		};
		const task = inState(fakeTask(0, 1, 1), state, minutes * minuteMs);
		task.Spec = {...task.Spec, ContainerSpec: {Image: 'busybox:1.36'}};
		const stuck = clusterFrom({nodes, services: [service], tasks: [task], now});
		expect(told(stuck, 'service0')).toMatchObject({
			health: 'failing',
			issue: expect.stringMatching(new RegExp(`^1 task stuck in ${state}: ${cause}`)),
		});
		const early = clusterFrom({nodes, services: [service], tasks: [inState(task, state, 10_000)], now});
		expect(told(early, 'service0').health).toBe('converging');
	});

	it('not while a restart delay lasts, however long', () => {
		const held = {...inState(fakeTask(0, 1, 1), 'ready', 60 * minuteMs), DesiredState: 'ready' as const};
		const state = clusterFrom({nodes, services: [{...fakeService(0, 1), ...running(0, 1)}], tasks: [held], now});
		expect([...state.tasks.values()].map(({health}) => health)).toEqual(['converging']);
	});
});

describe('a job that fails over and over', () => {
	const job = (): Service => {
		const service = fakeService(0, 1);
		return {
			...service,
			Spec: {...service.Spec, Mode: {GlobalJob: {}}},
			JobStatus: {JobIteration: {}},
			...running(0, 1),
		};
	};
	const failed = (index: number, node: number): Task => ({
		...fakeTask(0, 0, node),
		ID: `old${index}`,
		DesiredState: 'shutdown',
		CreatedAt: at(minuteMs - index),
		JobIteration: {},
		Status: {
			State: 'failed',
			Timestamp: at(minuteMs - index * 1000),
			Err: 'task: non-zero exit (3)',
			ContainerStatus: {ContainerID: 'c', ExitCode: 3},
		},
	});
	const next = (node: number, state: TaskState, desired: TaskState): Task => ({
		...inState(fakeTask(0, 0, node), state, 1000),
		ID: `next${node}`,
		CreatedAt: at(1000),
		DesiredState: desired,
		JobIteration: {},
	});

	it.each<[TaskState, TaskState]>([
		['ready', 'ready'],
		['starting', 'complete'],
		['running', 'complete'],
	])('is failing also while its next tasks are %s', (state, desired) => {
		const tasks = [failed(1, 0), failed(2, 0), failed(3, 1), next(0, state, desired), next(1, state, desired)];
		const swarm = clusterFrom({nodes, services: [job()], tasks, now});
		expect(told(swarm, 'service0')).toMatchObject({health: 'failing', issue: '3 failures on 2 nodes, last exit 3'});
		expect(swarm.services.get('service0')?.counts).toMatchObject({desired: 2, completed: 0});
		// Between two attempts engines count none at all.
		const none = {ServiceStatus: {RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 0}};
		const between = clusterFrom({nodes, services: [{...job(), ...none}], tasks, now});
		expect(between.services.get('service0')?.counts).toMatchObject({desired: 2});
	});

	it('has failed when none of its tasks is left to try', () => {
		const service = {...job(), ServiceStatus: {RunningTasks: 0, DesiredTasks: 0, CompletedTasks: 0}};
		const swarm = clusterFrom({nodes, services: [service], tasks: [failed(1, 0)], now});
		expect(told(swarm, 'service0')).toMatchObject({health: 'failing', issue: '1 failure on 1 node, last exit 3'});
	});
});

describe('tasks of a service that is gone', () => {
	const left = (state: TaskState, desired: TaskState): Task => ({
		...inState(fakeTask(7, 1, 1), state, minuteMs),
		DesiredState: desired,
	});

	it.each<[TaskState, TaskState, string, string]>([
		['pending', 'complete', 'idle', 'nothing has told this task so'],
		['complete', 'complete', 'idle', 'the engine keeps this ended task in its list'],
		['failed', 'running', 'idle', 'the engine keeps this ended task in its list'],
		['running', 'complete', 'unknown', 'nothing has told this task so'],
		['running', 'shutdown', 'converging', 'the task is being stopped'],
	])('%s, meant to be %s, is %s', (state, desired, health, words) => {
		const swarm = clusterFrom({nodes, services: [fakeService(0, 0)], tasks: [left(state, desired)], now});
		const [task] = swarm.tasks.values();
		expect(task).toMatchObject({health, serviceName: 'gone service7'});
		expect(task ? String(whyTask(task, swarm, now)) : '').toContain(words);
	});

	it('are told in the overview where they run on', () => {
		const swarm = clusterFrom({nodes, services: [], tasks: [left('running', 'complete')], now});
		expect(issuesIn(swarm).get('gone')).toMatchObject({
			health: 'unknown',
			reason: '1 task of 1 service that is gone still runs on host1',
		});
		expect(issuesIn(clusterFrom({nodes, services: [], tasks: [left('pending', 'complete')], now})).size).toBe(0);
	});
});

it('more tasks than replicas are explained by the node that is down', () => {
	const down = {...fakeNode(1), Status: {State: 'down' as const}};
	const gone = {...inState(fakeTask(0, 1, 1), 'running', minuteMs), ID: 'gone', DesiredState: 'shutdown' as const};
	const swarm = clusterFrom({
		nodes: [fakeNode(0, true), down],
		services: [{...fakeService(0, 2), ...running(3, 2)}],
		tasks: [gone, inState(fakeTask(0, 1, 0), 'running', 1000), inState(fakeTask(0, 2, 0), 'running', 1000)],
		now,
	});
	expect(told(swarm, 'service0').why).toContain(
		'counted: host1 is down: its task is counted until the node returns or is removed',
	);
	expect(issuesIn(swarm).get('node node1')?.reason).toContain('1 task is still counted as running');
});
