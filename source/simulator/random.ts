/**
 * Everything arbitrary in the simulation comes from one seed. Values are derived from what they are for (a service's
 * name, a slot, the n-th task in it) rather than drawn from one stream, so that the same requests give the same IDs and
 * choices whatever the timing between them was.
 */
export class Seeded {
	readonly #seed: number;
	readonly #counts = new Map<string, number>();

	constructor(seed: number) {
		this.#seed = seed >>> 0;
	}

	/** A swarm object's ID: 25 characters, lower-case base 36 (swarmkit identity/randomid.go). */
	id(kind: string, context: string): string {
		return this.text(25, `${kind}/${context}/${this.#next(`${kind}/${context}`)}`, base36);
	}

	/** A container, image or engine ID: 64 hexadecimal digits. */
	hex64(context: string): string {
		return this.text(64, context, '0123456789abcdef');
	}

	/** `length` characters of `alphabet`, always the same for the same context. */
	text(length: number, context: string, alphabet: string): string {
		const next = generator(hash(context, this.#seed));
		let text = '';
		for (let i = 0; i < length; i++) text += alphabet[Math.floor(next() * alphabet.length)];
		return text;
	}

	/** A number in [0, 1) that belongs to the context: the same at every call. */
	fraction(context: string): number {
		return generator(hash(context, this.#seed))();
	}

	/** A stream of numbers in [0, 1) that belongs to the context. */
	stream(context: string): () => number {
		return generator(hash(context, this.#seed));
	}

	#next(key: string): number {
		const count = this.#counts.get(key) ?? 0;
		this.#counts.set(key, count + 1);
		return count;
	}
}

export const base36 = '0123456789abcdefghijklmnopqrstuvwxyz';

/** FNV-1a with a final avalanche (murmur3's), 32 bits. */
function hash(text: string, seed: number): number {
	let value = 2166136261 ^ seed;
	for (let i = 0; i < text.length; i++) {
		value ^= text.charCodeAt(i);
		value = Math.imul(value, 16777619);
	}
	value ^= value >>> 16;
	value = Math.imul(value, 2246822507);
	value ^= value >>> 13;
	value = Math.imul(value, 3266489909);
	return (value ^ (value >>> 16)) >>> 0;
}

/** The mulberry32 generator. */
function generator(seed: number): () => number {
	let state = seed;
	return () => {
		state = (state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
