/** Chance for log lines: cheap, and always the same for the same place in a log. */
export class Dice {
	#state = 0;

	/** Begins the sequence that belongs to these numbers. */
	cast(seed: number, bucket: number, index: number): this {
		let mixed = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(bucket + 0x7f4a7c15, 0xc2b2ae35);
		mixed = Math.imul(mixed ^ (mixed >>> 15) ^ Math.imul(index + 1, 0x27d4eb2f), 0x165667b1);
		this.#state = (mixed ^ (mixed >>> 13)) >>> 0;
		return this;
	}

	/** A number in [0, 1) (mulberry32). */
	next(): number {
		this.#state = (this.#state + 0x6d2b79f5) >>> 0;
		let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	}

	/** A whole number from `least` to `most`, both included. */
	between(least: number, most: number): number {
		return least + Math.floor(this.next() * (most - least + 1));
	}

	pick<T>(values: readonly [T, ...T[]]): T {
		return values[Math.floor(this.next() * values.length)] ?? values[0];
	}

	chance(probability: number): boolean {
		return this.next() < probability;
	}

	/** Mostly small, now and then large: how long things take, how big answers are. */
	skewed(typical: number): number {
		const draw = this.next();
		return (typical * draw * draw * 3) / (1.02 - draw);
	}

	hex(digits: number): string {
		let text = '';
		while (text.length < digits)
			text += Math.floor(this.next() * 0x100000000)
				.toString(16)
				.padStart(8, '0');
		return text.slice(0, digits);
	}
}
