import type {EngineIdentity, SwarmClient} from '../../engine/client.ts';
import {type EngineError, isConnectionTrouble} from '../../engine/error.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {toSafeText} from '../../text/safe-text.ts';
import {engineFacts} from '../engines.ts';
import type {ClusterState, Freshness, InventoryKind, ShownRows, Sync, TaskScope} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import {EngineWatch} from './engine-watch.ts';
import {type EventBatch, EventFeed} from './event-feed.ts';
import {InventorySync} from './inventory-sync.ts';
import {Lists} from './lists.ts';
import {Loss, leaderless} from './loss.ts';
import {backoffMs, type PaceBounds, usualBounds} from './pace.ts';
import {Rounds} from './rounds.ts';
import {hotNodesAtMost, hotServicesAtMost, SwarmActivity} from './swarm-activity.ts';

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

/** A proxy that forbids the events may have been set up anew. */
const forbiddenEventsAgainMs = 60_000;

export function createSync(options: SyncOptions): Sync {
	return new LiveSync(options);
}

class LiveSync implements Sync {
	readonly #client: SwarmClient;
	readonly #store: LiveStore;
	readonly #clock: Clock;
	readonly #random: () => number;
	readonly #watch: EngineWatch;
	readonly #events: EventFeed;
	readonly #activity: SwarmActivity;
	readonly #rounds: Rounds;
	readonly #inventory: InventorySync;
	#eventsTimer: TimerHandle | undefined;
	#eventFailures = 0;
	readonly #loss = new Loss();
	#clusterId = '';
	#abort = new AbortController();
	#lists: Lists;
	#shownInventory: readonly InventoryKind[] = [];
	#unsubscribe: (() => void) | undefined;

	constructor({client, store, clock, random = Math.random, bounds = usualBounds}: SyncOptions) {
		this.#client = client;
		this.#store = store;
		this.#clock = clock;
		this.#random = random;
		this.#activity = new SwarmActivity(clock);
		this.#lists = this.#listsUntil(this.#abort.signal);
		this.#rounds = new Rounds({store, clock, bounds, activity: this.#activity, lists: () => this.#lists});
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
	}

	start(): void {
		this.#unsubscribe = this.#store.subscribe(() => this.#listInventory());
		this.#watch.start();
	}

	show(scope: TaskScope): void {
		this.#rounds.show(scope);
	}

	showRows(rows: ShownRows): void {
		this.#rounds.showRows(rows);
	}

	showInventory(kinds: readonly InventoryKind[]): void {
		this.#shownInventory = kinds;
		this.#listInventory();
	}

	lookAt(taskId: string | undefined): void {
		this.#inventory.lookAt(taskId);
	}

	refresh(): void {
		this.#watch.check();
		this.#inventory.refresh();
		this.#rounds.refresh();
	}

