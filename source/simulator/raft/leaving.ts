import type {RaftMember, Refusal} from '../contract.ts';
import {isLocked} from './refusals.ts';

/** What `swarm leave` says when it wants to be forced (moby daemon/cluster/swarm.go Leave, utils.go). */

const attempt = 'You are attempting to leave the swarm on a node that is participating as a manager. ';
const closing =
	'The only way to restore a swarm that has lost consensus is to reinitialize it with `--force-new-cluster`. Use `--force` to suppress this message.';

export const lockedLeave: Refusal = {
	...isLocked,
	message: 'Swarm is encrypted and locked. Please unlock it first or use `--force` to ignore this message.',
};

/** `members` as the leader lists them; `unknown` when it can't be asked; `not active` when this manager isn't up. */
export function leaveWarning(members: readonly RaftMember[] | 'unknown' | 'not active'): Refusal {
	return {status: 503, message: `${attempt}${consequence(members)}`};
}

function consequence(members: readonly RaftMember[] | 'unknown' | 'not active'): string {
	if (members === 'not active') return `Doing so may lose the consensus of your cluster. ${closing}`;
	if (members === 'unknown') return closing;
	const reachable = members.filter((member) => member.reachability === 'reachable').length;
	const unreachable = members.length - reachable;
	if (reachable - 2 > unreachable) return closing;
	if (reachable === 1 && unreachable === 0) {
		return 'Removing the last manager erases all current state of the swarm. Use `--force` to ignore this message. ';
	}
	return `Removing this node leaves ${reachable - 1} managers out of ${members.length}. Without a Raft quorum your swarm will be inaccessible. ${closing}`;
}
