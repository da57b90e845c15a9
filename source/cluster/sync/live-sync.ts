import type {EngineIdentity, SwarmClient} from '../../engine/client.ts';
import {type EngineError, isConnectionTrouble} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {InventoryKind} from '../inventory.ts';
import type {Freshness, Sync, TaskScope} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import {EngineWatch} from './engine-watch.ts';
import {type EventBatch, EventFeed} from './event-feed.ts';
import {HotSet} from './hot-set.ts';
import {InventorySync} from './inventory-sync.ts';
import {Lists} from './lists.ts';
import {leaderless, tellLoss} from './loss.ts';
import {
	type Activity,
	backoffMs,
	nodesCost,
	type PaceBounds,
	pauseAfter,
	servicesCost,
	tasksCost,
	usualBounds,
} from './pace.ts';
import {Poller} from './poller.ts';
import {isAllAffordable, isSmall, listFor, sizeOf} from './task-lists.ts';

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
	/** How often to ask, as the user wants it. Default: as the swarm is. */
	readonly bounds?: PaceBounds;
};

export function createSync(options: SyncOptions): Sync {
	return new LiveSync(options);
}

/** How long an object is polled fast after something was done to it, or happened to it. */
const hotMs = 15_000;
/** So many nodes that changed together are asked for one by one; more as a list. */
const singlesAtMost = 4;
/** So many hot services are polled by themselves; more are left to the lists. */
const hotAtMost = 20;
/** A swarm in which nothing has happened for so long is idle. */
const idleAfterMs = 60_000;
/**
 * Leader and reachability change without events; asking for the managers alone is cheap on any swarm. It also is the call
 * that notices a swarm without a leader: pause and patience together stay below five seconds, and what it takes is the
 * engine's waiting rather than its work, so a slow answer does not put off the next.
 */
const managersEveryMs = 2000;
/** Everything else about nodes comes by events: the whole list is only a safety net. */
const allNodesEveryMs = 60_000;
/** Data is stale once it is older than this beyond three of its rounds. */
const staleSlackMs = 10_000;
/** Of a quick walk through a table only where it comes to rest is worth asking for. */
const scopeRestsMs = 150;

class LiveSync implements Sync {
	readonly #client: SwarmClient;
	readonly #store: LiveStore;
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #bounds: PaceBounds;
	readonly #watch: EngineWatch;
	readonly #events: EventFeed;
	readonly #services: Poller;
	readonly #managers: Poller;
	readonly #nodes: Poller;
	readonly #tasks: Poller;
	readonly #allTasks: Poller;
	readonly #hot: Poller;
	readonly #hotServices: HotSet;
	readonly #hotNodes: HotSet;
	readonly #inventory: InventorySync;
	#scope: TaskScope = {kind: 'all'};
	#scopeTimer: TimerHandle | undefined;
	#eventsTimer: TimerHandle | undefined;
	#eventFailures = 0;
	#lastChangeAt: number;
	#lostSince: number | undefined;
	#clusterId = '';
	#abort = new AbortController();
	#lists: Lists;

