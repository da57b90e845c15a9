import type {NodeInfo} from './node-info.ts';
import type {Ranking} from './ranking.ts';

/**
 * The best `most` nodes of all that are offered, kept in a heap with the worst of them on top, so that a node that is no
 * better than any kept one costs a single comparison and no filter (swarmkit manager/scheduler/nodeset.go).
 */
export class BestNodes {
	readonly #most: number;
	readonly #ranking: Ranking;
	readonly #heap: NodeInfo[] = [];

	constructor(most: number, ranking: Ranking) {
		this.#most = most;
		this.#ranking = ranking;
	}

	offer(node: NodeInfo, passes: (node: NodeInfo) => boolean): void {
		const worst = this.#heap[0];
		if (this.#heap.length < this.#most) {
			if (passes(node)) this.#push(node);
		} else if (worst && this.#ranking(node, worst) < 0 && passes(node)) {
			this.#heap[0] = node;
			this.#sink();
		}
	}

	/** Those that (still) pass, best first. */
	ordered(passes: (node: NodeInfo) => boolean): NodeInfo[] {
		return this.#heap.filter(passes).sort(this.#ranking);
	}

	/** The same without asking again, right after they have been offered. */
	sorted(): NodeInfo[] {
		return [...this.#heap].sort(this.#ranking);
	}

	#push(node: NodeInfo): void {
		const heap = this.#heap;
		let index = heap.push(node) - 1;
		while (index > 0) {
			const parent = (index - 1) >> 1;
			if (!this.#isWorse(index, parent)) return;
			this.#swap(index, parent);
			index = parent;
		}
	}

	#sink(): void {
		let index = 0;
		for (;;) {
			const left = 2 * index + 1;
			let worst = index;
			if (left < this.#heap.length && this.#isWorse(left, worst)) worst = left;
			if (left + 1 < this.#heap.length && this.#isWorse(left + 1, worst)) worst = left + 1;
			if (worst === index) return;
			this.#swap(index, worst);
			index = worst;
		}
	}

	#isWorse(a: number, b: number): boolean {
		const first = this.#heap[a];
		const second = this.#heap[b];
		return first !== undefined && second !== undefined && this.#ranking(first, second) > 0;
	}

	#swap(a: number, b: number): void {
		const first = this.#heap[a];
		const second = this.#heap[b];
		if (!first || !second) return;
		this.#heap[a] = second;
		this.#heap[b] = first;
	}
}
