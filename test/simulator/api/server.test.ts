import {statSync} from 'node:fs';
import {type ClientRequest, get, type IncomingMessage} from 'node:http';
import {connect} from 'node:net';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {serveEngine} from '../../../source/simulator/api/server.ts';
import type {Container} from '../../../source/simulator/contract.ts';
import type {EngineEvent} from '../../../source/wire/event.ts';
import {ask, type Engines, startEngines} from './engines.ts';

let engines: Engines;
beforeAll(async () => {
	engines = await startEngines();
});
afterAll(() => engines.close());

const headersOf = (raw: readonly string[]): Record<string, string> =>
	Object.fromEntries(raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? '']] : [])));

const until = (what: string, holds: () => boolean): Promise<void> =>
	vi.waitFor(
		() => {
			if (!holds()) throw new Error(`waited in vain until ${what}`);
		},
		{timeout: 5000, interval: 2},
	);

/** Opens a stream and leaves it open. */
function open(node: string, target: string): Promise<{request: ClientRequest; response: IncomingMessage}> {
	return new Promise((resolve, reject) => {
		const request = get({socketPath: engines.socketOf(node), path: target}, (response) => {
			response.on('error', () => undefined);
			resolve({request, response});
		});
		request.on('error', reject);
	});
}

describe('an engine', () => {
	it('listens on a socket that is its owner’s alone', () => {
		const mode = (file: string) => statSync(file).mode & 0o777;
		const socket = engines.socketOf('m1');
		expect([mode(socket), mode(path.dirname(socket))]).toEqual([0o600, 0o700]);
	});

	it('says what it is in every answer, and nothing of keep-alive', async () => {
		const {rawHeaders} = await engines.call('m1', 'GET', '/v1.41/services');
		const {Date: _, ...headers} = headersOf(rawHeaders);
		expect(headers).toEqual({
			'Api-Version': '1.51',
			'Docker-Experimental': 'false',
			Ostype: 'linux',
			Server: 'Docker/28.5.2 (linux)',
			'Content-Type': 'application/json',
			'Content-Length': '3',
		});
	});

	it('says less where it has no such page, or does not speak the version', async () => {
		const page = headersOf((await engines.call('m1', 'GET', '/nosuch')).rawHeaders);
		expect(Object.keys(page)).toEqual(['Content-Type', 'Content-Length', 'Date']);
		const version = headersOf((await engines.call('m1', 'GET', '/v1.99/info')).rawHeaders);
		expect(Object.keys(version)).not.toContain('Docker-Experimental');
		expect(version['Api-Version']).toBe('1.51');
	});

	it('answers a ping, also to HEAD', async () => {
		for (const [method, length, text] of [
			['GET', '2', 'OK'],
			['HEAD', '0', ''],
		] as const) {
			const reply = await engines.call('w1', method, '/_ping');
			expect([reply.status, reply.text, reply.headers['content-length']]).toEqual([200, text, length]);
			expect(reply.headers['swarm']).toBe('active/worker');
			expect(reply.headers['builder-version']).toBe('2');
		}
	});

	it('sends long lists in chunks and short ones with their length', async () => {
		expect((await engines.call('m1', 'GET', '/nodes')).headers['transfer-encoding']).toBe('chunked');
		expect((await engines.call('m1', 'GET', '/secrets')).headers['content-length']).toBe('3');
	});

	it('poses as an older one', async () => {
		const directory = path.dirname(path.dirname(engines.socketOf('m1')));
		const socketPath = path.join(directory, 'old', 'docker.sock');
		const server = await serveEngine(engines.host('m1'), {socketPath}, {apiVersion: '1.37'});
		const {body: version} = await ask(socketPath, 'GET', '/version');
		expect(version).toMatchObject({ApiVersion: '1.37', MinAPIVersion: '1.12'});
		expect((await ask(socketPath, 'GET', '/v1.38/info')).body).toEqual({
			message: 'client version 1.38 is too new. Maximum supported API version is 1.37',
		});
		expect((await ask(socketPath, 'GET', '/_ping')).headers['swarm']).toBeUndefined();
		await server.close();
	});

	it('refuses to pose as what never was', async () => {
		await expect(serveEngine(engines.host('m1'), {socketPath: '/nowhere'}, {apiVersion: '2.0'})).rejects.toThrow(
			'no engine poses as API 2.0',
		);
	});
});

describe('the event stream', () => {
	it('goes on until the reader leaves, and leaves nothing behind', async () => {
		const {events} = engines.host('m1');
		const before = listenersOf(events);
		const {request, response} = await open('m1', '/events?filters={"type":["secret"]}');
		const seen: EngineEvent[] = [];
		response.on('data', (chunk: Buffer) => seen.push(JSON.parse(chunk.toString())));
		await until('somebody listens', () => listenersOf(events) === before + 1);
		await engines.call('m1', 'POST', '/secrets/create', {body: {Name: 'hush', Data: 'eA=='}});
		await until('the event is there', () => seen.length > 0);
		expect(seen[0]).toMatchObject({
			Type: 'secret',
			Action: 'create',
			Actor: {Attributes: {name: 'hush'}},
			scope: 'swarm',
		});
		request.destroy();
		await until('nobody listens', () => listenersOf(events) === before);
	});

	it('replays what is remembered, and ends at its end', async () => {
		const {text} = await engines.call('m2', 'GET', '/events?since=1&until=2');
		expect(text).toBe('');
		const {text: replayed} = await engines.call(
			'm2',
			'GET',
			`/events?since=1&until=${engines.clock.now() / 1000 + 0.05}`,
		);
		const types = replayed
			.trim()
			.split('\n')
			.map((line) => (JSON.parse(line) as EngineEvent).Type);
		expect(types).toContain('secret');
	});
});

