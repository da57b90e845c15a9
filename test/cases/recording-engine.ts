/**
 * An engine that takes what `docker stack deploy` sends and keeps it: networks, secrets, configs and services are made at once,
 * whatever else is asked for is there when a stack file may name it as external.
 */
import {rmSync} from 'node:fs';
import http, {type IncomingMessage, type ServerResponse} from 'node:http';

/** What was sent to be created, in the order of arrival. */
export type Post = {readonly kind: 'network' | 'secret' | 'config' | 'service'; readonly body: Record<string, unknown>};

export type RecordingEngine = {
	readonly socket: string;
	/** Everything since the last time; forgets it. */
	readonly take: () => Post[];
	readonly close: () => Promise<void>;
};

/** Listens on a Unix socket until it is closed. */
export async function startRecordingEngine(socket: string, apiVersion = '1.50'): Promise<RecordingEngine> {
	let posts: Post[] = [];
	const server = http.createServer((request, response) => {
		void readBody(request).then((body) => answer(request, response, body));
	});
	const send = (response: ServerResponse, status: number, body: unknown) => {
		response.writeHead(status, {
			'Content-Type': 'application/json',
			'Api-Version': apiVersion,
			Ostype: 'linux',
			'Docker-Experimental': 'false',
		});
		response.end(typeof body === 'string' ? body : JSON.stringify(body));
	};
	const answer = (request: IncomingMessage, response: ServerResponse, body: string) => {
		const url = new URL(request.url ?? '/', 'http://engine');
		const path = url.pathname.replace(/^\/v[\d.]+/, '');
		const reply = (status: number, value: unknown) => send(response, status, value);
		if (request.method === 'POST') {
			const kind = (['network', 'secret', 'config', 'service'] as const).find((each) => path === `/${each}s/create`);
			if (!kind) return reply(500, {message: `unexpected POST ${path}`});
			const sent = JSON.parse(body) as Record<string, unknown>;
			posts.push({kind, body: sent});
			const id = `${kind}:${String(sent['Name'])}`;
			return reply(201, kind === 'network' ? {Id: id} : {ID: id});
		}
		if (path === '/_ping') return reply(200, 'OK');
		if (path === '/version') return reply(200, {ApiVersion: apiVersion, MinAPIVersion: '1.24', Os: 'linux'});
		if (path === '/info') {
			return reply(200, {Name: 'm1', OSType: 'linux', Swarm: {LocalNodeState: 'active', ControlAvailable: true}});
		}
		const network = /^\/networks\/(.+)$/.exec(path)?.[1];
		if (network !== undefined) {
			const name = decodeURIComponent(network);
			return reply(200, {Name: name, Id: `network:${name}`, Scope: 'swarm', Driver: 'overlay'});
		}
		const listed = /^\/(secret|config)s$/.exec(path)?.[1];
		if (listed !== undefined) {
			const filters = JSON.parse(url.searchParams.get('filters') ?? '{}') as {name?: Record<string, boolean>};
			const names = Object.keys(filters.name ?? {});
			return reply(
				200,
				names.map((name) => ({ID: `${listed}:${name}`, Spec: {Name: name}})),
			);
		}
		if (/^\/(networks|services|nodes|tasks)$/.test(path)) return reply(200, []);
		return reply(404, {message: `${path} not found`});
	};
	rmSync(socket, {force: true});
	await new Promise<void>((resolve) => server.listen(socket, resolve));
	return {
		socket,
		take: () => {
			const taken = posts;
			posts = [];
			return taken;
		},
		close: () => new Promise((resolve) => server.close(() => resolve())),
	};
}

async function readBody(request: IncomingMessage): Promise<string> {
	let body = '';
	for await (const chunk of request) body += String(chunk);
	return body;
}
