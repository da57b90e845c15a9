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
		// Put together at once: a text that grows by single characters keeps all its beginnings in memory.
		const codes: number[] = [];
		for (let i = 0; i < length; i++) codes.push(alphabet.charCodeAt(Math.floor(next() * alphabet.length)));
		return String.fromCharCode(...codes);
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

/**
 * 128 bits of the text: four FNV-1a hashes of different bases, mixed crosswise. A swarm may hold hundreds of thousands of
 * objects, among which 32 bits would repeat.
 */
function hash(text: string, seed: number): [number, number, number, number] {
	let a = 2166136261 ^ seed;
	let b = 0x9e3779b9 ^ seed;
	let c = 0x85ebca6b ^ seed;
	let d = 0xc2b2ae35 ^ seed;
	for (let i = 0; i < text.length; i++) {
		const code = text.charCodeAt(i);
		a = Math.imul(a ^ code, 16777619);
		b = Math.imul(b ^ code, 597399067);
		c = Math.imul(c ^ code, 2869860233);
		d = Math.imul(d ^ code, 951274213);
	}
	return [mix(a ^ (b >>> 11)), mix(b ^ (c >>> 13)), mix(c ^ (d >>> 15)), mix(d ^ (a >>> 17))];
}

/** murmur3's final avalanche. */
function mix(value: number): number {
	let mixed = value ^ (value >>> 16);
	mixed = Math.imul(mixed, 2246822507);
	mixed ^= mixed >>> 13;
	mixed = Math.imul(mixed, 3266489909);
	return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** The sfc32 generator, past its first dozen. */
function generator([a0, b0, c0, d0]: readonly [number, number, number, number]): () => number {
	let [a, b, c, d] = [a0, b0, c0, d0];
	const next = () => {
		const sum = (((a + b) | 0) + d) | 0;
		d = (d + 1) | 0;
		a = b ^ (b >>> 9);
		b = (c + (c << 3)) | 0;
		c = (((c << 21) | (c >>> 11)) + sum) | 0;
		return (sum >>> 0) / 4294967296;
	};
	for (let i = 0; i < 12; i++) next();
	return next;
}
