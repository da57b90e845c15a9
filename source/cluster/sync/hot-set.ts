import type {Clock} from '../../runtime/clock.ts';

/** Objects that something is going on with, each until a while after it was last heard of. The oldest make room. */
export class HotSet {
	readonly #clock: Clock;
	readonly #lastsMs: number;
	readonly #atMost: number;
	readonly #until = new Map<string, number>();

	constructor({clock, lastsMs, atMost}: {clock: Clock; lastsMs: number; atMost: number}) {
		this.#clock = clock;
		this.#lastsMs = lastsMs;
		this.#atMost = atMost;
	}

	add(ids: Iterable<string>): void {
		const until = this.#clock.now() + this.#lastsMs;
		for (const id of ids) {
			this.#until.delete(id);
			this.#until.set(id, until);
		}
		for (const id of this.#until.keys()) {
			if (this.#until.size <= this.#atMost) return;
			this.#until.delete(id);
		}
	}

	remove(id: string): void {
		this.#until.delete(id);
	}

	ids(): string[] {
		const now = this.#clock.now();
		for (const [id, until] of this.#until) if (until < now) this.#until.delete(id);
		return [...this.#until.keys()];
	}
}
