/** CPU and memory: what nodes have, what is reserved on them, what is left. Limits don't count, as in the scheduler. */
import type {Amount, NodeEntity} from './model.ts';

export const nothing: Amount = {nanoCpus: 0, memoryBytes: 0};

export const plus = (a: Amount, b: Amount): Amount => ({
	nanoCpus: a.nanoCpus + b.nanoCpus,
	memoryBytes: a.memoryBytes + b.memoryBytes,
});

export const times = (amount: Amount, factor: number): Amount => ({
	nanoCpus: amount.nanoCpus * factor,
	memoryBytes: amount.memoryBytes * factor,
});

/** What is free on a node; undefined while its tasks are not known. Never negative: capacity may shrink below it. */
export function freeOn(node: Pick<NodeEntity, 'capacity' | 'reserved'>): Amount | undefined {
	const {capacity, reserved} = node;
	return (
		reserved && {
			nanoCpus: Math.max(0, capacity.nanoCpus - reserved.nanoCpus),
			memoryBytes: Math.max(0, capacity.memoryBytes - reserved.memoryBytes),
		}
	);
}

/** Nodes that the scheduler considers for new tasks: ready and active. */
export const takesTasks = (node: NodeEntity): boolean => node.state === 'ready' && node.availability === 'active';
