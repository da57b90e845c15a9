import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {createFixtureWorld} from '../../../source/simulator/world/simulation.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {TaskStatusObject} from '../../../source/swarmkit/state/objects.ts';
import {createService, updateService} from '../../../source/swarmkit/state/service-writes.ts';
import type {ServiceSpec} from '../../../source/wire/service.ts';

/**
 * A program that ends as soon as it has begun, on whole worlds with real agents: what the managers hear of it, and what
 * comes of an update to it. The order of events and the times are those of a real swarm (28.5).
 */

const parsed = await parseFixture('nodes: [{ name: m1, role: manager }, { name: w1 }]', 'failing-program.yaml');
if (!parsed.ok) throw new Error(parsed.error[0]?.message);
const fixture = parsed.value;

const monitorMs = 3000;

type Options = {readonly condition?: 'any' | 'none'; readonly replicas?: number; readonly delayMs?: number};

function specOf(script: string, {condition = 'any', replicas = 1, delayMs = 500}: Options = {}): ServiceSpec {
	const config = {Parallelism: 1, Monitor: monitorMs * 1e6, MaxFailureRatio: 0, Order: 'stop-first'} as const;
	return {
		Name: 'app',
		Labels: {},
		TaskTemplate: {
			ContainerSpec: {
				Image: 'busybox:latest',
				Command: ['sh', '-c', script],
				StopGracePeriod: 1e9,
				Isolation: 'default',
			},
			RestartPolicy: {Condition: condition, Delay: delayMs * 1e6},
			ForceUpdate: 0,
			Runtime: 'container',
		},
		Mode: {Replicated: {Replicas: replicas}},
		UpdateConfig: {...config, FailureAction: 'rollback'},
		RollbackConfig: {...config, FailureAction: 'pause'},
	};
}

/** A world with the service, and what it writes from then on: the states of each task, the service's update status. */
function worldWith(spec: ServiceSpec, seed: number) {
	const clock = new ManualClock(Date.parse('2026-11-21T00:00:00Z'));
	const store = createFixtureWorld(fixture, clock, new Seeded(seed)).host('m1')?.membership.swarmMember?.swarm.store;
	if (!store) throw new Error('the fixture has no swarm');
	clock.advance(1000);
	const tasks = new Map<string, TaskStatusObject[]>();
	const updates: {readonly state: string; readonly message: string; readonly at: number}[] = [];
	store.watch(({changes}) => {
		for (const {kind, object} of changes) {
			if (kind === 'task') {
				const seen = tasks.get(object.id) ?? [];
				if (seen.at(-1)?.state !== object.status.state) tasks.set(object.id, [...seen, object.status]);
			} else if (kind === 'service' && object.updateStatus) {
				const {state, message} = object.updateStatus;
				if (updates.at(-1)?.state !== state) updates.push({state, message, at: clock.now()});
			}
		}
	});
	const id = 'app'.padEnd(25, '0');
	store.update((tx) => createService(tx, {id, spec}));
	const service = () => {
		const found = store.get('service', id);
		if (!found) throw new Error('the service has gone');
		return found;
	};
	return {clock, store, tasks, updates, service};
}

const seeds = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a program that fails at once', () => {
	it.each(seeds)('has been running before it failed (seed %i)', (seed) => {
		const {clock, tasks} = worldWith(specOf('exit 3', {replicas: 4}), seed);
		clock.advance(20_000);
		const failed = [...tasks.values()].filter((statuses) => statuses.at(-1)?.state === 'failed');
		expect(failed.length).toBeGreaterThan(8);
		for (const statuses of failed) {
			expect(statuses.map(({state}) => state).slice(-2)).toEqual(['running', 'failed']);
			expect(statuses.at(-1)).toMatchObject({message: 'started', err: 'task: non-zero exit (3)'});
		}
	});

	it.each(seeds)('has been running before it completed (seed %i)', (seed) => {
		const {clock, tasks} = worldWith(specOf('exit 0', {condition: 'none', replicas: 4}), seed);
		clock.advance(10_000);
		const states = [...tasks.values()].map((statuses) => statuses.map(({state}) => state).slice(-2));
		expect(states).toEqual(Array(4).fill(['running', 'complete']));
	});
});

describe('an automatic rollback', () => {
	const steady = 'trap "exit 0" TERM; sleep 3600 & wait';

	/** Updates a steady service to a program that fails, and lets the rollback end. */
	function rolledBack(options: Options, seed: number) {
		const world = worldWith(specOf(steady, options), seed);
		world.clock.advance(5000);
		world.store.update((tx) => updateService(tx, world.service(), specOf('exit 3', options)));
		world.clock.advance(60_000);
		return world;
	}

	it.each([
		{replicas: 1, delayMs: 500},
		{replicas: 1, delayMs: 0},
		{replicas: 3, delayMs: 500},
	])('says which task began it and is watched for its Monitor: %j', (options) => {
		for (const seed of seeds) {
			const {updates, service} = rolledBack(options, seed);
			expect(updates.map(({state}) => state)).toEqual(['updating', 'rollback_started', 'rollback_completed']);
			const [, started, completed] = updates;
			expect(started?.message).toMatch(/^update rolled back due to failure or early termination of task \w{25}$/);
			expect((completed?.at ?? 0) - (started?.at ?? 0)).toBeGreaterThanOrEqual(monitorMs);
			expect(service().spec.TaskTemplate.ContainerSpec?.Command?.at(-1)).toBe(steady);
		}
	});

	it('has nothing to replace, and so is over at once, where the failed task is not restarted', () => {
		const {updates, store, service} = rolledBack({condition: 'none'}, 1);
		expect(updates.at(-1)).toMatchObject({state: 'rollback_completed', message: 'rollback completed'});
		const running = store.tasksOfService(service().id).filter(({status}) => status.state === 'running');
		expect(running).toHaveLength(1);
	});
});
