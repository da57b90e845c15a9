import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import type {Fault} from '../../../source/simulator/fixtures/fault.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {applyFault} from '../../../source/simulator/world/faults.ts';
import {createFixtureWorld} from '../../../source/simulator/world/simulation.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {createService, removeService, updateService} from '../../../source/swarmkit/state/service-writes.ts';
import type {Store} from '../../../source/swarmkit/state/store.ts';
import {compareStates} from '../../../source/swarmkit/state/task-state.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';

/** Whole worlds, with all that the leader runs and with real agents: whatever is done to them, this holds. */

const fixtureText = `
nodes:
  - { prefix: m, count: 3, role: manager }
  - { prefix: w, count: 3 }
`;
const fixture = await parseFixture(fixtureText, 'invariants.yaml').then((parsed) => {
	if (!parsed.ok) throw new Error(parsed.error[0]?.message);
	return parsed.value;
});

const nodes = ['m1', 'm2', 'm3', 'w1', 'w2', 'w3'];
const services = ['web', 'api'];

type Step =
	| {readonly kind: 'fault'; readonly fault: Fault}
	| {readonly kind: 'service'; readonly name: string; readonly replicas: number; readonly generation: number}
	| {readonly kind: 'remove'; readonly name: string}
	| {readonly kind: 'availability'; readonly node: string; readonly availability: 'active' | 'pause' | 'drain'};

const node = fc.constantFrom(...nodes);
const step: fc.Arbitrary<{readonly step: Step; readonly wait: number}> = fc.record({
	wait: fc.integer({min: 0, max: 20_000}),
	step: fc.oneof(
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('service' as const),
				name: fc.constantFrom(...services),
				replicas: fc.integer({min: 0, max: 6}),
				generation: fc.integer({min: 0, max: 2}),
			}),
		},
		fc.record({kind: fc.constant('remove' as const), name: fc.constantFrom(...services)}),
		fc.record({
			kind: fc.constant('availability' as const),
			node,
			availability: fc.constantFrom('active' as const, 'pause' as const, 'drain' as const),
		}),
		{
			weight: 3,
			arbitrary: fc.record({
				kind: fc.constant('fault' as const),
				fault: fc.record({
					action: fc.constantFrom('stop', 'start', 'cut', 'heal', 'freeze', 'thaw') as fc.Arbitrary<'stop'>,
					node,
				}),
			}),
		},
	),
});

function specOf(name: string, replicas: number, generation: number): ServiceSpec {
	return {
		Name: name,
		Labels: {},
		TaskTemplate: {
			ContainerSpec: {
				Image: 'busybox:latest',
				Command: ['sleep', '3600'],
				Env: [`GEN=${generation}`],
				StopGracePeriod: 1e6,
				Isolation: 'default',
			},
			RestartPolicy: {Condition: 'any', Delay: 1e9},
			Placement: {Constraints: ['node.hostname!=w3']},
			ForceUpdate: 0,
			Runtime: 'container',
		},
		Mode: {Replicated: {Replicas: replicas}},
		UpdateConfig: {Parallelism: 1, Monitor: 1e9, FailureAction: 'continue', MaxFailureRatio: 0, Order: 'stop-first'},
	};
}

type Watch = {readonly problems: string[]};

/** Follows every commit: versions grow, states never go back, constraints hold. */
function watchOver(store: Store): Watch {
	const problems: string[] = [];
	let version = 0;
	store.watch(({index, changes}) => {
		if (index <= version) problems.push(`version ${index} after ${version}`);
		version = index;
		for (const change of changes) {
			if (change.kind !== 'task' || change.action === 'remove') continue;
			const task = change.object;
			const host = store.get('node', task.nodeId)?.description.Hostname;
			if (host === 'w3') problems.push(`task ${task.id} on a node that fails its constraint`);
			if (change.action === 'update' && compareStates(task.status.state, change.previous.status.state) < 0) {
				problems.push(`task ${task.id} went back from ${change.previous.status.state} to ${task.status.state}`);
			}
		}
	});
	return {problems};
}

