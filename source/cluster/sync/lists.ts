import type {SwarmClient} from '../../engine/client.ts';
import {type EngineError, sentencesOf} from '../../engine/error.ts';
import type {TaskFilters} from '../../engine/filters.ts';
import type {TaskRow} from '../../engine/task-row.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import type {Service} from '../../wire/service.ts';
import type {ServiceEntity} from '../model.ts';
import {LoadTally} from '../store/node-loads.ts';
import type {LiveStore} from '../store/store.ts';
import {nodesCost, servicesCost, tasksCost} from './pace.ts';
import {sizeOf, type TaskList, tasksPerNode} from './task-lists.ts';

/**
 * Asks the engine for objects and merges the answers into the store. Failures go to `onTrouble`; what they mean for the
 * connection is not judged here.
 */
type ListsOptions = {
	readonly client: SwarmClient;
	readonly store: LiveStore;
	readonly clock: Clock;
	/** Ends the calls under way when the connection is lost or sync is stopped. */
	readonly signal: AbortSignal;
	readonly onAnswer: () => void;
	readonly onTrouble: (error: EngineError) => void;
	/** Services whose counts a list has shown to differ from what was known. */
	readonly onRecounted: (ids: readonly string[]) => void;
};

/** A list of few objects that takes longer has met a swarm without a leader, or an engine that hangs. */
const smallListPatienceMs = 2500;
const largeListPatienceMs = 20_000;
const smallListBytes = 1 << 20;

type ListName = 'nodes' | 'services' | 'tasks';

export class Lists {
	readonly #options: ListsOptions;

	constructor(options: ListsOptions) {
		this.#options = options;
	}

	async services(): Promise<void> {
		const {client, store} = this.#options;
		const known = store.getState().services;
		const stamp = store.nextStamp();
		const services = this.#accept(
			await client.services({status: true, ...this.#limits(servicesCost(known.size))}),
			'services',
		);
		if (!services) return;
		store.mergeServices(services, stamp, 'all');
		store.reassess();
		this.#fetched('services');
		this.#compareCounts(services, known);
	}

	/** Those of these services alone, with their counts; those that don't come are gone. */
	async servicesById(ids: readonly string[]): Promise<void> {
		if (ids.length === 0) return;
		const {client, store} = this.#options;
		const known = store.getState().services;
		const stamp = store.nextStamp();
		const services = this.#accept(await client.services({status: true, filters: {id: ids}, ...this.#limits(0)}));
		if (!services) return;
		store.mergeServices(services, stamp, 'some');
		store.reassess();
		this.#fetched('services');
		this.#compareCounts(services, known);
		const found = new Set(services.map(({ID: id}) => id));
		for (const id of ids) if (!found.has(id)) store.removeService(id);
	}

	/** Counts tell that tasks came or went, which no event does. */
	#compareCounts(services: readonly Service[], known: ReadonlyMap<string, ServiceEntity>): void {
		const recounted = services.filter(({ID: id, ServiceStatus: status}) => {
			const before = known.get(id)?.counts;
			return before && status && before.running !== status.RunningTasks;
		});
		if (recounted.length > 0) this.#options.onRecounted(recounted.map(({ID: id}) => id));
	}

	async nodes(): Promise<void> {
		const {client, store} = this.#options;
		const stamp = store.nextStamp();
		const nodes = this.#accept(await client.nodes(this.#limits(nodesCost(store.getState().nodes.size))), 'nodes');
		if (!nodes) return;
		store.mergeNodes(nodes, stamp, 'all');
		this.#fetched('nodes');
	}

	/**
	 * The managers alone, with who leads and who can be reached. Managers that were known and don't come have left raft:
	 * they are asked for by themselves.
	 */
	async managers(): Promise<void> {
		const {client, store} = this.#options;
		const stamp = store.nextStamp();
		const nodes = this.#accept(await client.nodes({filters: {role: ['manager']}, ...this.#limits(0)}));
		if (!nodes) return;
		store.mergeNodes(nodes, stamp, 'some');
		this.#fetched('nodes');
		const listed = new Set(nodes.map(({ID: id}) => id));
		const missing = [...store.getState().nodes.values()].filter(({id, manager}) => manager && !listed.has(id));
		await this.nodesById(missing.map(({id}) => id));
	}

