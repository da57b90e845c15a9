import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {TaskScope} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import type {Lists} from './lists.ts';
import {type Activity, nodesCost, type PaceBounds, pauseAfter, servicesCost, tasksCost} from './pace.ts';
import {Poller} from './poller.ts';
import {idleAfterMs, type SwarmActivity} from './swarm-activity.ts';
import {isAllAffordable, isSmall, listFor, sizeOf} from './task-lists.ts';

/** What is asked for again and again while the swarm can be reached, each at the pace that it can afford. */

type RoundsOptions = {
	readonly store: LiveStore;
	readonly clock: Clock;
	readonly bounds: PaceBounds;
	readonly activity: SwarmActivity;
	/** Those of the connection as it is now. */
	readonly lists: () => Lists;
};

/**
 * Leader and reachability change without events; asking for the managers alone is cheap on any swarm. It also is the call
 * that notices a swarm without a leader: this pause, the list's patience and what it takes to find the reason stay below five
 * seconds together. What it takes is the engine's waiting rather than its work, so a slow answer does not put off the next.
 */
const managersEveryMs = 1250;
/** Everything else about nodes comes by events: the whole list is only a safety net. */
const allNodesEveryMs = 60_000;
/** Without events it is all there is. */
const deafNodesEveryMs = 3000;
/** Data is stale once it is older than this beyond three of its rounds. */
const staleSlackMs = 10_000;
/** Of a quick walk through a table only where it comes to rest is worth asking for. */
const scopeRestsMs = 150;

export class Rounds {
	readonly #options: RoundsOptions;
	readonly #services: Poller;
	readonly #managers: Poller;
	readonly #nodes: Poller;
	readonly #tasks: Poller;
	readonly #allTasks: Poller;
	readonly #hot: Poller;
	/** Without them only the lists themselves tell what has changed. */
	hasEvents = true;
	#scope: TaskScope = {kind: 'all'};
	#scopeTimer: TimerHandle | undefined;

	constructor(options: RoundsOptions) {
		this.#options = options;
		const {clock, bounds, store, activity, lists} = options;
		const state = () => store.getState();
		this.#services = this.#poller(
			() => lists().services(),
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
			() => lists().nodes(),
			() => nodesCost(state().nodes.size),
			() => (this.hasEvents ? allNodesEveryMs : deafNodesEveryMs),
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
			pauseMs: (tookMs) => (activity.isHot ? this.#pauseAfter(0, tookMs, 'hot') : idleAfterMs),
			hurriedMs: (tookMs) => this.#pauseAfter(0, tookMs, 'hot'),
		});
	}

	/** Nodes and services have just been listed; the tasks have not. */
	start(): void {
		for (const poller of [this.#tasks, this.#allTasks]) poller.start();
		for (const poller of [this.#services, this.#managers, this.#nodes, this.#hot]) poller.start('later');
	}

	/** Settles when the rounds under way have ended; what they ask for should be aborted before. */
	async stop(): Promise<void> {
		this.#scopeTimer?.cancel();
		const pollers = [this.#services, this.#managers, this.#nodes, this.#tasks, this.#allTasks, this.#hot];
		await Promise.all(pollers.map((poller) => poller.stop()));
	}

	/** Tells whose tasks are on the screen now. */
	show(scope: TaskScope): void {
		this.#scope = scope;
		this.#scopeTimer?.cancel();
		this.#scopeTimer = this.#options.clock.after(scopeRestsMs, () => this.#tasks.wake());
	}

	refresh(): void {
		for (const poller of [this.#services, this.#nodes, this.#tasks, this.#allTasks]) poller.wake();
	}

	/** Something has happened that only these lists tell. */
	askSoon(lists: readonly ('services' | 'nodes' | 'managers' | 'tasks')[]): void {
		const pollers = {services: this.#services, nodes: this.#nodes, managers: this.#managers, tasks: this.#tasks};
		for (const list of lists) pollers[list].askSoon();
	}

	/** Something is going on with objects that {@link SwarmActivity} knows. */
	askHotSoon(): void {
		this.#hot.askSoon();
		if (isSmall(this.#options.store.getState())) this.#tasks.askSoon();
	}

	#poller(run: () => Promise<void>, costBytes: () => number, leastMs = () => 0): Poller {
		const {clock, activity} = this.#options;
		return new Poller({
			clock,
			run,
			pauseMs: (tookMs) => Math.max(leastMs(), this.#pauseAfter(costBytes(), tookMs, activity.activity)),
			hurriedMs: (tookMs) => this.#pauseAfter(costBytes(), tookMs, 'hot'),
		});
	}

	#pauseAfter(costBytes: number, tookMs: number, activity: Activity): number {
		return pauseAfter({costBytes, tookMs, activity}, this.#options.bounds);
	}

	async #lookAtManagers(): Promise<void> {
		await this.#options.lists().managers();
		this.#judgeAges();
	}

	/** Answers may fail in ways that say nothing about the connection: what they leave old is said to be stale. */
	#judgeAges(): void {
		const {store, clock} = this.#options;
		const {freshness} = store.getState();
		const judged = (kind: keyof typeof freshness, poller: Poller): void => {
			const {fetchedAt, isStale} = freshness[kind];
			if (fetchedAt === undefined || isStale) return;
			if (clock.now() - fetchedAt <= staleSlackMs + 3 * poller.pauseMs) return;
			store.setFreshness({[kind]: {fetchedAt, isStale: true}});
		};
		judged('nodes', this.#managers);
		judged('services', this.#services);
		if (this.#scope.kind !== 'none') judged('tasks', this.#tasks);
	}

	async #listShownTasks(): Promise<void> {
		const {store, lists} = this.#options;
		const list = listFor(this.#scope, store.getState());
		if (list) await lists().tasks(list, true);
	}

	/**
	 * Besides what is shown, as long as it can be afforded: for the counts and reservations of all nodes. Where it can't,
	 * tasks that are no longer shown would only grow old.
	 */
	async #listOtherTasks(): Promise<void> {
		const {store, lists} = this.#options;
		const state = store.getState();
		const shown = listFor(this.#scope, state);
		if (shown?.kind === 'all') return;
		if (isAllAffordable(state)) await lists().tasks({kind: 'all'}, false);
		else store.retainTasks(shown?.kind === 'node' ? shown.id : undefined, this.#shownServices());
	}

	#shownServices(): string[] {
		const {store, activity} = this.#options;
		const shown = listFor(this.#scope, store.getState());
		return [...(shown?.kind === 'services' ? shown.ids : []), ...activity.services.ids()];
	}

	#shownCost(): number {
		const state = this.#options.store.getState();
		const list = listFor(this.#scope, state);
		return list ? tasksCost(sizeOf(list, state)) : 0;
	}

	/** What something is going on with: counts and updates, nodes, and, where they aren't listed anyway, their tasks. */
	async #pollHot(): Promise<void> {
		const {store, activity, lists} = this.#options;
		const state = store.getState();
		const services = activity.services.ids().filter((id) => state.services.has(id));
		const nodes = activity.nodes.ids().filter((id) => state.nodes.has(id));
		const rounds = [lists().servicesById(services), lists().nodesById(nodes)];
		if (!isSmall(state)) {
			if (services.length > 0) rounds.push(lists().tasks({kind: 'services', ids: services}, false));
			for (const id of nodes) rounds.push(lists().tasks({kind: 'node', id}, false));
		}
		await Promise.all(rounds);
	}
}
