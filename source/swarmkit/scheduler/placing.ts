import type {GenericResource} from '../../wire/node.ts';
import type {NodeObject, TaskObject, Timestamp} from '../state/objects.ts';
import {ActiveTasks, NodeInfo} from './node-info.ts';
import {Pipeline} from './pipeline.ts';
import {decided, type Ranking, rankingFor} from './ranking.ts';
import {type SpreadTree, spreadTree} from './spread-tree.ts';

/**
 * Placing tasks on nodes, without a store: what the simulated leader's scheduler does to its own state, and what a plan
 * does to a copy of a live swarm's (swarmkit manager/scheduler/scheduler.go).
 */

/** An arbitrary 32-bit number that belongs to an ID: the same whenever it is asked for. */
export type SeedOf = (id: string) => number;

export type Placed = {
	readonly task: TaskObject;
	readonly nodeId: string;
	readonly genericResources: readonly GenericResource[];
	/** Other nodes that would have been as good, and all that would have done, where somebody wants to know. */
	readonly equals: readonly string[];
	readonly fitting: readonly string[];
};

type Placing = {
	readonly placed: readonly Placed[];
	/** The tasks that fit nowhere, and why, in the engine's words. */
	readonly unplaced: readonly TaskObject[];
	readonly explanation: string;
};

/** The nodes that tasks can be placed on, with what is on them. */
export class NodeSet {
	readonly #nodes = new Map<string, NodeInfo>();
	readonly #active = new ActiveTasks();
	readonly #seedOf: SeedOf;
	readonly #tellsChoices: boolean;

	constructor(seedOf: SeedOf, {tellsChoices = false} = {}) {
		this.#seedOf = seedOf;
		this.#tellsChoices = tellsChoices;
	}

	get(nodeId: string): NodeInfo | undefined {
		return this.#nodes.get(nodeId);
	}

