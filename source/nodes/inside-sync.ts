import type {Inside} from '../cluster/entities/inside.ts';
import type {NodeReach} from '../cluster/entities/node-reach.ts';
import type {LiveStore} from '../cluster/store/store.ts';
import type {NodeEngines} from './node-engines.ts';
import {subjectOf} from './subject.ts';
import type {Ways} from './ways.ts';

type InsideSyncOptions = {
	readonly engines: NodeEngines;
	readonly ways: Ways;
	readonly store: Pick<LiveStore, 'getState' | 'subscribe' | 'setInside'>;
};

const nothing: Inside = {reach: new Map(), usage: new Map(), kills: new Map()};

/**
 * Keeps what the store knows of the nodes' engines true. Where nobody has named a way to any node, and none was asked for,
 * the store is told nothing: the screen is then as if there were no such engines.
 */
export class InsideSync {
	readonly #options: InsideSyncOptions;
	readonly #stops: readonly (() => void)[];
	#nodes: unknown;
	#inside: Inside | undefined;

	constructor(options: InsideSyncOptions) {
		this.#options = options;
		this.#stops = [options.store.subscribe(() => this.#follow()), options.engines.onChange(() => this.#publish())];
	}

	stop(): void {
		for (const stop of this.#stops) stop();
	}

	#follow(): void {
		const {engine, nodes} = this.#options.store.getState();
		if (nodes === this.#nodes) return;
		this.#nodes = nodes;
		const own = nodes.get(engine?.nodeId ?? '');
		if (own) this.#options.ways.setOwnNode(subjectOf(own.raw));
		this.#publish();
	}

	#publish(): void {
		const {engines, ways, store} = this.#options;
		const subjects = [...store.getState().nodes.values()].map(({raw}) => subjectOf(raw));
		const reach = new Map<string, NodeReach>();
		for (const subject of subjects) {
			const known = engines.reachOf(subject);
			if (known) reach.set(subject.id, known);
		}
		const isNamed = subjects.some((subject) => ways.leadsTo(subject));
		const isAsked = [...reach.values()].some(({state}) => state !== 'untried');
		if (!isNamed && !isAsked) {
			if (this.#inside) store.setInside(undefined);
			this.#inside = undefined;
			return;
		}
		if (this.#inside && isSame(reach, this.#inside.reach)) return;
		this.#inside = {...(this.#inside ?? nothing), reach};
		store.setInside(this.#inside);
	}
}

function isSame(a: ReadonlyMap<string, NodeReach>, b: ReadonlyMap<string, NodeReach>): boolean {
	return (
		a.size === b.size &&
		[...a].every(([id, {state, way, problem}]) => {
			const other = b.get(id);
			return other?.state === state && other.way === way && other.problem === problem;
		})
	);
}
