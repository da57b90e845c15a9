import type {EngineIdentity, SwarmClient} from '../../engine/client.ts';
import type {EngineError} from '../../engine/error.ts';
import type {TaskRow} from '../../engine/task-row.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {Sync, TaskScope} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import type {ListedTasks} from '../store/tables.ts';
import {EngineWatch} from './engine-watch.ts';
import {type EventBatch, EventFeed} from './event-feed.ts';
import {type Activity, nodesCost, pauseAfter, servicesCost, tasksCost} from './pace.ts';
import {Poller} from './poller.ts';
import {isAllAffordable, listFor, sizeOf, type TaskList} from './task-lists.ts';

/**
 * Keeps the store true at a cost that follows the screen: the event stream tells which nodes and services changed, counts
 * and tasks are polled at a pace that adapts to what they cost and to what is going on (docs/decisions/0004).
 */

export type SyncOptions = {
	readonly client: SwarmClient;
	readonly store: LiveStore;
	readonly clock: Clock;
	/** In [0, 1): shakes the pauses between tries to connect. */
	readonly random?: () => number;
};

export function createSync(options: SyncOptions): Sync {
	return new LiveSync(options);
}

/** How long an object is polled fast after something was done to it, or happened to it. */
const hotMs = 15_000;
/** So many objects are asked for one by one; more as a list. */
const singlesAtMost = 4;
/** So many hot services are polled by themselves; more are left to the lists. */
const hotAtMost = 20;
/** A swarm in which nothing has happened for so long is idle. */
const idleAfterMs = 60_000;
/**
 * Leader and reachability change without events; asking for the managers alone is cheap on any swarm. It also is the call
 * that notices a swarm without a leader: pause and patience together stay below five seconds.
 */
const managersEveryMs = 2000;
/** Everything else about nodes comes by events: the whole list is only a safety net. */
const allNodesEveryMs = 60_000;
/** A list of few objects that takes longer has met a swarm without a leader, or an engine that hangs. */
const smallListPatienceMs = 2500;
const largeListPatienceMs = 20_000;
const smallListBytes = 1 << 20;

class LiveSync implements Sync {
	readonly #client: SwarmClient;
	readonly #store: LiveStore;
	readonly #clock: Clock;
	readonly #watch: EngineWatch;
	readonly #events: EventFeed;
	readonly #services: Poller;
	readonly #managers: Poller;
	readonly #nodes: Poller;
	readonly #tasks: Poller;
	readonly #allTasks: Poller;
	readonly #hotPoller: Poller;
	/** Services that something is going on with, and until when. */
	readonly #hot = new Map<string, number>();
	#scope: TaskScope = {kind: 'all'};
	#lastChangeAt: number;
	#lostSince: number | undefined;
	#clusterId = '';
	#abort = new AbortController();