	async nodesById(ids: readonly string[]): Promise<void> {
		const {client, store} = this.#options;
		await Promise.all(
			ids.map(async (id) => {
				const stamp = store.nextStamp();
				const answer = await client.node(id, this.#limits(0));
				if (!answer.ok && answer.error.kind === 'not-found') store.removeNode(id);
				else {
					const node = this.#accept(answer);
					if (node) store.mergeNodes([node], stamp, 'some');
				}
			}),
		);
	}

	/** `isShown`: what the screen shows, so that its age is the age of the tasks. */
	async tasks(list: TaskList, isShown: boolean): Promise<void> {
		const {client, store} = this.#options;
		const stamp = store.nextStamp();
		let newestVersion = -1;
		const onBatch = (rows: readonly TaskRow[]) => {
			for (const row of rows) newestVersion = Math.max(newestVersion, row.version);
			store.mergeTaskRows(rows, stamp);
		};
		const filters = filtersOf(list);
		const limits = this.#limits(tasksCost(sizeOf(list, store.getState())));
		const answer = await client.taskRows(onBatch, {...limits, ...(filters && {filters})});
		if (!answer.ok && answer.error.kind === 'not-found') {
			this.#forgetGone(list);
			return;
		}
		if (this.#accept(answer, 'tasks') === undefined) return;
		store.completeTasks(newestVersion, stamp, list);
		store.reassess();
		if (isShown) this.#fetched('tasks');
	}

	/** Adds up what these nodes hold, without keeping a task of it; all nodes where none are named. True when it is known. */
	async nodeSums(nodeIds: readonly string[] | undefined, signal: AbortSignal): Promise<boolean> {
		const {client, store} = this.#options;
		const state = store.getState();
		const tally = new LoadTally();
		const add = (rows: readonly TaskRow[]): void => {
			for (const row of rows) tally.add(row);
		};
		const count = nodeIds === undefined ? sizeOf({kind: 'all'}, state) : nodeIds.length * tasksPerNode(state);
		const limits = this.#limits(tasksCost(count));
		const either = AbortSignal.any([limits.signal, signal]);
		const answer = await client.taskRows(add, {...limits, signal: either, ...(nodeIds && {filters: {node: nodeIds}})});
		// A node that is gone makes the engine refuse the whole list; its event is on the way.
		if (!answer.ok && answer.error.kind === 'not-found') return false;
		if (this.#accept(answer) === undefined) return false;
		store.mergeLoads(tally, nodeIds ?? state.nodes.keys());
		return true;
	}

	/** A service that is gone makes the engine refuse the whole list; one whose event is still on its way is left alone. */
	#forgetGone(list: TaskList): void {
		const {store} = this.#options;
		if (list.kind !== 'services') return;
		for (const id of list.ids) if (!store.getState().services.has(id)) store.forgetTasksOfService(id);
	}

	#limits(costBytes: number) {
		const timeoutMs = costBytes <= smallListBytes ? smallListPatienceMs : largeListPatienceMs;
		return {timeoutMs, signal: this.#options.signal};
	}

	/** The value, or undefined when there is none; where a whole list is refused the screen says why. */
	#accept<T>(answer: Result<T, EngineError>, list?: ListName): T | undefined {
		const {signal, onAnswer, onTrouble} = this.#options;
		// What was asked for before a loss is not for the time after it.
		if (signal.aborted) return undefined;
		if (answer.ok) {
			onAnswer();
			return answer.value;
		}
		if (answer.error.kind === 'aborted') return undefined;
		if (list && answer.error.kind === 'forbidden') this.#refused(list, answer.error);
		onTrouble(answer.error);
		return undefined;
	}

	#refused(list: ListName, error: EngineError): void {
		const {store} = this.#options;
		store.setFreshness({[list]: {...store.getState().freshness[list], refused: sentencesOf(error)}});
	}

	#fetched(kind: ListName): void {
		const {store, clock} = this.#options;
		store.setFreshness({[kind]: {fetchedAt: clock.now(), isStale: false}});
	}
}

function filtersOf(list: TaskList): TaskFilters | undefined {
	switch (list.kind) {
		case 'all':
			return undefined;
		case 'services':
			return {service: list.ids};
		case 'node':
			return {node: [list.id]};
		case 'tasks':
			return {id: list.ids};
		default:
			return list satisfies never;
	}
}
