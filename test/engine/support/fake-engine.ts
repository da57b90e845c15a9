import {mkdtempSync, rmSync} from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import {onTestFinished} from 'vitest';
import type {Endpoint} from '../../../source/connection/endpoint.ts';
import {type ClientOptions, createSwarmClient} from '../../../source/engine/docker-client.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';

/**
 * A server on a unix socket that answers as told: for what no engine does on purpose (hanging, breaking off, answering
 * rubbish) and to see what exactly reaches a socket. What engines do is tested on engines, in test/lab.
 */

export type Seen = {
	readonly method: string;
	readonly url: string;
	readonly headers: http.IncomingHttpHeaders;
	body: string;
};
export type Route = (request: http.IncomingMessage, response: http.ServerResponse) => void;

type FakeEngine = {
	readonly endpoint: Endpoint;
	/** Every request that arrived, `/_ping` included. */
	readonly seen: Seen[];
	readonly server: http.Server;
	/** Connections opened so far. */
	connections: number;
};

/** Routes by `METHOD /path`, without API version and query; what has none is answered 404 as dockerd does. */
export async function fakeEngine(routes: Record<string, Route>): Promise<FakeEngine> {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-'));
	const socket = path.join(directory, 'docker.sock');
	const all: Record<string, Route> = {'GET /_ping': ping('1.45'), ...routes};
	const seen: Seen[] = [];
	const server = http.createServer((request, response) => {
		const entry: Seen = {method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: ''};
		seen.push(entry);
		request.setEncoding('utf8').on('data', (text: string) => {
			entry.body += text;
		});
		const bare = entry.url.replace(/\?.*$/, '').replace(/^\/v\d+\.\d+/, '');
		const route = all[`${entry.method} ${bare}`] ?? refuse(404, 'page not found');
		// An engine reads the body before it answers.
		request.on('end', () => route(request, response));
	});
	const engine: FakeEngine = {endpoint: unixEndpoint(socket), seen, server, connections: 0};
	server.on('connection', () => {
		engine.connections++;
	});
	await new Promise<void>((resolve) => server.listen(socket, resolve));
	onTestFinished(async () => {
		server.closeAllConnections();
		await new Promise((resolve) => server.close(resolve));
		rmSync(directory, {recursive: true, force: true});
	});
	return engine;
}

export function unixEndpoint(socket: string): Endpoint {
	return {
		url: toSafeText(`unix://${socket}`),
		origin: {kind: 'flag'},
		transport: {kind: 'unix', path: socket},
	};
}

/** A client that is closed with the test. */
export function clientOf({endpoint}: {readonly endpoint: Endpoint}, options: ClientOptions = {}) {
	const client = createSwarmClient(endpoint, options);
	onTestFinished(() => client.close());
	return client;
}

export function ping(apiVersion: string): Route {
	return (_request, response) => {
		response.writeHead(200, {'Api-Version': apiVersion, Server: 'Docker/20.10.24 (linux)'}).end('OK');
	};
}

export function json(value: unknown, status = 200): Route {
	return (_request, response) => {
		response.writeHead(status, {'Content-Type': 'application/json'}).end(JSON.stringify(value));
	};
}

export function refuse(status: number, message: string): Route {
	return json({message}, status);
}

/** Takes the request and never says a word. */
export const hang: Route = () => undefined;

export const manager = {
	Name: 'm1',
	ServerVersion: '26.1.5',
	Swarm: {
		NodeID: 'n1',
		NodeAddr: '10.0.0.1',
		LocalNodeState: 'active',
		ControlAvailable: true,
		Error: '',
		RemoteManagers: [
			{NodeID: 'n1', Addr: '10.0.0.1:2377'},
			{NodeID: 'n2', Addr: '10.0.0.2:2377'},
			{NodeID: 'n3', Addr: '10.0.0.3:2377'},
		],
	},
};