/** How many listen to an engine's events; the ring tells nobody, so one is lent to it that counts. */
const counts = new WeakMap<object, () => number>();
function listenersOf(events: Engines['world']['hosts'][number]['events']): number {
	let count = counts.get(events);
	if (!count) {
		let listeners = 0;
		const {subscribe} = events;
		events.subscribe = (listener) => {
			listeners++;
			const stop = subscribe.call(events, listener);
			return () => {
				listeners--;
				stop();
			};
		};
		count = () => listeners;
		counts.set(events, count);
	}
	return count();
}

const container: Container = {
	id: 'c0ffee'.padEnd(64, '0'),
	name: 'web.1.abc',
	taskId: undefined,
	image: 'busybox:lab',
	imageId: 'sha256:00',
	command: ['sleep', '1000'],
	labels: {},
	env: [],
	hostname: 'web',
	tty: false,
	createdAt: 0,
	startedAt: 0,
	finishedAt: undefined,
	state: 'running',
	exitCode: 0,
	pid: 7,
	health: 'none',
	task: undefined,
	networks: [],
	isRemoved: false,
	openLog: () => {
		throw new Error('it keeps no log');
	},
	startByHand: () => ({ok: true, value: undefined}),
	onChange: () => () => undefined,
	stop: async () => undefined,
	kill: () => undefined,
	openShell: () => undefined,
	isOutOfMemory: false,
	changes: () => [],
	mounts: [],
	probes: [],
	failingStreak: 0,
	usage: () => ({cpuNanoseconds: 0, memoryBytes: 0, periods: 0, throttledPeriods: 0}),
	memoryLimit: undefined,
	exec: ([program = '']) => ({stdout: `${program}\n`, stderr: 'oops\n', exitCode: 3}),
};

describe('docker exec', () => {
	const make = async (tty: boolean): Promise<string> => {
		const body = {Cmd: ['hostname'], Tty: tty, AttachStdout: true, AttachStderr: true};
		const {body: made} = await engines.call('w2', 'POST', `/containers/${container.id}/exec`, {body});
		return (made as {Id: string}).Id;
	};

	beforeAll(() => {
		engines.containersOf('w2').all.push(container);
	});

	it('takes the connection over, with frames', async () => {
		const id = await make(false);
		const text = await upgrade(engines.socketOf('w2'), `/v1.45/exec/${id}/start`, '{"Detach":false,"Tty":false}');
		const [head = '', output = ''] = text.split('\r\n\r\n');
		expect(head).toMatch(/^HTTP\/1\.1 101 UPGRADED\r\nContent-Type: application\/vnd\.docker\.multiplexed-stream\r\n/);
		expect(output).toBe('\x01\0\0\0\0\0\0\x09hostname\n\x02\0\0\0\0\0\0\x05oops\n');
		expect((await engines.call('w2', 'GET', `/exec/${id}/json`)).body).toMatchObject({Running: false, ExitCode: 3});
	});

	it('sends a terminal’s output bare', async () => {
		const text = await upgrade(engines.socketOf('w2'), `/exec/${await make(true)}/start`, '{"Tty":true}');
		expect(text).toContain('application/vnd.docker.raw-stream');
		expect(text.split('\r\n\r\n')[1]).toBe('hostname\r\noops\r\n');
	});

	it('answers an upgrade that goes wrong like any request', async () => {
		const text = await upgrade(engines.socketOf('w2'), '/exec/nosuch/start', '{}');
		expect(text).toMatch(/^HTTP\/1\.1 404 Not Found\r\n/);
		expect(text).toContain('{"message":"No such exec instance: nosuch"}');
	});
});

/** Everything that comes back on a connection that asks to be taken over; the body comes a moment after the headers. */
function upgrade(socketPath: string, target: string, body: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const chunks: Buffer[] = [];
		const socket = connect(socketPath, () => {
			socket.write(
				`POST ${target} HTTP/1.1\r\nHost: docker\r\nConnection: Upgrade\r\nUpgrade: tcp\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n`,
			);
			setImmediate(() => socket.write(body));
		});
		socket.on('data', (chunk) => chunks.push(chunk));
		socket.on('error', reject);
		socket.on('end', () => resolve(Buffer.concat(chunks).toString('latin1')));
	});
}

describe('trouble', () => {
	it('holds a frozen host’s answers back until it thaws', async () => {
		const host = engines.host('w1');
		host.setFrozen(true);
		let isAnswered = false;
		const reply = engines.call('w1', 'GET', '/_ping').then((answer) => {
			isAnswered = true;
			return answer;
		});
		await engines.call('m1', 'GET', '/_ping');
		expect(isAnswered).toBe(false);
		host.setFrozen(false);
		expect((await reply).text).toBe('OK');
	});

	it('answers for a broken one with what it is told', async () => {
		const host = engines.host('w1');
		host.setTrouble({kind: 'broken', refusal: {status: 500, message: 'out of order'}});
		expect(await engines.call('w1', 'GET', '/info')).toMatchObject({status: 500, body: {message: 'out of order'}});
		host.setTrouble(undefined);
	});

	it('ends streams when the engine stops', async () => {
		const socketPath = path.join(path.dirname(engines.socketOf('w1')), 'second.sock');
		const server = await serveEngine(engines.host('w1'), {socketPath});
		const ended = new Promise<void>((resolve) => {
			get({socketPath, path: '/events'}, (response) => {
				response.on('error', () => resolve());
				response.on('close', () => resolve());
				void server.close();
			});
		});
		await ended;
	});
});
