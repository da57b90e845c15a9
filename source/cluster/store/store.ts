/**
 * The store that the screens read. Sync writes answers into it; what changed is derived and published as one new state
 * per tick, with one notification however much changed, and long work is cut into slices so that keys stay alive.
 */
import {setImmediate as nextTurn} from 'node:timers/promises';
import type {TaskRow} from '../../engine/task-row.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {SwarmNode} from '../../wire/node.ts';
import type {Service} from '../../wire/service.ts';
import type {ClusterState, ClusterStore, Connection, Engine} from '../model.ts';
import {emptyInventory, type Inventory} from '../model.ts';
import {quorumOf} from '../quorum.ts';
import {Derivation} from './derivation.ts';
import type {LoadTally} from './node-loads.ts';
import {type Listed, type ListedTasks, Tables} from './tables.ts';

/** At most ten notifications a second. */
const tickMs = 100;
/** How long deriving may hold the main loop in one go. */
const sliceMs = 12;
/** While a swarm of 100,000 tasks is still being derived, the screen gets what there is this often. */
const unfinishedTickMs = 500;
/** Publishing copies maps: with 100,000 tasks some 20 ms, in one go. It may take this part of the time, not more. */
const publishShare = 0.1;
/** Deriving is done in slices, but while a long list comes in much of it is done anew each time. */
const deriveShare = 0.3;

const unknown = {fetchedAt: undefined, isStale: false};

const empty: ClusterState = {
	revision: 0,
	connection: {state: 'connecting'},
	engine: undefined,
	quorum: undefined,
	nodes: new Map(),
	services: new Map(),
	tasks: new Map(),
	freshness: {nodes: unknown, services: unknown, tasks: unknown},
	inventory: emptyInventory,
	contexts: new Map(),
	inside: undefined,
	isLoading: true,
};

type Plain = Pick<
	ClusterState,
	'connection' | 'engine' | 'freshness' | 'inventory' | 'contexts' | 'inside' | 'isLoading'
>;

export class LiveStore implements ClusterStore {
	readonly #clock: Clock;
	readonly #stopwatch: () => number;
	readonly #tables = new Tables();
	readonly #derivation: Derivation;
	readonly #listeners = new Set<() => void>();
	#plain: Plain = empty;
	#state: ClusterState = empty;
	#tick: TimerHandle | undefined;
	#isDeriving = false;
	#publishedAt = -Infinity;
	#publishCostMs = 0;
	#deriveCostMs = 0;

	/**
	 * `stopwatch` measures, in milliseconds, how long the main loop is held: real time, also where `clock` is a test's or
	 * a simulation's.
	 */
	constructor({
		clock,
		stopwatch = () => performance.now(),
	}: {readonly clock: Clock; readonly stopwatch?: () => number}) {
		this.#clock = clock;
		this.#stopwatch = stopwatch;
		this.#derivation = new Derivation(this.#tables, () => clock.now());
	}

	getState(): ClusterState {
		return this.#state;
	}

	subscribe(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => this.#listeners.delete(listener);
	}

	/** To be taken right before a request is sent and given back with its answer: it says which answer is the later. */
	nextStamp(): number {
		return this.#tables.stamps.next();
	}

	mergeNodes(nodes: readonly SwarmNode[], stamp: number, listed: Listed): void {
		this.#tables.mergeNodes(nodes, stamp, listed);
		this.#schedule();
	}

	mergeServices(services: readonly Service[], stamp: number, listed: Listed): void {
		this.#tables.mergeServices(services, stamp, listed);
		this.#schedule();
	}

	/** A part of a list's rows. {@link completeTasks} follows when the list has come to its end. */
	mergeTaskRows(rows: readonly TaskRow[], stamp: number): void {
		for (const row of rows) this.#tables.mergeTask(row, stamp);
		this.#schedule();
	}

	completeTasks(newestVersion: number, stamp: number, listed: ListedTasks): void {
		this.#tables.completeTasks(newestVersion, stamp, listed);
		this.#schedule();
	}

	/** Sums of tasks that were passed over and not kept: of all that these nodes hold. */
	mergeLoads(tally: LoadTally, nodeIds: Iterable<string>): void {
		this.#tables.mergeLoads(tally, nodeIds);
		this.#schedule();
	}

	/** Forgets all tasks but those of that node and these services: the rest is not kept up to date any more. */
	retainTasks(nodeId: string | undefined, serviceIds: readonly string[]): void {
		this.#tables.retainTasks(nodeId, serviceIds);
		this.#schedule();
	}

	/** Of a service that is gone: the engine refuses to list them. */
	forgetTasksOfService(id: string): void {
		this.#tables.forgetTasksOfService(id);
		this.#schedule();
	}

