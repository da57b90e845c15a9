import type {IncomingMessage} from 'node:http';
import type Dockerode from 'dockerode';
import type {Endpoint, Transport} from '../connection/endpoint.ts';
import type {SshLogins} from '../connection/ssh-logins.ts';
import {EngineAgent} from './agent.ts';
import {type Hijacked, hijack} from './hijack.ts';

export type EngineRequest = {
	readonly method: 'GET' | 'POST' | 'DELETE';
	/** With the API version, without the query: `/v1.41/services`. */
	readonly path: string;
	readonly query?: Readonly<Record<string, string | undefined>>;
	readonly body?: object;
	readonly headers?: Readonly<Record<string, string>>;
	readonly signal: AbortSignal;
	/** Streams get connections of their own, so that no number of them holds up the requests. */
	readonly isStream?: boolean;
};

/**
 * Requests kept short of what an engine or an sshd would mind: each ssh connection is a process and a login, and sshd
 * starts to refuse at ten unfinished ones (MaxStartups).
 */
const maxRequestConnections = {unix: 8, tcp: 8, ssh: 3} as const;

/** For docker-modem every status is good: what one means is decided in answer-errors.ts, with the body at hand. */
const anyStatus: Readonly<Record<number, true>> = Object.fromEntries(
	Array.from({length: 500}, (_, index) => [index + 100, true]),
);

/**
 * HTTP to one engine, spoken by dockerode. Only `modem.dial` of it is used, with query and body kept apart: its own
 * methods send every option in both (`service.update({version, …spec})` puts the spec into the URL), have their own
 * ideas of which statuses are errors, and parse whatever comes, however big, on the main loop.
 */
export class EngineHttp {
	readonly #transport: Transport;
	readonly #requestAgent: EngineAgent;
	readonly #streamAgent: EngineAgent;
	#docker: Promise<{requests: Dockerode; streams: Dockerode}> | undefined;

	constructor({transport}: Endpoint, isReadOnly: boolean, logins: SshLogins) {
		this.#transport = transport;
		const maxConnections = maxRequestConnections[transport.kind];
		this.#requestAgent = new EngineAgent({transport, isReadOnly, maxConnections, keepAlive: true, logins});
		this.#streamAgent = new EngineAgent({transport, isReadOnly, maxConnections: Infinity, keepAlive: false, logins});
	}

	/** The response once its head is there, of any status. Rejects with Node's or ssh's error when there is none. */
	async send({method, path, query, body, headers, signal, isStream = false}: EngineRequest): Promise<IncomingMessage> {
		this.#docker ??= this.#load();
		const {requests, streams} = await this.#docker;
		const pairs = Object.entries(query ?? {}).filter((pair): pair is [string, string] => pair[1] !== undefined);
		return new Promise((resolve, reject) => {
			// One that waits in line for a connection is told of the abort only when its turn comes.
			signal.addEventListener('abort', () => reject(signal.reason), {once: true});
			(isStream ? streams : requests).modem.dial(
				{
					path: `${this.#basePath}${path}${pairs.length > 0 ? '?' : ''}`,
					method,
					// An empty _body is not sent at all.
					options: {_query: Object.fromEntries(pairs), _body: body ?? {}},
					headers: {...this.#headers(), ...headers},
					abortSignal: signal,
					isStream: true,
					statusCodes: anyStatus,
				},
				(cause: unknown, response: unknown) => {
					if (cause) reject(cause);
					else resolve(response as IncomingMessage);
				},
			);
		});
	}

	/** The connection itself, for what talks both ways (`docker exec`). Rejects as `send` does. */
	hijack({path, body = {}, signal}: Pick<EngineRequest, 'path' | 'body' | 'signal'>): Promise<Hijacked> {
		return hijack(this.#streamAgent, {path: `${this.#basePath}${path}`, body, headers: this.#headers(), signal});
	}

	get #basePath(): string {
		return this.#transport.kind === 'tcp' ? this.#transport.basePath : '';
	}

	close(): void {
		this.#requestAgent.destroy();
		this.#streamAgent.destroy();
	}

	#headers(): Record<string, string> {
		return {Host: hostHeader(this.#transport), 'User-Agent': 'swarmtop'};
	}

	/** Loaded with the first request: it costs 120 ms and 35 MB, which the first frame need not wait for. */
	async #load() {
		const {default: Docker} = await import('dockerode');
		return withoutDockerVariables(() => ({
			requests: new Docker(modemOptions(this.#requestAgent)),
			streams: new Docker(modemOptions(this.#streamAgent)),
		}));
	}
}

/** A socket path that is never opened (the agent connects) but keeps docker-modem from resolving a host by itself. */
function modemOptions(agent: EngineAgent): Dockerode.DockerOptions {
	return {socketPath: '/engine', protocol: 'http', agent} as Dockerode.DockerOptions;
}

/**
 * docker-modem reads DOCKER_HOST and its like while it is constructed, and throws on what it can't parse or open, even
 * when all of it is overridden. Which engine is meant was decided long before.
 */
function withoutDockerVariables<T>(construct: () => T): T {
	const hidden = Object.entries(process.env).filter(([name]) => name.startsWith('DOCKER_'));
	for (const [name] of hidden) delete process.env[name];
	try {
		return construct();
	} finally {
		for (const [name, value] of hidden) process.env[name] = value;
	}
}

/** dockerd cares for no name, a proxy in front of it may. The one for sockets is the docker CLI's own. */
function hostHeader(transport: Transport): string {
	if (transport.kind !== 'tcp') return 'api.moby.localhost';
	const {host, port} = transport;
	return `${host.includes(':') ? `[${host}]` : host}:${port}`;
}
