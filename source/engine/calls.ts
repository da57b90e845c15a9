import type {IncomingMessage} from 'node:http';
import type {Endpoint} from '../connection/endpoint.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import type {SystemInfo} from '../wire/swarm.ts';
import {swarmProblem, withManagers} from './answer-errors.ts';
import type {Answer, CallOptions} from './client.ts';
import {type EngineError, engineError} from './error.ts';
import {Negotiation} from './negotiation.ts';
import type {Patience} from './patience.ts';
import {readObject} from './read-answer.ts';
import {type Request, Requests} from './requests.ts';

/** Reads a body to its end; throws BadJsonError, or what the connection throws. */
export type BodyReader<T> = (response: IncomingMessage, onChunk: () => void) => Promise<T>;

/** How long it may take to find out more about an error than it says by itself. */
const explainTimeoutMs = 2000;

/** Calls in the agreed API version, with errors that say as much as the engine knows. */
export class Calls {
	readonly requests: Requests;
	readonly negotiation: Negotiation;

	constructor(endpoint: Endpoint, isReadOnly: boolean, clock: Clock) {
		this.requests = new Requests(endpoint, isReadOnly, clock);
		this.negotiation = new Negotiation(this.requests, endpoint);
	}

	/** One call, its answer read to the end. */
	async answer<T>(request: Request, options: CallOptions | undefined, read: BodyReader<T>): Answer<T> {
		const answer = await this.#unexplained(request, options, read);
		return answer.ok ? answer : failed(await this.#explained(answer.error, options));
	}

	/** The head of a stream. Its body, and giving the patience back, are the caller's. */
	async stream(request: Request, options: CallOptions, patience: Patience): Answer<IncomingMessage> {
		const negotiated = await this.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const path = `/v${negotiated.value.apiVersion}${request.path}`;
		const opened = await this.requests.open({...request, path, isStream: true}, patience);
		return opened.ok ? opened : failed(await this.#explained(opened.error, options));
	}

	async info(options?: CallOptions): Answer<SystemInfo> {
		return this.#unexplained({method: 'GET', path: '/info'}, options, (response, onChunk) =>
			readObject(response, 'info', onChunk),
		);
	}

	async #unexplained<T>(request: Request, options: CallOptions | undefined, read: BodyReader<T>): Answer<T> {
		const negotiated = await this.negotiation.current(options);
		if (!negotiated.ok) return negotiated;
		const path = `/v${negotiated.value.apiVersion}${request.path}`;
		const patience = this.requests.patience(request.method, options);
		try {
			const opened = await this.requests.open({...request, path}, patience);
			if (!opened.ok) return opened;
			return await this.requests.reading(path, patience, async () =>
				ok(await read(opened.value, () => patience.signOfLife())),
			);
		} finally {
			this.requests.release(patience);
		}
	}

	/**
	 * What /info adds to an error: the managers' addresses to a worker's refusal, their number to a lost quorum, and to a
	 * call that timed out whether the engine hangs or the swarm behind it.
	 */
	async #explained(error: EngineError, {timeoutMs = explainTimeoutMs}: CallOptions = {}): Promise<EngineError> {
		if (error.kind !== 'worker' && error.kind !== 'no-leader' && error.kind !== 'timeout') return error;
		const info = await this.info({timeoutMs: Math.min(timeoutMs, explainTimeoutMs)});
		if (error.kind !== 'timeout') return info.ok ? withManagers(error, info.value.Swarm) : error;
		if (!info.ok) return error;
		return swarmProblem(info.value.Swarm) ?? slowAnswer(error);
	}
}

function slowAnswer(error: EngineError): EngineError {
	return engineError('timeout', 'The engine is up, but the swarm takes too long to answer.', error.nextStep);
}
