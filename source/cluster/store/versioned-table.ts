/**
 * Objects by ID, merged from answers that may come in any order. What decides which answer is the newer one:
 *
 * - `Version.Index`, the raft index of the object's last write. It grows across the whole swarm, so that a list whose
 *   newest object has index 90 has seen every write up to 90.
 * - Where versions are the same (the engine computes a service's counts and a manager's reachability as it answers), the
 *   stamp: the order in which requests were sent.
 *
 * A removed object never comes back, IDs are never used again: what a late answer still says about it is ignored.
 */
type Versioned = {readonly id: string; readonly version: number};

type Entry<T> = {
	value: T;
	/** Of the latest request that has seen it. */
	stamp: number;
	/** The latest stamp given out when an answer last held it. */
	mergedAt: number;
};

/** Gives every request its number in the order of sending. */
export class Stamps {
	latest = 0;

	next(): number {
		return ++this.latest;
	}
}

/** Enough for every answer that may still be on its way when thousands of tasks vanish at once. */
const rememberedRemovals = 10_000;

export class VersionedTable<T extends Versioned> {
	readonly #entries = new Map<string, Entry<T>>();
	readonly #removed = new Set<string>();
	readonly #isSame: (a: T, b: T) => boolean;
	/** The newest complete list: the latest stamp given out when it was answered, and the newest write that it had seen. */
	#complete = {mergedAt: -1, version: -1};
	readonly #stamps: Stamps;

	/** `isSame` compares two values of the same version. */
	constructor(stamps: Stamps, isSame: (a: T, b: T) => boolean) {
		this.#stamps = stamps;
		this.#isSame = isSame;
	}

	get size(): number {
		return this.#entries.size;
	}

	get(id: string): T | undefined {
		return this.#entries.get(id)?.value;
	}

	*values(): IterableIterator<T> {
		for (const entry of this.#entries.values()) yield entry.value;
	}

	/**
	 * Whether this version of it is known already, or a newer one; notes that the request of this stamp has seen it. Lets
	 * a long list of unchanged objects pass without building a value for each.
	 */
	knows(id: string, version: number, stamp: number): boolean {
		const entry = this.#entries.get(id);
		if (!entry || entry.value.version < version) return this.#removed.has(id);
		this.#see(entry, stamp);
		return true;
	}

	/** Takes in what the request of this stamp answered. True when it changed what is known. */
	merge(value: T, stamp: number): boolean {
		if (this.#removed.has(value.id)) return false;
		const entry = this.#entries.get(value.id);
		if (!entry) return this.#insert(value, stamp);
		const isNewer = value.version > entry.value.version;
		const isLater = value.version === entry.value.version && stamp >= entry.stamp;
		this.#see(entry, stamp);
		if (!isNewer && !(isLater && !this.#isSame(value, entry.value))) return false;
		entry.value = value;
		return true;
	}

	#see(entry: Entry<T>, stamp: number): void {
		entry.stamp = Math.max(entry.stamp, stamp);
		entry.mergedAt = this.#stamps.latest;
	}

	#insert(value: T, stamp: number): boolean {
		// A list that was under way at the same time has seen that write and not the object: it was removed in between.
		if (stamp <= this.#complete.mergedAt && value.version <= this.#complete.version) return false;
		this.#entries.set(value.id, {value, stamp, mergedAt: this.#stamps.latest});
		return true;
	}

	/** True when it was there. Holds for good, also when the object has not been seen yet. */
	remove(id: string): boolean {
		this.#removed.delete(id);
		this.#removed.add(id);
		if (this.#removed.size > rememberedRemovals) {
			const [oldest] = this.#removed;
			if (oldest !== undefined) this.#removed.delete(oldest);
		}
		return this.#entries.delete(id);
	}

	/** No longer kept, though it may still be there: an answer may bring it back. */
	forget(id: string): void {
		this.#entries.delete(id);
		// Of what was forgotten a list can't tell whether it had been there.
		this.#complete = {mergedAt: -1, version: -1};
	}

	/**
	 * Removes those of `candidates` (the IDs that a list should have held) which the list of this stamp shows to be gone.
	 * Called after its whole answer, whose newest object has `newestVersion`, was merged. What other requests brought
	 * while the list was under way may be younger than the list, and stays. Returns what was removed.
	 */
	removeUnseen(candidates: Iterable<string> | 'all', stamp: number, newestVersion: number): T[] {
		const gone: T[] = [];
		const look = (entry: Entry<T>): void => {
			// The list itself, or a request sent after it, has seen this one.
			if (entry.stamp >= stamp) return;
			if (entry.mergedAt < stamp || entry.value.version <= newestVersion) gone.push(entry.value);
		};
		if (candidates === 'all') this.#entries.forEach(look);
		else {
			for (const id of candidates) {
				const entry = this.#entries.get(id);
				if (entry) look(entry);
			}
		}
		for (const value of gone) this.remove(value.id);
		return gone;
	}

	/** The list now merged held every object; the newest of them had `newestVersion`. */
	completed(newestVersion: number): void {
		const {version} = this.#complete;
		this.#complete = {mergedAt: this.#stamps.latest, version: Math.max(version, newestVersion)};
	}

	ids(): IterableIterator<string> {
		return this.#entries.keys();
	}

	clear(): void {
		this.#entries.clear();
		this.#removed.clear();
		this.#complete = {mergedAt: -1, version: -1};
	}
}
