import {BinaryHeap} from '../../runtime/binary-heap.ts';
import type {NodeInfo} from './node-info.ts';
import type {Ranking} from './ranking.ts';

/**
 * The best `most` nodes of all that are offered, kept in a heap with the worst of them on top, so that a node that is no
 * better than any kept one costs a single comparison and no filter (swarmkit manager/scheduler/nodeset.go).
 */
export class BestNodes {
	readonly #most: number;
	readonly #ranking: Ranking;
	readonly #worstFirst: BinaryHeap<NodeInfo>;

	constructor(most: number, ranking: Ranking) {
		this.#most = most;
		this.#ranking = ranking;
		this.#worstFirst = new BinaryHeap((a, b) => ranking(b, a));
	}

	offer(node: NodeInfo, passes: (node: NodeInfo) => boolean): void {
		const kept = this.#worstFirst;
		if (kept.size < this.#most) {
			if (passes(node)) kept.push(node);
		} else if (kept.first && this.#ranking(node, kept.first) < 0 && passes(node)) kept.replaceFirst(node);
	}

	/** Those that (still) pass, best first. */
	ordered(passes: (node: NodeInfo) => boolean): NodeInfo[] {
		return [...this.#worstFirst].filter(passes).sort(this.#ranking);
	}

	/** The same without asking again, right after they have been offered. */
	sorted(): NodeInfo[] {
		return [...this.#worstFirst].sort(this.#ranking);
	}
}
