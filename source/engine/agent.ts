import type {AgentOptions, ClientRequest, IncomingMessage} from 'node:http';
import {createRequire} from 'node:module';
import type {Duplex} from 'node:stream';
import {inspect} from 'node:util';
import {dial} from '../connection/dial.ts';
import type {Transport} from '../connection/endpoint.ts';
import {SshConnection} from '../connection/ssh.ts';
import type {SshLogins} from '../connection/ssh-logins.ts';

export type EngineAgentOptions = {
	readonly transport: Transport;
	readonly isReadOnly: boolean;
	/** Connections at a time; more requests wait in line. */
	readonly maxConnections: number;
	/** Whether connections are kept for the next request. */
	readonly keepAlive: boolean;
	readonly logins?: SshLogins;
};

/**
 * Not imported: for its face as an ES module Node reads every export of node:http, and one of them (WebSocket) loads all of
 * undici, 20 ms at the start of the program for what nothing here uses.
 */
const {Agent: HttpAgent} = createRequire(import.meta.url)('node:http') as typeof import('node:http');

/** A request that a read-only client refused to send. */
export class ReadOnlyError extends Error {
	readonly code = 'EREADONLY';

	constructor(method: string) {
		super(`${method} refused: read-only`);
	}
}

const readingMethods = ['GET', 'HEAD'];

/** What http.ClientRequest calls to get a socket; Node documents `createConnection` but not this. */
type RequestTaker = {addRequest(request: ClientRequest, options: AgentOptions): void};

/**
 * Every request to an engine passes here, whatever client library made it: the one place where connections are opened,
 * and where read-only is held. What is refused never reaches a socket.
 */
export class EngineAgent extends HttpAgent {
	readonly #transport: Transport;
	readonly #isReadOnly: boolean;
	readonly #logins: SshLogins | undefined;

	constructor({transport, isReadOnly, maxConnections, keepAlive, logins}: EngineAgentOptions) {
		super({keepAlive, maxSockets: maxConnections, maxFreeSockets: 2});
		this.#transport = transport;
		this.#isReadOnly = isReadOnly;
		this.#logins = logins;
	}

	addRequest(request: ClientRequest, options: AgentOptions): void {
		// An upgraded GET is a way in too: /containers/ID/attach/ws carries stdin.
		const isReading = readingMethods.includes(request.method) && !request.hasHeader('upgrade');
		if (this.#isReadOnly && !isReading) {
			// A request that never gets a socket would keep its error to itself.
			request.destroy();
			process.nextTick(() => request.emit('error', new ReadOnlyError(request.method)));
			return;
		}
		request.prependListener('response', withoutRedirect);
		(HttpAgent.prototype as unknown as RequestTaker).addRequest.call(this, request, options);
	}

	/**
	 * docker-modem writes the options of each request out for its debug log, also when that is off, and with them the agent,
	 * its sockets and all that hangs on those: up to 10 ms a request.
	 */
	[inspect.custom](): string {
		return 'EngineAgent';
	}

	/** The address in the request's options is a placeholder; where to connect is this agent's own knowledge. */
	override createConnection(): Duplex {
		const connection = dial(this.#transport);
		if (connection instanceof SshConnection) this.#logins?.begun(connection);
		return connection;
	}
}

/**
 * An engine never redirects. docker-modem would follow one, to any address and past this agent; without its target a
 * redirect is an answer like another, and a wrong one.
 */
function withoutRedirect(response: IncomingMessage): void {
	delete response.headers.location;
}
