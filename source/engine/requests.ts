import type {IncomingMessage} from 'node:http';
import type {Endpoint} from '../connection/endpoint.ts';
import {SshLogins} from '../connection/ssh-logins.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {answerError} from './answer-errors.ts';
import type {Answer, CallOptions} from './client.ts';
import {connectionError} from './connection-errors.ts';
import {Deadline} from './deadline.ts';
import {EngineHttp, type EngineRequest} from './engine-http.ts';
import {type EngineError, engineError} from './error.ts';
import {ExecStream} from './exec-stream.ts';
import {BadJsonError, readText} from './read-answer.ts';

export type Request = Omit<EngineRequest, 'signal'>;

const readTimeoutMs = 10_000;
/** An update waits for raft, and a manager that lost its leader hangs for 20 s before it says so. */
const writeTimeoutMs = 30_000;
const errorBodyBytes = 64 * 1024;

/** Single requests to one engine: none waits longer than allowed, and every way to fail becomes an EngineError. */
export class Requests {
	readonly #endpoint: Endpoint;
	readonly #http: EngineHttp;
	readonly #clock: Clock;
	readonly #logins: SshLogins;
	readonly #pending = new Set<Deadline>();
	#isClosed = false;

	constructor(endpoint: Endpoint, isReadOnly: boolean, clock: Clock) {
		this.#endpoint = endpoint;
		this.#logins = new SshLogins(clock);
		this.#http = new EngineHttp(endpoint, isReadOnly, this.#logins);
		this.#clock = clock;
	}

	/** The time that one call has, retries and all; to be given back with `release`. */
	deadline(method: Request['method'], {timeoutMs, signal}: CallOptions = {}): Deadline {
		const usualMs = method === 'GET' ? readTimeoutMs : writeTimeoutMs;
		const deadline = new Deadline(this.#clock, timeoutMs ?? usualMs, signal, this.#logins);
		if (this.#isClosed) deadline.giveUp();
		this.#pending.add(deadline);
		return deadline;
	}

	release(deadline: Deadline): void {
		deadline.finish();
		this.#pending.delete(deadline);
	}

	/** The head of a good answer, its body still to be read. */
	async open(request: Request, deadline: Deadline): Answer<IncomingMessage> {
		let response: IncomingMessage;
		try {
			response = await this.#send(request, deadline);
		} catch (cause) {
			return failed(await this.errorOf(cause, request.path, deadline));
		}
		deadline.signOfLife();
		const status = response.statusCode ?? 0;
		if (status >= 200 && status < 300) return ok(response);
		return this.#refused(response, request, deadline);
	}

	/** A connection that carries a command's input and output. It gives the deadline back itself, unless this fails. */
	async hijack(request: Pick<Request, 'path' | 'body'>, deadline: Deadline, isTty: boolean): Answer<ExecStream> {
		try {
			const taken = await this.#http.hijack({...request, signal: deadline.signal});
			if (taken.kind === 'taken') {
				const host = {
					errorOf: (cause: unknown) => this.errorOf(cause, request.path, deadline),
					release: () => this.release(deadline),
				};
				return ok(new ExecStream(taken.connection, deadline, host, isTty));
			}
			const {response} = taken;
			if ((response.statusCode ?? 0) >= 300)
				return await this.#refused(response, {...request, method: 'POST'}, deadline);
			response.destroy();
			return failed(
				engineError(
					'bad-answer',
					`${this.#endpoint.url} does not hand over the connection that a command needs.`,
					'A proxy in between must let "Upgrade: tcp" through.',
				),
			);
		} catch (cause) {
			return failed(await this.errorOf(cause, request.path, deadline));
		}
	}

	/** The error that an answer with an error status stands for. */
	#refused(
		response: IncomingMessage,
		{method, path}: Pick<Request, 'method' | 'path'>,
		deadline: Deadline,
	): Promise<Result<never, EngineError>> {
		return this.reading(path, deadline, async () => {
			const body = await readText(response, () => deadline.signOfLife(), errorBodyBytes);
			return failed(answerError({status: response.statusCode ?? 0, body, method, path}, this.#endpoint));
		});
	}

	/** Runs what reads a body, and turns what it throws into the error it stands for. */
	async reading<T>(
		path: string,
		deadline: Deadline,
		read: () => Promise<Result<T, EngineError>>,
	): Promise<Result<T, EngineError>> {
		try {
			return await read();
		} catch (cause) {
			return failed(await this.errorOf(cause, path, deadline));
		}
	}

	async errorOf(cause: unknown, path: string, deadline: Deadline): Promise<EngineError> {
		if (!(cause instanceof BadJsonError)) return connectionError(cause, this.#endpoint, deadline);
		return engineError(
			'bad-answer',
			`The engine's answer to ${path} is not what the API promises: ${cause.message}.`,
			"If this is a Docker engine, please report it with the engine's version.",
		);
	}

	close(): void {
		this.#isClosed = true;
		for (const deadline of this.#pending) deadline.giveUp();
		this.#http.close();
	}

	/**
	 * A kept connection may be gone by the time it is used again (the engine restarted, a firewall forgot it); what reads
	 * may simply be asked again, on a new one.
	 */
	async #send(request: Request, deadline: Deadline): Promise<IncomingMessage> {
		const send = () => this.#http.send({...request, signal: deadline.signal});
		try {
			return await send();
		} catch (cause) {
			const {code = ''} = cause as NodeJS.ErrnoException;
			const isStale = request.method === 'GET' && ['ECONNRESET', 'EPIPE'].includes(code);
			if (!isStale || deadline.ending !== undefined) throw cause;
			return send();
		}
	}
}
