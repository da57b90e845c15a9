import * as fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {constraintsOf, meetsConstraints} from '../../../source/swarmkit/scheduler/constraints.ts';
import type {ServiceObject, TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {modeName, replicasOf} from '../../../source/swarmkit/state/service-mode.ts';
import type {Commit} from '../../../source/swarmkit/state/store.ts';
import {compareStates, isAtLeast, isTerminal} from '../../../source/swarmkit/state/task-state.ts';
import type {ServiceMode, UpdateConfig} from '../../../source/wire/service.ts';
import {replicated, second, TestSwarm, taskSpec} from './test-swarm.ts';

/**
 * Whatever people do to services and nodes, and whatever happens to nodes meanwhile: some things always hold, and once
 * all is quiet the swarm is as it was asked to be, or says why not.
 */

type Step =
	| {
			do: 'create';
			name: number;
			mode: ServiceMode;
			image: string;
			order: 'start-first' | 'stop-first';
			action: UpdateConfig['FailureAction'];
			constraint: boolean;
	  }
	| {do: 'scale'; name: number; replicas: number}
	| {do: 'image'; name: number; image: string}
	| {do: 'force' | 'rollback' | 'remove' | 'unconstrain'; name: number}
	| {do: 'availability'; node: number; availability: 'active' | 'pause' | 'drain'}
	| {do: 'node'; node: number; state: 'down' | 'ready'}
	| {do: 'label'; node: number; labelled: boolean}
	| {do: 'drop' | 'join'; node: number}
	| {do: 'lead'}
	| {do: 'pass'; ms: number};

const names = fc.nat({max: 3});
const nodes = fc.nat({max: 3});
const images = fc.constantFrom('runs', 'other', 'runs', 'missing', 'exit-1', 'exit-0-after-2', 'exit-1-after-7');
const modes = fc.oneof(
	{weight: 4, arbitrary: fc.nat({max: 6}).map(replicated)},
	{weight: 2, arbitrary: fc.constant<ServiceMode>({Global: {}})},
	fc
		.record({MaxConcurrent: fc.integer({min: 1, max: 3}), TotalCompletions: fc.nat({max: 5})})
		.map((ReplicatedJob) => ({ReplicatedJob})),
	fc.constant<ServiceMode>({GlobalJob: {}}),
);

const steps: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 4,
		arbitrary: fc.record({
			do: fc.constant('create' as const),
			name: names,
			mode: modes,
			image: images,
			order: fc.constantFrom('start-first' as const, 'stop-first' as const),
			action: fc.constantFrom('pause' as const, 'continue' as const, 'rollback' as const),
			constraint: fc.boolean(),
		}),
	},
	{weight: 3, arbitrary: fc.record({do: fc.constant('scale' as const), name: names, replicas: fc.nat({max: 7})})},
	{weight: 3, arbitrary: fc.record({do: fc.constant('image' as const), name: names, image: images})},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constantFrom('force' as const, 'rollback' as const, 'remove' as const, 'unconstrain' as const),
			name: names,
		}),
	},
	{
		weight: 3,
		arbitrary: fc.record({
			do: fc.constant('availability' as const),
			node: nodes,
			availability: fc.constantFrom('active' as const, 'pause' as const, 'drain' as const),
		}),
	},
	{
		weight: 2,
		arbitrary: fc.record({
			do: fc.constant('node' as const),
			node: nodes,
			state: fc.constantFrom('down' as const, 'ready' as const),
		}),
	},
	{weight: 2, arbitrary: fc.record({do: fc.constant('label' as const), node: nodes, labelled: fc.boolean()})},
	fc.record({do: fc.constantFrom('drop' as const, 'join' as const), node: nodes}),
	fc.record({do: fc.constant('lead' as const)}),
	{
		weight: 6,
		arbitrary: fc.record({do: fc.constant('pass' as const), ms: fc.constantFrom(0, 5, 30, 100, 1000, 5000, 20_000)}),
	},
);

