import type {ForecastChange} from '../../swarmkit/forecast/input.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {ClusterState} from '../model.ts';
import {line, type PlanLine} from '../plan-line.ts';
import {type Question, questionAbout} from './forecast-input.ts';
import type {Forecaster} from './forecaster.ts';
import {bottleneck, fitsTimes, needsEach, portsNotCounted, reservesNothing} from './messages.ts';

/** How many copies of a stack a swarm can take: the scheduler is asked, not arithmetic. */

export type Fit = {
	readonly copies: number;
	/** Why there are not more, in the scheduler's words; undefined where more than is looked for fit. */
	readonly reason: string | undefined;
	readonly lines: readonly PlanLine[];
};

const mostCopies = 256;

/** A swarm as it is, or one that is imagined. */
export type Ground =
	| {readonly kind: 'live'; readonly state: ClusterState; readonly now: number}
	| {readonly kind: 'imagined'; readonly nodes: readonly SwarmNode[]};

export async function fit(
	specs: readonly ServiceSpec[],
	ground: Ground,
	forecaster: Forecaster,
): Promise<Fit | undefined> {
	const reasonFor = async (copies: number): Promise<string | undefined | 'unknown'> => {
		const question = questionOf(copiesOf(specs, copies), ground);
		const forecast = question && (await forecaster.ask(question));
		if (!forecast) return 'unknown';
		const [first] = forecast.unplaced.filter(({serviceId}) => serviceId.startsWith(copyPrefix));
		return first && (first.reason || 'no suitable node');
	};
	let [fits, fails] = [0, mostCopies + 1];
	let reason: string | undefined;
	// Doubles until it no longer fits, then halves the distance.
	while (fails - fits > 1) {
		const copies = fails > mostCopies ? Math.min(mostCopies, Math.max(1, fits * 2)) : Math.floor((fits + fails) / 2);
		const why = await reasonFor(copies);
		if (why === 'unknown') return undefined;
		if (why === undefined) fits = copies;
		else [fails, reason] = [copies, why];
	}
	return {copies: fits, reason, lines: linesOf(specs, fits, reason)};
}

const copyPrefix = 'copy ';

const copiesOf = (specs: readonly ServiceSpec[], copies: number): ForecastChange[] =>
	Array.from({length: copies}, (_, copy) =>
		specs.map((spec): ForecastChange => {
			const {Networks: _networks, ...TaskTemplate} = spec.TaskTemplate;
			const Name = `${spec.Name}.${copy + 1}`;
			const {EndpointSpec: endpoint, ...rest} = spec;
			// A port of the whole swarm has nothing to do with room; one of a node has.
			const Ports = endpoint?.Ports?.filter(({PublishMode}) => PublishMode === 'host') ?? [];
			const kept = Ports.length > 0 ? {EndpointSpec: {...endpoint, Ports}} : {};
			return {
				kind: 'create-service',
				serviceId: `${copyPrefix}${Name}`,
				spec: {...rest, ...kept, Name, TaskTemplate},
			};
		}),
	).flat();

function questionOf(changes: readonly ForecastChange[], ground: Ground): Question | undefined {
	if (ground.kind === 'live') return questionAbout(changes, {services: [], nodes: []}, ground.state, ground.now);
	const nothing = {services: [], tasks: [], ballast: []};
	return {input: {now: 0, nodes: ground.nodes, ...nothing, historyLimit: 5}, changes};
}

function linesOf(specs: readonly ServiceSpec[], copies: number, reason: string | undefined): PlanLine[] {
	const tasks = specs.reduce((sum, {Mode}) => sum + (Mode?.Replicated?.Replicas ?? 1), 0);
	const sumOf = (read: (spec: ServiceSpec) => number | undefined): number =>
		specs.reduce((sum, spec) => sum + (read(spec) ?? 0) * (spec.Mode?.Replicated?.Replicas ?? 1), 0);
	const reserved = (spec: ServiceSpec) => spec.TaskTemplate.Resources?.Reservations;
	const nanoCpus = sumOf((spec) => reserved(spec)?.NanoCPUs);
	const memory = sumOf((spec) => reserved(spec)?.MemoryBytes);
	const publishes = specs.some(({EndpointSpec}) => (EndpointSpec?.Ports ?? []).length > 0);
	return [
		line(copies === 0 ? 'danger' : 'good', fitsTimes(copies, mostCopies)),
		...(reason === undefined ? [] : [line('plain', bottleneck(toSafeText(reason)))]),
		line('plain', nanoCpus + memory > 0 ? needsEach(tasks, nanoCpus, memory) : reservesNothing),
		...(publishes ? [line('plain', portsNotCounted)] : []),
	];
}
