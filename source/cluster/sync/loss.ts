import {type EngineError, type EngineErrorKind, engineError} from '../../engine/error.ts';
import {safe} from '../../text/safe-text.ts';
import type {ClusterState, Engine} from '../model.ts';
import {isReachable, majorityOf, managersOf} from '../quorum.ts';
import {electing, leftSwarm, noLeader, stopping, type Told} from './messages.ts';

/** Engines 20.10 say for up to 14 s that they are in no swarm while they are being stopped. */
const stoppingMs = 20_000;

/** `reason` where something can be done about it from here; an engine that only stops is in its swarm still. */
type Lost = Told & {readonly reason?: EngineErrorKind};

/** An engine that leaves a swarm says so within this time. */
const leavingMs = 30_000;

/** One loss, from its first sign until the swarm is found again. */
export class Loss {
	#since: number | undefined;
	#swarmChangedAt = -Infinity;
	/** The engine has left its swarm because somebody here wanted it to. */
	#hasLeft = false;

	/** Something was done here to the swarm itself, or to the engine's part in it. */
	swarmChanged(now: number): void {
		this.#swarmChangedAt = now;
	}

	over(): void {
		this.#since = undefined;
		this.#hasLeft = false;
	}

	/** `hasNothing`: what is known of the swarm is of no use any more. */
	tell(
		error: EngineError,
		state: Pick<ClusterState, 'nodes' | 'engine'>,
		now: number,
	): Lost & {readonly since: number; readonly hasNothing: boolean} {
		const since = this.#since ?? now;
		this.#since = since;
		const isOwn = error.kind === 'not-in-swarm' && now - this.#swarmChangedAt < leavingMs;
		const hasNothing = isOwn && !this.#hasLeft;
		this.#hasLeft ||= isOwn;
		return {...tellLoss(error, state, {lostForMs: now - since, hasLeft: this.#hasLeft}), since, hasNothing};
	}
}

/** What to tell of a loss: the error's own sentence, and for a lost quorum which managers it was lost with. */
function tellLoss(
	error: EngineError,
	{nodes, engine}: Pick<ClusterState, 'nodes' | 'engine'>,
	{lostForMs, hasLeft}: {readonly lostForMs: number; readonly hasLeft: boolean},
): Lost {
	if (error.kind === 'not-in-swarm' && engine && !hasLeft) return tellLeaving(engine, nodes, lostForMs);
	const members = managersOf(nodes.values());
	const missing = members.filter((node) => !isReachable(node)).map((node) => node.name);
	const needed = majorityOf(members.length);
	// Seen before the loss, and enough to explain it: better than the addresses, which are all that the error can name.
	if (error.kind !== 'no-leader' || missing.length <= members.length - needed) {
		return {problem: error.message, nextStep: error.nextStep, reason: error.kind};
	}
	return {reason: error.kind, ...noLeader(members.length, needed, missing)};
}

/** It has been a manager of this swarm: to begin another one is never what helps. */
function tellLeaving({name, nodeId}: Engine, nodes: ClusterState['nodes'], lostForMs: number): Lost {
	if (lostForMs < stoppingMs) return stopping(name);
	const others = managersOf(nodes.values()).filter((node) => node.id !== nodeId && isReachable(node));
	const words = leftSwarm(
		name,
		others.map((node) => safe`ssh://${node.address}`),
	);
	return {...words, reason: 'not-in-swarm'};
}

/**
 * Lists hang for up to 20 s while managers don't know yet that their leader is gone, though the engine itself answers:
 * that is no engine that hangs, but a swarm without a leader.
 */
export function leaderless({nodes}: Pick<ClusterState, 'nodes'>): EngineError {
	const members = managersOf(nodes.values());
	const leader = members.find((node) => node.manager?.isLeader);
	const {problem, nextStep} = electing(leader?.name, majorityOf(members.length), members.length);
	return engineError('no-leader', problem, nextStep);
}
