import {toSafeText} from '../text/safe-text.ts';
import type {SwarmInfo} from '../wire/swarm.ts';
import {type EngineError, engineError, type KnownManager} from './error.ts';

const leaderless =
	/does not have a leader|lost leader status|no elected primary|code = DeadlineExceeded|desc = context deadline exceeded/;

/**
 * The errors that concern the node or the whole swarm rather than one call, told from the engine's words: they come with
 * several statuses, and in /info without one. Undefined for any other words.
 */
export function controlPlaneError(words: string): EngineError | undefined {
	if (/Worker nodes can't be used|from a worker node/.test(words)) return workerError([]);
	if (/Use "docker swarm init" or "docker swarm join"|not part of a swarm/.test(words)) return notInSwarm();
	if (/Manager is being prepared/.test(words)) return pendingError();
	if (/Swarm is encrypted and needs to be unlocked/.test(words)) return lockedError();
	if (/Swarm certificates have expired/.test(words)) {
		return engineError(
			'expired',
			"This node's swarm certificates have expired.",
			'Let it leave and join again: docker swarm leave --force, then the command of docker swarm join-token.',
		);
	}
	return leaderless.test(words) ? noLeader([]) : undefined;
}

/** What the node's own account of itself in /info says is wrong; undefined for a manager of a swarm with a leader. */
export function swarmProblem(swarm: SwarmInfo): EngineError | undefined {
	const managers = knownManagers(swarm);
	switch (swarm.LocalNodeState) {
		case 'inactive':
			return notInSwarm();
		case 'locked':
			return lockedError();
		case 'pending':
			return pendingError();
		case 'error':
			return (
				controlPlaneError(swarm.Error) ??
				engineError(
					'pending',
					`The node is in error: ${ended(swarm.Error)}`,
					"Look at the engine's log (journalctl -u docker).",
				)
			);
		case 'active':
			break;
		default:
			swarm.LocalNodeState satisfies never;
	}
	if (!swarm.ControlAvailable) return workerError(managers);
	if (swarm.Error === '') return undefined;
	const problem = controlPlaneError(swarm.Error);
	return problem?.kind === 'no-leader' ? noLeader(managers) : problem;
}

/** From /info; a manager is among its own. */
export function knownManagers(swarm: SwarmInfo): KnownManager[] {
	// The engine gives them in another order each time; a sentence that flickers looks like news.
	return (swarm.RemoteManagers ?? [])
		.map(({NodeID, Addr}) => ({nodeId: NodeID, address: toSafeText(Addr)}))
		.sort((a, b) => a.address.localeCompare(b.address, 'en', {numeric: true}));
}

function notInSwarm(): EngineError {
	return engineError(
		'not-in-swarm',
		'This engine is not in a swarm.',
		'Start one with docker swarm init, or point swarmtop at a manager: swarmtop -H ssh://user@manager.',
	);
}

function lockedError(): EngineError {
	return engineError('locked', 'This manager is locked.', "Unlock it with the swarm's key: docker swarm unlock.");
}

function pendingError(): EngineError {
	return engineError(
		'pending',
		'This node is still joining the swarm.',
		'Wait a moment; if nothing changes, check that it reaches a manager on port 2377.',
	);
}

function workerError(managers: readonly KnownManager[]): EngineError {
	const nextStep =
		managers.length === 0
			? 'Point swarmtop at a manager: swarmtop -H ssh://user@manager.'
			: `Point swarmtop at a manager: ${managers.map(({address}) => `ssh://${hostOf(address)}`).join(', ')}.`;
	return engineError('worker', 'This node is a worker: only managers know the swarm.', nextStep, {managers});
}

/**
 * Without a leader fewer than half of the managers and one see each other. How many really run nobody can say from here;
 * how many must, arithmetic can.
 */
export function noLeader(managers: readonly KnownManager[]): EngineError {
	const total = managers.length;
	const needed = Math.floor(total / 2) + 1;
	const message =
		total < 2
			? 'The swarm has no leader: too few managers are up, or they are just electing one.'
			: `The swarm has no leader: of ${total} managers ${needed} must be up, so ${total - needed + 1} or more are missing (or they are just electing one).`;
	const nextStep =
		total < 2
			? 'Bring the managers back; running tasks keep running.'
			: `Bring managers back until ${needed} of ${total} are up: ${managers.map(({address}) => hostOf(address)).join(', ')}.`;
	return engineError('no-leader', message, nextStep, {managers});
}

/** Errors that crossed gRPC are wrapped: `rpc error: code = InvalidArgument desc = …`. */
export function withoutGrpc(words: string): string {
	return words.replace(/rpc error: code = \w+ desc = /g, '').trim();
}

/** With a full stop, unless it ends a sentence already. */
export function ended(words: string): string {
	return /[.!?]$/.test(words) ? words : `${words}.`;
}

function hostOf(address: string): string {
	return address.replace(/:\d+$/, '');
}
