import {describe, expect, it} from 'vitest';
import {type Course, difference} from '../../../source/swarmkit/forecast/difference.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {ForecastInput} from '../../../source/swarmkit/forecast/input.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';
import type {TaskSpec} from '../../../source/wire/task.ts';
import {replicated, second, TestSwarm, taskSpec} from '../orchestrators/test-swarm.ts';
import {inputOf} from './live-input.ts';

/** Only what comes of a change is told as its consequence. */

const restartsAtOnce: Partial<TaskSpec> = {RestartPolicy: {Condition: 'any', Delay: second}};

function withTemplate(spec: ServiceSpec, change: Partial<TaskSpec>): ServiceSpec {
	return {...spec, TaskTemplate: {...spec.TaskTemplate, ...change}};
}

const drainN1 = [{kind: 'availability', nodeId: 'n1', availability: 'drain'}] as const;

describe('strangers', () => {
	it('a crash loop that restarts anyway is under way, not a consequence', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(3));
		const loop = swarm.create('loop', replicated(2), {TaskTemplate: taskSpec('exit-1-after-2', restartsAtOnce)});
		swarm.untilRunning(web, 3);
		swarm.pass(30);
		const said = forecast(inputOf(swarm), drainN1);
		expect(said.isSettled).toBe(true);
		expect(said.stops.map(({serviceId}) => serviceId)).toEqual([web]);
		expect(said.starts.map(({serviceId}) => serviceId)).toEqual([web]);
		expect(said.outages).toEqual([]);
		expect(said.failing).toEqual([]);
		expect(said.underWay.failing).toEqual([expect.objectContaining({serviceId: loop, state: 'failed'})]);
		expect(said.took.most).toBeLessThan(20_000);
	});

	it('a task that would start anyway, and one that waits for a place anyway, are not told', () => {
		const swarm = new TestSwarm({nodes: 2});
		const web = swarm.create('web', replicated(2));
		const late = swarm.create('late', replicated(1), {
			TaskTemplate: taskSpec('runs', {Placement: {Constraints: ['node.labels.gpu==a']}}),
		});
		swarm.untilRunning(web, 2);
		swarm.pass(5);
		const input = inputOf(swarm);
		const scaled = {...swarm.service(web).spec, Mode: replicated(3)};
		const waiting = forecast(input, [{kind: 'spec', serviceId: web, spec: scaled}]);
		expect(waiting.unplaced).toEqual([]);
		// On the way to running when the question is asked.
		swarm.setLabels('n1', {gpu: 'a'});
		const starting = forecast(inputOf(swarm), [{kind: 'spec', serviceId: web, spec: scaled}]);
		expect(starting.starts.map(({serviceId}) => serviceId)).toEqual([web]);
		expect(starting.underWay).toMatchObject({starts: 1, serviceIds: [late]});
	});

	it('an update that goes on anyway is not told; what a restart adds to it is', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(4), {
			UpdateConfig: {Parallelism: 1, Delay: 20 * second, MaxFailureRatio: 0, Order: 'stop-first'},
		});
		swarm.untilRunning(web, 4);
		const before = swarm.service(web).spec;
		swarm.setImage(web, 'newer');
		swarm.pass(10);
		const {specVersion} = swarm.service(web);
		const input = inputOf(swarm);
		const {Runtime: _, ...former} = before.TaskTemplate;
		const versionOf = new Map(swarm.store.all('task').map((task) => [task.id, task.specVersion]));
		const told: ForecastInput = {
			...input,
			services: input.services.map((service) => ({
				...service,
				PreviousSpec: before,
				UpdateStatus: {State: 'updating', Message: 'update in progress'},
			})),
			tasks: input.tasks.map((task) => (versionOf.get(task.id) === specVersion ? task : {...task, formerSpec: former})),
		};
		const scaled = {...swarm.service(web).spec, Mode: replicated(5)};
		const grown = forecast(told, [{kind: 'spec', serviceId: web, spec: scaled}]);
		expect(grown.starts.map(({slot}) => slot)).toEqual([5]);
		expect(grown.stops).toEqual([]);
		expect(grown.underWay).toMatchObject({starts: 3, stops: 3});
		const restarted = withTemplate(swarm.service(web).spec, {ForceUpdate: 1});
		const again = forecast(told, [{kind: 'spec', serviceId: web, spec: restarted}]);
		expect(again.stops.map(({taskId}) => versionOf.get(taskId))).toEqual([specVersion]);
	});
});

