import fc from 'fast-check';
import {expect, it} from 'vitest';
import {withLabels} from '../../../source/cluster/actions/node-labels.ts';
import {withChanges} from '../../../source/cluster/edit/changes.ts';
import {questionFor} from '../../../source/cluster/forecast/forecast-input.ts';
import {forecastLines} from '../../../source/cluster/forecast/forecast-lines.ts';
import type {Intent, Plan} from '../../../source/cluster/intent.ts';
import type {ClusterState} from '../../../source/cluster/model.ts';
import {planFor} from '../../../source/cluster/pipeline/plan.ts';
import {forecast} from '../../../source/swarmkit/forecast/forecast.ts';
import type {Forecast} from '../../../source/swarmkit/forecast/input.ts';
import type {ServiceMode} from '../../../source/wire/service.ts';
import type {Task} from '../../../source/wire/task.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {inputOf} from '../../swarmkit/forecast/live-input.ts';
import {replicated, TestSwarm, taskSpec} from '../../swarmkit/orchestrators/test-swarm.ts';

/**
 * What the sentences of a plan say, against what then happens: the swarm is read as the dashboard reads one, the plan is
 * made as its dialogs make it, and then the swarm is told to do it.
 */

type Draw = {
	readonly nodes: readonly {readonly zone: string; readonly cpus: number}[];
	readonly services: readonly {
		readonly replicas: number;
		readonly isGlobal: boolean;
		readonly cpus: number;
		readonly constraint: string;
		readonly order: 'stop-first' | 'start-first';
		readonly parallelism: number;
	}[];
	readonly node: number;
	readonly service: number;
	readonly amount: number;
};

const zones = ['a', 'b', 'c'] as const;
const draw: fc.Arbitrary<Draw> = fc.record({
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
			order: fc.constantFrom('stop-first' as const, 'start-first' as const),
			parallelism: fc.integer({min: 0, max: 3}),
		}),
		{minLength: 1, maxLength: 4},
	),
	node: fc.nat(),
	service: fc.nat(),
	amount: fc.integer({min: 0, max: 10}),
});

function build({nodes, services}: Draw): {swarm: TestSwarm; ids: string[]} {
	const swarm = new TestSwarm({nodes: 0});
	// Slower than the scheduler, as programs are.
	swarm.agents.stopMs = 300;
	for (const [i, {zone, cpus}] of nodes.entries()) swarm.addNode(`n${i + 1}`, {labels: {zone}, nanoCpus: cpus * 1e9});
	const ids = services.map(({isGlobal, replicas, cpus, constraint, order, parallelism}, i) => {
		const mode: ServiceMode = isGlobal ? {Global: {}} : replicated(replicas);
		return swarm.create(`s${i}`, mode, {
			TaskTemplate: taskSpec('runs', {
				Resources: {Reservations: {NanoCPUs: cpus * 1e9}},
				Placement: {Constraints: constraint ? [constraint] : []},
			}),
			UpdateConfig: {Parallelism: parallelism, MaxFailureRatio: 0, Order: order},
		});
	});
	swarm.pass(90);
	return {swarm, ids};
}

/** As the dashboard would see it. */
function seen(swarm: TestSwarm): ClusterState {
	const now = swarm.clock.now();
	const {nodes, services} = inputOf(swarm);
	const tasks = swarm.store.all('task').map(
		(task): Task => ({
			ID: task.id,
			Version: {Index: 1},
			CreatedAt: new Date(task.createdAt).toISOString(),
			UpdatedAt: new Date(task.createdAt).toISOString(),
			Labels: {},
			Spec: task.spec,
			ServiceID: task.serviceId,
			...(task.slot > 0 && {Slot: task.slot}),
			NodeID: task.nodeId,
			Status: {
				Timestamp: new Date(task.status.timestamp).toISOString(),
				State: task.status.state,
				...(task.status.err !== undefined && {Err: task.status.err}),
			},
			DesiredState: task.desiredState,
		}),
	);
	return clusterFrom({nodes, services, tasks, now});
}

