import {chmod, lstat, mkdir, unlink} from 'node:fs/promises';
import {createServer, type IncomingMessage, type Server, ServerResponse} from 'node:http';
import type {Socket} from 'node:net';
import path from 'node:path';
import type {Duplex} from 'node:stream';
import type {Host} from '../contract.ts';
import type {Answer, Call} from './call.ts';
import {LocalState} from './local-state.ts';
import {Refused} from './refusal.ts';
import {respond, respondJson, respondPlainError} from './respond.ts';
import {type Match, Router} from './router.ts';
import {routes} from './routes.ts';
import {negotiate, type Offer, offerOf, usualPose} from './version.ts';

/** One simulated engine's HTTP server: on a socket of its own, or on a TCP port. */

export type Listen = {readonly socketPath: string} | {readonly tcp: {readonly host: string; readonly port: number}};

export type EngineOptions = {
	/** What the engine poses as: 1.37 to 1.52; 1.51, an engine 28.5, when not given. */
	readonly apiVersion?: string;
	readonly local?: LocalState;
};

export type EngineServer = {
	/** The port that was given for port 0; undefined on a socket. */
	readonly port: number | undefined;
	/** Ends every connection, streams in the middle too; the socket is gone afterwards. */
	close(): Promise<void>;
};

/** dockerode repeats a whole service spec in the query; Go's limit for request headers is a megabyte. */
const maxHeaderSize = 1 << 20;

/**
 * Serves the host's engine until closed. A socket is made 0600 in a 0700 directory; what a crashed server left at its path
 * is replaced. An engine that is to be stopped and started again keeps its own networks and volumes in `local`.
 * @throws RangeError for an API version that no engine poses as; errors of listen(2)
 */
export async function serveEngine(host: Host, listen: Listen, options: EngineOptions = {}): Promise<EngineServer> {
	const local = options.local ?? new LocalState(host.clock.now());
	const engine = new Engine(host, local, offerOf(options.apiVersion ?? usualPose));
	const server = createServer({maxHeaderSize, keepAliveTimeout: 0, requestTimeout: 0}, (request, response) => {
		void engine.answer(request, response);
	});
	const taken = new Set<Duplex>();
	server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
		taken.add(socket);
		socket.once('close', () => taken.delete(socket));
		void engine.answerUpgrade(request, socket, head);
	});
	await open(server, listen);
	const address = server.address();
	return {
		port: address && typeof address === 'object' ? address.port : undefined,
		close: () =>
			new Promise((resolve) => {
				engine.stop();
				server.close(() => resolve());
				server.closeAllConnections();
				for (const socket of taken) socket.destroy();
			}),
	};
}

async function open(server: Server, listen: Listen): Promise<void> {
	if ('tcp' in listen) return listening(server, () => server.listen(listen.tcp.port, listen.tcp.host));
	const directory = path.dirname(listen.socketPath);
	await mkdir(directory, {recursive: true, mode: 0o700});
	await chmod(directory, 0o700);
	await removeStaleSocket(listen.socketPath);
	await listening(server, () => server.listen(listen.socketPath));
	await chmod(listen.socketPath, 0o600);
}

function listening(server: Server, begin: () => void): Promise<void> {
	return new Promise((resolve, reject) => {
		server.once('error', reject);
		server.once('listening', () => {
			server.off('error', reject);
			resolve();
		});
		begin();
	});
}

async function removeStaleSocket(socketPath: string): Promise<void> {
	const found = await lstat(socketPath).catch((error: NodeJS.ErrnoException) => {
		if (error.code === 'ENOENT') return undefined;
		throw error;
	});
	if (found?.isSocket()) await unlink(socketPath);
}

class Engine {
	readonly #host: Host;
	readonly #local: LocalState;
	readonly #offer: Offer;
	readonly #router = new Router(routes);
	readonly #underWay = new Set<AbortController>();

	constructor(host: Host, local: LocalState, offer: Offer) {
		this.#host = host;
		this.#local = local;
		this.#offer = offer;
	}

	/** Aborts whatever is being answered. */
	stop(): void {
		for (const request of this.#underWay) request.abort();
	}

	async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
		response.on('error', () => request.destroy());
		// Go says nothing of keep-alive in HTTP/1.1.
		response.removeHeader('Connection');
		const signal = this.#signalOf(response);
		const answer = await this.#outcome(request, response, signal, () => readBody(request));
		if (!answer) return;
		try {
			if (answer.kind === 'hijack') await takeOver(response, answer);
			else await respond(response, answer, signal);
		} catch (error) {
			// The status line is out: all that is left is to break the stream off, which the client notices.
			response.destroy(error instanceof Error ? error : new Error(String(error)));
		}
	}

