/**
 * The arithmetic of raft membership: how many managers there are, how many must be reachable for the swarm to decide
 * anything, and what a promotion or demotion does to that (swarmkit manager/state/raft).
 */
import {memoized} from '../runtime/memoized.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {NodeRole} from '../wire/node.ts';
import {evenManagers, oneZone} from './messages.ts';
import type {ClusterState, NodeEntity, Quorum} from './model.ts';

/** A majority of the members: 1 of 1, 2 of 2, 2 of 3, 3 of 4, 3 of 5. */
export const majorityOf = (members: number): number => Math.floor(members / 2) + 1;

/** Members of raft: nodes that have joined it, whatever role is asked of them by now. */
export function managersOf(nodes: Iterable<NodeEntity>): NodeEntity[] {
	return [...nodes].filter((node) => node.manager !== undefined);
}

/**
 * Whether it counts towards the quorum. Raft goes on calling a manager reachable for minutes after its node has left and
 * joined anew under another ID: one whose node is down is lost, whatever its reachability says.
 */
export const isReachable = ({manager, state}: NodeEntity): boolean =>
	manager?.reachability === 'reachable' && state !== 'down';

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
		leader: members.find((node) => node.manager?.isLeader)?.name,
	};
}

/**
 * What docker gives no way to name: every swarm is called "default". Where a cluster's name must be typed it is that of the
 * docker context in use, else the host name of the oldest manager.
 */
export function clusterNameOf({nodes}: Pick<ClusterState, 'nodes'>, context: SafeText | undefined): SafeText {
	const [oldest] = managersOf(nodes.values()).sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1));
	return context ?? oldest?.name ?? safe`swarm`;
}

/** The state once a role has been given and raft has followed: what plans of several managers reckon with. */
export function withRole(nodeId: string, role: NodeRole, state: ClusterState): ClusterState {
	const node = state.nodes.get(nodeId);
	if (!node || node.role === role) return state;
	const reachability = node.state === 'ready' ? 'reachable' : 'unreachable';
	const manager = role === 'manager' ? ({isLeader: false, reachability, address: node.address} as const) : undefined;
	return {...state, nodes: new Map(state.nodes).set(nodeId, {...node, role, manager})};
}

/** What could be better about how many managers there are and where: one short sentence each. */
export const quorumHints = memoized((nodes: ReadonlyMap<string, NodeEntity>): readonly SafeText[] => {
	const members = managersOf(nodes.values());
	const isEven = members.length > 0 && members.length % 2 === 0;
	return [...(isEven ? [evenManagers(members.length)] : []), ...zoneHints(members)];
});

/** That one failure of a place would take all managers with it, where labels tell the places. */
export function zoneHints(members: readonly NodeEntity[]): readonly SafeText[] {
	const zone = commonZone(members);
	return zone === undefined ? [] : [oneZone(zone)];
}

/** What people call the label that tells which nodes fail together. */
const zoneLabels = [
	'zone',
	'az',
	'availability-zone',
	'failure-domain',
	'topology.kubernetes.io/zone',
	'datacenter',
	'dc',
	'rack',
];

/** `zone a`: the place that all managers share although they say where they are. */
function commonZone(members: readonly NodeEntity[]): SafeText | undefined {
	if (members.length < 2) return undefined;
	for (const label of zoneLabels) {
		const places = members.map((member) => placeOf(member, label));
		const [place] = places;
		if (place !== undefined && places.every((other) => other === place)) return safe`${toSafeText(label)} ${place}`;
	}
	return undefined;
}

const placeOf = ({labels, engineLabels}: NodeEntity, label: string): SafeText | undefined =>
	[...labels, ...engineLabels].find(([key]) => key.toLowerCase() === label)?.[1];

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