/** The five kinds of the issue; each of an object that was drawn. */
const kinds = {
	drain: (nodeId, _serviceId, {amount}) => ({
		action: 'node.availability',
		nodeId,
		availability: amount % 3 === 0 ? 'pause' : 'drain',
	}),
	scale: (_nodeId, serviceId, {amount}) => ({action: 'service.scale', serviceId, replicas: amount}),
	remove: (_nodeId, serviceId) => ({action: 'service.remove', serviceId}),
	label: (nodeId, _serviceId, {amount}) =>
		amount % 4 === 0
			? {action: 'node.labels', nodeId, set: {}, remove: ['zone']}
			: {action: 'node.labels', nodeId, set: {zone: zones[amount % 3] ?? 'a'}, remove: []},
	update: (_nodeId, serviceId, {amount}) => updates(serviceId)[amount % 4] ?? {action: 'service.restart', serviceId},
} satisfies Record<string, (nodeId: string, serviceId: string, draw: Draw) => Intent>;

const updates = (serviceId: string): Intent[] => {
	const edit = (path: readonly string[], to: unknown): Intent => ({
		action: 'service.edit',
		serviceId,
		changes: [{path: ['TaskTemplate', ...path], from: undefined, to}],
	});
	return [
		{action: 'service.restart', serviceId},
		{action: 'service.image', serviceId, image: 'newer'},
		edit(['Placement', 'Constraints'], ['node.labels.zone==a']),
		edit(['Resources', 'Reservations', 'NanoCPUs'], 2e9),
	];
};

function doIt(intent: Intent, swarm: TestSwarm): void {
	switch (intent.action) {
		case 'node.availability':
			swarm.setAvailability(intent.nodeId, intent.availability);
			break;
		case 'node.labels':
			swarm.setLabels(intent.nodeId, withLabels(swarm.node(intent.nodeId).spec.Labels, intent));
			break;
		case 'service.scale':
			swarm.scale(intent.serviceId, intent.replicas);
			break;
		case 'service.remove':
			swarm.remove(intent.serviceId);
			break;
		case 'service.image':
			swarm.setImage(intent.serviceId, intent.image);
			break;
		case 'service.edit':
			swarm.update(intent.serviceId, (spec) => withChanges(spec, intent.changes));
			break;
		case 'service.restart':
			swarm.update(intent.serviceId, ({TaskTemplate: template}) => ({
				TaskTemplate: {...template, ForceUpdate: (template.ForceUpdate ?? 0) + 1},
			}));
			break;
		default:
			throw new Error(`not among the five: ${intent.action}`);
	}
}

type Told = {
	/** Tasks that others take the place of, wherever. */
	readonly replaced: number;
	readonly stopped: number;
	readonly started: number;
	/** `2 no suitable node (…)`. */
	readonly unplaced: readonly string[];
};

/** Read off the words on the screen. */
function said({lines}: Plan): Told {
	const texts = lines.map(({text}) => text);
	const count = (words: string): number =>
		texts.reduce((sum, text) => sum + Number(new RegExp(`^(\\d+) tasks? will ${words}`).exec(text)?.[1] ?? 0), 0);
	const unplaced = texts.flatMap((text) => {
		const [, names = '', reason = ''] = /^(.*) can't be placed: (.*)\.$/.exec(text) ?? [];
		if (names === '') return [];
		const more = Number(/, (\d+) more$/.exec(names)?.[1] ?? 1);
		return [`${names.split(', ').length - 1 + more} ${reason}`];
	});
	return {
		replaced: count('move:') + count('be replaced where'),
		stopped: count('stop:'),
		started: count('start:'),
		unplaced: unplaced.sort(),
	};
}

type Running = {readonly id: string; readonly serviceId: string; readonly slot: string; readonly nodeId: string};

const runningIn = (swarm: TestSwarm, ids: readonly string[]): Running[] =>
	ids.flatMap((serviceId) =>
		swarm.running(serviceId).map(({id, slot, nodeId}) => {
			const isGlobal = swarm.store.get('service', serviceId)?.spec.Mode.Global !== undefined;
			return {id, serviceId, slot: `${serviceId}/${isGlobal ? nodeId : slot}`, nodeId};
		}),
	);

