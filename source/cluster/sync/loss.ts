import {type EngineError, engineError} from '../../engine/error.ts';
import {joinSafe, type SafeText, safe} from '../../text/safe-text.ts';
import type {ClusterState} from '../model.ts';
import {isReachable, majorityOf, managersOf} from '../quorum.ts';

/** What to tell of a loss: the error's own sentence, and for a lost quorum which managers it was lost with. */
export function tellLoss(
	error: EngineError,
	{nodes}: Pick<ClusterState, 'nodes'>,
): {readonly problem: SafeText; readonly nextStep: SafeText} {
	const members = managersOf(nodes.values());
	const missing = members.filter((node) => !isReachable(node)).map((node) => node.name);
	const needed = majorityOf(members.length);
	// Seen before the loss, and enough to explain it: better than the addresses, which are all that the error can name.
	if (error.kind !== 'no-leader' || missing.length <= members.length - needed) {
		return {problem: error.message, nextStep: error.nextStep};
	}
	return {
		problem: safe`The swarm has no leader: of ${members.length} managers ${needed} must be up, and ${joinSafe(missing, ', ')} can't be reached.`,
		nextStep: safe`Bring ${joinSafe(missing, ' or ')} back; what runs goes on running meanwhile.`,
	};
}

/**
 * Lists hang for up to 20 s while managers don't know yet that their leader is gone, though the engine itself answers:
 * that is no engine that hangs, but a swarm without a leader.
 */
export function leaderless({nodes}: Pick<ClusterState, 'nodes'>): EngineError {
	const members = managersOf(nodes.values());
	const leader = members.find((node) => node.manager?.isLeader);
	const named = leader ? ` (${leader.name} was)` : '';
	const majority = members.length > 0 ? ` until ${majorityOf(members.length)} of ${members.length} are up` : '';
	return engineError(
		'no-leader',
		`The swarm has no leader${named}: its managers are electing one, or too few of them are up.`,
		`An election takes up to half a minute; if it takes longer, bring managers back${majority}.`,
	);
}