/** Does one step, if it can be done. */
function perform(swarm: TestSwarm, services: Map<number, string>, step: Step): void {
	const id = 'name' in step ? services.get(step.name) : undefined;
	const nodeId = 'node' in step ? `n${step.node}` : '';
	const hasNode = swarm.store.get('node', nodeId) !== undefined;
	switch (step.do) {
		case 'create':
			if (!id) services.set(step.name, create(swarm, step));
			return;
		case 'scale':
			if (id && modeName(swarm.service(id).spec) === 'replicated') swarm.scale(id, step.replicas);
			return;
		case 'image':
			if (id) swarm.setImage(id, step.image);
			return;
		case 'force':
			if (!id) return;
			swarm.update(id, ({TaskTemplate}) => ({
				TaskTemplate: {...TaskTemplate, ForceUpdate: (TaskTemplate.ForceUpdate ?? 0) + 1},
			}));
			return;
		case 'unconstrain':
			if (id) swarm.update(id, ({TaskTemplate}) => ({TaskTemplate: {...TaskTemplate, Placement: {}}}));
			return;
		case 'rollback':
			if (id) swarm.rollback(id);
			return;
		case 'remove':
			if (id) swarm.remove(id);
			services.delete(step.name);
			return;
		case 'availability':
			if (hasNode) swarm.setAvailability(nodeId, step.availability);
			return;
		case 'node':
			if (hasNode) swarm.setState(nodeId, step.state);
			return;
		case 'label':
			if (hasNode) swarm.setLabels(nodeId, step.labelled ? {disk: 'ssd'} : {});
			return;
		case 'drop':
			if (hasNode && swarm.node(nodeId).status.State === 'down') swarm.removeNode(nodeId);
			return;
		case 'join':
			if (!hasNode) swarm.addNode(nodeId);
			return;
		case 'lead':
			swarm.changeLeader();
			return;
		case 'pass':
			swarm.clock.advance(step.ms);
			return;
	}
}

function create(swarm: TestSwarm, step: Step & {do: 'create'}): string {
	const isJob = 'ReplicatedJob' in step.mode || 'GlobalJob' in step.mode;
	const config: UpdateConfig = {
		Parallelism: 2,
		MaxFailureRatio: 0,
		Monitor: second,
		Order: step.order,
		...(step.action ? {FailureAction: step.action} : {}),
	};
	return swarm.create(`s${step.name}`, step.mode, {
		...(isJob ? {} : {UpdateConfig: config, RollbackConfig: {...config, FailureAction: 'pause'}}),
		TaskTemplate: taskSpec(step.image, {
			RestartPolicy: {Condition: 'any', Delay: second},
			...(step.constraint ? {Placement: {Constraints: ['node.labels.disk!=hdd', 'node.id!=n3']}} : {}),
		}),
	});
}

const isMeantToRun = (task: TaskObject): boolean =>
	(task.desiredState === 'running' || task.desiredState === 'complete') && !isTerminal(task.status.state);

/** Quicker than `expect` where it is asked a hundred thousand times. */
function must(holds: boolean, what: string): void {
	if (!holds) throw new Error(what);
}

/** What must hold of every commit. */
function checkCommit(swarm: TestSwarm, commit: Commit, last: {index: number}): void {
	must(commit.index > last.index, 'the raft index did not grow');
	last.index = commit.index;
	for (const change of commit.changes) {
		if (change.action === 'remove') continue;
		must(change.object.version === commit.index, 'a version is not the index of its commit');
		if (change.kind !== 'task') continue;
		if (change.action === 'update') {
			const {object, previous} = change;
			must(compareStates(previous.status.state, object.status.state) <= 0, 'a task went back to an earlier state');
			must(compareStates(previous.desiredState, object.desiredState) <= 0, 'a desired state went back');
		}
		checkSlot(swarm, change.object);
	}
}

/** No two tasks are meant to run in a slot, unless the service starts the new one first. */
function checkSlot(swarm: TestSwarm, task: TaskObject): void {
	const service = swarm.store.get('service', task.serviceId);
	if (!service || service.spec.UpdateConfig?.Order === 'start-first') return;
	const isPerNode = modeName(service.spec).startsWith('global');
	const alive = swarm.store
		.tasksOfSlot(service.id, task.slot)
		.filter((other) => isMeantToRun(other) && (!isPerNode || other.nodeId === task.nodeId));
	must(alive.length <= 1, `${alive.length} tasks are meant to run in slot ${task.slot} of ${service.spec.Name}`);
}