	expectChange(kind: 'service' | 'node' | 'swarm', id: string): void {
		if (kind === 'swarm') {
			this.#loss.swarmChanged(this.#clock.now());
			this.#watch.recheck();
			void this.#inventory.read('swarm');
			return;
		}
		if (kind === 'service') this.#activity.services.add([id]);
		else {
			this.#activity.nodes.add([id]);
			this.#activity.services.add(this.#servicesOn(id));
			this.#rounds.askSoon(['managers']);
			if (this.#watch.isFound) void this.#lists.nodesById([id]);
		}
		this.#rounds.askHotSoon();
	}

	async stop(): Promise<void> {
		this.#unsubscribe?.();
		this.#watch.stop();
		this.#abort.abort();
		await this.#rest();
	}

	// ---- connection

	async #found(identity: EngineIdentity): Promise<void> {
		const {signal} = this.#renewSession();
		this.#loss.over();
		this.#takeIdentity(identity);
		this.#store.setConnection({state: 'connected'});
		// The event stream is opened beside the first lists, so that nothing falls in between.
		void this.#openEvents(signal);
		await Promise.all([this.#lists.nodes(), this.#lists.services()]);
		if (signal.aborted) return;
		this.#store.setLoading(false);
		this.#store.publishNow();
		this.#rounds.start();
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
		const clusterId = info?.Swarm.Cluster?.ID ?? '';
		if (this.#clusterId !== '' && clusterId !== '' && clusterId !== this.#clusterId) this.#store.clear();
		this.#clusterId = clusterId || this.#clusterId;
		this.#store.setEngine({
			name: toSafeText(name),
			nodeId: info?.Swarm.NodeID ?? '',
			engineVersion: toSafeText(engineVersion),
			apiVersion,
			hasServiceStatus: capabilities.hasServiceStatus,
			clusterId: this.#clusterId,
			warnings: (info?.Swarm.Warnings ?? []).map(toSafeText),
			...engineFacts(info, this.#clock.now()),
		});
	}

	#lost(error: EngineError, retryAt: number): void {
		this.#abort.abort();
		void this.#rest();
		const {hasNothing, ...told} = this.#loss.tell(error, this.#store.getState(), this.#clock.now());
		if (hasNothing) this.#store.clear();
		this.#store.setConnection({state: 'lost', ...told, retryAt});
		const {nodes, services, tasks} = this.#store.getState().freshness;
		const stale = (freshness: Freshness): Freshness => ({...freshness, isStale: true});
		this.#store.setFreshness({nodes: stale(nodes), services: stale(services), tasks: stale(tasks)});
	}

	async #rest(): Promise<void> {
		this.#eventsTimer?.cancel();
		this.#events.close();
		await Promise.all([this.#rounds.stop(), this.#inventory.stop()]);
	}

	// ---- what else is listed

	/** What is shown, and the networks while tasks are stuck that may wait for an address in one. */
	#listInventory(): void {
		const shown = this.#shownInventory;
		const needsNetworks = !shown.includes('networks') && waitsForAddresses(this.#store.getState());
		this.#inventory.show(needsNetworks ? [...shown, 'networks'] : shown);
	}

	// ---- what is going on

	/** Counts tell that tasks came or went, which no event does. */
	#recounted(ids: readonly string[]): void {
		this.#activity.services.add(ids);
		this.#rounds.askHotSoon();
	}

	#servicesOn(nodeId: string): string[] {
		const ids = new Set<string>();
		for (const task of this.#store.getState().tasks.values()) {
			if (task.nodeId === nodeId && task.desired === 'running') ids.add(task.serviceId);
		}
		return [...ids];
	}

	// ---- events

	async #openEvents(signal: AbortSignal): Promise<void> {
		const error = await this.#events.open(signal);
		if (signal.aborted) return;
		this.#rounds.hasEvents = error?.kind !== 'forbidden';
		if (!error) this.#eventFailures = 0;
		else if (error.kind === 'forbidden') this.#openEventsLater(forbiddenEventsAgainMs, signal);
		else if (isConnectionTrouble(error)) this.#watch.trouble(error);
		else this.#eventsEnded();
	}

	/** Something is wrong with the engine, or between: if it still answers, the stream is opened anew. */
	#eventsEnded(): void {
		this.#watch.check();
		this.#openEventsLater(backoffMs(this.#eventFailures++, this.#random), this.#abort.signal);
	}

	#openEventsLater(inMs: number, signal: AbortSignal): void {
		this.#eventsTimer?.cancel();
		this.#eventsTimer = this.#clock.after(inMs, () => {
			if (!this.#watch.isFound || signal.aborted) return;
			void this.#openEvents(signal);
			// The engine remembers few events: what fell in between shows in the lists.
			this.#rounds.askSoon(['services', 'nodes']);
		});
	}

	async #takeEvents({nodes, services}: EventBatch): Promise<void> {
		for (const id of nodes.removed) {
			this.#activity.nodes.remove(id);
			this.#store.removeNode(id);
		}
		for (const id of services.removed) {
			this.#activity.services.remove(id);
			this.#store.removeService(id);
		}
		this.#activity.services.add(services.changed);
		// A removed service's tasks go on for a while; a changed node may have made any task move.
		this.#rounds.askSoon(['tasks']);
		this.#rounds.askHotSoon();
		const [manyNodes, manyServices] = [
			nodes.changed.length > hotNodesAtMost,
			services.changed.length > hotServicesAtMost,
		];
		if (manyNodes) this.#rounds.askSoon(['nodes']);
		if (manyServices) this.#rounds.askSoon(['services']);
		await Promise.all([
			this.#lists.nodesById(manyNodes ? [] : nodes.changed),
			this.#lists.servicesById(manyServices ? [] : services.changed),
		]);
	}
}

/** Tasks get their addresses before they are scheduled, and nodes theirs before the tasks start: both may find none. */
function waitsForAddresses({services}: ClusterState): boolean {
	for (const {health, stuck, raw} of services.values()) {
		const hasNetworks = (raw.Spec.TaskTemplate.Networks ?? raw.Spec.Networks ?? []).length > 0;
		if (stuck === 'new' || stuck === 'allocated' || (health === 'failing' && hasNetworks)) return true;
	}
	return false;
}
