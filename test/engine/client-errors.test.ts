import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import {expect, it, onTestFinished, vi} from 'vitest';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {socketOwner} from '../../source/connection/socket-owner.ts';
import {connectionError} from '../../source/engine/connection-errors.ts';
import {Deadline} from '../../source/engine/deadline.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {
	clientOf,
	fakeEngine,
	hang,
	json,
	manager,
	ping,
	type Route,
	refuse,
	unixEndpoint,
} from './support/fake-engine.ts';

const noLeader =
	"rpc error: code = Unknown desc = The swarm does not have a leader. It's possible that too few managers are online. Make sure more than half of the managers are online.";
const workerWords =
	"This node is not a swarm manager. Worker nodes can't be used to view or modify cluster state. Please run this command on a manager node or promote the current node to a manager.";

it('a missing socket says where to look', async () => {
	const client = clientOf({endpoint: unixEndpoint('/nowhere/docker.sock')});
	expect(await client.connect()).toMatchObject({
		error: {kind: 'no-socket', message: 'There is no Docker socket at unix:///nowhere/docker.sock.'},
	});
});

it('a socket file that nobody listens on is refused', async () => {
	const socket = path.join(temporaryDirectory(), 'docker.sock');
	writeFileSync(socket, '');
	const answer = await clientOf({endpoint: unixEndpoint(socket)}).connect();
	expect(answer).toMatchObject({error: {kind: 'refused', nextStep: expect.stringContaining('systemctl start docker')}});
});

it('a socket without permission names its owner and the group to join', async () => {
	const engine = await fakeEngine({});
	const cause = Object.assign(new Error('connect EACCES'), {code: 'EACCES'});
	const deadline = new Deadline(systemClock({unref: true}), 1000, undefined);
	const {user, group} = (await socketOwner(socketOf(engine.endpoint))) ?? {};
	expect(await connectionError(cause, engine.endpoint, deadline)).toMatchObject({
		kind: 'permission-denied',
		message: expect.stringMatching(`belongs to ${user} and the group ${group}`),
	});
	deadline.finish();
});

it('an engine without a swarm says how to start one', async () => {
	const engine = await fakeEngine({
		'GET /info': json({...manager, Swarm: {...manager.Swarm, LocalNodeState: 'inactive', ControlAvailable: false}}),
	});
	expect(await clientOf(engine).connect()).toMatchObject({
		error: {kind: 'not-in-swarm', nextStep: expect.stringContaining('docker swarm init')},
	});
});

it('a worker lists the managers it knows, in a steady order', async () => {
	const engine = await fakeEngine({
		'GET /nodes': refuse(503, workerWords),
		'GET /info': json({...manager, Swarm: {...manager.Swarm, ControlAvailable: false}}),
	});
	const client = clientOf(engine);
	for (const answer of [await client.connect(), await client.nodes()]) {
		expect(answer).toMatchObject({
			error: {
				kind: 'worker',
				nextStep: 'Point swarmtop at a manager: ssh://10.0.0.1, ssh://10.0.0.2, ssh://10.0.0.3.',
				managers: [{address: '10.0.0.1:2377'}, {address: '10.0.0.2:2377'}, {address: '10.0.0.3:2377'}],
			},
		});
	}
});

it('a lost quorum says how many managers are missing', async () => {
	const engine = await fakeEngine({
		'GET /nodes': refuse(500, noLeader),
		'GET /info': json({...manager, Swarm: {...manager.Swarm, Error: noLeader}}),
	});
	const client = clientOf(engine);
	for (const answer of [await client.connect(), await client.nodes()]) {
		expect(answer).toMatchObject({
			error: {
				kind: 'no-leader',
				message: expect.stringContaining('of 3 managers 2 must be up, so 2 or more are missing'),
				nextStep: 'Bring managers back until 2 of 3 are up: 10.0.0.1, 10.0.0.2, 10.0.0.3.',
			},
		});
	}
});

it('a call that hangs while /info tells of a lost leader is the quorum, not the engine', async () => {
	const engine = await fakeEngine({
		'GET /nodes': hang,
		'GET /info': json({...manager, Swarm: {...manager.Swarm, Error: noLeader}}),
	});
	expect(await clientOf(engine).nodes({timeoutMs: 50})).toMatchObject({error: {kind: 'no-leader'}});
});

it('when even /info hangs while the engine is up, it is the swarm too, and the managers seen before are named', async () => {
	let isHealthy = true;
	const whileHealthy =
		(route: Route): Route =>
		(request, response) =>
			isHealthy && route(request, response);
	const engine = await fakeEngine({'GET /nodes': whileHealthy(json([])), 'GET /info': whileHealthy(json(manager))});
	const client = clientOf(engine);
	expect(await client.connect()).toMatchObject({ok: true});
	isHealthy = false;
	for (const answer of [await client.nodes({timeoutMs: 50}), await client.connect({timeoutMs: 50})]) {
		expect(answer).toMatchObject({error: {kind: 'no-leader', message: expect.stringContaining('of 3 managers')}});
	}
});