	put(node: NodeObject): NodeInfo {
		const known = this.#nodes.get(node.id);
		if (known) {
			known.update(node);
			return known;
		}
		const info = new NodeInfo(node, this.#seedOf(node.id), this.#active);
		this.#nodes.set(node.id, info);
		return info;
	}

	remove(nodeId: string): void {
		const info = this.#nodes.get(nodeId);
		for (const taskId of [...(info?.tasks.keys() ?? [])]) info?.removeTask(taskId);
		this.#nodes.delete(nodeId);
	}

	/**
	 * Places a group of tasks of one service and spec version, as far as there is room, and counts them where they went.
	 * Which task of the group goes where is settled by their order.
	 */
	place(group: readonly TaskObject[], now: Timestamp): Placing {
		const [task] = group;
		if (!task) return {placed: [], unplaced: [], explanation: ''};
		const pipeline = new Pipeline(task);
		const passes = (node: NodeInfo): boolean => pipeline.passes(node);
		const ranking = rankingFor(task, now);
		const tree = spreadTree(this.#nodes.values(), {
			task,
			most: group.length,
			ranking: decided(ranking, this.#seedOf(task.serviceId)),
			passes,
			keepsAll: this.#tellsChoices,
		});
		// Looking for equals must not be counted among the reasons why nodes fail.
		const beside = new Pipeline(task);
		const fitting = this.#tellsChoices
			? () => new Set([...this.#nodes.values()].filter((node) => beside.passes(node)))
			: undefined;
		const round = new Round([...group], {ranking, passes, fitting});
		round.placeOn(tree, group.length);
		const explanation = pipeline.explain();
		return {placed: round.placed, unplaced: round.waiting, explanation};
	}

	/** Whether the task fits on the node that was chosen for it: '' and counted there, or why not. */
	placeOn(task: TaskObject, info: NodeInfo): {readonly explanation: string} | Placed {
		const pipeline = new Pipeline(task);
		if (!pipeline.passes(info)) return {explanation: pipeline.explain()};
		const genericResources = info.assign({...task, nodeId: info.node.id});
		return {task, nodeId: info.node.id, genericResources, equals: [], fitting: []};
	}
}

/** One group's way through the tree. */
class Round {
	readonly placed: Placed[] = [];
	/** What has no place yet, first come first served. */
	readonly waiting: TaskObject[];
	readonly #ranking: Ranking;
	readonly #passes: (node: NodeInfo) => boolean;
	/** All nodes that pass now; undefined where nobody asks. */
	readonly #fitting: (() => ReadonlySet<NodeInfo>) | undefined;

	constructor(
		group: TaskObject[],
		{
			ranking,
			passes,
			fitting,
		}: {
			readonly ranking: Ranking;
			readonly passes: (node: NodeInfo) => boolean;
			readonly fitting: (() => ReadonlySet<NodeInfo>) | undefined;
		},
	) {
		this.waiting = group;
		this.#ranking = ranking;
		this.#passes = passes;
		this.#fitting = fitting;
	}

	/** Places up to `count` tasks below `tree`; gives back how many found room. */
	placeOn(tree: SpreadTree, count: number, rivals: readonly SpreadTree[] = []): number {
		if (tree.isLeaf) return this.#placeOnNodes(tree, count, rivals);
		const branches = tree.branches();
		const full = new Set<SpreadTree>();
		let placed = 0;
		let tasksInUsable = tree.tasks;
		// Even the branches out until all are full or nothing is left. A branch's own count stays what it was before, so a
		// second round doesn't see what the first has placed.
		while (placed < count && full.size !== branches.length) {
			const usable = branches.length - full.size;
			const perBranch = Math.floor((tasksInUsable + count - placed) / usable);
			let remainder = (tasksInUsable + count - placed) % usable;
			for (const branch of branches) {
				if (full.has(branch)) continue;
				if (branch.tasks > perBranch || (branch.tasks === perBranch && remainder === 0)) continue;
				const wanted = perBranch - branch.tasks + (remainder > 0 ? 1 : 0);
				const open = remainder > 0 ? branches.filter((each) => !full.has(each) && each.tasks <= perBranch) : [];
				const found = this.placeOn(
					branch,
					wanted,
					open.length > Math.min(remainder, count - placed) ? [...rivals, ...open] : rivals,
				);
				if (found < wanted) {
					full.add(branch);
					tasksInUsable -= branch.tasks;
				} else if (remainder > 0) {
					remainder--;
				}
				placed += found;
			}
		}
		return placed;
	}

	/**
	 * Fills the best node until the next ranks better, and so on; once all are level, one task each in turn, on those that
	 * still pass the filters.
	 */
	#placeOnNodes(leaf: SpreadTree, count: number, rivals: readonly SpreadTree[]): number {
		const nodes = leaf.orderedNodes(this.#passes);
		const failing = new Set<number>();
		let placed = 0;
		let turn = 0;
		while (placed < count && this.waiting.length > 0) {
			const node = nodes[turn % nodes.length];
			const task = this.waiting.shift();
			if (!node || !task) {
				if (task) this.waiting.unshift(task);
				return placed;
			}
			placed++;
			const choice = this.#choiceOf(node, leaf, placed === count ? rivals : []);
			const genericResources = node.assign({...task, nodeId: node.node.id});
			this.placed.push({task, nodeId: node.node.id, genericResources, ...choice});
			if (placed === count) return placed;
			const next = turn + 1 < nodes.length ? nodes[turn + 1] : undefined;
			if (!next || this.#ranking(next, node) < 0) turn++;
			const found = this.#nextPassing(nodes, turn, failing);
			if (found === undefined) return placed;
			turn = found;
		}
		return placed;
	}

	/** Nodes that rank as this one does; of branches between which a task too many had to choose, the best in each. */
	#choiceOf(node: NodeInfo, leaf: SpreadTree, rivals: readonly SpreadTree[]): Pick<Placed, 'equals' | 'fitting'> {
		const fitting = this.#fitting?.();
		if (!fitting) return {equals: [], fitting: []};
		const isOpen = (other: NodeInfo): boolean => other !== node && fitting.has(other);
		const beside = leaf.all().filter((other) => isOpen(other) && this.#ranking(other, node) === 0);
		const elsewhere = rivals.flatMap((rival) => {
			const open = rival.all().filter(isOpen);
			const best = open.reduce<NodeInfo | undefined>((a, b) => (a && this.#ranking(a, b) <= 0 ? a : b), undefined);
			return best ? open.filter((other) => this.#ranking(other, best) === 0) : [];
		});
		return {equals: [...new Set([...beside, ...elsewhere].map(idOf))], fitting: [...fitting].map(idOf)};
	}

	/** The first turn from `turn` on whose node passes; undefined after a whole round without one. */
	#nextPassing(nodes: readonly NodeInfo[], turn: number, failing: Set<number>): number | undefined {
		for (let tried = 0; tried < nodes.length; tried++) {
			const index = (turn + tried) % nodes.length;
			const node = nodes[index];
			if (node && !failing.has(index) && this.#passes(node)) return turn + tried;
			failing.add(index);
		}
		return undefined;
	}
}

const idOf = ({node}: NodeInfo): string => node.id;
