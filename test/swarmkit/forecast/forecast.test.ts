import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {ForecastChange} from '../../../source/swarmkit/forecast/input.ts';
import type {ServiceMode, ServiceSpec} from '../../../source/wire/service.ts';
import {replicated, second, serviceSpec, TestSwarm, taskSpec} from '../orchestrators/test-swarm.ts';
import {inputOf} from './live-input.ts';

describe('a forecast', () => {
	it('of a drain says where each task goes, and that a single replica is down meanwhile', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(6));
		const db = swarm.create('db', replicated(1), {
			TaskTemplate: taskSpec('runs', {Placement: {Constraints: ['node.id != n3']}}),
		});
		swarm.untilRunning(web, 6);
		const [database] = swarm.untilRunning(db, 1);
		const said = forecast(inputOf(swarm), [
			{kind: 'availability', nodeId: database?.nodeId ?? '', availability: 'drain'},
		]);
		expect(said.isSettled).toBe(true);
		expect(said.stops.filter(({serviceId}) => serviceId === web)).toHaveLength(2);
		expect(said.starts.filter(({serviceId}) => serviceId === web)).toHaveLength(2);
		expect(said.starts.every(({nodeId}) => nodeId !== database?.nodeId)).toBe(true);
		expect(said.outages).toEqual([expect.objectContaining({serviceId: db, isLasting: false})]);
		expect(said.fewest.find(({serviceId}) => serviceId === web)?.running).toBe(4);
	});

	it('of a drain that leaves no room gives the scheduler’s own reason', () => {
		const swarm = new TestSwarm({nodes: 2});
		const big = swarm.create('big', replicated(2), {
			TaskTemplate: taskSpec('runs', {Resources: {Reservations: {NanoCPUs: 3e9}}}),
		});
		swarm.untilRunning(big, 2);
		const said = forecast(inputOf(swarm), [{kind: 'availability', nodeId: 'n1', availability: 'drain'}]);
		expect(said.unplaced).toEqual([
			expect.objectContaining({
				serviceId: big,
				reason: 'no suitable node (1 node not available for new tasks; insufficient resources on 1 node)',
			}),
		]);
	});

	it('of a rolling update takes as long as parallelism and delay make it', () => {
		const swarm = new TestSwarm({nodes: 3});
		const web = swarm.create('web', replicated(4), {
			UpdateConfig: {Parallelism: 2, Delay: 10 * second, MaxFailureRatio: 0, Order: 'start-first', Monitor: 5 * second},
		});
		swarm.untilRunning(web, 4);
		const spec = swarm.service(web).spec;
		const next = {...spec, TaskTemplate: {...spec.TaskTemplate, ForceUpdate: 1}};
		const said = forecast(inputOf(swarm), [{kind: 'spec', serviceId: web, spec: next}]);
		expect(said.updates).toEqual([{serviceId: web, state: 'completed'}]);
		expect(said.took.usual).toBeGreaterThan(20_000);
		expect(said.took.usual).toBeLessThan(60_000);
		expect(said.outages).toEqual([]);
		expect(said.fewest).toEqual([{serviceId: web, running: 4}]);
	});

	it('counts what other services’ tasks hold without naming them', () => {
		const swarm = new TestSwarm({nodes: 2});
		const other = swarm.create('other', replicated(2), {
			TaskTemplate: taskSpec('runs', {Resources: {Reservations: {NanoCPUs: 2e9}}}),
		});
		swarm.untilRunning(other, 2);
		const web = swarm.create('web', replicated(2), {
			TaskTemplate: taskSpec('runs', {Resources: {Reservations: {NanoCPUs: 1.5e9}}}),
		});
		swarm.untilRunning(web, 2);
		const said = forecast(
			inputOf(swarm, (service) => service.id === web),
			[{kind: 'spec', serviceId: web, spec: {...swarm.service(web).spec, Mode: replicated(4)}}],
		);
		expect(said.starts).toHaveLength(0);
		expect(said.unplaced.map(({reason}) => reason)).toEqual(
			Array(2).fill('no suitable node (insufficient resources on 2 nodes)'),
		);
	});
});

// ---- what the forecast says is what then happens

type Plan = {
	nodes: {zone: string; cpus: number}[];
	services: {
		replicas: number;
		isGlobal: boolean;
		cpus: number;
		constraint: string;
		spread: boolean;
		order: 'stop-first' | 'start-first';
	}[];
	change: {kind: string; node: number; service: number; amount: number};
};

const zones = ['a', 'b', 'c'];
const plan: fc.Arbitrary<Plan> = fc.record({
	nodes: fc.array(fc.record({zone: fc.constantFrom(...zones), cpus: fc.integer({min: 1, max: 6})}), {
		minLength: 1,
		maxLength: 6,
	}),
	services: fc.array(
		fc.record({
			replicas: fc.integer({min: 0, max: 8}),
			isGlobal: fc.boolean(),
			cpus: fc.constantFrom(0, 0.5, 1, 2),
			constraint: fc.constantFrom('', 'node.labels.zone==a', 'node.labels.zone!=b', 'node.id!=n1'),
			spread: fc.boolean(),
			order: fc.constantFrom('stop-first' as const, 'start-first' as const),
		}),
		{minLength: 1, maxLength: 4},
	),
	change: fc.record({
		kind: fc.constantFrom('drain', 'pause', 'label', 'scale', 'image', 'remove-service', 'down'),
		node: fc.nat(),
		service: fc.nat(),
		amount: fc.integer({min: 0, max: 10}),
	}),
});

