import {describe, expect, it} from 'vitest';
import type {Verdict, Watched} from '../../../source/cluster/actions/action.ts';
import {objectOf} from '../../../source/cluster/actions/names.ts';
import {taskLookup} from '../../../source/cluster/actions/task-lookup.ts';
import type {Intent} from '../../../source/cluster/intent.ts';
import {judge} from '../../../source/cluster/pipeline/watch.ts';
import type {Service} from '../../../source/wire/service.ts';
import type {Task} from '../../../source/wire/task.ts';
import {clusterFrom, type RecordedSwarm} from '../../support/cluster-state.ts';
import {recordedSwarm} from '../../support/recorded.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

const now = Date.parse('2026-11-21T03:30:00Z');

function verdictOn(intent: Intent, swarm: Omit<RecordedSwarm, 'now'>, known: Partial<Watched<Intent>> = {}): Verdict {
	const state = clusterFrom({...swarm, now});
	const watched = {intent, versionBefore: 0, tasksBefore: 0, ...known};
	return judge(watched, state, taskLookup(state, new Set([objectOf(intent)])));
}

const nodes = [0, 1, 2].map((i) => fakeNode(i, i === 0));
const running = (slots: number) => Array.from({length: slots}, (_, i) => fakeTask(0, i + 1, i % 3));
const serviceId = 'service0';
const scale = (replicas: number): Intent => ({action: 'service.scale', serviceId, replicas});

