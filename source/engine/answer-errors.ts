import type {Endpoint} from '../connection/endpoint.ts';
import {toSafeText} from '../text/safe-text.ts';
import type {SwarmInfo} from '../wire/swarm.ts';
import {type EngineError, engineError, type KnownManager} from './error.ts';
import {tlsRequired} from './tls-errors.ts';

/** An answer that is none of the API's: `status` and the whole body as text. */
export type RefusedAnswer = {readonly status: number; readonly body: string; readonly path: string};

/** What an answer with an error status means. The wordings are moby's and swarmkit's, 18.05 to 28. */
export function answerError({status, body, path}: RefusedAnswer, endpoint: Endpoint): EngineError {
	const words = messageIn(body);
	if (/client sent an HTTP request to an HTTPS server/i.test(words ?? body)) return tlsRequired(endpoint);
	if (words === undefined) return notTheApi(status, path, endpoint);
	const control = controlPlaneError(words);
	if (control) return {...control, status};
	const plain = withoutGrpc(words);
	const said = {status, engineMessage: toSafeText(plain)};
	if (/update out of sequence/.test(words)) {
		return engineError(
			'version-conflict',
			'It was changed by someone else meanwhile.',
			'Look at it again, then repeat.',
			said,
		);
	}
	const newest = /client version \S+ is too new\. Maximum supported API version is (\S+)/.exec(words)?.[1];
	if (newest !== undefined) {
		return engineError('engine-too-old', `The engine speaks API ${newest} only.`, 'Connect again.', said);
	}
	if (status === 404) return engineError('not-found', sentence(plain), 'It may have been removed: refresh.', said);
	if (status === 409)
		return engineError('conflict', sentence(plain), 'Choose another name, or remove the other one.', said);
	// swarmkit's plain errors (a bad constraint, a bad filter) come as 500 with the code Unknown: refusals all the same.
	if (status < 500 || status === 501 || /code = Unknown desc =/.test(words)) {
		return engineError('rejected', `The engine refused: ${ended(plain)}`, 'Mend what it names, then repeat.', said);
	}
	return engineError(
		'engine-failed',
		`The engine failed (${status}): ${ended(plain)}`,
		"Try again; if it stays, look at the engine's log (journalctl -u docker).",
		said,
	);
}

/**
 * The errors that concern the node or the whole swarm rather than one call, told from the engine's words: they come with
 * several statuses, and in /info without one. Undefined for any other words.
 */
export function controlPlaneError(words: string): EngineError | undefined {
	const engineMessage = toSafeText(withoutGrpc(words));
	const error = (...[kind, message, nextStep]: Parameters<typeof engineError>) =>
		engineError(kind, message, nextStep, {engineMessage});
	if (/Worker nodes can't be used|from a worker node/.test(words)) return workerError([], engineMessage);
	if (/Use "docker swarm init" or "docker swarm join"|not part of a swarm/.test(words)) return notInSwarm();
	if (/Manager is being prepared/.test(words)) return pendingError();
	if (/Swarm is encrypted and needs to be unlocked/.test(words)) return lockedError();
	if (/Swarm certificates have expired/.test(words)) {
		return error(
			'expired',
			"This node's swarm certificates have expired.",
			'Let it leave and join again: docker swarm leave --force, then the command of docker swarm join-token.',
		);
	}
	if (
		/does not have a leader|lost leader status|no elected primary|code = DeadlineExceeded|desc = context deadline exceeded/.test(
			words,
		)
	) {
		return noLeader([], engineMessage);
	}
	return undefined;
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
	return problem?.kind === 'no-leader' ? noLeader(managers, problem.engineMessage) : problem;
}

/** The same error, told with what /info knows of the managers. */
export function withManagers(error: EngineError, swarm: SwarmInfo): EngineError {
	const managers = knownManagers(swarm);
	if (managers.length === 0) return error;
	const told =
		error.kind === 'worker' ? workerError(managers, error.engineMessage) : noLeader(managers, error.engineMessage);
	return error.status === undefined ? told : {...told, status: error.status};
}

function knownManagers(swarm: SwarmInfo): KnownManager[] {
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
		'This node is still on its way into the swarm.',
		'Wait a moment; if it stays so, check that it reaches a manager on port 2377.',
	);
}

function workerError(managers: readonly KnownManager[], engineMessage?: EngineError['engineMessage']): EngineError {
	const nextStep =
		managers.length === 0
			? 'Point swarmtop at a manager: swarmtop -H ssh://user@manager.'
			: `Point swarmtop at a manager: ${managers.map(({address}) => `ssh://${hostOf(address)}`).join(', ')}.`;
	return engineError('worker', 'This node is a worker: only managers know the swarm.', nextStep, {
		managers,
		...(engineMessage !== undefined && {engineMessage}),
	});
}

/**
 * Without a leader fewer than half of the managers and one see each other. How many really run nobody can say from here;
 * how many must, arithmetic can.
 */
function noLeader(managers: readonly KnownManager[], engineMessage?: EngineError['engineMessage']): EngineError {
	const total = managers.length;
	const needed = Math.floor(total / 2) + 1;
	const message =
		total === 0
			? 'The swarm has no leader: too few managers are up, or they are just electing one.'
			: `The swarm has no leader: of ${total} managers ${needed} must be up, so ${total - needed + 1} or more are missing (or they are just electing one).`;
	const nextStep =
		total <= 1
			? 'Bring the managers back; what runs goes on running meanwhile.'
			: `Bring managers back until ${needed} of ${total} are up: ${managers.map(({address}) => hostOf(address)).join(', ')}.`;
	return engineError('no-leader', message, nextStep, {managers, ...(engineMessage !== undefined && {engineMessage})});
}

function notTheApi(status: number, path: string, {url}: Endpoint): EngineError {
	return engineError(
		'bad-answer',
		`What answers at ${url} is not a Docker engine: ${path} gave ${status} without a message.`,
		'Check the address; a proxy in between may answer in its place.',
		{status},
	);
}

/** The `message` of the API's error body; undefined for any other body. */
function messageIn(body: string): string | undefined {
	try {
		const {message} = JSON.parse(body) as {message?: unknown};
		return typeof message === 'string' ? message : undefined;
	} catch {
		return undefined;
	}
}

/** Errors that crossed gRPC are wrapped: `rpc error: code = InvalidArgument desc = …`. */
function withoutGrpc(words: string): string {
	return words.replace(/rpc error: code = \w+ desc = /g, '').trim();
}

function sentence(words: string): string {
	return ended(words.slice(0, 1).toUpperCase() + words.slice(1));
}

function ended(words: string): string {
	return /[.!?]$/.test(words) ? words : `${words}.`;
}

function hostOf(address: string): string {
	return address.replace(/:\d+$/, '');
}