	constructor({client, store, clock, random = Math.random}: SyncOptions) {
		this.#client = client;
		this.#store = store;
		this.#clock = clock;
		this.#lastChangeAt = clock.now();
		this.#watch = new EngineWatch({
			client,
			clock,
			random,
			onFound: (identity) => void this.#found(identity),
			onLost: (error, retryAt) => this.#lost(error, retryAt),
		});
		this.#events = new EventFeed({
			client,
			clock,
			onBatch: (batch) => void this.#takeEvents(batch),
			onEnd: () => this.#watch.check(),
		});
		const poller = (run: () => Promise<void>, pauseMs: (tookMs: number) => number) => new Poller({clock, run, pauseMs});
		const state = () => store.getState();
		this.#services = poller(
			() => this.#listServices(),
			(tookMs) => this.#pause(servicesCost(state().services.size), tookMs),
		);
		this.#managers = poller(
			() => this.#listManagers(),
			(tookMs) => Math.max(managersEveryMs, 9 * tookMs),
		);
		this.#nodes = poller(
			() => this.#listNodes(),
			(tookMs) => Math.max(allNodesEveryMs, this.#pause(nodesCost(state().nodes.size), tookMs)),
		);
		this.#tasks = poller(
			() => this.#listShownTasks(),
			(tookMs) => this.#pause(this.#shownCost(), tookMs),
		);
		this.#allTasks = poller(
			() => this.#listAllTasks(),
			(tookMs) => this.#pause(tasksCost(sizeOf({kind: 'all'}, state())), tookMs),
		);
		this.#hotPoller = poller(
			() => this.#pollHot(),
			(tookMs) => (this.#hotIds().length > 0 ? pauseAfter({costBytes: 0, tookMs, activity: 'hot'}) : idleAfterMs),
		);
	}

	start(): void {
		this.#watch.start();
	}

	show(scope: TaskScope): void {
		this.#scope = scope;
		if (this.#watch.isFound) this.#tasks.poke();
	}

	refresh(): void {
		this.#watch.check();
		if (!this.#watch.isFound) return;
		for (const poller of [this.#services, this.#nodes, this.#tasks, this.#allTasks]) poller.poke();
	}

	expectChange(kind: 'service' | 'node', id: string): void {
		this.#lastChangeAt = this.#clock.now();
		if (kind === 'service') this.#heat([id]);
		else {
			this.#heat(this.#servicesOn(id));
			this.#tasks.repace();
			void this.#fetchNodes([id]);
			this.#managers.poke();
		}
	}

	async stop(): Promise<void> {
		this.#watch.stop();
		this.#rest();
		this.#abort.abort();
	}

	// ---- connection

	async #found(identity: EngineIdentity): Promise<void> {
		this.#abort = new AbortController();
		this.#lostSince = undefined;
		this.#takeIdentity(identity);
		this.#store.setConnection({state: 'connected'});
		const isFirst = this.#store.getState().freshness.services.fetchedAt === undefined;
		// What is on the screen first; the event stream is opened beside, so that nothing falls in between.
		const events = this.#events.open(this.#abort.signal);
		await Promise.all([this.#listNodes(), this.#listServices()]);
		this.#store.publishNow();
		if (isFirst) this.#store.setLoading(false);
		if (!this.#watch.isFound) return;
		const error = await events;
		if (error) this.#watch.trouble(error);
		for (const poller of this.#pollers()) poller.start();
	}

	#takeIdentity({engineVersion, apiVersion, name, capabilities, info}: EngineIdentity): void {
		const clusterId = info.Swarm.Cluster?.ID ?? '';
		if (this.#clusterId !== '' && clusterId !== '' && clusterId !== this.#clusterId) this.#store.clear();
		this.#clusterId = clusterId || this.#clusterId;
		this.#store.setEngine({
			name: toSafeText(name),
			nodeId: info.Swarm.NodeID,
			engineVersion: toSafeText(engineVersion),
			apiVersion,
			hasServiceStatus: capabilities.hasServiceStatus,
			clusterId: this.#clusterId,
			warnings: (info.Swarm.Warnings ?? []).map(toSafeText),
		});
	}

	#lost(error: EngineError, retryAt: number): void {
		this.#rest();
		this.#abort.abort();
		this.#lostSince ??= this.#clock.now();
		this.#store.setConnection({
			state: 'lost',
			problem: error.message,
			nextStep: error.nextStep,
			since: this.#lostSince,
			retryAt,
		});
		const {freshness} = this.#store.getState();
		this.#store.setFreshness({
			nodes: {...freshness.nodes, isStale: true},
			services: {...freshness.services, isStale: true},
			tasks: {...freshness.tasks, isStale: true},
		});
	}

	#rest(): void {
		this.#events.close();
		for (const poller of this.#pollers()) poller.stop();
	}

	#pollers(): readonly Poller[] {
		return [this.#services, this.#managers, this.#nodes, this.#tasks, this.#allTasks, this.#hotPoller];
	}

	/** Notes what an answer says about the way to the swarm; the value, or undefined when there is none. */
	#accept<T>(answer: Result<T, EngineError>): T | undefined {
		if (answer.ok) {
			this.#watch.sign();
			return answer.value;
		}
		if (answer.error.kind !== 'aborted') this.#watch.trouble(answer.error);
		return undefined;
	}

	#fetched(kind: 'nodes' | 'services' | 'tasks'): void {
		this.#store.setFreshness({[kind]: {fetchedAt: this.#clock.now(), isStale: false}});
	}

	// ---- lists

	#limits(costBytes: number) {
		const timeoutMs = costBytes <= smallListBytes ? smallListPatienceMs : largeListPatienceMs;
		return {timeoutMs, signal: this.#abort.signal};
	}

	async #listServices(): Promise<void> {
		const stamp = this.#store.nextStamp();
		const limits = this.#limits(servicesCost(this.#store.getState().services.size));
		const services = this.#accept(await this.#client.services({status: true, ...limits}));
		if (!services) return;
		this.#store.mergeServices(services, stamp, 'all');
		this.#store.reassess();
		this.#fetched('services');
	}

	async #listNodes(): Promise<void> {
		const stamp = this.#store.nextStamp();
		const nodes = this.#accept(await this.#client.nodes(this.#limits(nodesCost(this.#store.getState().nodes.size))));
		if (!nodes) return;
		this.#store.mergeNodes(nodes, stamp, 'all');
		this.#fetched('nodes');
	}

	async #listManagers(): Promise<void> {
		const stamp = this.#store.nextStamp();
		const nodes = this.#accept(await this.#client.nodes({filters: {role: ['manager']}, ...this.#limits(0)}));
		if (!nodes) return;
		this.#store.mergeNodes(nodes, stamp, 'some');
		this.#fetched('nodes');
	}

	async #listShownTasks(): Promise<void> {
		const list = listFor(this.#scope, this.#store.getState());
		if (list) await this.#listTasks(list);
	}

	/** Besides what is shown, as long as it can be afforded: for the counts and reservations of all nodes. */
	async #listAllTasks(): Promise<void> {
		const state = this.#store.getState();
		const shown = listFor(this.#scope, state);
		if (shown?.kind !== 'all' && isAllAffordable(state)) await this.#listTasks({kind: 'all'});
	}

	async #listTasks(list: TaskList): Promise<void> {
		const stamp = this.#store.nextStamp();
		let newestVersion = -1;
		const onBatch = (rows: readonly TaskRow[]) => {
			for (const row of rows) newestVersion = Math.max(newestVersion, row.version);
			this.#store.mergeTaskRows(rows, stamp);
		};
		const filters = filtersOf(list);
		const limits = this.#limits(tasksCost(sizeOf(list, this.#store.getState())));
		const answer = await this.#client.taskRows(onBatch, {...limits, ...(filters && {filters})});
		// A service or node that is gone makes the engine refuse the whole list: its event is on the way.
		if (!answer.ok && answer.error.kind === 'not-found') return;
		if (this.#accept(answer) === undefined) return;
		const listed: ListedTasks = list;
		this.#store.completeTasks(newestVersion, stamp, listed);
		this.#store.reassess();
		this.#fetched('tasks');
	}

	#shownCost(): number {
		const state = this.#store.getState();
		const list = listFor(this.#scope, state);
		return list ? tasksCost(sizeOf(list, state)) : 0;
	}

	// ---- what is going on

	#pause(costBytes: number, tookMs: number): number {
		return pauseAfter({costBytes, tookMs, activity: this.#activity()});
	}

	#activity(): Activity {
		if (this.#hotIds().length > 0) return 'hot';
		return this.#clock.now() - this.#lastChangeAt > idleAfterMs ? 'idle' : 'quiet';
	}

	#hotIds(): string[] {
		const now = this.#clock.now();
		for (const [id, until] of this.#hot) if (until < now) this.#hot.delete(id);
		return [...this.#hot.keys()];
	}

	#heat(ids: readonly string[]): void {
		const until = this.#clock.now() + hotMs;
		for (const id of ids) {
			this.#hot.delete(id);
			this.#hot.set(id, until);
		}
		while (this.#hot.size > hotAtMost) this.#hot.delete(this.#hot.keys().next().value ?? '');
		if (this.#watch.isFound) this.#hotPoller.poke();
	}

	#servicesOn(nodeId: string): string[] {
		const ids = new Set<string>();
		for (const task of this.#store.getState().tasks.values()) {
			if (task.nodeId === nodeId && task.desired === 'running') ids.add(task.serviceId);
		}
		return [...ids];
	}

	/** Counts and tasks of the services that something is going on with. */
	async #pollHot(): Promise<void> {
		const ids = this.#hotIds();
		if (ids.length === 0) return;
		const stamp = this.#store.nextStamp();
		const [answer] = await Promise.all([
			this.#client.services({status: true, filters: {id: ids}, ...this.#limits(0)}),
			this.#listTasks({kind: 'services', ids: ids.filter((id) => this.#store.getState().services.has(id))}),
		]);
		const services = this.#accept(answer);
		if (services) this.#store.mergeServices(services, stamp, 'some');
	}

	// ---- events

	async #takeEvents({nodes, services}: EventBatch): Promise<void> {
		this.#lastChangeAt = this.#clock.now();
		for (const id of nodes.removed) this.#store.removeNode(id);
		for (const id of services.removed) this.#store.removeService(id);
		this.#heat(services.changed);
		// A removed service's tasks go on for a while; a changed node may have made any task move.
		if (services.removed.length > 0 || nodes.changed.length > 0) this.#tasks.poke();
		await Promise.all([this.#fetchNodes(nodes.changed), this.#fetchServices(services.changed)]);
	}

	async #fetchNodes(ids: readonly string[]): Promise<void> {
		if (ids.length > singlesAtMost) return this.#listNodes();
		await Promise.all(
			ids.map(async (id) => {
				const stamp = this.#store.nextStamp();
				const answer = await this.#client.node(id, this.#limits(0));
				if (!answer.ok && answer.error.kind === 'not-found') this.#store.removeNode(id);
				else {
					const node = this.#accept(answer);
					if (node) this.#store.mergeNodes([node], stamp, 'some');
				}
			}),
		);
	}

	/** Inspection tells the update's state and the spec; the counts come with the next round of the hot ones. */
	async #fetchServices(ids: readonly string[]): Promise<void> {
		if (ids.length > singlesAtMost) {
			this.#services.poke();
			return;
		}
		await Promise.all(
			ids.map(async (id) => {
				const stamp = this.#store.nextStamp();
				const answer = await this.#client.service(id, this.#limits(0));
				if (!answer.ok && answer.error.kind === 'not-found') this.#store.removeService(id);
				else {
					const service = this.#accept(answer);
					if (service) this.#store.mergeServices([service], stamp, 'some');
				}
			}),
		);
	}
}

function filtersOf(list: TaskList) {
	switch (list.kind) {
		case 'all':
			return undefined;
		case 'services':
			return {service: list.ids};
		case 'node':
			return {node: [list.id]};
		default:
			return list satisfies never;
	}
}