describe('a scaled service', () => {
	it('has not converged while the store shows what was before the write', () => {
		const swarm = {nodes, services: [fakeService(0, 3)], tasks: running(3)};
		expect(verdictOn(scale(3), swarm, {versionBefore: 1}).state).toBe('running');
		expect(verdictOn(scale(3), swarm).state).toBe('converged');
	});

	it('has not converged with one too few, nor with one too many', () => {
		const services = [fakeService(0, 4)];
		expect(verdictOn(scale(4), {nodes, services, tasks: running(3)})).toMatchObject({state: 'running', detail: '3/4'});
		expect(verdictOn(scale(4), {nodes, services, tasks: running(5)}).state).toBe('running');
	});

	it('does not wait for tasks that are told to stop', () => {
		const tasks = running(3).map((task): Task => (task.Slot === 3 ? {...task, DesiredState: 'remove'} : task));
		expect(verdictOn(scale(2), {nodes, services: [fakeService(0, 2)], tasks}).state).toBe('converged');
	});

	it('converges though the engine goes on counting the tasks of a dead node', () => {
		const swarm = recordedSwarm('node-down');
		const app = swarm.services.find(({Spec}) => Spec.Name === 'app');
		expect(app?.ServiceStatus).toMatchObject({RunningTasks: 10, DesiredTasks: 8});
		const intent: Intent = {action: 'service.scale', serviceId: app?.ID ?? '', replicas: 8};
		expect(verdictOn(intent, swarm)).toMatchObject({state: 'converged', detail: '8/8'});
	});

	it('says which task can not be placed, in the words of the scheduler', () => {
		const swarm = recordedSwarm('trouble');
		const service = swarm.services.find(({Spec}) => Spec.Name === 'crowded');
		const intent: Intent = {action: 'service.scale', serviceId: service?.ID ?? '', replicas: 7};
		const {state, detail} = verdictOn(intent, swarm);
		expect(state).toBe('stuck');
		expect(detail).toMatch(/^5\/7: crowded\.\d no suitable node \(/);
	});
});

describe('an update', () => {
	it('has not converged before the orchestrator has begun to replace the tasks', () => {
		const service = fakeService(0, 3);
		const restarted: Service = {
			...service,
			Spec: {...service.Spec, TaskTemplate: {...service.Spec.TaskTemplate, ForceUpdate: 1}},
		};
		const intent: Intent = {action: 'service.restart', serviceId};
		const swarm = {nodes, services: [restarted], tasks: running(3)};
		expect(verdictOn(intent, swarm)).toMatchObject({state: 'running', detail: '0/3'});
		const tasks = running(3).map((task): Task => ({...task, Spec: {...task.Spec, ForceUpdate: 1}}));
		expect(verdictOn(intent, {...swarm, tasks}).state).toBe('converged');
	});

	it('has failed once it is paused, for the reason that the engine gives', () => {
		const swarm = recordedSwarm('update-paused');
		const intent: Intent = {action: 'service.restart', serviceId: swarm.services[0]?.ID ?? ''};
		const {state, detail} = verdictOn(intent, swarm);
		expect(state).toBe('failed');
		expect(detail).toMatch(/^the update is paused: update paused due to failure or early termination of task/);
	});

	it('of a job has converged when all of it is complete', () => {
		const {services, ...swarm} = recordedSwarm('calm');
		const batch = services.find(({Spec}) => Spec.Name === 'batch');
		const intent: Intent = {action: 'service.restart', serviceId: batch?.ID ?? ''};
		expect(verdictOn(intent, {...swarm, services})).toMatchObject({state: 'converged', detail: '5/5 complete'});
		const begun = services.map((service) =>
			service.ID === batch?.ID
				? {...service, ServiceStatus: {RunningTasks: 2, DesiredTasks: 2, CompletedTasks: 1}}
				: service,
		);
		expect(verdictOn(intent, {...swarm, services: begun})).toMatchObject({state: 'running', done: 1, total: 5});
	});
});

describe('a drained node', () => {
	const intent: Intent = {action: 'node.availability', nodeId: 'node1', availability: 'drain'};
	const drained = nodes.map((node) =>
		node.ID === 'node1' ? {...node, Spec: {...node.Spec, Availability: 'drain' as const}} : node,
	);
	const services = [fakeService(0, 3)];

	it('is done when no task is left there', () => {
		const stopping = running(3).map(
			(task): Task => (task.NodeID === 'node1' ? {...task, DesiredState: 'shutdown'} : task),
		);
		expect(verdictOn(intent, {nodes: drained, services, tasks: stopping}, {tasksBefore: 2})).toMatchObject({
			state: 'running',
			done: 1,
			total: 2,
			detail: '1 task left',
		});
		const gone = stopping.filter((task) => task.NodeID !== 'node1');
		expect(verdictOn(intent, {nodes: drained, services, tasks: gone}, {tasksBefore: 2}).state).toBe('converged');
	});

	it('is not taken for empty while its tasks are not known', () => {
		expect(verdictOn(intent, {nodes: drained, services}).state).toBe('running');
	});

	it('that is down has nothing to wait for', () => {
		const down = drained.map((node) => (node.ID === 'node1' ? {...node, Status: {State: 'down' as const}} : node));
		expect(verdictOn(intent, {nodes: down, services, tasks: running(3)}).state).toBe('converged');
	});

	it('keeps the tasks of jobs to their end, and says so', () => {
		const job: Service = {
			...fakeService(0, 1),
			Spec: {...fakeService(0, 1).Spec, Mode: {ReplicatedJob: {MaxConcurrent: 1, TotalCompletions: 1}}},
		};
		const tasks = [{...fakeTask(0, 1, 1), DesiredState: 'complete' as const}];
		expect(verdictOn(intent, {nodes: drained, services: [job], tasks}).detail).toBe(
			'1 task left: jobs run to their end on a drained node',
		);
	});
});

describe('a change of role', () => {
	const role = (to: 'manager' | 'worker'): Intent => ({action: 'node.role', nodeId: 'node1', role: to});
	const withNode1 = (change: object) => nodes.map((node) => (node.ID === 'node1' ? {...node, ...change} : node));
	const spec = (asked: 'manager' | 'worker') => ({Spec: {Labels: {}, Role: asked, Availability: 'active'}});
	const member = (reachability: string) => ({ManagerStatus: {Reachability: reachability, Addr: '10.0.0.1:2377'}});

	it('to manager is done when the others can reach it', () => {
		expect(verdictOn(role('manager'), {nodes: withNode1(spec('manager'))}).state).toBe('running');
		const joining = {...spec('manager'), ...member('unreachable')};
		expect(verdictOn(role('manager'), {nodes: withNode1(joining)}).state).toBe('running');
		const joined = {...spec('manager'), ...member('reachable')};
		expect(verdictOn(role('manager'), {nodes: withNode1(joined)}).state).toBe('converged');
	});

	it('to worker is done when it has left raft, not when that is asked for', () => {
		const leaving = {...spec('worker'), ...member('reachable')};
		expect(verdictOn(role('worker'), {nodes: withNode1(leaving)}).state).toBe('running');
		expect(verdictOn(role('worker'), {nodes: withNode1(spec('worker'))}).state).toBe('converged');
	});
});

describe('failures and their causes', () => {
	const began = '2026-11-21T03:20:00Z';
	const failedTask = (createdAt: string): Task => ({
		...fakeTask(0, 3, 1),
		ID: 'failed',
		CreatedAt: createdAt,
		DesiredState: 'shutdown',
		Status: {Timestamp: createdAt, State: 'rejected', Err: 'No such image: web:broken'},
	});
	const waiting: Task = {...fakeTask(0, 3, 1), CreatedAt: '2026-11-21T03:20:01Z', DesiredState: 'ready'};
	const ready: Task = {...waiting, Status: {...waiting.Status, State: 'ready'}};
	const restarted: Service = {
		...fakeService(0, 3),
		UpdateStatus: {State: 'updating', StartedAt: began, Message: 'update in progress'},
	};
	const restart: Intent = {action: 'service.restart', serviceId};
	const verdictWith = (createdAt: string): Verdict =>
		verdictOn(restart, {nodes, services: [restarted], tasks: [...running(2), failedTask(createdAt), ready]});

	it('an update is not told of what failed before it began', () => {
		expect(verdictWith('2026-11-21T02:40:00Z').state).toBe('running');
		expect(verdictWith('2026-11-21T03:20:00.500Z')).toMatchObject({
			state: 'stuck',
			detail: expect.stringContaining('No such image'),
		});
	});
});

describe('a node that somebody else has set otherwise since', () => {
	it('is no longer waited for', () => {
		const drain: Intent = {action: 'node.availability', nodeId: 'node1', availability: 'drain'};
		const swarm = {nodes: [0, 1].map((i) => fakeNode(i, i === 0)), services: [], tasks: []};
		expect(verdictOn(drain, swarm, {versionBefore: 5}).state).toBe('running');
		expect(verdictOn(drain, swarm, {versionBefore: 0})).toMatchObject({
			state: 'failed',
			detail: 'someone has set it to active since',
		});
	});
});
