import type {NodeReach} from '../cluster/entities/node-reach.ts';
import type {Answer} from '../engine/client.ts';
import {type EngineError, isConnectionTrouble, sentencesOf} from '../engine/error.ts';
import {NodeEngine} from '../engine/node-engine.ts';
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {Semaphore} from '../runtime/semaphore.ts';
import {safe, toSafeText} from '../text/safe-text.ts';
import {closed, onTheWay, wrongMachine} from './messages.ts';
import type {NodeSubject} from './subject.ts';
import type {Way, Ways} from './ways.ts';

/** A connection that nobody has used for so long is closed. */
const idleMs = 60_000;
/** So many nodes are looked for at a time, and so many engines stay open at most. */
const openingAtMost = 4;
const openAtMost = 12;
/** A failure is not found anew for each row of a list. */
const failureMs = 15_000;
/** Before anything is changed, who is there was asked at most so long ago. */
const freshMs = 2000;

type Entry = {
	readonly node: NodeSubject;
	readonly way: Way;
	readonly engine: NodeEngine;
	users: number;
	verifiedAt: number;
	usedAt: number;
	idle: TimerHandle | undefined;
};

/** An engine that is in use, and giving it back. */
export type Lease = {readonly engine: NodeEngine; readonly way: Way; readonly release: () => void};

export type NodeEnginesOptions = {
	readonly ways: Ways;
	readonly isReadOnly: boolean;
	readonly clock: Clock;
	/** The name of the node with that ID, where the swarm knows one. */
	readonly nameOf: (nodeId: string) => string | undefined;
};

/**
 * The engines of the nodes: each opened when something needs it, asked first whether it is the node that is meant, and
 * closed when nobody has used it for a while. A node that can't be reached costs the others nothing.
 */
export class NodeEngines {
	readonly #options: NodeEnginesOptions;
	readonly #open = new Map<string, Entry>();
	readonly #opening = new Map<string, Promise<Result<Entry, EngineError>>>();
	readonly #failures = new Map<
		string,
		{readonly at: number; readonly error: EngineError; readonly way: Way | undefined}
	>();
	readonly #reached = new Map<string, Way>();
	readonly #listeners = new Set<() => void>();
	readonly #turns = new Semaphore(openingAtMost);
	/** Every engine that is not closed yet, whether it has said whose it is or not. */
	readonly #engines = new Set<NodeEngine>();
	#isClosed = false;

	constructor(options: NodeEnginesOptions) {
		this.#options = options;
	}

	get isReadOnly(): boolean {
		return this.#options.isReadOnly;
	}

	/**
	 * The node's engine, once it has said that it is the node's. `isFresh` asks it again even if it said so a while ago, and
	 * tries a way again that failed: for what a person asked for, and always before a change.
	 */
	async lease(node: NodeSubject, {isFresh = false}: {readonly isFresh?: boolean} = {}): Answer<Lease> {
		const entry = await this.#entry(node, isFresh);
		if (!entry.ok) return entry;
		const {engine, way} = entry.value;
		this.#take(entry.value);
		let isHeld = true;
		return ok({
			engine,
			way,
			release: () => {
				if (isHeld) this.#give(entry.value);
				isHeld = false;
			},
		});
	}

	/** One call, or a few, on the node's engine. */
	async ask<T>(
		node: NodeSubject,
		call: (engine: NodeEngine) => Answer<T>,
		options?: {readonly isFresh?: boolean},
	): Answer<T> {
		const lease = await this.lease(node, options);
		if (!lease.ok) return lease;
		try {
			const answer = await call(lease.value.engine);
			if (answer.ok) return answer;
			if (isConnectionTrouble(answer.error)) this.#lost(node, answer.error);
			return failed(onTheWay(node.hostname, answer.error, false));
		} finally {
			lease.value.release();
		}
	}

	/** What is known of the way to a node; undefined where there is none that anybody spoke of. */
	reachOf(node: NodeSubject): NodeReach | undefined {
		const way = this.#reached.get(node.id);
		if (way) return {state: 'reached', way: wayName(way), url: way.endpoint.url, problem: toSafeText('')};
		const failure = this.#failures.get(node.id);
		if (failure) {
			const {way: tried, error} = failure;
			return {
				state: 'failed',
				way: tried ? wayName(tried) : toSafeText(''),
				url: tried?.endpoint.url ?? toSafeText(''),
				problem: sentencesOf(error),
			};
		}
		const {ways} = this.#options;
		if (!ways.leadsTo(node) && !ways.isOwn(node)) return undefined;
		return {
			state: 'untried',
			way: toSafeText(ways.isOwn(node) ? 'local' : ''),
			url: toSafeText(''),
			problem: toSafeText(''),
		};
	}

	/** What to hand to the ssh program for a shell on the node itself; undefined where no ssh leads there. */
	sshTo(node: NodeSubject): Promise<readonly string[] | undefined> {
		return this.#options.ways.sshTo(node);
	}

	/** Tries all of them, a few at a time. */
	async test(nodes: readonly NodeSubject[]): Promise<void> {
		this.#options.ways.forgetContexts();
		await Promise.all(nodes.map((node) => this.ask(node, async () => ok(undefined), {isFresh: true})));
	}

