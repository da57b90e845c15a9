import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';

/** Why a call to the engine came to nothing. Each kind has one sentence for the user and a next step (connection-errors.ts, answer-errors.ts). */
export type EngineErrorKind =
	/** No file at the socket's path. */
	| 'no-socket'
	| 'permission-denied'
	/** The address is there, nothing listens. */
	| 'refused'
	| 'host-unknown'
	/** The network doesn't lead there. */
	| 'unreachable'
	/** ssh ended before an engine answered, for another reason than those above. */
	| 'ssh-failed'
	/** Plain HTTP was spoken to a TLS port. */
	| 'tls-required'
	| 'tls-failed'
	| 'not-in-swarm'
	| 'worker'
	| 'locked'
	/** A manager that is still starting or joining. */
	| 'pending'
	/** The swarm's certificates on that node have expired. */
	| 'expired'
	/** No quorum, or an election is under way. */
	| 'no-leader'
	| 'engine-too-old'
	| 'timeout'
	/** The object was changed since it was read: read again, then decide. */
	| 'version-conflict'
	| 'not-found'
	/** 409: the name is taken. */
	| 'conflict'
	/** A proxy before the engine, or a plugin in it, lets no such call through. */
	| 'forbidden'
	/** Another 4xx, or a refusal that swarmkit sends as a 500: the engine's own words say why. */
	| 'rejected'
	/** Another 5xx. */
	| 'engine-failed'
	/** Not sent: the client is read-only. */
	| 'read-only'
	/** The engine's answer is not what the API says it is. */
	| 'bad-answer'
	/** The connection broke before the answer was complete. */
	| 'connection-lost'
	/** The caller gave up, or the client was closed. */
	| 'aborted';

export type EngineError = {
	readonly kind: EngineErrorKind;
	/** What is wrong, one sentence. */
	readonly message: SafeText;
	/** What the user can do about it, one sentence; '' where there is nothing to do. */
	readonly nextStep: SafeText;
	/** The engine's own words, where it said any, without the gRPC wrapping. */
	readonly engineMessage?: SafeText;
	/** The HTTP status, where there was an answer. */
	readonly status?: number;
	/** The API version that it wants to be spoken to in, when it refuses ours. */
	readonly speaks?: string;
	/** For `worker` and `no-leader`: the managers that the asked node knows of. */
	readonly managers?: readonly KnownManager[];
};

/** A manager as another node knows it from /info. `address` is the swarm's (port 2377), not the engine API's. */
export type KnownManager = {readonly nodeId: string; readonly address: SafeText};

/** An EngineError from texts that may hold foreign words. */
export function engineError(
	kind: EngineErrorKind,
	message: string,
	nextStep: string,
	more: Pick<EngineError, 'engineMessage' | 'status' | 'speaks' | 'managers'> = {},
): EngineError {
	return {kind, message: toSafeText(message), nextStep: toSafeText(nextStep), ...more};
}

/** What says nothing about the call itself but about the way to the swarm: worth trying again with the same call. */
export function isConnectionTrouble({kind}: EngineError): boolean {
	switch (kind) {
		case 'no-socket':
		case 'permission-denied':
		case 'refused':
		case 'host-unknown':
		case 'unreachable':
		case 'ssh-failed':
		case 'tls-required':
		case 'tls-failed':
		case 'not-in-swarm':
		case 'worker':
		case 'locked':
		case 'pending':
		case 'expired':
		case 'no-leader':
		case 'engine-too-old':
		case 'timeout':
		case 'connection-lost':
			return true;
		case 'version-conflict':
		case 'not-found':
		case 'conflict':
		case 'forbidden':
		case 'rejected':
		case 'engine-failed':
		case 'read-only':
		case 'bad-answer':
		case 'aborted':
			return false;
		default:
			return kind satisfies never;
	}
}

/** The error as one line: what is wrong, and what can be done about it. */
export function sentencesOf({message, nextStep}: EngineError): SafeText {
	return nextStep === '' ? message : safe`${message} ${nextStep}`;
}