/** A world in which the steps were done, and then everything repaired. */
function liveThrough(steps: readonly {readonly step: Step; readonly wait: number}[], seed: number) {
	const clock = new ManualClock(Date.parse('2026-11-21T00:00:00Z'));
	const world = createFixtureWorld(fixture, clock, new Seeded(seed));
	const swarm = world.host('m1')?.membership.swarmMember?.swarm;
	if (!swarm) throw new Error('the fixture has no swarm');
	const {store, consensus} = swarm;
	clock.advance(10);
	const watch = watchOver(store);
	for (const {step, wait} of steps) {
		// Without a majority the API lets nobody write.
		if (step.kind === 'fault') applyFault(world, step.fault);
		else if (consensus.leader !== undefined) write(store, step, seed);
		clock.advance(wait);
	}
	for (const name of nodes) {
		for (const action of ['start', 'heal', 'thaw'] as const) applyFault(world, {action, node: name});
	}
	clock.advance(30_000);
	for (const name of nodes) write(store, {kind: 'availability', node: name, availability: 'active'}, seed);
	clock.advance(180_000);
	return {store, problems: watch.problems, consensus};
}

function write(store: Store, step: Exclude<Step, {kind: 'fault'}>, seed: number): void {
	store.update((tx) => {
		if (step.kind === 'availability') {
			const found = tx.all('node').find(({description}) => description.Hostname === step.node);
			if (found) tx.put({...found, spec: {...found.spec, Availability: step.availability}});
			return;
		}
		const service = tx.all('service').find(({spec}) => spec.Name === step.name);
		if (step.kind === 'remove') {
			if (service) removeService(tx, service.id);
			return;
		}
		const spec = specOf(step.name, step.replicas, step.generation);
		if (service) updateService(tx, service, spec);
		else createService(tx, {id: new Seeded(seed).id('service', `${step.name}/${store.index}`), spec});
	});
}

const isLive = (task: TaskObject): boolean => task.desiredState === 'running' && task.status.state === 'running';

/**
 * A task that found no node, and whose service was updated meanwhile without a change that concerns it, is not tried again
 * until something else happens to it (scheduler.go noSuitableNode); it says why it waits.
 */
const isStuckAsInSwarmKit = ({status, desiredState}: TaskObject): boolean =>
	status.state === 'pending' && desiredState === 'running' && (status.err ?? '').startsWith('no suitable node');

describe('whatever happens to a swarm', () => {
	it('its services converge once it is whole again, one task a slot, and nothing ever goes back', () => {
		fc.assert(
			fc.property(fc.array(step, {maxLength: 14}), fc.integer({min: 1, max: 500}), (steps, seed) => {
				const {store, problems, consensus} = liveThrough(steps, seed);
				expect(problems).toEqual([]);
				expect(consensus.leader).toBeDefined();
				expect(store.all('node').map(({status}) => status.State)).toEqual(Array(6).fill('ready'));
				for (const service of store.all('service')) {
					const tasks = store.tasksOfService(service.id);
					const live = tasks.filter(isLive);
					const wanted = service.spec.Mode.Replicated?.Replicas ?? 0;
					const waiting = tasks.filter(isStuckAsInSwarmKit).length;
					expect(live.length + waiting, `live tasks of ${service.spec.Name}`).toBe(wanted);
					expect(new Set(live.map(({slot}) => slot)).size).toBe(live.length);
					for (const task of live)
						expect(task.spec.ContainerSpec?.Env).toEqual(service.spec.TaskTemplate.ContainerSpec?.Env);
				}
				const orphans = store.all('task').filter(({serviceId}) => !store.get('service', serviceId));
				expect(orphans.map(({status, desiredState}) => `${status.state}/${desiredState}`)).toEqual([]);
			}),
			{numRuns: 40},
		);
	});

	it('the same seed and the same requests give the same history', () => {
		fc.assert(
			fc.property(fc.array(step, {maxLength: 10}), fc.integer({min: 1, max: 500}), (steps, seed) => {
				const [first, second] = [liveThrough(steps, seed), liveThrough(steps, seed)];
				expect(second.store.index).toBe(first.store.index);
				expect(second.store.all('task')).toEqual(first.store.all('task'));
				expect(second.store.all('node')).toEqual(first.store.all('node'));
			}),
			{numRuns: 15},
		);
	});
});