	constructor({client, store, clock, random = Math.random, bounds = usualBounds}: SyncOptions) {
		this.#client = client;
		this.#store = store;
		this.#clock = clock;
		this.#random = random;
		this.#bounds = bounds;
		this.#lastChangeAt = clock.now();
		this.#hotServices = new HotSet({clock, lastsMs: hotMs, atMost: hotAtMost});
		this.#hotNodes = new HotSet({clock, lastsMs: hotMs, atMost: singlesAtMost});
		this.#lists = this.#listsUntil(this.#abort.signal);
		this.#watch = new EngineWatch({
			client,
			clock,
			random,
			onFound: (identity) => void this.#found(identity),
			onLost: (error, retryAt) => this.#lost(error, retryAt),
			leaderless: () => leaderless(store.getState()),
		});
		this.#events = new EventFeed({
			client,
			clock,
			onBatch: (batch) => void this.#takeEvents(batch),
			onEnd: () => this.#eventsEnded(),
		});
		this.#inventory = new InventorySync({
			client,
			clock,
			onAnswer: () => this.#watch.sign(),
			onTrouble: (error) => this.#watch.trouble(error),
			onChange: (change) => store.setInventory(change),
		});
		const state = () => store.getState();
		this.#services = this.#poller(
			() => this.#lists.services(),
			() => servicesCost(state().services.size),
		);
		this.#tasks = this.#poller(
			() => this.#listShownTasks(),
			() => this.#shownCost(),
		);
		this.#allTasks = this.#poller(
			() => this.#listOtherTasks(),
			() => tasksCost(sizeOf({kind: 'all'}, state())),
		);
		this.#nodes = this.#poller(
			() => this.#lists.nodes(),
			() => nodesCost(state().nodes.size),
			allNodesEveryMs,
		);
		this.#managers = new Poller({
			clock,
			run: () => this.#lookAtManagers(),
			pauseMs: (tookMs) => Math.max(managersEveryMs, bounds.fastestMs, tookMs),
			hurriedMs: (tookMs) => Math.max(bounds.fastestMs, tookMs),
		});
		this.#hot = new Poller({
			clock,
			run: () => this.#pollHot(),
			pauseMs: (tookMs) => (this.#isHot() ? this.#pauseAfter(0, tookMs, 'hot') : idleAfterMs),
			hurriedMs: (tookMs) => this.#pauseAfter(0, tookMs, 'hot'),
		});
	}

	start(): void {
		this.#watch.start();
	}

	show(scope: TaskScope): void {
		this.#scope = scope;
		this.#scopeTimer?.cancel();
		this.#scopeTimer = this.#clock.after(scopeRestsMs, () => this.#tasks.poke());
	}

	showInventory(kinds: readonly InventoryKind[]): void {
		this.#inventory.show(kinds);
	}

	lookAt(taskId: string | undefined): void {
		this.#inventory.lookAt(taskId);
	}

	refresh(): void {
		this.#watch.check();
		this.#inventory.refresh();
		for (const poller of [this.#services, this.#nodes, this.#tasks, this.#allTasks]) poller.poke();
	}

	expectChange(kind: 'service' | 'node', id: string): void {
		this.#lastChangeAt = this.#clock.now();
		if (kind === 'service') this.#hotServices.heat([id]);
		else {
			this.#hotNodes.heat([id]);
			this.#hotServices.heat(this.#servicesOn(id));
			this.#managers.hurry();
			if (this.#watch.isFound) void this.#lists.nodesById([id]);
		}
		this.#hurryHot();
	}

	async stop(): Promise<void> {
		this.#watch.stop();
		this.#abort.abort();
		this.#scopeTimer?.cancel();
		await this.#rest();
	}

	// ---- connection

	async #found(identity: EngineIdentity): Promise<void> {
		const {signal} = this.#renewSession();
		this.#lostSince = undefined;
		this.#takeIdentity(identity);
		this.#store.setConnection({state: 'connected'});
		// The event stream is opened beside the first lists, so that nothing falls in between.
		void this.#openEvents(signal);
		await Promise.all([this.#lists.nodes(), this.#lists.services()]);
		if (signal.aborted) return;
		this.#store.setLoading(false);
		this.#store.publishNow();
		for (const poller of [this.#tasks, this.#allTasks]) poller.start();
		for (const poller of [this.#services, this.#managers, this.#nodes, this.#hot]) poller.start('later');
		this.#inventory.start();
	}

	#renewSession(): AbortController {
		this.#abort = new AbortController();
		this.#lists = this.#listsUntil(this.#abort.signal);
		this.#eventFailures = 0;
		return this.#abort;
	}

	#listsUntil(signal: AbortSignal): Lists {
		return new Lists({
			client: this.#client,
			store: this.#store,
			clock: this.#clock,
			signal,
			onAnswer: () => this.#watch.sign(),
			onTrouble: (error) => this.#watch.trouble(error),
			onRecounted: (ids) => this.#recounted(ids),
		});
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
		this.#abort.abort();
		void this.#rest();
		this.#lostSince ??= this.#clock.now();
		const told = tellLoss(error, this.#store.getState());
		this.#store.setConnection({state: 'lost', ...told, since: this.#lostSince, retryAt});
		const {nodes, services, tasks} = this.#store.getState().freshness;
		const stale = (freshness: Freshness): Freshness => ({...freshness, isStale: true});
		this.#store.setFreshness({nodes: stale(nodes), services: stale(services), tasks: stale(tasks)});
	}

	async #rest(): Promise<void> {
		this.#eventsTimer?.cancel();
		this.#events.close();
		const pollers = [this.#services, this.#managers, this.#nodes, this.#tasks, this.#allTasks, this.#hot];
		await Promise.all([...pollers.map((poller) => poller.stop()), this.#inventory.stop()]);
	}

	// ---- lists

	#poller(run: () => Promise<void>, costBytes: () => number, leastMs = 0): Poller {
		return new Poller({
			clock: this.#clock,
			run,
			pauseMs: (tookMs) => Math.max(leastMs, this.#pauseAfter(costBytes(), tookMs, this.#activity())),
			hurriedMs: (tookMs) => this.#pauseAfter(costBytes(), tookMs, 'hot'),
		});
	}

	#pauseAfter(costBytes: number, tookMs: number, activity: Activity): number {
		return pauseAfter({costBytes, tookMs, activity}, this.#bounds);
	}

	async #lookAtManagers(): Promise<void> {
		await this.#lists.managers();
		this.#judgeAges();
	}

	/** Answers may fail in ways that say nothing about the connection: what they leave old is said to be stale. */
	#judgeAges(): void {
		const {freshness} = this.#store.getState();
		const judged = (kind: keyof typeof freshness, poller: Poller): void => {
			const {fetchedAt, isStale} = freshness[kind];
			if (fetchedAt === undefined || isStale) return;
			if (this.#clock.now() - fetchedAt <= staleSlackMs + 3 * poller.pauseMs) return;
			this.#store.setFreshness({[kind]: {fetchedAt, isStale: true}});
		};
		judged('nodes', this.#managers);
		judged('services', this.#services);
		if (this.#scope.kind !== 'none') judged('tasks', this.#tasks);
	}

	async #listShownTasks(): Promise<void> {
		const list = listFor(this.#scope, this.#store.getState());
		if (list) await this.#lists.tasks(list, true);
	}

	/**
	 * Besides what is shown, as long as it can be afforded: for the counts and reservations of all nodes. Where it can't,
	 * tasks that are no longer shown would only grow old.
	 */
	async #listOtherTasks(): Promise<void> {
		const state = this.#store.getState();
		const shown = listFor(this.#scope, state);
		if (shown?.kind === 'all') return;
		if (isAllAffordable(state)) await this.#lists.tasks({kind: 'all'}, false);
		else this.#store.retainTasks(shown?.kind === 'node' ? shown.id : undefined, this.#shownServices());
	}

	#shownServices(): string[] {
		const shown = listFor(this.#scope, this.#store.getState());
		return [...(shown?.kind === 'services' ? shown.ids : []), ...this.#hotServices.ids()];
	}

	#shownCost(): number {
		const state = this.#store.getState();
		const list = listFor(this.#scope, state);
		return list ? tasksCost(sizeOf(list, state)) : 0;
	}

	// ---- what is going on

	#isHot(): boolean {
		return this.#hotServices.ids().length > 0 || this.#hotNodes.ids().length > 0;
	}

	#activity(): Activity {
		if (this.#isHot()) return 'hot';
		return this.#clock.now() - this.#lastChangeAt > idleAfterMs ? 'idle' : 'quiet';
	}

	#hurryHot(): void {
		this.#hot.hurry();
		if (isSmall(this.#store.getState())) this.#tasks.hurry();
	}

	/** Counts tell that tasks came or went, which no event does. */
	#recounted(ids: readonly string[]): void {
		this.#lastChangeAt = this.#clock.now();
		this.#hotServices.heat(ids);
		this.#hurryHot();
	}

	#servicesOn(nodeId: string): string[] {
		const ids = new Set<string>();
		for (const task of this.#store.getState().tasks.values()) {
			if (task.nodeId === nodeId && task.desired === 'running') ids.add(task.serviceId);
		}
		return [...ids];
	}

	/** What something is going on with: counts and updates, nodes, and, where they aren't listed anyway, their tasks. */
	async #pollHot(): Promise<void> {
		const state = this.#store.getState();
		const services = this.#hotServices.ids().filter((id) => state.services.has(id));
		const nodes = this.#hotNodes.ids().filter((id) => state.nodes.has(id));
		const rounds = [this.#lists.servicesById(services), this.#lists.nodesById(nodes)];
		if (!isSmall(state)) {
			if (services.length > 0) rounds.push(this.#lists.tasks({kind: 'services', ids: services}, false));
			for (const id of nodes) rounds.push(this.#lists.tasks({kind: 'node', id}, false));
		}
		await Promise.all(rounds);
	}

	// ---- events

	async #openEvents(signal: AbortSignal): Promise<void> {
		const error = await this.#events.open(signal);
		if (signal.aborted) return;
		if (!error) this.#eventFailures = 0;
		else if (isConnectionTrouble(error)) this.#watch.trouble(error);
		else this.#eventsEnded();
	}

	/** Something is wrong with the engine, or between: if it still answers, the stream is opened anew. */
	#eventsEnded(): void {
		this.#watch.check();
		const {signal} = this.#abort;
		this.#eventsTimer?.cancel();
		this.#eventsTimer = this.#clock.after(backoffMs(this.#eventFailures++, this.#random), () => {
			if (!this.#watch.isFound || signal.aborted) return;
			void this.#openEvents(signal);
			// The engine remembers few events: what fell in between shows in the lists.
			for (const poller of [this.#services, this.#nodes]) poller.hurry();
		});
	}

	async #takeEvents({nodes, services}: EventBatch): Promise<void> {
		this.#lastChangeAt = this.#clock.now();
		for (const id of nodes.removed) {
			this.#hotNodes.cool(id);
			this.#store.removeNode(id);
		}
		for (const id of services.removed) {
			this.#hotServices.cool(id);
			this.#store.removeService(id);
		}
		this.#hotServices.heat(services.changed);
		// A removed service's tasks go on for a while; a changed node may have made any task move.
		this.#tasks.hurry();
		this.#hurryHot();
		const [manyNodes, manyServices] = [nodes.changed.length > singlesAtMost, services.changed.length > hotAtMost];
		if (manyNodes) this.#nodes.hurry();
		if (manyServices) this.#services.hurry();
		await Promise.all([
			this.#lists.nodesById(manyNodes ? [] : nodes.changed),
			this.#lists.servicesById(manyServices ? [] : services.changed),
		]);
	}
}