it('where a ping is answered at once, /info is not waited for until it times out itself', async () => {
	const clock = new ManualClock(0);
	const engine = await fakeEngine({'GET /nodes': hang, 'GET /info': hang});
	const client = clientOf(engine, {clock});
	expect(await client.ping()).toMatchObject({ok: true});
	let answer: unknown;
	void client.nodes({timeoutMs: 2500}).then((it) => {
		answer = it;
	});
	await vi.waitFor(() => expect(engine.seen).toHaveLength(2));
	clock.advance(2500);
	await vi.waitFor(() => expect(engine.seen).toHaveLength(4));
	await vi.waitFor(() => {
		clock.advance(100);
		expect(answer).toMatchObject({error: {kind: 'no-leader'}});
	});
	expect(clock.now() - 2500).toBeLessThan(1800);
});

it('an engine that hangs altogether times out', async () => {
	const engine = await fakeEngine({'GET /_ping': hang});
	expect(await clientOf(engine).nodes({timeoutMs: 50})).toMatchObject({
		error: {kind: 'timeout', message: expect.stringContaining('did not answer within 0.05 s')},
	});
});

it('a write without an answer says that it may have been done', async () => {
	const engine = await fakeEngine({
		'DELETE /services/web': (request) => request.socket.destroy(),
		'DELETE /services/api': hang,
		'GET /info': json(manager),
	});
	const client = clientOf(engine);
	const broken = await client.removeService('web');
	const late = await client.removeService('api', {timeoutMs: 50});
	expect(broken).toMatchObject({
		error: {kind: 'connection-lost', nextStep: expect.stringContaining('check before you')},
	});
	expect(late).toMatchObject({error: {kind: 'timeout', nextStep: expect.stringContaining('check before you')}});
	expect(engine.seen.filter(({url}) => url.endsWith('/web'))).toHaveLength(1);
});

it('an answer that stops in the middle times out too', async () => {
	const engine = await fakeEngine({
		'GET /nodes': (_request, response) => response.writeHead(200).write('[{"ID":'),
		'GET /info': json(manager),
	});
	expect(await clientOf(engine).nodes({timeoutMs: 50})).toMatchObject({
		error: {kind: 'timeout', message: 'The engine is up, but the swarm takes too long to answer.'},
	});
});

it('a slow answer that keeps coming is waited for', async () => {
	const engine = await fakeEngine({
		'GET /nodes': (_request, response) => {
			const pieces = [...'[   ]'];
			const timer = setInterval(() => {
				response.write(pieces.shift() ?? '');
				if (pieces.length > 0) return;
				clearInterval(timer);
				response.end();
			}, 40);
		},
	});
	expect(await clientOf(engine).nodes({timeoutMs: 150})).toEqual({ok: true, value: []});
});

it('the caller can give up', async () => {
	const engine = await fakeEngine({'GET /nodes': hang});
	const controller = new AbortController();
	const answer = clientOf(engine).nodes({signal: controller.signal});
	controller.abort();
	expect(await answer).toMatchObject({error: {kind: 'aborted'}});
});

it('closing the client ends its calls', async () => {
	const engine = await fakeEngine({'GET /nodes': hang});
	const client = clientOf(engine);
	const answer = client.nodes();
	await client.close();
	expect(await answer).toMatchObject({error: {kind: 'aborted'}});
	expect(await client.nodes()).toMatchObject({error: {kind: 'aborted'}});
});

it('an engine that is too old is named with what it would need', async () => {
	const engine = await fakeEngine({'GET /_ping': ping('1.23')});
	expect(await clientOf(engine).connect()).toMatchObject({
		error: {
			kind: 'engine-too-old',
			message: 'Docker 20.10.24 speaks API 1.23; swarmtop needs 1.24 (Docker 1.12) or newer.',
		},
	});
});

it.each([
	['update out of sequence', 500, 'rpc error: code = Unknown desc = update out of sequence', 'version-conflict'],
	['not found', 404, 'service web not found', 'not-found'],
	[
		'name taken',
		409,
		'rpc error: code = AlreadyExists desc = name conflicts with an existing object: service web already exists',
		'conflict',
	],
	[
		'port taken',
		400,
		"rpc error: code = InvalidArgument desc = port '80' is already in use by service 'web' (id) as an ingress port",
		'rejected',
	],
	['bad constraint', 500, 'rpc error: code = Unknown desc = constraint expected one operator from ==, !=', 'rejected'],
	['renaming', 501, 'rpc error: code = Unimplemented desc = renaming services is not supported', 'rejected'],
	['panic', 500, 'runtime error: index out of range', 'engine-failed'],
	[
		'locked',
		503,
		'Swarm is encrypted and needs to be unlocked before it can be used. Please use "docker swarm unlock" to unlock it.',
		'locked',
	],
	[
		'starting',
		503,
		'This node is not a swarm manager. Manager is being prepared or has trouble connecting to the cluster.',
		'pending',
	],
	['certificates', 503, 'Swarm certificates have expired. To replace them, leave the swarm and join again.', 'expired'],
	['leader stepped down', 500, 'rpc error: code = Unknown desc = node lost leader status', 'no-leader'],
	[
		'no answer from the leader',
		500,
		'rpc error: code = DeadlineExceeded desc = context deadline exceeded',
		'no-leader',
	],
])("%s: its own kind, the engine's words without gRPC", async (_name, status, message, kind) => {
	const engine = await fakeEngine({'DELETE /services/web': refuse(status, message)});
	const answer = await clientOf(engine).removeService('web');
	expect(answer).toMatchObject({error: {kind, status}});
	if (!answer.ok) {
		expect(answer.error.nextStep).not.toBe('');
		expect(`${answer.error.message}${answer.error.engineMessage ?? ''}`).not.toContain('rpc error');
	}
});