function build({nodes, services}: Plan): {swarm: TestSwarm; ids: string[]} {
	const swarm = new TestSwarm({nodes: 0});
	for (const [i, {zone, cpus}] of nodes.entries()) swarm.addNode(`n${i + 1}`, {labels: {zone}, nanoCpus: cpus * 1e9});
	const ids = services.map((each, i) => {
		const mode: ServiceMode = each.isGlobal ? {Global: {}} : replicated(each.replicas);
		return swarm.create(`s${i}`, mode, {
			TaskTemplate: taskSpec('runs', {
				Resources: {Reservations: {NanoCPUs: each.cpus * 1e9}},
				Placement: {
					Constraints: each.constraint ? [each.constraint] : [],
					Preferences: each.spread ? [{Spread: {SpreadDescriptor: 'node.labels.zone'}}] : [],
				},
			}),
			UpdateConfig: {Parallelism: 1, MaxFailureRatio: 0, Order: each.order},
		});
	});
	swarm.pass(60);
	return {swarm, ids};
}

/** The change for the forecast, and the same done to the swarm. */
function changeOf(
	{nodes, change}: Plan,
	swarm: TestSwarm,
	ids: readonly string[],
): {said: ForecastChange; run: () => void} {
	const nodeId = `n${(change.node % nodes.length) + 1}`;
	const serviceId = ids[change.service % ids.length] ?? '';
	const {spec} = swarm.service(serviceId);
	const toSpec = (next: ServiceSpec) => ({
		said: {kind: 'spec' as const, serviceId, spec: next},
		run: () => swarm.update(serviceId, () => next),
	});
	switch (change.kind) {
		case 'drain':
		case 'pause': {
			const availability = change.kind;
			return {
				said: {kind: 'availability', nodeId, availability},
				run: () => swarm.setAvailability(nodeId, availability),
			};
		}
		case 'label': {
			const labels = {zone: zones[change.amount % 3] ?? 'a'};
			return {said: {kind: 'node-labels', nodeId, labels}, run: () => swarm.setLabels(nodeId, labels)};
		}
		case 'down':
			return {said: {kind: 'node-down', nodeId}, run: () => swarm.setState(nodeId, 'down')};
		case 'remove-service':
			return {said: {kind: 'remove-service', serviceId}, run: () => swarm.remove(serviceId)};
		case 'image':
			return toSpec({...spec, TaskTemplate: {...spec.TaskTemplate, ContainerSpec: {Image: 'newer'}}});
		default:
			return spec.Mode.Global
				? toSpec(serviceSpec(spec.Name, spec.Mode, {...spec, Labels: {a: 'b'}}))
				: toSpec({...spec, Mode: replicated(change.amount)});
	}
}

/** What must be the same, whichever of equal nodes was chosen. */
function counts(tasks: readonly {serviceId: string}[]): Record<string, number> {
	const result: Record<string, number> = {};
	for (const {serviceId} of tasks) result[serviceId] = (result[serviceId] ?? 0) + 1;
	return result;
}

it('says what then happens: how many tasks of which service run, start, stop and can’t be placed, and why', () => {
	fc.assert(
		fc.property(plan, (each) => {
			const {swarm, ids} = build(each);
			// Where tasks wait for room already, which of them gets the next free place is a race on any swarm.
			fc.pre(swarm.store.all('task').every((task) => task.status.state !== 'pending'));
			const before = new Set(ids.flatMap((id) => swarm.running(id).map((task) => task.id)));
			const {said, run} = changeOf(each, swarm, ids);
			const outcome = forecast(inputOf(swarm), [said]);
			run();
			swarm.pass(600);
			const alive = ids.flatMap((id) => swarm.running(id));
			const pending = swarm.store
				.all('task')
				.filter((task) => task.status.state === 'pending' && task.desiredState === 'running');
			// Likewise when services compete for room that does not suffice for all: who comes first decides what still fits.
			const newcomers = new Set(
				[...alive.filter((task) => !before.has(task.id)), ...pending].map((task) => task.serviceId),
			);
			fc.pre(pending.length === 0 || newcomers.size <= 1);
			// And of nodes that rank the same but have not the same room left, the one that takes a task decides it too.
			const foreseenNewcomers = new Set([...outcome.starts, ...outcome.unplaced].map((one) => one.serviceId));
			fc.pre(outcome.unplaced.length === 0 || foreseenNewcomers.size <= 1);
			expect(counts(outcome.starts)).toEqual(counts(alive.filter((task) => !before.has(task.id))));
			expect(outcome.stops.length).toBe([...before].filter((id) => !alive.some((task) => task.id === id)).length);
			expect(outcome.unplaced.map(({serviceId, reason}) => `${serviceId} ${reason}`).sort()).toEqual(
				pending.map((task) => `${task.serviceId} ${task.status.err ?? ''}`).sort(),
			);
		}),
		{numRuns: 150},
	);
});