function happened(before: readonly Running[], after: readonly Running[], reasons: readonly string[]): Told {
	const [was, is] = [new Map(before.map((one) => [one.slot, one])), new Map(after.map((one) => [one.slot, one]))];
	const pairs = before.flatMap(({slot, id}) => {
		const next = is.get(slot);
		return next ? [next.id !== id] : [];
	});
	const counts = new Map<string, number>();
	for (const reason of reasons) counts.set(reason, (counts.get(reason) ?? 0) + 1);
	return {
		replaced: pairs.filter(Boolean).length,
		stopped: before.filter(({slot}) => !is.has(slot)).length,
		started: after.filter(({slot}) => !was.has(slot)).length,
		unplaced: [...counts].map(([reason, count]) => `${count} ${reason}`).sort(),
	};
}

const pendingIn = (swarm: TestSwarm) =>
	swarm.store.all('task').filter((task) => task.status.state === 'pending' && task.desiredState === 'running');

/** A few in the usual tests; `npm run fuzz` asks for thousands. */
const runs = Number(process.env['SWARMTOP_FUZZ_RUNS'] ?? 50);
const timeoutMs = 30_000 + runs * 200;

it.each(Object.keys(kinds) as (keyof typeof kinds)[])(
	'a plan to %s says what then happens',
	{timeout: timeoutMs},
	(kind) => {
		let compared = 0;
		fc.assert(
			fc.property(draw, (each) => {
				const {swarm, ids} = build(each);
				// Where tasks wait for room already, which of them gets the next free place is a race on any swarm.
				fc.pre(pendingIn(swarm).length === 0);
				const nodeId = `n${(each.node % each.nodes.length) + 1}`;
				const serviceId = ids[each.service % ids.length] ?? '';
				const intent = kinds[kind](nodeId, serviceId, each);
				const state = seen(swarm);
				const question = questionFor(intent, state, swarm.clock.now());
				if (!question) throw new Error('nothing to foresee');
				const outcome = forecast(question.input, question.changes);
				const plan = planFor(intent, state, {
					isReadOnly: false,
					foreseen: {lines: forecastLines(outcome, question.changes, state), moves: outcome},
				});
				// Global services can't be scaled, what is so already needs no doing: nothing is sent then.
				fc.pre(plan.refusal === undefined);
				const before = runningIn(swarm, ids);
				doIt(intent, swarm);
				swarm.pass(900);
				const left = ids.filter((id) => swarm.store.get('service', id));
				const after = runningIn(swarm, left);
				const pending = pendingIn(swarm);
				// Likewise when services compete for room that does not suffice for all: who comes first decides what fits.
				const known = new Set(before.map(({id}) => id));
				const newcomers = new Set([...after.filter(({id}) => !known.has(id)), ...pending].map((one) => one.serviceId));
				fc.pre(pending.length === 0 || newcomers.size <= 1);
				// And of nodes that rank the same but have not the same room left, the one that takes a task decides it too.
				const foreseenNewcomers = new Set([...outcome.starts, ...outcome.unplaced].map((one) => one.serviceId));
				fc.pre(outcome.unplaced.length === 0 || foreseenNewcomers.size <= 1);
				expect(said(plan)).toEqual(
					happened(
						before,
						after,
						pending.map(({status}) => status.err ?? ''),
					),
				);
				const open = openPlaces(outcome);
				const newcomersNow = after.filter(({id}) => !known.has(id));
				expect(newcomersNow.filter(({serviceId, nodeId}) => !open.has(`${serviceId} ${nodeId}`))).toEqual([]);
				compared++;
			}),
			{numRuns: runs},
		);
		expect(compared).toBeGreaterThan(15);
	},
);

/** The nodes that tasks of each service may come to have. */
const openPlaces = ({starts}: Forecast): ReadonlySet<string> =>
	new Set(starts.flatMap(({serviceId, nodeId, equals}) => [nodeId, ...equals].map((each) => `${serviceId} ${each}`)));