	/** A request to switch protocols: Node hands over the bare socket, with the body still in it. */
	async answerUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
		socket.on('error', () => socket.destroy());
		const response = new ServerResponse(request);
		response.assignSocket(socket as Socket);
		response.shouldKeepAlive = false;
		response.once('finish', () => socket.end());
		const signal = this.#signalOf(socket);
		const answer = await this.#outcome(request, response, signal, () => readUpgradeBody(request, socket, head));
		if (!answer) return;
		try {
			if (answer.kind === 'hijack') await this.#handOver(response, socket, answer);
			else await respond(response, answer, signal);
		} catch (error) {
			socket.destroy(error instanceof Error ? error : new Error(String(error)));
		}
	}

	/** From here on the connection is no longer HTTP's. */
	async #handOver(response: ServerResponse, socket: Duplex, answer: Answer & {kind: 'hijack'}): Promise<void> {
		response.detachSocket(socket as Socket);
		const headers = this.#commonHeaders().map(([name, value]) => `${name}: ${value}\r\n`);
		socket.write(
			`HTTP/1.1 101 UPGRADED\r\nContent-Type: ${answer.contentType}\r\nConnection: Upgrade\r\nUpgrade: tcp\r\n${headers.join('')}\r\n`,
		);
		await answer.run(socket);
		socket.end();
	}

	/** What the handler answers, or undefined when nobody is there any more to hear it. */
	async #outcome(
		request: IncomingMessage,
		response: ServerResponse,
		signal: AbortSignal,
		body: () => Promise<Buffer>,
	): Promise<Answer | undefined> {
		try {
			const broken = await untilGone(this.#host.gate(), signal);
			if (broken) throw new Refused(broken.status, broken.message);
			return await untilGone(this.#dispatch(request, response, signal, body), signal);
		} catch (error) {
			if (signal.aborted) return undefined;
			const status = error instanceof Refused ? error.status : 500;
			const message = error instanceof Error ? error.message : String(error);
			if (error instanceof Refused && error.isPlain) respondPlainError(response, status, message);
			else respondJson(response, status, {message});
			return undefined;
		}
	}

	async #dispatch(
		request: IncomingMessage,
		response: ServerResponse,
		signal: AbortSignal,
		body: () => Promise<Buffer>,
	): Promise<Answer> {
		const target = request.url ?? '/';
		const cut = target.indexOf('?');
		const pathname = decodePath(cut < 0 ? target : target.slice(0, cut));
		const match = this.#router.find(request.method ?? 'GET', pathname);
		if (!match) throw new Refused(404, 'page not found');
		const minor = this.#negotiated(match, response);
		const call: Call = {
			host: this.#host,
			local: this.#local,
			offer: this.#offer,
			minor,
			params: match.params,
			query: new URLSearchParams(cut < 0 ? '' : target.slice(cut + 1)),
			headers: request.headers,
			body,
			signal,
		};
		return match.handler(call);
	}

	/** The headers come in the engine's order; one whose version is refused doesn't hear whether it is experimental. */
	#negotiated(match: Match, response: ServerResponse): number {
		const headers = this.#commonHeaders();
		try {
			const minor = negotiate(this.#offer, match.version);
			for (const [name, value] of headers) response.setHeader(name, value);
			return minor;
		} catch (error) {
			for (const [name, value] of headers) if (name !== 'Docker-Experimental') response.setHeader(name, value);
			throw error;
		}
	}

	#commonHeaders(): [string, string][] {
		return [
			['Api-Version', this.#offer.highest],
			['Docker-Experimental', 'false'],
			['Ostype', 'linux'],
			['Server', `Docker/${this.#host.engineVersion} (linux)`],
		];
	}

	/** Aborted when that connection or response closes, or the engine stops. */
	#signalOf(exchange: ServerResponse | Duplex): AbortSignal {
		const gone = new AbortController();
		this.#underWay.add(gone);
		exchange.once('close', () => {
			this.#underWay.delete(gone);
			gone.abort();
		});
		return gone.signal;
	}
}

function decodePath(raw: string): string {
	try {
		return decodeURIComponent(raw);
	} catch {
		throw new Refused(400, 'invalid URL escape');
	}
}

/** The promise's outcome, or a rejection as soon as the client has gone: a frozen host must not pin the request. */
function untilGone<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
	return new Promise((resolve, reject) => {
		const gone = () => reject(new Error('the client has gone'));
		if (signal.aborted) return gone();
		signal.addEventListener('abort', gone, {once: true});
		promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', gone));
	});
}

async function readBody(request: IncomingMessage): Promise<Buffer> {
	const chunks: Buffer[] = [];
	for await (const chunk of request) chunks.push(chunk as Buffer);
	return Buffer.concat(chunks);
}

/** The body of an upgrade request lies in the bytes behind the headers. */
async function readUpgradeBody(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<Buffer> {
	const length = Number(request.headers['content-length'] ?? 0);
	let read = head;
	while (read.length < length) {
		const chunk = await nextChunk(socket);
		if (!chunk) break;
		read = Buffer.concat([read, chunk]);
	}
	if (read.length > length) socket.unshift(read.subarray(length));
	return read.subarray(0, length);
}

function nextChunk(socket: Duplex): Promise<Buffer | undefined> {
	return new Promise((resolve) => {
		const settle = () => {
			socket.off('readable', settle).off('end', settle).off('close', settle);
			resolve((socket.read() as Buffer | null) ?? undefined);
		};
		socket.on('readable', settle).on('end', settle).on('close', settle);
	});
}

/** Without an upgrade the engine writes raw bytes until it closes the connection. */
async function takeOver(response: ServerResponse, answer: Answer & {kind: 'hijack'}): Promise<void> {
	response.shouldKeepAlive = false;
	response.useChunkedEncodingByDefault = false;
	response.setHeader('Content-Type', answer.contentType);
	response.flushHeaders();
	if (response.socket) await answer.run(response.socket);
	response.end();
}
