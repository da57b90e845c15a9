import type {Choice} from '../state/controller.ts';

/**
 * Which other nodes may as well come to have a task. A choice among equals decides what is left to choose from afterwards:
 * nodes that were equal once may change places in all that follows, where they fit.
 */
export class EqualNodes {
	readonly #othersOf = new Map<string, readonly string[]>();
	/** Each node's group, a set that all of its nodes share. */
	readonly #groups = new Map<string, Set<string>>();

	note({taskId, nodeId, equals, fitting}: Choice): void {
		const group = this.#joined([nodeId, ...equals]);
		this.#othersOf.set(
			taskId,
			fitting.filter((other) => other !== nodeId && group.has(other)),
		);
	}

	of(taskId: string): readonly string[] {
		return this.#othersOf.get(taskId) ?? [];
	}

	#joined(nodes: readonly string[]): ReadonlySet<string> {
		const group = new Set(nodes.flatMap((node) => [node, ...(this.#groups.get(node) ?? [])]));
		for (const node of group) this.#groups.set(node, group);
		return group;
	}
}
