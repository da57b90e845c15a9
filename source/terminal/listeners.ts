export type Unsubscribe = () => void;

/** Who wants to hear of one kind of event. */
export class Listeners<T> {
	readonly #listeners = new Set<(value: T) => void>();

	add(listener: (value: T) => void): Unsubscribe {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	}

	/** Calls those that listen now; who is added or removed meanwhile counts from the next time. */
	notify(value: T): void {
		for (const listener of [...this.#listeners]) listener(value);
	}
}
