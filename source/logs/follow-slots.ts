/**
 * How many followed responses may be open at a time: each is a connection, over ssh a process and a login. Streams that
 * get no slot look for news now and then instead; one that finds some takes the slot of whoever has been silent longest.
 */

type SlotOptions = {
	/** Something has been said since the slot was last asked for: then a silent holder has to give way. */
	readonly hasNews: boolean;
	/** The slot is needed by another. */
	readonly onTaken: () => void;
};

export interface FollowSlot {
	/** A line has come. */
	heard(): void;
	/** It is needed no more. */
	free(): void;
}

type Holder = FollowSlot & {heardAt: number; readonly onTaken: () => void};

/** Whoever has said something within this keeps its slot. */
const silentMs = 20_000;

export class FollowSlots {
	readonly #most: number;
	readonly #now: () => number;
	readonly #holders = new Set<Holder>();

	/** @param now milliseconds, of any clock */
	constructor(most: number, now: () => number) {
		this.#most = most;
		this.#now = now;
	}

	/** Undefined while all are needed. */
	take({hasNews, onTaken}: SlotOptions): FollowSlot | undefined {
		if (this.#holders.size >= this.#most && !(hasNews && this.#makeRoom())) return undefined;
		const holder: Holder = {
			heardAt: this.#now(),
			onTaken,
			heard: () => {
				holder.heardAt = this.#now();
			},
			free: () => this.#holders.delete(holder),
		};
		this.#holders.add(holder);
		return holder;
	}

	#makeRoom(): boolean {
		const [silent] = [...this.#holders].sort((a, b) => a.heardAt - b.heardAt);
		if (!silent || this.#now() - silent.heardAt < silentMs) return false;
		this.#holders.delete(silent);
		silent.onTaken();
		return true;
	}
}
