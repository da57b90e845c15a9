import type {Clock} from '../../runtime/clock.ts';
import type {ShownRows} from '../model.ts';
import type {LiveStore} from '../store/store.ts';
import type {Lists} from './lists.ts';
import {idleBytesPerSecond, type PaceBounds, tasksCost} from './pace.ts';
import {Poller} from './poller.ts';
import {tasksPerNode} from './task-lists.ts';

type NodeSumsOptions = {
	readonly store: LiveStore;
	readonly clock: Clock;
	readonly bounds: PaceBounds;
	readonly lists: () => Lists;
	readonly rows: () => ShownRows;
	/** Nothing has to be added up where all tasks are known. */
	readonly knowsAllTasks: () => boolean;
};

/** The sums cost a hundred times what they say: so much of what asking may cost is theirs. */
const share = 0.2;

/**
 * Adds up what nodes hold on a swarm whose tasks are not all kept: of the nodes on the screen, or of all where a view shows
 * them all. Each is asked for again when its sum is old, at a pace that it can afford.
 */
export class NodeSums {
	readonly #options: NodeSumsOptions;
	readonly #poller: Poller;
	readonly #at = new Map<string, number>();
	#asking = new AbortController();

	constructor(options: NodeSumsOptions) {
		this.#options = options;
		this.#poller = new Poller({clock: options.clock, run: () => this.#run(), pauseMs: () => this.#pauseMs});
	}

	start(): void {
		this.#at.clear();
		this.#poller.start();
	}

	stop(): Promise<void> {
		return this.#poller.stop();
	}

	/** Other nodes are on the screen. */
	wake(): void {
		this.#poller.wake();
	}

	/** All tasks are asked for now, which tell the sums too: what is being added up is asked for no longer. */
	drop(): void {
		this.#asking.abort();
	}

	/** Adds up anew, however young the sums are. */
	refresh(): void {
		this.#at.clear();
		this.#poller.wake();
	}

	get #pauseMs(): number {
		const {store, rows, bounds} = this.#options;
		const state = store.getState();
		const isAll = rows().ofAll !== 'nothing';
		const nodes = isAll ? state.nodes.size : rows().nodes.length;
		const bytesPerMs = (idleBytesPerSecond * (isAll ? 1 : share)) / 1000;
		return Math.max(bounds.fastestMs, tasksCost(nodes * tasksPerNode(state)) / bytesPerMs);
	}

	async #run(): Promise<void> {
		const {store, lists, rows, clock, knowsAllTasks} = this.#options;
		if (knowsAllTasks()) return;
		const {nodes} = store.getState();
		const isAll = rows().ofAll !== 'nothing';
		const now = clock.now();
		const oldest = now - this.#pauseMs;
		const wanted = isAll ? [...nodes.keys()] : rows().nodes.filter((id) => nodes.has(id));
		const old = wanted.filter((id) => (this.#at.get(id) ?? -Infinity) <= oldest);
		if (old.length === 0) return;
		this.#asking = new AbortController();
		if (!(await lists().nodeSums(isAll ? undefined : old, this.#asking.signal))) return;
		for (const id of old) this.#at.set(id, now);
	}
}
