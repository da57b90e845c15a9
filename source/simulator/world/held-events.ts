import type {EngineEvent} from '../../wire/event.ts';
import type {Events} from '../contract.ts';

/** What a manager that is cut off misses at most; of more, the oldest goes first. */
const mostHeld = 1000;

/**
 * The events that a manager's engine publishes from its replica of the store: while the manager is cut off from the leader
 * the replica stands still, and what was committed meanwhile comes all at once when it catches up.
 */
export class HeldEvents implements Events {
	readonly #engine: Events;
	readonly #isLed: () => boolean;
	#held: EngineEvent[] = [];

	constructor(engine: Events, isLed: () => boolean) {
		this.#engine = engine;
		this.#isLed = isLed;
	}

	publish(event: EngineEvent): void {
		this.#held.push(event);
		if (this.#held.length > mostHeld) this.#held.shift();
		this.release();
	}

	/** Publishes what was held back, if the manager has caught up. */
	release(): void {
		if (!this.#isLed()) return;
		for (const event of this.#held.splice(0)) this.#engine.publish(event);
	}

	recent(): readonly EngineEvent[] {
		return this.#engine.recent();
	}

	subscribe(listener: (event: EngineEvent) => void): () => void {
		return this.#engine.subscribe(listener);
	}
}
