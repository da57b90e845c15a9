/** Lets so many pieces of work run at a time; the others wait for their turn, first come first served. */
export class Semaphore {
	readonly #most: number;
	readonly #waiting: (() => void)[] = [];
	#running = 0;

	constructor(most: number) {
		this.#most = most;
	}

	async run<T>(work: () => Promise<T>): Promise<T> {
		if (this.#running >= this.#most) await new Promise<void>((resolve) => this.#waiting.push(resolve));
		else this.#running++;
		try {
			return await work();
		} finally {
			const next = this.#waiting.shift();
			if (next) next();
			else this.#running--;
		}
	}
}
