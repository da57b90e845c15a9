/** What an idle dashboard asks of the engine, held against polling the two big lists every two seconds. */
import {connect, createServer, type Socket} from 'node:net';
import path from 'node:path';
import {setTimeout as delay} from 'node:timers/promises';
import type {Bench} from '../bench.ts';
import {openDashboard, serveSwarm} from '../dashboard-on-simulator.ts';

const settleMs = 75_000;
const watchedMs = 60_000;
const pollsPerMinute = 30;

export const bench: Bench = {
	name: 'engine bytes',
	async run() {
		await using swarm = await serveSwarm('generate: {nodes: 50, managers: 3, services: 1000, tasks: 10000}\n');
		await using meter = await meteredSocket(swarm.socket);
		const polled = (await sizeOf(meter, '/services?status=true')) + (await sizeOf(meter, '/tasks'));
		await using screen = openDashboard(meter.path);
		await screen.waitFor(/2 services 1,000/, {deadlineMs: 30_000});
		await delay(settleMs);
		const before = meter.bytes;
		await delay(watchedMs);
		const share = (meter.bytes - before) / (polled * pollsPerMinute);
		const note = `${((meter.bytes - before) / 1e6).toFixed(1)} MB, polling: ${((polled * pollsPerMinute) / 1e6).toFixed(0)} MB`;
		return [{budget: 'engine.idleBytes', value: 100 * share, note}];
	},
};

type Meter = AsyncDisposable & {readonly path: string; readonly bytes: number};

/** A socket that passes everything on to another one and counts what comes back. */
async function meteredSocket(target: string): Promise<Meter> {
	const sockets = new Set<Socket>();
	let bytes = 0;
	const server = createServer((client) => {
		const engine = connect(target);
		engine.on('data', (chunk) => {
			bytes += chunk.length;
		});
		for (const socket of [client, engine]) {
			sockets.add(socket);
			socket.on('error', () => socket.destroy());
		}
		client.pipe(engine).pipe(client);
	});
	const file = path.join(path.dirname(target), 'metered.sock');
	await new Promise<void>((resolve) => {
		server.listen(file, resolve);
	});
	return {
		path: file,
		get bytes() {
			return bytes;
		},
		async [Symbol.asyncDispose]() {
			for (const socket of sockets) socket.destroy();
			server.close();
		},
	};
}

/** The size of one answer, as it comes over the wire. */
async function sizeOf(meter: Meter, route: string): Promise<number> {
	const before = meter.bytes;
	const socket = connect(meter.path);
	socket.write(`GET ${route} HTTP/1.1\r\nHost: docker\r\nConnection: close\r\n\r\n`);
	socket.resume();
	await new Promise<void>((resolve) => {
		socket.once('close', () => resolve());
	});
	return meter.bytes - before;
}
