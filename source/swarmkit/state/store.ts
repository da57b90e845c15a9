// A long file: the indexes are kept by the transactions that write.
import type {Clock} from '../../runtime/clock.ts';
import type {Fresh, Kind, ObjectOf, StoredObject, TaskObject, Timestamp} from './objects.ts';

/**
 * The replicated store: tables of immutable objects, changed in transactions. Every transaction that writes takes one raft
 * index, which becomes the version of all it wrote (swarmkit manager/state/store/memory.go). Whoever wants to react to a
 * change watches the commits; the store is the only place where controllers meet.
 */

export type Change = {
	[K in Kind]:
		| {readonly action: 'create'; readonly kind: K; readonly object: ObjectOf[K]}
		| {readonly action: 'update'; readonly kind: K; readonly object: ObjectOf[K]; readonly previous: ObjectOf[K]}
		| {readonly action: 'remove'; readonly kind: K; readonly object: ObjectOf[K]};
}[Kind];

export type Commit = {readonly index: number; readonly changes: readonly Change[]};

/** Reading: the same inside and outside a transaction. */
export interface StoreReader {
	get<K extends Kind>(kind: K, id: string): ObjectOf[K] | undefined;
	/** All objects of a kind in ascending order of their IDs, as the API lists them. */
	all<K extends Kind>(kind: K): ObjectOf[K][];
	count(kind: Kind): number;
	/** In no particular order: the tasks of a service, of a slot of it, of a node ('' for those not assigned yet). */
	tasksOfService(serviceId: string): TaskObject[];
	tasksOfSlot(serviceId: string, slot: number): TaskObject[];
	tasksOfNode(nodeId: string): TaskObject[];
}

export interface Transaction extends StoreReader {
	/** The time on the store's clock, for what a write stamps. */
	readonly now: Timestamp;
	create<K extends Kind>(object: Fresh<ObjectOf[K]> & {kind: K}): ObjectOf[K];
	/** Replaces the object of the same kind and ID; a changed version or time in it is overruled by the store. */
	put<K extends Kind>(object: ObjectOf[K] & {kind: K}): void;
	remove(kind: Kind, id: string): void;
}

type Watcher = (commit: Commit) => void;

type Touched = {readonly kind: Kind; readonly id: string; readonly before: StoredObject | undefined};

