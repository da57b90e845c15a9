/**
 * The arithmetic of raft membership: how many managers there are, how many must be reachable for the swarm to decide
 * anything, and what a promotion or demotion does to that (swarmkit manager/state/raft).
 */
import type {NodeEntity, Quorum} from './model.ts';

/** A majority of the members: 1 of 1, 2 of 2, 2 of 3, 3 of 4, 3 of 5. */
export const majorityOf = (members: number): number => Math.floor(members / 2) + 1;

/** Members of raft: nodes that have joined it, whatever role is asked of them by now. */
export function managersOf(nodes: Iterable<NodeEntity>): NodeEntity[] {
	return [...nodes].filter((node) => node.manager !== undefined);
}

export const isReachable = (node: NodeEntity): boolean => node.manager?.reachability === 'reachable';

export function quorumOf(nodes: Iterable<NodeEntity>): Quorum | undefined {
	const members = managersOf(nodes);
	if (members.length === 0) return undefined;
	const reachable = members.filter(isReachable).length;
	const needed = majorityOf(members.length);
	return {
		managers: members.length,
		reachable,
		needed,
		tolerated: reachable - needed,
		leader: members.find((node) => node.manager?.isLeader)?.hostname,
	};
}

/**
 * What is left after this member leaves raft, and whether raft would let it go: at least a majority of the remaining
 * members must be reachable without it (swarmkit CanRemoveMember; engine: "this would result in a loss of quorum").
 */
export function quorumWithout(
	nodes: Iterable<NodeEntity>,
	nodeId: string,
): Omit<Quorum, 'leader'> & {readonly isAllowed: boolean} {
	const others = managersOf(nodes).filter((node) => node.id !== nodeId);
	const reachable = others.filter(isReachable).length;
	const needed = majorityOf(others.length);
	return {
		managers: others.length,
		reachable,
		needed,
		tolerated: reachable - needed,
		isAllowed: others.length > 0 && reachable >= needed,
	};
}
