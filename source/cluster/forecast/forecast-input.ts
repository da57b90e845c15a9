import {isDeepStrictEqual} from 'node:util';
import type {Ballast, ForecastChange, ForecastInput, ForecastTask, UsualTimes} from '../../swarmkit/forecast/input.ts';
import {samplesOf, usualTimesOf} from '../../swarmkit/forecast/time-samples.ts';
import {hostPortsOf} from '../../swarmkit/scheduler/node-info.ts';
import {reservationsOf} from '../../swarmkit/scheduler/resources.ts';
import type {GenericResource} from '../../wire/node.ts';
import type {PortConfig, TaskSpec} from '../../wire/task.ts';
import {actionOf} from '../actions/registry.ts';
import {comparable} from '../edit/described-spec.ts';
import {isTerminal, isWanted} from '../entities/health.ts';
import {type ActionRequest, intentsOf} from '../intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity, TaskEntity} from '../model.ts';
import {formerSpecs} from './task-specs.ts';

/**
 * What a forecast is told of the live swarm: the services that the change may touch with all of their tasks, and of
 * everything else only what it holds of each node. So a plan on a swarm of 100,000 tasks costs what it is about.
 */

/** How many tasks of a slot the engine keeps by default; the forecast needs no more exact number. */
const historyLimit = 5;

export type Question = {readonly input: ForecastInput; readonly changes: readonly ForecastChange[]};

/** Undefined where the tasks are not known well enough, or there is nothing to foresee. */
export function questionFor(request: ActionRequest, state: ClusterState, now: number): Question | undefined {
	const intents = intentsOf(request);
	const changes = intents.flatMap((intent) => asStored(actionOf(intent).forecast?.(intent, state), state) ?? []);
	return questionAbout(
		changes,
		{
			services: intents.flatMap((intent) => ('serviceId' in intent ? intent.serviceId : [])),
			nodes: intents.flatMap((intent) => ('nodeId' in intent ? intent.nodeId : [])),
		},
		state,
		now,
	);
}

/** IDs of what changes. */
type Touched = {readonly services: readonly string[]; readonly nodes: readonly string[]};

/** The same of any changes, also of those that nobody can ask for. */
export function questionAbout(
	changes: readonly ForecastChange[],
	touched: Touched,
	state: ClusterState,
	now: number,
): Question | undefined {
	if (changes.length === 0 || [...state.nodes.values()].some(isUnknown)) return undefined;
	const services = servicesTouched(touched, state);
	const named = new Set(services.map(({id}) => id));
	const tasks = [...state.tasks.values()].filter((task) => named.has(task.serviceId));
	const specsOf = new Map(services.map((service) => [service.id, formerSpecs(service)]));
	const former = (task: TaskEntity): TaskSpec | undefined => specsOf.get(task.serviceId)?.(task);
	return {
		input: {
			now,
			nodes: [...state.nodes.values()].map(({raw}) => raw),
			services: services.map(({raw}) => raw),
			tasks: tasks.map((task) => toForecastTask(task, former(task))),
			ballast: withRestless(ballastBeside(tasks, former, state), named, state, now),
			historyLimit,
			usual: usualTimes(state),
		},
		changes,
	};
}

/** Where the engine reads the new settings as the ones that it has, as with a zero for nothing, no task is replaced. */
function asStored(change: ForecastChange | undefined, {services}: ClusterState): ForecastChange | undefined {
	const present = change?.kind === 'spec' ? services.get(change.serviceId)?.raw.Spec : undefined;
	if (change?.kind !== 'spec' || !present) return change;
	const {EndpointSpec: ports, ...spec} = change.spec;
	const after = {...present, TaskTemplate: spec.TaskTemplate, ...(ports && {EndpointSpec: ports})};
	if (!isDeepStrictEqual(comparable(after), comparable(present))) return change;
	const {TaskTemplate, EndpointSpec} = present;
	return {...change, spec: {...spec, TaskTemplate, ...(EndpointSpec && {EndpointSpec})}};
}

const isUnknown = ({tasks, isTallied}: NodeEntity): boolean => tasks === undefined || isTallied === true;

/**
 * The service itself; for a node those with tasks on it or in want of a place, and all that run on every node. A change of
 * labels moves no others: nothing that runs elsewhere moves to a node because it may.
 */
function servicesTouched(touched: Touched, {services, tasks}: ClusterState): ServiceEntity[] {
	const ids = new Set(touched.services);
	const nodes = new Set(touched.nodes);
	for (const task of tasks.values()) {
		if (!isWanted(task.desired) || isTerminal(task.state)) continue;
		if (nodes.has(task.nodeId) || task.state === 'pending') ids.add(task.serviceId);
	}
	for (const service of services.values()) {
		if (nodes.size > 0 && service.mode === 'global') ids.add(service.id);
	}
	return [...ids].flatMap((id) => services.get(id) ?? []);
}

