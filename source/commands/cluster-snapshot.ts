import {engineFacts} from '../cluster/engines.ts';
import {isJob} from '../cluster/entities/health.ts';
import {readInventory} from '../cluster/inventory-lists.ts';
import type {ClusterState, ServiceEntity} from '../cluster/model.ts';
import {LoadTally} from '../cluster/store/node-loads.ts';
import {LiveStore} from '../cluster/store/store.ts';
import type {ListedTasks} from '../cluster/store/tables.ts';
import {isSmall} from '../cluster/sync/task-lists.ts';
import type {SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {type TaskRow, toTaskRow} from '../engine/task-row.ts';
import {type Clock, systemClock} from '../runtime/clock.ts';
import {ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {Service} from '../wire/service.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import type {Task} from '../wire/task.ts';

/** Nothing is derived as answers come in, but once, when all are there and `state` asks. */
const unhurried: Clock = {...systemClock({unref: true}), after: () => ({cancel: () => undefined})};

/**
 * Reads lists once and joins them as the screen does: counts, health and names come from the same place. What is not
 * asked for stays empty. One that is read `besides` fills columns that the rest can do without where a proxy forbids it.
 */
class Snapshot {
	readonly store = new LiveStore({clock: unhurried});
	readonly #client: SwarmClient;
	readonly #onForbidden: OnForbidden;
	readonly #stamp = this.store.nextStamp();
	#newestTask = -1;

	constructor(client: SwarmClient, onForbidden: OnForbidden) {
		this.#client = client;
		this.#onForbidden = onForbidden;
	}

	async nodes(): Promise<Done> {
		const nodes = await this.#client.nodes();
		if (nodes.ok) this.store.mergeNodes(nodes.value, this.#stamp, 'all');
		return nodes.ok ? done : nodes;
	}

	/** Counting their tasks is work for the engine. */
	async services({status} = {status: true}): Promise<Done> {
		const services = await this.#client.services({status});
		if (services.ok) this.store.mergeServices(services.value, this.#stamp, 'all');
		return services.ok ? done : services;
	}

	/** No more of each than a row shows: the rest of ten thousand is most of the memory that they take. */
	async serviceRows(): Promise<Done> {
		const merge = (services: readonly Service[]): void =>
			this.store.mergeServices(services.map(withoutUnseen), this.#stamp, 'some');
		const count = await this.#client.serviceBatches(merge, {status: true});
		return count.ok ? done : count;
	}

	/** Of these services, or all. */
	async tasks(serviceIds?: readonly string[]): Promise<Done> {
		const merge = (rows: readonly TaskRow[]): void => this.mergeTasks(rows);
		const answer = await this.#client.taskRows(merge, serviceIds ? {filters: {service: serviceIds}} : {});
		if (!answer.ok) return answer;
		this.completeTasks(serviceIds ? {kind: 'services', ids: serviceIds} : {kind: 'all'});
		return done;
	}

	mergeTasks(rows: readonly TaskRow[]): void {
		this.store.mergeTaskRows(rows, this.#stamp);
		for (const {version} of rows) this.#newestTask = Math.max(this.#newestTask, version);
	}

	completeTasks(listed: ListedTasks): void {
		this.store.completeTasks(this.#newestTask, this.#stamp, listed);
	}

	/** Passes over all tasks for what they add up to on each node, and keeps none. */
	async loads(): Promise<Done> {
		const tally = new LoadTally();
		const answer = await this.#client.taskRows((rows) => {
			for (const row of rows) tally.add(row);
		});
		if (!answer.ok) return answer;
		this.store.mergeLoads(tally, this.state().nodes.keys());
		return done;
	}

	setEngine(info: SystemInfo | undefined, at: number): void {
		this.store.setEngine({
			name: toSafeText(info?.Name ?? ''),
			nodeId: info?.Swarm.NodeID ?? '',
			engineVersion: toSafeText(info?.ServerVersion ?? ''),
			apiVersion: this.#client.apiVersion ?? '',
			hasServiceStatus: true,
			clusterId: info?.Swarm.Cluster?.ID ?? '',
			warnings: [],
			...engineFacts(info, at),
		});
	}

	async besides(done: Promise<Done>): Promise<Done> {
		return unlessForbidden(await done, undefined, this.#onForbidden);
	}

	state(): ClusterState {
		this.store.publishNow();
		return this.store.getState();
	}

	/** The state, or why one of the lists could not be had. */
	result(done: readonly Done[]): Result<ClusterState, EngineError> {
		const refused = done.find((result) => !result.ok);
		return refused && !refused.ok ? refused : ok(this.state());
	}
}

/** The nodes; with what their tasks add up to where that is shown. */
export async function readNodes(
	client: SwarmClient,
	{hasLoads}: {readonly hasLoads: boolean},
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	const nodes = await snapshot.nodes();
	const loads = nodes.ok && hasLoads ? await snapshot.besides(snapshot.loads()) : done;
	return snapshot.result([nodes, loads]);
}

/**
 * What services are read for: their objects alone, docker's own fields, their counts, a sign of how each is, or a choice by how they are, which
 * takes what has passed by as well: on a small swarm the tasks that failed a moment ago and run again.
 */
export type ServicesFor = 'objects' | 'template' | 'counts' | 'signs' | 'choice';

/** So many unsettled services that the list of all tasks is the shorter question. */
const unsettledAtMost = 200;

/**
 * The services with their counts, as one list. Tasks are asked for where counts don't tell what is shown: those of all
 * services from engines that don't count, else of the services that are not as they should be.
 */
export async function readServices(
	client: SwarmClient,
	wanted: ServicesFor,
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	const isWhole = wanted === 'objects' || wanted === 'template';
	const services = await (isWhole ? snapshot.services() : snapshot.serviceRows());
	if (!services.ok || wanted === 'objects') return snapshot.result([services]);
	const state = snapshot.state();
	const ids = [...state.services.values()].filter((service) => isOpen(service, wanted)).map(({id}) => id);
	const isAll = ids.length > unsettledAtMost || (wanted === 'choice' && isSmall(state));
	if (ids.length === 0 && !isAll) return snapshot.result([services]);
	// Nodes tell which of the tasks that are said to run can.
	return snapshot.result(
		await Promise.all([
			services,
			snapshot.besides(snapshot.nodes()),
			snapshot.besides(snapshot.tasks(isAll ? undefined : ids)),
		]),
	);
}

/** The service without what no column, filter or judgement of its tasks looks at. */
function withoutUnseen({PreviousSpec: _, ...service}: Service): Service {
	const {TaskTemplate: template} = service.Spec;
	const {Image, TTY, Healthcheck} = template.ContainerSpec ?? {};
	const container = {
		...(Image !== undefined && {Image}),
		...(TTY !== undefined && {TTY}),
		...(Healthcheck && {Healthcheck}),
	};
	return {...service, Spec: {...service.Spec, TaskTemplate: {...template, ContainerSpec: container}}};
}

/** Whether its tasks may say something else than its counts do. */
function isOpen({counts, mode}: ServiceEntity, wanted: Exclude<ServicesFor, 'objects'>): boolean {
	if (!counts) return true;
	if (wanted === 'template') return false;
	// Of a global job the engine counts only what runs at the moment.
	if (wanted === 'counts') return mode === 'global-job';
	return isJob(mode) || counts.running !== counts.desired;
}

/** The services alone, for what they use of other lists. */
export async function readUsers(
	client: SwarmClient,
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	return snapshot.result([await snapshot.besides(snapshot.services({status: false}))]);
}

/** The tasks with the names of what they belong to. */
export async function readTasks(
	client: SwarmClient,
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	return snapshot.result(
		await Promise.all([snapshot.besides(snapshot.nodes()), snapshot.besides(snapshot.serviceRows()), snapshot.tasks()]),
	);
}

/** Everything that a judgement of the whole swarm goes by; what a proxy forbids is left out. */
export async function readSwarm(
	client: SwarmClient,
	onForbidden: OnForbidden,
): Promise<Result<ClusterState, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	const kinds = ['networks', 'secrets', 'configs'] as const;
	const [info, parts, ...lists] = await Promise.all([
		client.info().then((answer) => ({answer, at: Date.now()})),
		Promise.all(kinds.map(async (kind) => unlessForbidden(await readInventory(kind, client, {}), {}, onForbidden))),
		snapshot.besides(snapshot.nodes()),
		snapshot.besides(snapshot.services()),
		snapshot.besides(snapshot.tasks()),
	]);
	for (const part of parts) {
		if (!part.ok) return part;
		snapshot.store.setInventory(part.value);
	}
	const told = unlessForbidden<SystemInfo | undefined>(info.answer, undefined, onForbidden);
	if (!told.ok) return told;
	snapshot.setEngine(told.value, info.at);
	return snapshot.result(lists);
}

/** Told what could not be had, and was done without. */
export type OnForbidden = (error: EngineError) => void;

/** What a proxy forbids is replaced, and told; other errors stay. */
export function unlessForbidden<T>(
	answer: Result<T, EngineError>,
	instead: T,
	onForbidden: OnForbidden,
): Result<T, EngineError> {
	if (answer.ok || answer.error.kind !== 'forbidden') return answer;
	onForbidden(answer.error);
	return ok(instead);
}

/** The state of a cluster of which nothing is known. */
export const unknownCluster = (): ClusterState => new LiveStore({clock: systemClock({unref: true})}).getState();

/** Tasks with the engine's whole objects, for those who print them. */
export async function readWholeTasks(
	client: SwarmClient,
	onForbidden: OnForbidden,
): Promise<Result<WholeTasks, EngineError>> {
	const snapshot = new Snapshot(client, onForbidden);
	const texts = new Map<string, string>();
	const keep = (tasks: readonly Task[]): void => {
		snapshot.mergeTasks(tasks.map(toTaskRow));
		for (const task of tasks) texts.set(task.ID, JSON.stringify(task));
	};
	const [nodes, services, tasks] = await Promise.all([
		snapshot.besides(snapshot.nodes()),
		snapshot.besides(snapshot.serviceRows()),
		client.taskBatches(keep),
	]);
	if (!tasks.ok) return tasks;
	snapshot.completeTasks({kind: 'all'});
	const cluster = snapshot.result([nodes, services]);
	return cluster.ok ? ok({cluster: cluster.value, rawOf: (id) => JSON.parse(texts.get(id) ?? '{}') as Task}) : cluster;
}

/** The objects are kept as text, a quarter of what they take otherwise, and read again one by one. */
type WholeTasks = {readonly cluster: ClusterState; readonly rawOf: (id: string) => Task};

type Done = Result<void, EngineError>;
const done: Done = ok(undefined);
