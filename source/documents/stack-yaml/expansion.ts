/** What a YAML text can't be read for, and where. */
export class YamlRefusal extends Error {
	readonly offset: number;
	constructor(offset: number, message: string) {
		super(message);
		this.offset = offset;
	}
}

/** Up to here nearly all of a document may come from anchors; from the second number on a tenth. */
const small = 400_000;
const big = 4_000_000;
const deepest = 1_000;

/**
 * How much of a document comes from anchors that are named again. A few lines can stand for billions of values; go-yaml refuses by
 * what they come to, not by how often an anchor is named, and so does this.
 */
export class Expansion {
	#steps = 0;
	#fromAnchors = 0;
	readonly #open = new Set<object>();

	/** One more value. */
	step(offset: number): void {
		this.#steps++;
		if (this.#open.size === 0) return;
		this.#fromAnchors++;
		if (this.#fromAnchors <= 100 || this.#steps <= 1000) return;
		if (this.#fromAnchors / this.#steps > this.#allowed()) {
			throw new YamlRefusal(offset, 'its anchors stand for too much: more than 99 % of it comes from them');
		}
	}

	/** Reads what an alias stands for; an anchor may not hold itself. */
	inside<T>(alias: object, target: object, offset: number, name: string, read: () => T): T {
		if (this.#open.has(alias) || this.#open.has(target)) {
			throw new YamlRefusal(offset, `anchor '${name}' value contains itself`);
		}
		if (this.#open.size > deepest) throw new YamlRefusal(offset, 'it is nested too deeply');
		this.#open.add(target);
		const value = read();
		this.#open.delete(target);
		return value;
	}

	#allowed(): number {
		if (this.#steps <= small) return 0.99;
		if (this.#steps >= big) return 0.1;
		return 0.99 - (0.89 * (this.#steps - small)) / (big - small);
	}
}
