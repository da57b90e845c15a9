import {mkdtemp, rm} from 'node:fs/promises';
import {type IncomingHttpHeaders, request} from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import type {Clock} from '../../../source/runtime/clock.ts';
import {publishSwarmEvents} from '../../../source/simulator/api/events.ts';
import {type EngineOptions, type EngineServer, serveEngine} from '../../../source/simulator/api/server.ts';
import type {Container, Containers, Image, Images} from '../../../source/simulator/contract.ts';
import type {WorldHost} from '../../../source/simulator/world/host.ts';
import {World} from '../../../source/simulator/world/world.ts';
import {Seeded} from '../../../source/swarmkit/random.ts';
import type {Store} from '../../../source/swarmkit/state/store.ts';

/** Simulated engines served on sockets in a directory of their own: a real swarm's membership, containers as a test puts them. */

type Reply = {
	readonly status: number;
	readonly headers: IncomingHttpHeaders;
	readonly rawHeaders: readonly string[];
	readonly bytes: Buffer;
	readonly text: string;
	/** The body as JSON; undefined when it isn't. */
	readonly body: unknown;
};

export type Asked = {
	readonly query?: Readonly<Record<string, string | number>>;
	readonly body?: unknown;
	readonly rawBody?: string;
	readonly headers?: Readonly<Record<string, string>>;
};

class FakeContainers implements Containers {
	readonly all: Container[] = [];
	list = () => this.all;
	find = (reference: string) =>
		this.all.find(({id, name}) => id === reference || name === reference || id.startsWith(reference));
	ofTask = (taskId: string) => this.all.findLast((container) => container.taskId === taskId);
	create: Containers['create'] = () => ({ok: false, error: {status: 404, message: 'no containers here'}});
	remove: Containers['remove'] = async (reference) => {
		this.all.splice(
			this.all.findIndex(({id}) => id === reference),
			1,
		);
		return {ok: true, value: undefined};
	};
}

const noop = () => undefined;

const busybox: Image = {
	id: `sha256:${'4a'.repeat(32)}`,
	tags: ['busybox:lab'],
	digests: [],
	sizeBytes: 1_984_132,
	createdAt: Date.parse('2026-11-21T00:00:00Z'),
};

const images: Images = {
	list: () => [busybox],
	remove: () => false,
	tag: () => false,
	pullByHand: async () => false,
	find: (reference) => (reference === 'busybox:lab' || busybox.id.includes(reference) ? busybox : undefined),
	resolve: async (reference) =>
		reference === 'nginx:latest'
			? {
					ok: true,
					value: {digest: `sha256:${'ab'.repeat(32)}`, platforms: [{architecture: 'amd64', os: 'linux'}]},
				}
			: {ok: false, error: {status: 500, message: 'Get "https://registry-1.docker.io/v2/": no route to host'}},
};

export type Engines = Awaited<ReturnType<typeof startEngines>>;

/** `m…` are managers, `w…` workers, anything else is in no swarm. */
export async function startEngines(names = 'm1 m2 m3 w1 w2 x1', options: EngineOptions = {}) {
	const directory = await mkdtemp(path.join(tmpdir(), 'swarmtop-api-'));
	const containers = new Map<string, FakeContainers>();
	const clock = scaledClock({startAt: Date.parse('2026-11-21T00:00:00Z')});
	const world = World.create(
		{
			hosts: names.split(' ').map((name) => {
				if (name.startsWith('m')) return {name, role: 'manager'};
				return name.startsWith('w') ? {name, role: 'worker'} : {name};
			}),
		},
		{
			clock,
			seeded: new Seeded(7),
			startManager: () => ({stop: noop}),
			publishSwarmEvents,
			createHostRuntime: (host) => {
				const own = new FakeContainers();
				containers.set(host.name, own);
				return {containers: own, images, createAgent: () => ({assign: noop, leave: noop, shutdown: noop, adopt: noop})};
			},
		},
	);
	const servers: EngineServer[] = [];
	const socketOf = (name: string) => path.join(directory, name, 'docker.sock');
	for (const host of world.hosts) servers.push(await serveEngine(host, {socketPath: socketOf(host.name)}, options));

	const host = (name: string): WorldHost => {
		const found = world.host(name);
		if (!found) throw new Error(`no host ${name}`);
		return found;
	};
	const store = (): Store => {
		const swarmMember = host('m1').membership.swarmMember;
		if (!swarmMember) throw new Error('m1 is in no swarm');
		return swarmMember.swarm.store;
	};
	const containersOf = (name: string): FakeContainers => {
		const found = containers.get(name);
		if (!found) throw new Error(`no host ${name}`);
		return found;
	};

	return {
		clock,
		world,
		host,
		store,
		containersOf,
		socketOf,
		call: (name: string, method: string, target: string, asked: Asked = {}) =>
			ask(socketOf(name), method, target, asked),
		async close() {
			await Promise.all(servers.map((server) => server.close()));
			await rm(directory, {recursive: true});
		},
	};
}

/** One request on a socket, answered in full. */
export function ask(socketPath: string, method: string, target: string, asked: Asked = {}): Promise<Reply> {
	const {query, body, rawBody, headers} = asked;
	const text = rawBody ?? (body === undefined ? undefined : JSON.stringify(body));
	const parameters = new URLSearchParams();
	for (const [key, value] of Object.entries(query ?? {})) parameters.set(key, String(value));
	const search = query ? `?${parameters}` : '';
	return new Promise((resolve, reject) => {
		const sent = request(
			{
				socketPath,
				method,
				path: `${target}${search}`,
				headers: {
					...(text === undefined
						? {}
						: {'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(text)}),
					...headers,
				},
			},
			(response) => {
				const chunks: Buffer[] = [];
				response.on('data', (chunk: Buffer) => chunks.push(chunk));
				response.on('error', reject);
				response.on('end', () => {
					const bytes = Buffer.concat(chunks);
					const answer = bytes.toString('utf8');
					resolve({
						status: response.statusCode ?? 0,
						headers: response.headers,
						rawHeaders: response.rawHeaders,
						bytes,
						text: answer,
						body: parsed(answer),
					});
				});
			},
		);
		sent.on('error', reject);
		sent.end(text);
	});
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch (error) {
		if (error instanceof SyntaxError) return undefined;
		throw error;
	}
}

/** Real time, `speed` times as fast from the moment of the call on. Delays and timestamps are in the fast time. */
function scaledClock({speed = 1, startAt = Date.now()}: {speed?: number; startAt?: number} = {}): Clock {
	const began = performance.now();
	return {
		now: () => startAt + (performance.now() - began) * speed,
		after(delayMs, run) {
			const timer = setTimeout(run, Math.max(0, delayMs / speed));
			return {cancel: () => clearTimeout(timer)};
		},
	};
}
