import {type EngineError, engineError} from '../../engine/error.ts';
import {joinSafe, type SafeText, safe} from '../../text/safe-text.ts';
import type {ClusterState, Engine} from '../model.ts';
import {isReachable, majorityOf, managersOf} from '../quorum.ts';

type Told = {readonly problem: SafeText; readonly nextStep: SafeText};

/** Engines 20.10 say for up to 14 s that they are in no swarm while they are being stopped. */
const stoppingMs = 20_000;

/** What to tell of a loss: the error's own sentence, and for a lost quorum which managers it was lost with. */
export function tellLoss(
	error: EngineError,
	{nodes, engine}: Pick<ClusterState, 'nodes' | 'engine'>,
	lostForMs: number,
): Told {
	if (error.kind === 'not-in-swarm' && engine) return tellLeaving(engine, nodes, lostForMs);
	const members = managersOf(nodes.values());
	const missing = members.filter((node) => !isReachable(node)).map((node) => node.name);
	const needed = majorityOf(members.length);
	// Seen before the loss, and enough to explain it: better than the addresses, which are all that the error can name.
	if (error.kind !== 'no-leader' || missing.length <= members.length - needed) {
		return {problem: error.message, nextStep: error.nextStep};
	}
	return {
		problem: safe`The swarm has no leader: of ${members.length} managers ${needed} must be up, and ${joinSafe(missing, ', ')} can't be reached.`,
		nextStep: safe`Bring ${joinSafe(missing, ' or ')} back; running tasks keep running.`,
	};
}

/** It has been a manager of this swarm: to begin another one is never what helps. */
function tellLeaving({name, nodeId}: Engine, nodes: ClusterState['nodes'], lostForMs: number): Told {
	if (lostForMs < stoppingMs) {
		return {
			problem: safe`The engine of ${name} is stopping: it was a manager of this swarm a moment ago.`,
			nextStep: safe`It is asked again all the time; start it again if it was not to stop.`,
		};
	}
	const others = managersOf(nodes.values()).filter((node) => node.id !== nodeId && isReachable(node));
	const named = joinSafe(
		others.map((node) => safe`ssh://${node.address}`),
		', ',
	);
	return {
		problem: safe`The engine of ${name} has left the swarm.`,
		nextStep:
			others.length === 0
				? safe`Point swarmtop at another manager.`
				: safe`Point swarmtop at another manager: ${named}.`,
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
