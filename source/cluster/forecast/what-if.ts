import type {ForecastChange} from '../../swarmkit/forecast/input.ts';
import {joinSafe, type SafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import {quorumLines} from '../actions/quorum-lines.ts';
import type {ClusterState, NodeEntity} from '../model.ts';
import type {PlanLine} from '../plan-line.ts';
import {placeDetails} from './aftermath.ts';
import {questionAbout} from './forecast-input.ts';
import {forecastLines} from './forecast-lines.ts';
import type {Forecaster} from './forecaster.ts';
import {notForeseen, whatIfAdded, whatIfDown} from './messages.ts';

/** What nobody can ask a swarm for, but what may happen to it: told as a plan is. */
export type WhatIf = {
	readonly title: SafeText;
	readonly lines: readonly PlanLine[];
	/** Why a task finds no place, node by node. */
	readonly details: readonly PlanLine[];
	/** Whether any task would start, stop or find no place. */
	readonly movesAnything: boolean;
};

type Sources = {readonly state: ClusterState; readonly forecaster: Forecaster; readonly now: number};

/** The engines of these nodes are gone from one moment to the next. */
export async function nodesDown(nodes: readonly NodeEntity[], sources: Sources): Promise<WhatIf> {
	const ids = nodes.map(({id}) => id);
	const changes = ids.map((nodeId): ForecastChange => ({kind: 'node-down', nodeId}));
	const {state} = sources;
	const lost = new Map(state.nodes);
	for (const node of nodes) {
		const manager = node.manager && {...node.manager, reachability: 'unreachable' as const, isLeader: false};
		lost.set(node.id, {...node, state: 'down', manager});
	}
	const quorum = nodes.some(({manager}) => manager !== undefined) ? quorumLines(state, {...state, nodes: lost}) : [];
	const names = joinSafe(
		nodes.map(({name}) => name),
		', ',
	);
	return whatIf(whatIfDown(names), {changes, nodes: ids}, quorum, sources);
}

export type Machine = {
	readonly nanoCpus: number;
	readonly memoryBytes: number;
	readonly labels: Readonly<Record<string, string>>;
};

/** So many machines of that size join as workers. */
export function nodesAdded(count: number, machine: Machine, sources: Sources): Promise<WhatIf> {
	const nodes = Array.from({length: count}, (_, index) => imaginedNode(`new-${index + 1}`, machine, sources.state));
	const changes = nodes.map((node): ForecastChange => ({kind: 'add-node', node}));
	return whatIf(whatIfAdded(count, machine), {changes, nodes: nodes.map(({ID}) => ID)}, [], sources);
}

/** A node as the API would show it. Its platform is that of the swarm's first node. */
export function imaginedNode(name: string, machine: Machine, state?: Pick<ClusterState, 'nodes'>): SwarmNode {
	const [platform] = [...(state?.nodes.values() ?? [])].flatMap(({raw}) => raw.Description.Platform ?? []);
	return {
		ID: `imagined ${name}`,
		Version: {Index: 1},
		CreatedAt: '',
		UpdatedAt: '',
		Spec: {Name: '', Labels: {...machine.labels}, Role: 'worker', Availability: 'active'},
		Description: {
			Hostname: name,
			Platform: platform ?? {OS: 'linux', Architecture: 'x86_64'},
			Resources: {NanoCPUs: machine.nanoCpus, MemoryBytes: machine.memoryBytes},
		},
		Status: {State: 'ready', Addr: ''},
	};
}

async function whatIf(
	title: SafeText,
	{changes, nodes}: {readonly changes: readonly ForecastChange[]; readonly nodes: readonly string[]},
	quorum: readonly PlanLine[],
	{state, forecaster, now}: Sources,
): Promise<WhatIf> {
	const question = questionAbout(changes, {services: [], nodes}, state, now);
	const forecast = question && (await forecaster.ask(question));
	if (!forecast) return {title, lines: [...quorum, notForeseen], details: [], movesAnything: false};
	return {
		title,
		lines: [...quorum, ...forecastLines(forecast, changes, state)],
		details: placeDetails(forecast, changes, state),
		movesAnything: forecast.starts.length + forecast.stops.length + forecast.unplaced.length > 0,
	};
}
