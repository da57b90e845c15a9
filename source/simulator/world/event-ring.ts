import type {Clock} from '../../runtime/clock.ts';
import type {EngineEvent} from '../../wire/event.ts';
import type {Events} from '../contract.ts';

/** How many events an engine remembers (moby daemon/events). */
const capacity = 256;

/** One engine's events: the last 256, and whoever listens. A restarted engine remembers none. */
export class EventRing implements Events {
	readonly #clock: Clock;
	#recent: EngineEvent[] = [];
	readonly #listeners = new Set<(event: EngineEvent) => void>();

	constructor(clock: Clock) {
		this.#clock = clock;
	}

	publish(event: EngineEvent): void {
		const stamped = event.timeNano === 0 ? {...event, ...stamp(this.#clock.now())} : event;
		this.#recent.push(stamped);
		if (this.#recent.length > capacity) this.#recent.shift();
		for (const listener of [...this.#listeners]) listener(stamped);
	}

	recent(): readonly EngineEvent[] {
		return this.#recent;
	}

	subscribe(listener: (event: EngineEvent) => void): () => void {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** The engine was restarted. */
	clear(): void {
		this.#recent = [];
	}
}

const stamp = (now: number) => ({time: Math.floor(now / 1000), timeNano: Math.round(now * 1e6)});