/** What must hold when nothing happens any more. */
function checkQuiet(swarm: TestSwarm, services: Iterable<string>): void {
	for (const task of swarm.store.all('task')) {
		const service = swarm.store.get('service', task.serviceId);
		expect(service, 'a task outlives its service').toBeDefined();
		if (service && isMeantToRun(task) && isAtLeast(task.status.state, 'assigned')) checkPlace(swarm, service, task);
	}
	for (const id of services) checkConverged(swarm, swarm.service(id));
}

function checkPlace(swarm: TestSwarm, service: ServiceObject, task: TaskObject): void {
	const node = swarm.store.get('node', task.nodeId);
	expect(node?.status.State, 'a task runs on a node that is not there').toBe('ready');
	if (!node) return;
	// A job's tasks stay where they are, and so do all on a paused node.
	if (node.spec.Availability === 'active') {
		const constraints = constraintsOf(service.spec.TaskTemplate.Placement?.Constraints);
		expect(meetsConstraints(constraints, node), 'a task runs where its constraints forbid it').toBe(true);
	}
	if (task.jobIteration === undefined) expect(node.spec.Availability).not.toBe('drain');
}

function checkConverged(swarm: TestSwarm, service: ServiceObject): void {
	const {TaskTemplate, UpdateConfig} = service.spec;
	const mode = modeName(service.spec);
	const wanted = swarm.tasks(service.id).filter((task) => compareStates(task.desiredState, 'running') <= 0);
	const status = service.updateStatus?.state ?? '';
	if (!['runs', 'other'].includes(TaskTemplate.ContainerSpec?.Image ?? '')) return;
	// An update that waits for a place, or that was paused, has old and new tasks side by side.
	const isBetween =
		['updating', 'paused', 'rollback_started', 'rollback_paused'].includes(status) ||
		(UpdateConfig?.Order === 'start-first' && wanted.some((task) => task.status.state === 'pending'));
	if (mode === 'replicated' && !isBetween) expect(wanted.length).toBe(replicasOf(service.spec));
	if (mode === 'global' && !isBetween) {
		const constraints = constraintsOf(TaskTemplate.Placement?.Constraints);
		const active = swarm.store.all('node').filter((node) => node.spec.Availability === 'active');
		const eligible = active.filter((node) => meetsConstraints(constraints, node)).map((node) => node.id);
		const onActive = wanted.filter((task) => swarm.node(task.nodeId).spec.Availability === 'active');
		expect(onActive.map((task) => task.nodeId).sort()).toEqual(eligible.sort());
	}
	for (const task of wanted) {
		const isExplained = task.status.state === 'pending' && (task.status.err ?? '') !== '';
		const isOld = task.specVersion !== service.specVersion && !['', 'completed'].includes(status);
		const words = `${service.spec.Name}: a task is ${task.status.state}/${task.desiredState}, update ${status}`;
		expect(task.status.state === 'running' || isExplained || isOld, words).toBe(true);
	}
}

function run(sequence: readonly Step[]): TestSwarm {
	const swarm = new TestSwarm({nodes: 0, seed: 7});
	const services = new Map<number, string>();
	for (const id of ['n0', 'n1', 'n2', 'n3']) swarm.addNode(id);
	const last = {index: 0};
	swarm.store.watch((commit) => checkCommit(swarm, commit, last));
	for (const step of sequence) perform(swarm, services, step);
	for (const node of swarm.store.all('node')) if (node.status.State === 'down') swarm.setState(node.id, 'ready');
	swarm.pass(300);
	checkQuiet(swarm, services.values());
	return swarm;
}

/** The store's whole content. */
const contents = (swarm: TestSwarm): unknown =>
	(['node', 'service', 'task', 'network'] as const).map((kind) => swarm.store.all(kind));

const runs = Number(process.env['PROPERTY_RUNS'] ?? 100);

describe('whatever happens', () => {
	it('versions and states only go forward, slots hold one task, and all comes to what was asked for', () => {
		fc.assert(
			fc.property(fc.array(steps, {minLength: 3, maxLength: 30}), (sequence) => {
				run(sequence);
			}),
			{numRuns: runs, seed: Number(process.env['PROPERTY_SEED'] ?? 20_260_101)},
		);
	});

	it('the same seed and the same requests make the same history', () => {
		fc.assert(
			fc.property(fc.array(steps, {minLength: 3, maxLength: 20}), (sequence) => {
				expect(contents(run(sequence))).toEqual(contents(run(sequence)));
			}),
			{numRuns: Math.ceil(runs / 10), seed: 20_260_102},
		);
	});
});
