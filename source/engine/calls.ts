import type {IncomingMessage} from 'node:http';
import type {Endpoint} from '../connection/endpoint.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import {safe} from '../text/safe-text.ts';
import type {SwarmInfo, SystemInfo} from '../wire/swarm.ts';
import type {Answer, CallOptions} from './client.ts';
import type {Deadline} from './deadline.ts';
import {type EngineError, engineError, type KnownManager} from './error.ts';
import type {ExecStream} from './exec-stream.ts';
import {Negotiation} from './negotiation.ts';
import {readObject} from './read-answer.ts';
import {type Request, Requests} from './requests.ts';
import {knownManagers, noLeader, swarmProblem} from './swarm-errors.ts';

/** Reads a body to its end; throws BadJsonError, or what the connection throws. */
type BodyReader<T> = (response: IncomingMessage, onChunk: () => void) => Promise<T>;

/** How long it may take to find out more about an error than it says by itself. */
const explainTimeoutMs = 2000;
/** So much longer than a ping /info may take, unless the swarm keeps it waiting: at least so many milliseconds, or times the ping. */
const [infoAfterPingMs, infoAfterPingTimes] = [750, 3];

/** Calls in the agreed API version, with errors that say as much as the engine knows. */
export class Calls {
	readonly requests: Requests;
	readonly negotiation: Negotiation;
	readonly #clock: Clock;
	readonly #isForSwarm: boolean;
	/** What /info said last: it may be all that is known when the swarm goes silent. */
	#swarm: SwarmInfo | undefined;

	/** `isForSwarm`: a failure may be the swarm's behind the engine; else it is looked for in the engine alone. */
	constructor(endpoint: Endpoint, isReadOnly: boolean, clock: Clock, isForSwarm = true) {
		this.#clock = clock;
		this.#isForSwarm = isForSwarm;
		this.requests = new Requests(endpoint, isReadOnly, clock);
		this.negotiation = new Negotiation(this.requests, endpoint);
	}

	/** One call, its answer read to the end. */
	async answer<T>(request: Request, options: CallOptions | undefined, read: BodyReader<T>): Answer<T> {
		const answer = await this.#unexplained(request, options, read);
		if (answer.ok) return answer;
		const {status} = answer.error;
		const error = {...(await this.explained(answer.error, options)), ...(status !== undefined && {status})};
		return failed(request.method === 'GET' ? error : afterWriting(error));
	}

	/** The head of a stream. Its body, and giving the deadline back, are the caller's. */
	async stream(
		request: Request,
		options: CallOptions,
		deadline: Deadline,
		isCorrected = false,
	): Answer<IncomingMessage> {
		const negotiated = await this.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const path = `/v${negotiated.value.apiVersion}${request.path}`;
		const opened = await this.requests.open({...request, path, isStream: true}, deadline);
		if (opened.ok) return opened;
		if (!isCorrected && this.negotiation.corrected(opened.error)) return this.stream(request, options, deadline, true);
		return failed(await this.explained(opened.error, options));
	}

	/** A connection that carries a command's input and output. */
	async hijack(request: Pick<Request, 'path' | 'body'>, isTty: boolean, options: CallOptions = {}): Answer<ExecStream> {
		const negotiated = await this.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const deadline = this.requests.deadline('POST', options);
		const path = `/v${negotiated.value.apiVersion}${request.path}`;
		const opened = await this.requests.hijack({...request, path}, deadline, isTty);
		if (!opened.ok) this.requests.release(deadline);
		return opened;
	}

	/** Not explained: it is what explains. */
	async info(options?: CallOptions): Answer<SystemInfo> {
		const info = await this.#unexplained({method: 'GET', path: '/info'}, options, (response, onChunk) =>
			readObject(response, 'info', onChunk),
		);
		if (info.ok) this.#swarm = info.value.Swarm;
		return info;
	}

	async #unexplained<T>(
		request: Request,
		options: CallOptions | undefined,
		read: BodyReader<T>,
		isCorrected = false,
	): Answer<T> {
		const negotiated = await this.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const path = `/v${negotiated.value.apiVersion}${request.path}`;
		const deadline = this.requests.deadline(request.method, options);
		try {
			const opened = await this.requests.open({...request, path}, deadline);
			if (!opened.ok) {
				// A refusal for the version alone: nothing was done, and it says which version will do.
				if (isCorrected || !this.negotiation.corrected(opened.error)) return opened;
				return await this.#unexplained(request, options, read, true);
			}
			return await this.requests.reading(path, deadline, async () =>
				ok(await read(opened.value, () => deadline.signOfLife())),
			);
		} finally {
			this.requests.release(deadline);
		}
	}

	/**
	 * What else the engine knows of an error: the managers' addresses for a worker's refusal, their number for a lost
	 * quorum, and for a call that timed out whether it is the engine that hangs or the swarm behind it.
	 */
	async explained(error: EngineError, {timeoutMs = explainTimeoutMs}: CallOptions = {}): Promise<EngineError> {
		if (!this.#isForSwarm) return error;
		const limit = {timeoutMs: Math.min(timeoutMs, explainTimeoutMs)};
		switch (error.kind) {
			case 'worker':
			case 'not-in-swarm': {
				// Some refusals (overlay networks on a worker, 26.1) have the words for the wrong one of the two.
				const info = await this.info(limit);
				return (info.ok && swarmProblem(info.value.Swarm)) || error;
			}
			case 'no-leader':
				await this.info(limit);
				return noLeader(this.#managers());
			case 'timeout': {
				// While a leader is missing /info may hang as long as any other call; /_ping never asks the swarm.
				const [info, ping] = await this.#infoBesidePing(limit);
				if (info.ok) return swarmProblem(info.value.Swarm) ?? slowAnswer(error);
				const isSilent = info.error.kind === 'timeout' || info.error.kind === 'aborted';
				return isSilent && ping.ok ? noLeader(this.#managers()) : error;
			}
			default:
				return error;
		}
	}

	/** A ping that was answered shows what the way there takes: /info need not be waited for much longer. */
	async #infoBesidePing(limit: CallOptions) {
		const impatience = new AbortController();
		const askedAt = this.#clock.now();
		const answer = this.info({...limit, signal: impatience.signal});
		const ping = await this.negotiation.renew(limit);
		const restMs = Math.max(infoAfterPingMs, infoAfterPingTimes * (this.#clock.now() - askedAt));
		const timer = ping.ok ? this.#clock.after(restMs, () => impatience.abort()) : undefined;
		const info = await answer;
		timer?.cancel();
		return [info, ping] as const;
	}

	#managers(): KnownManager[] {
		return this.#swarm ? knownManagers(this.#swarm) : [];
	}
}

/**
 * A write without an answer may have been done all the same, and one that raft did not take in time can still be in the
 * log of the leader to come.
 */
function afterWriting(error: EngineError): EngineError {
	const isUncertain = error.kind === 'timeout' || error.kind === 'connection-lost' || error.kind === 'no-leader';
	if (!isUncertain) return error;
	return {...error, nextStep: safe`${error.nextStep} The change may have been made: check before you repeat it.`};
}

function slowAnswer(error: EngineError): EngineError {
	return engineError('timeout', 'The engine is up, but the swarm takes too long to answer.', error.nextStep);
}
