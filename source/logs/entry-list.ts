/** Where something stands in a log: by time first, what has the same time by the order in which it came. */
export type LogPlace = {readonly stamp: string; readonly id: number};

function comparePlaces(a: LogPlace, b: LogPlace): number {
	if (a.stamp !== b.stamp) return a.stamp < b.stamp ? -1 : 1;
	return a.id - b.id;
}

/** The array is cut once so many places before its first entry are empty: not at every line. */
const slackEntries = 4096;

/** Entries in the order of their places: most come to its end and leave at its beginning, and both cost next to nothing. */
export class EntryList<Entry extends LogPlace> {
	#entries: Entry[] = [];
	/** Entries before this one are gone. */
	#start = 0;

	get length(): number {
		return this.#entries.length - this.#start;
	}

	at(index: number): Entry | undefined {
		return index < 0 ? undefined : this.#entries[this.#start + index];
	}

	/** From `from` up to before `to`, both from 0. */
	slice(from: number, to: number): readonly Entry[] {
		return this.#entries.slice(this.#start + Math.max(0, from), this.#start + Math.max(0, to));
	}

	/** How many stand before that place: the index of the entry there, or of the first one after it. */
	indexOf(place: LogPlace): number {
		let low = this.#start;
		let high = this.#entries.length;
		while (low < high) {
			const middle = (low + high) >>> 1;
			const entry = this.#entries[middle];
			if (entry && comparePlaces(entry, place) < 0) low = middle + 1;
			else high = middle;
		}
		return low - this.#start;
	}

	/** Puts the entry in the place of the one that stands there; false where none does any more. */
	replace(entry: Entry): boolean {
		const index = this.#start + this.indexOf(entry);
		const there = this.#entries[index];
		if (!there || comparePlaces(there, entry) !== 0) return false;
		this.#entries[index] = entry;
		return true;
	}

	/** @param added in the order of their places */
	add(added: readonly Entry[]): void {
		const first = added[0];
		const last = this.#entries.at(-1);
		if (!first) return;
		if (this.length === 0 || (last && comparePlaces(last, first) < 0)) {
			for (const entry of added) this.#entries.push(entry);
			return;
		}
		const from = this.#start + this.indexOf(first);
		const merged = merge(this.#entries.slice(from), added);
		this.#entries.length = from;
		for (const entry of merged) this.#entries.push(entry);
	}

	/** Takes the first one out. */
	shift(): Entry | undefined {
		if (this.length === 0) return undefined;
		const first = this.#entries[this.#start++];
		if (this.#start > slackEntries && this.#start > this.#entries.length / 2) {
			this.#entries = this.#entries.slice(this.#start);
			this.#start = 0;
		}
		return first;
	}

	clear(): void {
		this.#entries = [];
		this.#start = 0;
	}
}

function merge<Entry extends LogPlace>(left: readonly Entry[], right: readonly Entry[]): Entry[] {
	const merged: Entry[] = [];
	let l = 0;
	let r = 0;
	for (;;) {
		const a = left[l];
		const b = right[r];
		if (a && (!b || comparePlaces(a, b) < 0)) {
			merged.push(a);
			l++;
		} else if (b) {
			merged.push(b);
			r++;
		} else return merged;
	}
}