describe('a crash loop', () => {
	const looping = (spec: Partial<ServiceSpec> = {}) => {
		const swarm = new TestSwarm({nodes: 2});
		const loop = swarm.create('loop', replicated(2), {
			TaskTemplate: taskSpec('exit-1-after-2', restartsAtOnce),
			...spec,
		});
		swarm.pass(30);
		return {swarm, loop, spec: swarm.service(loop).spec, input: inputOf(swarm)};
	};

	it('pauses an update that goes on with the same program', () => {
		const {loop, spec, input} = looping();
		const said = forecast(input, [{kind: 'spec', serviceId: loop, spec: withTemplate(spec, {ForceUpdate: 1})}]);
		expect(said.updates).toEqual([{serviceId: loop, state: 'paused'}]);
		expect(said.failing).toEqual([{serviceId: loop, state: 'failed', afterMs: expect.any(Number)}]);
		expect(said.failing[0]?.afterMs).toBeLessThan(5000);
		expect(said.untested).toEqual([]);
	});

	it('is rolled back where that is what the service asks for', () => {
		const config = {Parallelism: 1, MaxFailureRatio: 0, FailureAction: 'rollback', Order: 'stop-first'} as const;
		const {loop, spec, input} = looping({UpdateConfig: config});
		const said = forecast(input, [{kind: 'spec', serviceId: loop, spec: withTemplate(spec, {ForceUpdate: 1})}]);
		expect(said.updates[0]?.state).toMatch(/^rollback/);
	});

	it('may be ended by another image: nobody knows', () => {
		const {loop, spec, input} = looping();
		const image = withTemplate(spec, {ContainerSpec: {Image: 'other'}});
		const said = forecast(input, [{kind: 'spec', serviceId: loop, spec: image}]);
		expect(said.untested).toEqual([loop]);
		expect(said.failing).toEqual([]);
	});

	it('of images that can’t be had rejects the new tasks as well', () => {
		const swarm = new TestSwarm({nodes: 2});
		const missing = swarm.create('missing', replicated(1), {TaskTemplate: taskSpec('missing', restartsAtOnce)});
		swarm.pass(30);
		const spec = {...swarm.service(missing).spec, Mode: replicated(2)};
		const said = forecast(inputOf(swarm), [{kind: 'spec', serviceId: missing, spec}]);
		expect(said.failing).toEqual([{serviceId: missing, state: 'rejected', afterMs: 0}]);
	});

	it('counts against the node that it happened on', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(1));
		const [task] = swarm.untilRunning(web, 1);
		const [one, other] = ['n1', 'n2', 'n3'].filter((id) => id !== task?.nodeId);
		const input = inputOf(swarm);
		const now = swarm.clock.now();
		const drain = [{kind: 'availability', nodeId: task?.nodeId ?? '', availability: 'drain'}] as const;
		const [usual] = forecast(input, drain).starts;
		expect([usual?.nodeId, ...(usual?.equals ?? [])].sort()).toEqual([one, other]);
		const failed = [1, 2, 3, 4, 5].map((i) => ({
			...(input.tasks[0] as ForecastInput['tasks'][number]),
			...({id: `failed${i}`, nodeId: usual?.nodeId ?? '', state: 'failed', desired: 'shutdown'} as const),
			...{createdAt: now - 60_000 + i * 1000, since: now - 50_000 + i * 1000},
		}));
		// One that runs for so long has outlived whatever ended the others.
		const running = input.tasks.map((each) => ({...each, createdAt: now - 45_000, since: now - 40_000}));
		const [warned] = forecast({...input, tasks: [...failed, ...running]}, drain).starts;
		expect(warned?.nodeId).toBe(usual?.nodeId === one ? other : one);
		expect(warned?.equals).toEqual([]);
	});
});