function toForecastTask(task: TaskEntity, formerSpec: TaskSpec | undefined): ForecastTask {
	const {id, serviceId, slot, nodeId, state, desired, createdAt, since, exitCode} = task;
	return {
		...{id, serviceId, slot, nodeId, state, desired, createdAt, since},
		...(exitCode !== undefined && {exitCode}),
		...(formerSpec && {formerSpec}),
	};
}

/** So many tasks tell how fast the swarm is: more would tell the same. */
const timedAtMost = 2000;

function usualTimes({services, tasks}: ClusterState): UsualTimes {
	const timed: TaskEntity[] = [];
	for (const task of tasks.values()) {
		if (timed.length >= timedAtMost) break;
		timed.push(task);
	}
	const byService = Map.groupBy(timed, ({serviceId}) => serviceId);
	return usualTimesOf(
		[...byService].map(([id, these]) => samplesOf(services.get(id)?.mode.startsWith('global') ?? false, these)),
	);
}

/** What every node holds, less what the named tasks hold of it. */
function ballastBeside(
	named: readonly TaskEntity[],
	former: (task: TaskEntity) => TaskSpec | undefined,
	{nodes, services, tasks}: ClusterState,
): Ballast[] {
	const held = new Map<string, Weight>();
	for (const node of nodes.values()) {
		const {nanoCpus, memoryBytes} = node.reserved ?? {nanoCpus: 0, memoryBytes: 0};
		held.set(node.id, {tasks: node.tasks?.desired ?? 0, nanoCpus, memoryBytes, hostPorts: [], genericResources: []});
	}
	for (const task of named) {
		const weight = held.get(task.nodeId);
		if (!weight || !isWanted(task.desired) || isTerminal(task.state)) continue;
		const spec = former(task) ?? services.get(task.serviceId)?.raw.Spec.TaskTemplate;
		const reserved = spec?.Resources?.Reservations;
		weight.tasks = Math.max(0, weight.tasks - 1);
		weight.nanoCpus = Math.max(0, weight.nanoCpus - (reserved?.NanoCPUs ?? 0));
		weight.memoryBytes = Math.max(0, weight.memoryBytes - (reserved?.MemoryBytes ?? 0));
	}
	const claims = claimsOf(services, new Set(named.map(({serviceId}) => serviceId)));
	if (claims.size > 0) {
		for (const task of tasks.values()) {
			const claim = claims.get(task.serviceId);
			// What was told to stop holds on to its ports until it has.
			if (!claim || isTerminal(task.state)) continue;
			held.get(task.nodeId)?.hostPorts.push(...claim.hostPorts);
			held.get(task.nodeId)?.genericResources.push(...claim.genericResources);
		}
	}
	return [...held].map(([nodeId, {hostPorts, genericResources, ...weight}]) => ({
		nodeId,
		...weight,
		...(hostPorts.length > 0 && {hostPorts}),
		...(genericResources.length > 0 && {genericResources}),
	}));
}

/** A failure of so long ago is no sign that a service's tasks will be elsewhere in a moment. */
const restlessMs = 2 * 60_000;

function withRestless(
	ballast: readonly Ballast[],
	named: ReadonlySet<string>,
	{tasks}: ClusterState,
	now: number,
): readonly Ballast[] {
	const failing = new Set<string>();
	for (const {serviceId, state, since} of tasks.values()) {
		if (!named.has(serviceId) && (state === 'failed' || state === 'rejected') && now - since < restlessMs)
			failing.add(serviceId);
	}
	if (failing.size === 0) return ballast;
	const counts = new Map<string, number>();
	for (const {serviceId, nodeId, state, desired} of tasks.values()) {
		if (failing.has(serviceId) && isWanted(desired) && !isTerminal(state))
			counts.set(nodeId, (counts.get(nodeId) ?? 0) + 1);
	}
	return ballast.map((each) => ({...each, restless: counts.get(each.nodeId) ?? 0}));
}

type Claim = {readonly hostPorts: readonly PortConfig[]; readonly genericResources: readonly GenericResource[]};
type Weight = {
	tasks: number;
	nanoCpus: number;
	memoryBytes: number;
	readonly hostPorts: PortConfig[];
	readonly genericResources: GenericResource[];
};

/** What a task of each service takes of its node that no other can have, of the services that take any. */
function claimsOf(services: ClusterState['services'], named: ReadonlySet<string>): ReadonlyMap<string, Claim> {
	const claims = new Map<string, Claim>();
	for (const {id, raw} of services.values()) {
		if (named.has(id)) continue;
		const {EndpointSpec: endpointSpec, TaskTemplate} = raw.Spec;
		const hostPorts = endpointSpec ? hostPortsOf({endpointSpec}) : [];
		const genericResources = reservationsOf(TaskTemplate)?.GenericResources ?? [];
		if (hostPorts.length > 0 || genericResources.length > 0) claims.set(id, {hostPorts, genericResources});
	}
	return claims;
}
