import type {NodeObject} from '../../../swarmkit/state/objects.ts';
import type {ManagerStatus, SwarmNode} from '../../../wire/node.ts';
import type {RaftMember} from '../../contract.ts';
import {metaOf} from './meta.ts';

/** Nodes as GET /nodes shows them; a node that is no member of raft has no ManagerStatus. */
export function renderNode(node: NodeObject, member: RaftMember | undefined): SwarmNode {
	return {
		ID: node.id,
		...metaOf(node),
		Spec: node.spec,
		Description: node.description,
		Status: node.status,
		...(member ? {ManagerStatus: managerStatusOf(member)} : {}),
	};
}

const managerStatusOf = ({isLeader, reachability, address}: RaftMember): ManagerStatus => ({
	...(isLeader ? {Leader: true} : {}),
	Reachability: reachability,
	Addr: address,
});
