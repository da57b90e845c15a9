import {chmod, mkdir, rm, rmdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {setTimeout} from 'node:timers/promises';
import {type EngineOptions, type EngineServer, type Listen, serveEngine} from '../api/server.ts';
import type {WorldHost} from './host.ts';
import type {World} from './world.ts';

/** The doors of a world: each host's engine is served for as long as it runs. */

/** `sockets`: DIR/NODE/docker.sock for each host. `tcp`: the first host at that port, the others at those after it. */
export type Where = {readonly sockets: string} | {readonly tcp: {readonly host: string; readonly port: number}};

export type ServedHost = {
	readonly name: string;
	/** What a client takes for DOCKER_HOST. */
	readonly dockerHost: string;
	/** The path of its socket; undefined when it is served over TCP. */
	readonly socketPath: string | undefined;
};

type Serving = {
	readonly hosts: readonly ServedHost[];
	/** Resolves when every engine that runs is served and every one that does not is not. */
	settled(): Promise<void>;
	close(): Promise<void>;
};

/** The longest path that Linux takes for a socket: 108 bytes with the final zero. */
const longestSocketPath = 107;

/**
 * Opens all doors.
 * @throws Error in a sentence for the user when a socket's path is too long; errors of listen(2)
 */
export async function serveWorld(world: World, where: Where, options: EngineOptions): Promise<Serving> {
	const hosts = world.hosts.map((host, index) => servedHost(host, index, where));
	const tooLong = hosts.find(({socketPath}) => Buffer.byteLength(socketPath ?? '') > longestSocketPath);
	if (tooLong) throw new Error(`The path ${tooLong.socketPath} is too long for a socket: choose a shorter folder.`);
	const isNewFolder = 'sockets' in where && (await mkdir(where.sockets, {recursive: true, mode: 0o700})) !== undefined;
	const doors = world.hosts.map((host, index) => new Door(host, listenOf(index, where, hosts[index]), options));
	const settled = async () => {
		await Promise.all(doors.map((door) => door.settled()));
	};
	const close = async () => {
		await Promise.all(doors.map((door) => door.close()));
		if (!('sockets' in where)) return;
		await Promise.all(hosts.map(({name}) => removeNodeFolder(path.join(where.sockets, name))));
		if (isNewFolder) await removeIfEmpty(where.sockets);
	};
	try {
		if ('sockets' in where) await Promise.all(world.hosts.map((host) => prepareFolder(where.sockets, host)));
		await settled();
	} catch (error) {
		await close();
		throw error;
	}
	return {hosts, settled, close};
}

function servedHost({name}: WorldHost, index: number, where: Where): ServedHost {
	if ('sockets' in where) {
		const socketPath = path.resolve(where.sockets, name, 'docker.sock');
		return {name, dockerHost: `unix://${socketPath}`, socketPath};
	}
	const {host, port} = where.tcp;
	const dockerHost = `tcp://${host.includes(':') ? `[${host}]` : host}:${port + index}`;
	return {name, dockerHost, socketPath: undefined};
}

const listenOf = (index: number, where: Where, served: ServedHost | undefined): Listen =>
	'tcp' in where ? {tcp: {host: where.tcp.host, port: where.tcp.port + index}} : {socketPath: served?.socketPath ?? ''};

/** The node's folder, with its address beside the socket for scripts that need it before there is a swarm. */
async function prepareFolder(sockets: string, {name, address}: WorldHost): Promise<void> {
	const folder = path.join(sockets, name);
	await mkdir(folder, {recursive: true, mode: 0o700});
	await chmod(folder, 0o700);
	await writeFile(path.join(folder, 'address'), `${address}\n`);
}

async function removeNodeFolder(folder: string): Promise<void> {
	await rm(path.join(folder, 'address'), {force: true});
	await removeIfEmpty(folder);
}

async function removeIfEmpty(folder: string): Promise<void> {
	await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
		// Whoever put something of their own there keeps it.
		if (error.code !== 'ENOTEMPTY' && error.code !== 'ENOENT') throw error;
	});
}

const lastWordsMs = 20;

/** Follows one engine: what is begun ends before the next begins, however fast it is stopped and started. */
class Door {
	readonly #host: WorldHost;
	readonly #listen: Listen;
	readonly #options: EngineOptions;
	readonly #unwatch: () => void;
	#server: EngineServer | undefined;
	#isClosed = false;
	#work: Promise<void>;

	constructor(host: WorldHost, listen: Listen, options: EngineOptions) {
		this.#host = host;
		this.#listen = listen;
		this.#options = options;
		this.#unwatch = host.watchEngine(() => this.#follow());
		this.#work = this.#adjust();
	}

	settled(): Promise<void> {
		return this.#work;
	}

	async close(): Promise<void> {
		this.#isClosed = true;
		this.#unwatch();
		this.#follow();
		await this.#work;
	}

	#follow(): void {
		this.#work = this.#work.then(() => this.#adjust());
	}

	async #adjust(): Promise<void> {
		const shouldServe = this.#host.isRunning && !this.#isClosed;
		if (shouldServe && !this.#server) {
			this.#server = await serveEngine(this.#host, this.#listen, this.#options);
		} else if (!shouldServe && this.#server) {
			const server = this.#server;
			this.#server = undefined;
			// What the engine says while it stops, as its containers die, still reaches who listens.
			if (!this.#isClosed) await setTimeout(lastWordsMs);
			await server.close();
		}
	}
}