describe('equal nodes', () => {
	it('are named with the one that was taken', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(1));
		const [first] = swarm.untilRunning(web, 1);
		const grown = {...swarm.service(web).spec, Mode: replicated(2)};
		const [start] = forecast(inputOf(swarm), [{kind: 'spec', serviceId: web, spec: grown}]).starts;
		const others = ['n1', 'n2', 'n3'].filter((id) => id !== first?.nodeId);
		expect([start?.nodeId, ...(start?.equals ?? [])].sort()).toEqual(others);
	});

	it('are none where one is better', () => {
		const swarm = new TestSwarm({nodes: 2});
		const web = swarm.create('web', replicated(1));
		swarm.untilRunning(web, 1);
		const grown = {...swarm.service(web).spec, Mode: replicated(2)};
		const [start] = forecast(inputOf(swarm), [{kind: 'spec', serviceId: web, spec: grown}]).starts;
		expect(start?.equals).toEqual([]);
	});

	it('are found in other branches of a preference, too', () => {
		const swarm = new TestSwarm({nodes: 0});
		for (const [id, zone] of [
			['n1', 'a'],
			['n2', 'b'],
			['n3', 'c'],
		] as const)
			swarm.addNode(id, {labels: {zone}, nanoCpus: 4e9});
		const web = swarm.create('web', replicated(1), {
			TaskTemplate: taskSpec('runs', {
				Placement: {Preferences: [{Spread: {SpreadDescriptor: 'node.labels.zone'}}]},
			}),
		});
		const [first] = swarm.untilRunning(web, 1);
		const grown = {...swarm.service(web).spec, Mode: replicated(2)};
		const [start] = forecast(inputOf(swarm), [{kind: 'spec', serviceId: web, spec: grown}]).starts;
		const others = ['n1', 'n2', 'n3'].filter((id) => id !== first?.nodeId);
		expect([start?.nodeId, ...(start?.equals ?? [])].sort()).toEqual(others);
	});
});

describe('the time that a change takes', () => {
	const movedAfter = (times: Readonly<Record<string, number>>): Course => ({
		...{starts: [], unplaced: [], outages: [], fewest: [], updates: [], failing: [], untested: []},
		...{stops: ['api', 'web'].map((serviceId) => ({taskId: serviceId, serviceId, slot: 1, nodeId: 'n1'}))},
		...{graceMs: 0, isSettled: true, commits: 1, perNode: new Set()},
		movedAfter: new Map(Object.entries(times)),
	});

	it('leaves out what is under way anyway, also where that is quicker or slower', () => {
		const {took} = difference({
			without: {...movedAfter({web: 60_000}), stops: []},
			course: movedAfter({web: 60_000, api: 8000}),
			quickest: movedAfter({web: 40_000, api: 5000}),
			slowest: movedAfter({web: 90_000, api: 20_000}),
			changed: new Set(),
		});
		expect(took).toEqual({least: 5000, usual: 8000, most: 20_000});
	});

	it('is that of what is under way where nothing else is altered', () => {
		const {took} = difference({
			without: {...movedAfter({web: 60_000}), stops: []},
			course: movedAfter({web: 60_000}),
			quickest: movedAfter({web: 40_000}),
			slowest: movedAfter({web: 90_000}),
			changed: new Set(),
		});
		expect(took).toEqual({least: 40_000, usual: 60_000, most: 90_000});
	});
});