it("what an engine says can't move the cursor", async () => {
	const engine = await fakeEngine({'DELETE /services/web': refuse(400, 'no\u001b[2Jsuch\u202eservice')});
	const answer = await clientOf(engine).removeService('web');
	expect(answer.ok ? '' : answer.error.message).not.toMatch(/[\u001b\u202e]/);
});

it('a list that is no JSON names its path', async () => {
	const engine = await fakeEngine({'GET /nodes': (_request, response) => response.end('<html>')});
	expect(await clientOf(engine).nodes()).toMatchObject({
		error: {kind: 'bad-answer', message: expect.stringContaining('/v1.45/nodes')},
	});
});

it('an object without what every such object has is not believed', async () => {
	const engine = await fakeEngine({'GET /services': json([{ID: 'a', Version: {Index: 1}, Spec: {Name: 'web'}}])});
	expect(await clientOf(engine).services()).toMatchObject({
		error: {kind: 'bad-answer', message: expect.stringContaining('a service has no Spec.TaskTemplate')},
	});
});

it('a web server is not an engine', async () => {
	const engine = await fakeEngine({'GET /_ping': (_request, response) => response.end('<html>hello</html>')});
	expect(await clientOf(engine).connect()).toMatchObject({error: {kind: 'bad-answer'}});
});

it('a redirect is not followed', async () => {
	const elsewhere = await fakeEngine({});
	const engine = await fakeEngine({
		'GET /nodes': (_request, response) => response.writeHead(301, {Location: 'http://127.0.0.1:1/nodes'}).end(),
	});
	expect(await clientOf(engine).nodes()).toMatchObject({error: {kind: 'bad-answer', status: 301}});
	expect(elsewhere.seen).toEqual([]);
});

it('a port that wants TLS says so, whether it answers as Go does or with an alert', async () => {
	const go = await listening((socket) =>
		socket.end('HTTP/1.0 400 Bad Request\r\n\r\nClient sent an HTTP request to an HTTPS server.\n'),
	);
	const alert = await listening((socket) => socket.end(Buffer.from([0x15, 3, 1, 0, 2, 2, 70])));
	for (const port of [go, alert]) {
		expect(await clientOf({endpoint: tcpEndpoint(port)}).connect()).toMatchObject({error: {kind: 'tls-required'}});
	}
});

it('TLS spoken to a port without TLS says so', async () => {
	const port = await listening((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
	const endpoint = tcpEndpoint(port, {verify: true, ca: undefined, cert: undefined, key: undefined});
	expect(await clientOf({endpoint}).connect()).toMatchObject({
		error: {kind: 'tls-failed', message: expect.stringContaining("doesn't speak TLS")},
	});
});

it('a TCP port that nobody listens on is refused, an unknown host is unknown', async () => {
	const port = await listening(() => undefined);
	const free = tcpEndpoint(port === 1 ? 2 : 1);
	expect(await clientOf({endpoint: free}).connect()).toMatchObject({error: {kind: 'refused'}});
	const endpoint: Endpoint = {
		...free,
		transport: {kind: 'tcp', host: 'no-such-host.invalid', port, basePath: '', tls: undefined},
	};
	expect(await clientOf({endpoint}).connect()).toMatchObject({error: {kind: 'host-unknown'}});
});

function socketOf({transport}: Endpoint): string {
	return transport.kind === 'unix' ? transport.path : '';
}

function tcpEndpoint(port: number, tls?: Extract<Endpoint['transport'], {kind: 'tcp'}>['tls']): Endpoint {
	return {
		url: toSafeText(`tcp://127.0.0.1:${port}`),
		origin: {kind: 'flag'},
		transport: {kind: 'tcp', host: '127.0.0.1', port, basePath: '', tls},
	};
}

async function listening(onConnection: (socket: net.Socket) => void): Promise<number> {
	const server = net.createServer((socket) => {
		socket.on('error', () => undefined);
		socket.once('data', () => onConnection(socket));
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	onTestFinished(() => void server.close());
	const address = server.address();
	return typeof address === 'object' && address ? address.port : 0;
}

function temporaryDirectory(): string {
	const directory = mkdtempSync(path.join(os.tmpdir(), 'swarmtop-'));
	onTestFinished(() => rmSync(directory, {recursive: true, force: true}));
	return directory;
}