export class Store implements StoreReader {
	readonly #clock: Clock;
	readonly #tables: {[K in Kind]: Map<string, ObjectOf[K]>} = {
		node: new Map(),
		service: new Map(),
		task: new Map(),
		network: new Map(),
		secret: new Map(),
		config: new Map(),
		cluster: new Map(),
	};
	/** What `all` gave last, until something of the kind is written. */
	readonly #lists = new Map<Kind, StoredObject[]>();
	/** The IDs of each kind that has been listed; in order but for the kinds in #unordered. */
	readonly #ids = new Map<Kind, string[]>();
	readonly #unordered = new Set<Kind>();
	readonly #byService = new Map<string, Map<number, Set<string>>>();
	readonly #byNode = new Map<string, Set<string>>();
	/** With the index after which each began to watch. */
	readonly #watchers = new Map<Watcher, number>();
	#index: number;
	#touched: Map<string, Touched> | undefined;
	#queue: Commit[] = [];
	#isDelivering = false;

	constructor(clock: Clock, {firstIndex = 0}: {firstIndex?: number} = {}) {
		this.#clock = clock;
		this.#index = firstIndex;
	}

	/** The raft index of the last commit. */
	get index(): number {
		return this.#index;
	}

	/** Raises the raft index without writing an object: elections and membership changes take entries, too. */
	skipIndex(entries: number): void {
		this.#index += entries;
	}

	get<K extends Kind>(kind: K, id: string): ObjectOf[K] | undefined {
		return this.#tables[kind].get(id);
	}

	all<K extends Kind>(kind: K): ObjectOf[K][] {
		const known = this.#lists.get(kind);
		if (known) return known as ObjectOf[K][];
		const table: ReadonlyMap<string, StoredObject> = this.#tables[kind];
		const list = this.#sortedIds(kind).map((id) => table.get(id));
		this.#lists.set(kind, list as StoredObject[]);
		return list as ObjectOf[K][];
	}

	/** Sorting a list that only had a few IDs appended is nearly free, so that is what most writes leave to do. */
	#sortedIds(kind: Kind): string[] {
		let ids = this.#ids.get(kind);
		if (!ids) {
			ids = [...this.#tables[kind].keys()];
			this.#ids.set(kind, ids);
			this.#unordered.add(kind);
		}
		if (this.#unordered.delete(kind)) ids.sort();
		return ids;
	}

	count(kind: Kind): number {
		return this.#tables[kind].size;
	}

	tasksOfService(serviceId: string): TaskObject[] {
		const slots = this.#byService.get(serviceId);
		if (!slots) return [];
		const tasks: TaskObject[] = [];
		for (const ids of slots.values()) this.#collect(ids, tasks);
		return tasks;
	}

	tasksOfSlot(serviceId: string, slot: number): TaskObject[] {
		return this.#collect(this.#byService.get(serviceId)?.get(slot), []);
	}

	tasksOfNode(nodeId: string): TaskObject[] {
		return this.#collect(this.#byNode.get(nodeId), []);
	}

	/**
	 * Runs `change` in a transaction. When it throws, nothing of it remains and the error passes on. The commit reaches the
	 * watchers on the clock's next turn, so that a caller sees what it wrote before anybody reacts to it.
	 */
	update<T>(change: (transaction: Transaction) => T): T {
		if (this.#touched) throw new Error('a transaction may not contain another');
		this.#touched = new Map();
		try {
			const now = this.#clock.now();
			const result = change(this.#transaction(now));
			this.#commit(this.#touched, now);
			return result;
		} catch (error) {
			this.#undo(this.#touched);
			throw error;
		} finally {
			this.#touched = undefined;
		}
	}

	/**
	 * Calls `watcher` with every later commit, in order; gives back what ends it. What was committed before, though not
	 * delivered yet, is in what can be read now, and is not reported.
	 */
	watch(watcher: Watcher): () => void {
		this.#watchers.set(watcher, this.#index);
		return () => {
			this.#watchers.delete(watcher);
		};
	}

	#transaction(now: Timestamp): Transaction {
		return {
			now,
			get: (kind, id) => this.get(kind, id),
			all: (kind) => this.all(kind),
			count: (kind) => this.count(kind),
			tasksOfService: (id) => this.tasksOfService(id),
			tasksOfSlot: (id, slot) => this.tasksOfSlot(id, slot),
			tasksOfNode: (id) => this.tasksOfNode(id),
			create: (fresh) => {
				if (this.#tables[fresh.kind].has(fresh.id)) throw new Error(`${fresh.kind} ${fresh.id} exists already`);
				const object = {createdAt: now, ...fresh, version: 0, updatedAt: now};
				this.#set(object as unknown as StoredObject);
				return object as unknown as ObjectOf[typeof fresh.kind];
			},
			put: (object) => {
				if (!this.#tables[object.kind].has(object.id)) throw new Error(`no ${object.kind} ${object.id} to replace`);
				this.#set(object as StoredObject);
			},
			remove: (kind, id) => this.#drop(kind, id),
		};
	}

	#set(object: StoredObject): void {
		const before = this.#tables[object.kind].get(object.id);
		this.#touch(object.kind, object.id, before);
		this.#replace(before, object);
	}

	#drop(kind: Kind, id: string): void {
		const before = this.#tables[kind].get(id);
		if (!before) return;
		this.#touch(kind, id, before);
		this.#replace(before, undefined);
	}

	#touch(kind: Kind, id: string, before: StoredObject | undefined): void {
		const key = `${kind}/${id}`;
		if (this.#touched && !this.#touched.has(key)) this.#touched.set(key, {kind, id, before});
	}

	/** Puts `after` (or nothing) in the place of `before` and keeps the indexes true. */
	#replace(before: StoredObject | undefined, after: StoredObject | undefined): void {
		const kind = (after ?? before)?.kind;
		if (!kind) return;
		this.#lists.delete(kind);
		const table = this.#tables[kind] as Map<string, StoredObject>;
		if (after) table.set(after.id, after);
		else if (before) table.delete(before.id);
		if (!before || !after) this.#noteId(kind, after ? 'create' : 'remove', (after ?? before)?.id ?? '');
		const isSamePlace = before?.kind === 'task' && after?.kind === 'task' && placeOf(before) === placeOf(after);
		if (isSamePlace) return;
		if (before?.kind === 'task') this.#unindex(before);
		if (after?.kind === 'task') this.#indexTask(after);
	}

	/** Keeps the list of IDs complete, if there is one. */
	#noteId(kind: Kind, action: 'create' | 'remove', id: string): void {
		if (!this.#ids.has(kind)) return;
		if (action === 'create') {
			this.#ids.get(kind)?.push(id);
			this.#unordered.add(kind);
		} else {
			const ids = this.#sortedIds(kind);
			ids.splice(positionOf(ids, id), 1);
		}
	}

	#indexTask(task: TaskObject): void {
		let slots = this.#byService.get(task.serviceId);
		if (!slots) {
			slots = new Map();
			this.#byService.set(task.serviceId, slots);
		}
		addTo(slots, task.slot, task.id);
		addTo(this.#byNode, task.nodeId, task.id);
	}

	#unindex(task: TaskObject): void {
		const slots = this.#byService.get(task.serviceId);
		if (slots) {
			dropFrom(slots, task.slot, task.id);
			if (slots.size === 0) this.#byService.delete(task.serviceId);
		}
		dropFrom(this.#byNode, task.nodeId, task.id);
	}

	#collect(ids: ReadonlySet<string> | undefined, into: TaskObject[]): TaskObject[] {
		for (const id of ids ?? []) {
			const task = this.#tables.task.get(id);
			if (task) into.push(task);
		}
		return into;
	}

	#commit(touched: ReadonlyMap<string, Touched>, now: Timestamp): void {
		if (touched.size === 0) return;
		const index = ++this.#index;
		const changes: Change[] = [];
		for (const {kind, id, before} of touched.values()) {
			this.#lists.delete(kind);
			const written = this.#tables[kind].get(id);
			if (!written) {
				if (before) changes.push({action: 'remove', kind, object: before} as Change);
				continue;
			}
			if (written === before) continue;
			const object = {...written, version: index, updatedAt: now} as StoredObject;
			(this.#tables[kind] as Map<string, StoredObject>).set(id, object);
			changes.push(
				(before ? {action: 'update', kind, object, previous: before} : {action: 'create', kind, object}) as Change,
			);
		}
		if (changes.length > 0) this.#deliver({index, changes});
	}

	#undo(touched: ReadonlyMap<string, Touched>): void {
		for (const {kind, id, before} of touched.values()) this.#replace(this.#tables[kind].get(id), before);
	}

	#deliver(commit: Commit): void {
		// Who begins to watch later is not told of it: while nobody does, as when a world is furnished, nothing is kept.
		if (this.#watchers.size === 0) return;
		this.#queue.push(commit);
		if (this.#isDelivering) return;
		this.#isDelivering = true;
		this.#clock.after(0, () => this.#drain());
	}

	#drain(): void {
		try {
			for (let commit = this.#queue.shift(); commit; commit = this.#queue.shift()) {
				for (const [watcher, since] of [...this.#watchers]) {
					// One watcher may have ended another's watch.
					if (commit.index > since && this.#watchers.has(watcher)) watcher(commit);
				}
			}
		} finally {
			this.#isDelivering = false;
		}
	}
}

/** Where the ID stands in the ordered list that holds it. */
function positionOf(ids: readonly string[], id: string): number {
	let low = 0;
	let high = ids.length - 1;
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((ids[middle] ?? '') < id) low = middle + 1;
		else high = middle;
	}
	return low;
}

const placeOf = (task: TaskObject): string => `${task.serviceId}/${task.slot}/${task.nodeId}`;

function addTo<K>(index: Map<K, Set<string>>, key: K, id: string): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}

function dropFrom<K>(index: Map<K, Set<string>>, key: K, id: string): void {
	const ids = index.get(key);
	if (!ids) return;
	ids.delete(id);
	if (ids.size === 0) index.delete(key);
}
