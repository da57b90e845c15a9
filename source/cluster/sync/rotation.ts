/** Goes round through many objects, a few at a time: all of them are asked for again and again, none of them in one go. */
export class Rotation {
	#after: string | undefined;

	/** The next ones that are not among `others`, so many at the most; from the first on again after the last. */
	next(ids: Iterable<string>, others: ReadonlySet<string>, atMost: number): string[] {
		const all = [...ids];
		const begin = this.#after === undefined ? 0 : all.indexOf(this.#after) + 1;
		const found: string[] = [];
		for (let step = 0; step < all.length && found.length < atMost; step++) {
			const id = all[(begin + step) % all.length];
			if (id === undefined) break;
			this.#after = id;
			if (!others.has(id)) found.push(id);
		}
		return found;
	}
}