	removeNode(id: string): void {
		this.#tables.removeNode(id);
		this.#schedule();
	}

	removeService(id: string): void {
		this.#tables.removeService(id);
		this.#schedule();
	}

	/** Another swarm answers now: nothing of the old one holds. */
	clear(): void {
		this.#tables.clear();
		this.#plain = {
			...this.#plain,
			engine: undefined,
			freshness: empty.freshness,
			inventory: emptyInventory,
			isLoading: true,
		};
		this.#schedule();
	}

	setConnection(connection: Connection): void {
		this.#set({connection});
	}

	setEngine(engine: Engine): void {
		this.#set({engine});
	}

	setFreshness(freshness: Partial<ClusterState['freshness']>): void {
		this.#set({freshness: {...this.#plain.freshness, ...freshness}});
	}

	setInventory(change: Partial<Inventory>): void {
		this.#set({inventory: {...this.#plain.inventory, ...change}});
	}

	setContexts(contexts: ClusterState['contexts']): void {
		this.#set({contexts});
	}

	/** Undefined where nothing leads to the nodes' own engines. */
	setInside(inside: ClusterState['inside']): void {
		this.#set({inside});
	}

	setLoading(isLoading: boolean): void {
		this.#set({isLoading});
	}

	/** Judges anew what depends on how long something has lasted; sync calls it as it polls. */
	reassess(): void {
		this.#derivation.reassess();
		this.#schedule();
	}

	/** Derives all that is dirty and publishes, without waiting for the tick and without slices. */
	publishNow(): void {
		this.#tick?.cancel();
		this.#tick = undefined;
		this.#derivation.run(() => false);
		this.#publish();
	}

	#set(change: Partial<Plain>): void {
		this.#plain = {...this.#plain, ...change};
		this.#schedule();
	}

	#schedule(): void {
		if (this.#tick || this.#isDeriving) return;
		const pauseMs = Math.max(tickMs, this.#publishCostMs / publishShare, this.#deriveCostMs / deriveShare);
		const delayMs = Math.max(0, this.#publishedAt + pauseMs - this.#clock.now());
		this.#tick = this.#clock.after(delayMs, () => {
			this.#tick = undefined;
			void this.#deriveInSlices();
		});
	}

	async #deriveInSlices(): Promise<void> {
		this.#isDeriving = true;
		this.#deriveCostMs = 0;
		while (!this.#deriveSlice()) {
			if (this.#clock.now() - this.#publishedAt > unfinishedTickMs) this.#publish();
			await nextTurn();
		}
		this.#isDeriving = false;
		this.#publish();
	}

	/** True when nothing is left to derive. */
	#deriveSlice(): boolean {
		const startedAt = this.#stopwatch();
		const isDone = this.#derivation.run(this.#deadline(sliceMs));
		this.#deriveCostMs += this.#stopwatch() - startedAt;
		return isDone;
	}

	#publish(): void {
		const startedAt = this.#stopwatch();
		const next = this.#nextState();
		this.#publishedAt = this.#clock.now();
		if (!next) return;
		this.#state = next;
		this.#publishCostMs = this.#stopwatch() - startedAt;
		for (const listener of [...this.#listeners]) listener();
	}

	/** Undefined when nothing changed. */
	#nextState(): ClusterState | undefined {
		const {changed, nodes, services, tasks} = this.#derivation;
		const before = this.#state;
		const plain = this.#plain;
		const isPlainSame =
			plain.connection === before.connection &&
			plain.engine === before.engine &&
			plain.freshness === before.freshness &&
			plain.inventory === before.inventory &&
			plain.contexts === before.contexts &&
			plain.inside === before.inside &&
			plain.isLoading === before.isLoading;
		if (isPlainSame && !changed.nodes && !changed.services && !changed.tasks) return undefined;
		const {connection, engine, freshness, inventory, contexts, inside, isLoading} = plain;
		const next: ClusterState = {
			revision: before.revision + 1,
			connection,
			engine,
			freshness,
			inventory,
			contexts,
			inside,
			isLoading,
			quorum: changed.nodes ? quorumOf(nodes.values()) : before.quorum,
			nodes: changed.nodes ? new Map(nodes) : before.nodes,
			services: changed.services ? new Map(services) : before.services,
			tasks: changed.tasks ? new Map(tasks) : before.tasks,
		};
		Object.assign(changed, {nodes: false, services: false, tasks: false});
		return next;
	}

	/** True once so much time has passed. Looks only every so often: one derivation takes a few microseconds. */
	#deadline(budgetMs: number): () => boolean {
		const until = this.#stopwatch() + budgetMs;
		let calls = 0;
		return () => ++calls % 32 === 0 && this.#stopwatch() > until;
	}
}