	/** Calls when a node has been reached, or found unreachable. */
	onChange(listener: () => void): () => void {
		this.#listeners.add(listener);
		return () => void this.#listeners.delete(listener);
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		this.#listeners.clear();
		// A timer left behind would keep the program from ending.
		for (const entry of this.#open.values()) entry.idle?.cancel();
		await Promise.all([...this.#engines].map((engine) => engine.close()));
	}

	async #entry(node: NodeSubject, isFresh: boolean): Promise<Result<Entry, EngineError>> {
		if (this.#isClosed) return failed(closed());
		const now = this.#options.clock.now();
		const open = this.#open.get(node.id);
		if (open && (!isFresh || now - open.verifiedAt < freshMs)) return ok(open);
		const failure = this.#failures.get(node.id);
		if (!isFresh && failure && now - failure.at < failureMs) return failed(failure.error);
		let opening = this.#opening.get(node.id);
		if (!opening) {
			opening = this.#turns
				.run(() => (open ? this.#verify(open) : this.#find(node)))
				.finally(() => this.#opening.delete(node.id));
			this.#opening.set(node.id, opening);
		}
		return opening;
	}

	async #find(node: NodeSubject): Promise<Result<Entry, EngineError>> {
		const {ways, isReadOnly, clock} = this.#options;
		const way = await ways.find(node);
		if (!way.ok) return this.#failed(node, way.error, undefined);
		if (this.#isClosed) return failed(closed());
		const engine = new NodeEngine(way.value.endpoint, {isReadOnly, clock});
		this.#engines.add(engine);
		return this.#verify({node, way: way.value, engine, users: 0, verifiedAt: 0, usedAt: clock.now(), idle: undefined});
	}

	/** In use meanwhile, so that it is not closed for its idleness. */
	async #verify(entry: Entry): Promise<Result<Entry, EngineError>> {
		this.#take(entry);
		try {
			return await this.#verified(entry);
		} finally {
			this.#give(entry);
		}
	}

	/** The one question that goes out before the engine has said whose it is. */
	async #verified(entry: Entry): Promise<Result<Entry, EngineError>> {
		const {node, way, engine} = entry;
		const info = await engine.info();
		if (this.#isClosed) return failed(closed());
		if (!info.ok) {
			this.#drop(entry);
			return this.#failed(node, onTheWay(node.hostname, info.error, way.kind === 'ssh'), way);
		}
		const {Name, Swarm} = info.value;
		if (Swarm.NodeID !== node.id) {
			this.#drop(entry);
			const owner =
				Swarm.NodeID === '' ? undefined : (this.#options.nameOf(Swarm.NodeID) ?? `${Name} of another swarm`);
			return this.#failed(node, wrongMachine(node.hostname, way.endpoint.url, owner), way);
		}
		entry.verifiedAt = this.#options.clock.now();
		this.#failures.delete(node.id);
		const isNew = !this.#reached.has(node.id);
		this.#reached.set(node.id, way);
		if (this.#open.get(node.id) !== entry) {
			this.#makeRoom();
			this.#open.set(node.id, entry);
		}
		if (isNew) this.#tell();
		return ok(entry);
	}

	#failed(node: NodeSubject, error: EngineError, way: Way | undefined): Result<never, EngineError> {
		this.#failures.set(node.id, {at: this.#options.clock.now(), error, way});
		this.#reached.delete(node.id);
		this.#tell();
		return failed(error);
	}

	/** The connection broke: whoever is there next time has to say who it is. */
	#lost(node: NodeSubject, error: EngineError): void {
		const entry = this.#open.get(node.id);
		if (!entry) return;
		this.#drop(entry);
		this.#failed(node, onTheWay(node.hostname, error, false), entry.way);
	}

	#take(entry: Entry): void {
		entry.users++;
		entry.idle?.cancel();
	}

	#give(entry: Entry): void {
		entry.users--;
		entry.usedAt = this.#options.clock.now();
		this.#rest(entry);
	}

	#rest(entry: Entry): void {
		entry.idle?.cancel();
		if (entry.users > 0 || this.#isClosed) return;
		if (this.#open.get(entry.node.id) !== entry) {
			this.#end(entry);
			return;
		}
		entry.idle = this.#options.clock.after(idleMs, () => this.#drop(entry));
	}

	/** The one that was used longest ago makes room. */
	#makeRoom(): void {
		if (this.#open.size < openAtMost) return;
		const [oldest] = [...this.#open.values()].filter(({users}) => users === 0).sort((a, b) => a.usedAt - b.usedAt);
		if (oldest) this.#drop(oldest);
	}

	/** Nobody gets it any more; who has it may finish with it. */
	#drop(entry: Entry): void {
		entry.idle?.cancel();
		if (this.#open.get(entry.node.id) === entry) this.#open.delete(entry.node.id);
		if (entry.users === 0) this.#end(entry);
	}

	#end({engine}: Entry): void {
		this.#engines.delete(engine);
		void engine.close();
	}

	#tell(): void {
		for (const listener of this.#listeners) listener();
	}
}

function wayName({kind, endpoint}: Way) {
	return kind === 'own' ? toSafeText('local') : safe`${toSafeText(endpoint.transport.kind)}`;
}
