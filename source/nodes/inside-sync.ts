import type {Inside} from '../cluster/entities/inside.ts';
import type {NodeReach} from '../cluster/entities/node-reach.ts';
import type {TaskEntity} from '../cluster/model.ts';
import type {LiveStore} from '../cluster/store/store.ts';
import {UsageHistory} from '../cluster/usage-history.ts';
import type {Clock} from '../runtime/clock.ts';
import {type ContentsControls, ContentsSync} from './contents-sync.ts';
import {MemoryKills} from './memory-kills.ts';
import type {NodeEngines} from './node-engines.ts';
import {NodeEvents} from './node-events.ts';
import {subjectOf} from './subject.ts';
import {UsageSampler} from './usage-sampler.ts';
import type {Ways} from './ways.ts';

type InsideSyncOptions = {
	readonly engines: NodeEngines;
	readonly ways: Ways;
	readonly store: Pick<LiveStore, 'getState' | 'subscribe' | 'setInside'>;
	readonly clock: Clock;
};

const nothing: Inside = {reach: new Map(), usage: new Map(), kills: new Map()};

/**
 * Keeps what the store knows of the nodes' engines true. Where nobody has named a way to any node, and none was asked for,
 * the store is told nothing: the screen is then as if there were no such engines.
 */
export class InsideSync {
	readonly #options: InsideSyncOptions;
	readonly #stops: readonly (() => void)[];
	readonly #sampler: UsageSampler;
	readonly #history = new UsageHistory();
	readonly #kills: MemoryKills;
	/** The inside of the node that somebody went into. */
	readonly contents: ContentsControls & Pick<ContentsSync, 'stop'>;
	readonly #events: NodeEvents;
	#isListening = false;
	#tasks: unknown;
	#nodes: unknown;
	#inside: Inside | undefined;

	constructor(options: InsideSyncOptions) {
		this.#options = options;
		this.#sampler = new UsageSampler(options.engines, options.clock, (usage) => {
			if (!this.#inside) return;
			this.#inside = {...this.#inside, usage, history: this.#history};
			this.#history.observe({...options.store.getState(), inside: this.#inside}, options.clock.now());
			options.store.setInside(this.#inside);
		});
		this.#kills = new MemoryKills(options.engines, (kills) => {
			if (!this.#inside) return;
			this.#inside = {...this.#inside, kills};
			options.store.setInside(this.#inside);
		});
		this.contents = new ContentsSync(options.engines, options.clock, (contents) => {
			if (!this.#inside) return;
			this.#inside = {...this.#inside, contents};
			options.store.setInside(this.#inside);
		});
		this.#events = new NodeEvents(options.engines, options.clock, (events) => {
			if (!this.#inside) return;
			this.#inside = {...this.#inside, events};
			options.store.setInside(this.#inside);
		});
		this.#stops = [options.store.subscribe(() => this.#follow()), options.engines.onChange(() => this.#publish())];
	}

	/** Tells which tasks are on the screen: what they use is asked of the nodes that there is a way to. */
	watch(tasks: readonly TaskEntity[]): void {
		const reach = this.#inside?.reach;
		const {nodes} = this.#options.store.getState();
		const watched = tasks.flatMap(({id, state, containerId, nodeId}) => {
			const node = nodes.get(nodeId);
			const isAsked = reach?.has(nodeId) && state === 'running' && containerId !== '';
			return node && isAsked ? [{taskId: id, containerId, node: subjectOf(node.raw)}] : [];
		});
		this.#sampler.watch(watched);
	}

	/** To the engines that a way leads to; the one that is asked for the swarm tells of itself anyway. */
	listen(isListening: boolean): void {
		this.#isListening = isListening;
		this.#follow();
		this.#listenToReached();
	}

	stop(): void {
		this.#events.stop();
		this.#sampler.stop();
		this.contents.stop();
		for (const stop of this.#stops) stop();
	}

	#follow(): void {
		const {engine, nodes, tasks} = this.#options.store.getState();
		this.#lookIntoKills(tasks);
		if (nodes === this.#nodes) return;
		this.#nodes = nodes;
		const own = nodes.get(engine?.nodeId ?? '');
		if (own) this.#options.ways.setOwnNode(subjectOf(own.raw));
		this.#publish();
	}

	#listenToReached(): void {
		const {ways, store} = this.#options;
		const reach = this.#isListening ? this.#inside?.reach : undefined;
		const subjects = reach ? [...store.getState().nodes.values()].map(({raw}) => subjectOf(raw)) : [];
		this.#events.listen(subjects.filter((subject) => reach?.has(subject.id) && !ways.isOwn(subject)));
	}

	/** How programs ended is asked only where a way leads to their nodes. */
	#lookIntoKills(tasks: ReadonlyMap<string, TaskEntity>): void {
		if (!this.#inside || tasks === this.#tasks) return;
		this.#tasks = tasks;
		const {reach} = this.#inside;
		const {nodes} = this.#options.store.getState();
		this.#kills.look(tasks.values(), (nodeId) => {
			const node = nodes.get(nodeId);
			return node && reach.has(nodeId) ? subjectOf(node.raw) : undefined;
		});
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
		if (this.#isListening) this.#listenToReached();
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
