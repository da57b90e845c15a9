/** Items of which the first, by the order given, is always at hand; adding and taking cost logarithmic time. */
export class BinaryHeap<Item> {
	readonly #compare: (a: Item, b: Item) => number;
	/** Every item comes no later than its two children, those at 2i + 1 and 2i + 2. */
	readonly #items: Item[] = [];

	/** `compare` as for `Array.sort`: negative when `a` comes before `b`. */
	constructor(compare: (a: Item, b: Item) => number) {
		this.#compare = compare;
	}

	get size(): number {
		return this.#items.length;
	}

	/** Undefined when there is none. */
	get first(): Item | undefined {
		return this.#items[0];
	}

	push(item: Item): void {
		this.#rise(item, this.#items.length);
	}

	/** Takes the first away; undefined when there is none. */
	pop(): Item | undefined {
		const first = this.#items[0];
		const last = this.#items.pop();
		if (last !== undefined && this.#items.length > 0) this.#sink(last);
		return first;
	}

	/** Puts an item into the place of the first, at half the cost of taking that and adding this. */
	replaceFirst(item: Item): void {
		this.#sink(item);
	}

	/** In no order. */
	[Symbol.iterator](): IterableIterator<Item> {
		return this.#items.values();
	}

	#rise(item: Item, from: number): void {
		const items = this.#items;
		let index = from;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			const above = items[parent] as Item;
			if (this.#compare(item, above) >= 0) break;
			items[index] = above;
			index = parent;
		}
		items[index] = item;
	}

	/** From the top, past the children that come before it. */
	#sink(item: Item): void {
		const items = this.#items;
		let index = 0;
		for (let child = this.#firstChild(index); child !== -1; child = this.#firstChild(index)) {
			const below = items[child] as Item;
			if (this.#compare(below, item) >= 0) break;
			items[index] = below;
			index = child;
		}
		items[index] = item;
	}

	/** The place of the child that comes first, -1 when there are none. */
	#firstChild(index: number): number {
		const items = this.#items;
		const left = 2 * index + 1;
		const right = left + 1;
		if (left >= items.length) return -1;
		return right < items.length && this.#compare(items[right] as Item, items[left] as Item) < 0 ? right : left;
	}
}
