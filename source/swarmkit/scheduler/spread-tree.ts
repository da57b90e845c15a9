import type {Placement} from '../../wire/task.ts';
import type {TaskObject} from '../state/objects.ts';
import {BestNodes} from './best-nodes.ts';
import {labelNamedBy, labelValue} from './constraints.ts';
import type {NodeInfo} from './node-info.ts';
import type {Ranking} from './ranking.ts';

/**
 * The nodes as placement preferences see them: a tree with a level per preference and a branch per value of its label;
 * nodes without the label share one branch (swarmkit manager/scheduler/nodeset.go, decision_tree.go).
 */
export class SpreadTree {
	/** Active tasks of the service on all nodes below, also on those that can't take more. Not renewed by placing. */
	tasks = 0;
	readonly #branches = new Map<string, SpreadTree>();
	#best: BestNodes | undefined;
	#isFresh = true;
	/** Every node that was offered to this leaf, where they are kept. */
	readonly #all: NodeInfo[] = [];

	get isLeaf(): boolean {
		return this.#branches.size === 0;
	}

	/** In an order that depends on nothing but the branches' values. */
	branches(): SpreadTree[] {
		return [...this.#branches].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, branch]) => branch);
	}

	/** A leaf's nodes that pass, best first. Of those left out by the number of tasks, none can be better. */
	orderedNodes(passes: (node: NodeInfo) => boolean): NodeInfo[] {
		const isFresh = this.#isFresh;
		this.#isFresh = false;
		return (isFresh ? this.#best?.sorted() : this.#best?.ordered(passes)) ?? [];
	}

	/** The nodes below, as far as they are kept. */
	all(): NodeInfo[] {
		return this.isLeaf ? this.#all : this.branches().flatMap((branch) => branch.all());
	}

	branch(value: string): SpreadTree {
		let branch = this.#branches.get(value);
		if (!branch) {
			branch = new SpreadTree();
			this.#branches.set(value, branch);
		}
		return branch;
	}

	keep(node: NodeInfo): void {
		this.#all.push(node);
	}

	offer(node: NodeInfo, most: number, ranking: Ranking, passes: (node: NodeInfo) => boolean): void {
		this.#best ??= new BestNodes(most, ranking);
		this.#best.offer(node, passes);
	}
}

/** The tree for placing up to `most` tasks like this one. */
export function spreadTree(
	nodes: Iterable<NodeInfo>,
	{
		task,
		most,
		ranking,
		passes,
		keepsAll = false,
	}: {task: TaskObject; most: number; ranking: Ranking; passes: (node: NodeInfo) => boolean; keepsAll?: boolean},
): SpreadTree {
	const labels = spreadLabels(task.spec.Placement);
	const root = new SpreadTree();
	for (const node of nodes) {
		const tasks = node.activeTasksOf(task.serviceId);
		let leaf = root;
		leaf.tasks += tasks;
		for (const label of labels) {
			// Branches exist and count even where none of their nodes can take a task.
			leaf = leaf.branch(labelValue(node.node, label));
			leaf.tasks += tasks;
		}
		leaf.offer(node, most, ranking, passes);
		if (keepsAll) leaf.keep(node);
	}
	return root;
}

/** Only spreading over labels is known; any other preference is passed over. */
function spreadLabels(placement: Placement | undefined) {
	return (placement?.Preferences ?? []).flatMap(({Spread}) => {
		const label = Spread && labelNamedBy(Spread.SpreadDescriptor);
		return label ? [label] : [];
	});
}
