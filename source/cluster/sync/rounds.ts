import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import {type ClusterState, noRows, type ShownRows, type TaskScope} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import type {Lists} from './lists.ts';
import {NodeSums} from './node-sums.ts';
import {
	type Activity,
	idleBytesPerSecond,
	nodesCost,
	type PaceBounds,
	pauseAfter,
	servicesCost,
	tasksCost,
} from './pace.ts';
import {Poller} from './poller.ts';
import {ServiceLists} from './service-lists.ts';
import type {SwarmActivity} from './swarm-activity.ts';
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
const restsMs = 150;
/** What is hidden may wait that long for its turn. */
const hiddenEveryMs = 3000;
/** More tasks than the screen lists come after what it needs first. */
const moreTasksAfterMs = 1500;
/** What was loaded for a view or a plan is kept for so long after it: one comes back to it, or asks once more. */
const keptAfterMs = 30_000;
/** Nothing is going on: the next look comes when it is asked for. */
const restMs = 60_000;

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
	readonly #visible: Poller;
	readonly #sums: NodeSums;
	readonly #serviceLists: ServiceLists;
	#scope: TaskScope = {kind: 'none'};
	#rows: ShownRows = noRows;
	#allTasksAt = -Infinity;
	#ofAllUntil = -Infinity;
	#timers: {scope?: TimerHandle; rows?: TimerHandle; rest?: TimerHandle; first?: TimerHandle} = {};

	constructor(options: RoundsOptions) {
		this.#options = options;
		const {clock, bounds, store, activity, lists} = options;
		const state = () => store.getState();
		this.#serviceLists = new ServiceLists({
			...options,
			rows: () => this.#rows,
			hasEvents: () => this.hasEvents,
		});
		this.#services = this.#poller(
			() => this.#serviceLists.listNext(),
			() => this.#serviceLists.costBytes,
			() => (this.#serviceLists.isAll ? 0 : hiddenEveryMs),
		);
		this.#visible = this.#poller(
			() => this.#serviceLists.listVisible(),
			() => servicesCost(this.#rows.services.length),
		);
		this.#sums = new NodeSums({
			...options,
			rows: () => this.#rows,
			knowsAllTasks: () => this.#keepsAllTasks(state()),
		});
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
			pauseMs: (tookMs) => (activity.isHot ? this.#pauseAfter(0, tookMs, 'hot') : restMs),
			hurriedMs: (tookMs) => this.#pauseAfter(0, tookMs, 'hot'),
		});
	}

	/** Nodes and services have just been listed; the tasks have not. */
	start(): void {
		this.#allTasksAt = -Infinity;
		this.#tasks.start();
		for (const poller of [this.#services, this.#visible, this.#managers, this.#nodes, this.#hot]) poller.start('later');
		this.#timers.first = this.#options.clock.after(moreTasksAfterMs, () => {
			this.#sums.start();
			this.#allTasks.start();
		});
	}

	/** Settles when the rounds under way have ended; what they ask for should be aborted before. */
	async stop(): Promise<void> {
		for (const timer of Object.values(this.#timers)) timer.cancel();
		const pollers = [
			...[this.#services, this.#visible, this.#sums, this.#managers],
			...[this.#nodes, this.#tasks, this.#allTasks, this.#hot],
		];
		await Promise.all(pollers.map((poller) => poller.stop()));
	}

	/** Tells whose tasks are on the screen now. */
	show(scope: TaskScope): void {
		this.#scope = scope;
		this.#timers.scope?.cancel();
		this.#timers.scope = this.#options.clock.after(restsMs, () => this.#tasks.wake());
	}

	/** Tells which rows are on the screen now. */
	showRows(rows: ShownRows): void {
		const {clock} = this.#options;
		const before = this.#rows.ofAll;
		this.#rows = rows;
		this.#timers.rows?.cancel();
		this.#timers.rows = clock.after(restsMs, () => {
			this.#visible.askSoon();
			this.#sums.wake();
		});
		if (before === rows.ofAll) return;
		this.#timers.rest?.cancel();
		if (rows.ofAll === 'tasks') {
			this.#sums.drop();
			this.#allTasks.wake();
		} else if (before === 'tasks') {
			this.#ofAllUntil = clock.now() + keptAfterMs;
			this.#timers.rest = clock.after(keptAfterMs, () => this.#allTasks.wake());
		}
	}

	refresh(): void {
		this.#serviceLists.wantAll();
		this.#allTasksAt = -Infinity;
		this.#sums.refresh();
		for (const poller of [this.#services, this.#nodes, this.#tasks, this.#allTasks]) poller.wake();
	}

	/** Something has happened that only these lists tell. */
	askSoon(lists: readonly ('services' | 'nodes' | 'managers' | 'tasks')[]): void {
		const pollers = {services: this.#services, nodes: this.#nodes, managers: this.#managers, tasks: this.#tasks};
		if (lists.includes('services')) this.#serviceLists.wantAll();
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
		const judged = (kind: 'nodes' | 'services' | 'tasks', poller: Poller): void => {
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
		const {store, lists, clock} = this.#options;
		const state = store.getState();
		const list = listFor(this.#scope, state);
		if (!list) return;
		const isAll = list.kind === 'all' && !isSmall(state);
		const pauseMs = (tasksCost(sizeOf(list, state)) / idleBytesPerSecond) * 1000;
		if (isAll && clock.now() - this.#allTasksAt < pauseMs) {
			if (this.#rows.tasks.length > 0) await lists().tasks({kind: 'tasks', ids: this.#rows.tasks}, true);
			return;
		}
		if (isAll) this.#allTasksAt = clock.now();
		await lists().tasks(list, true);
	}

	/** Whether all tasks are known, whatever is shown of them. */
	#keepsAllTasks(state: ClusterState): boolean {
		const isWanted = this.#rows.ofAll === 'tasks' || this.#options.clock.now() < this.#ofAllUntil;
		return isWanted || this.#scope.kind === 'all' || isAllAffordable(state);
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
		if (this.#keepsAllTasks(state)) await lists().tasks({kind: 'all'}, false);
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
		if (!list) return 0;
		const isAll = list.kind === 'all' && !isSmall(state);
		return tasksCost(isAll ? this.#rows.tasks.length : sizeOf(list, state));
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
