import type http from 'node:http';
import {describe, expect, it} from 'vitest';
import type {SwarmClient} from '../../source/engine/client.ts';
import type {NodeSpec} from '../../source/wire/node.ts';
import type {ServiceSpec} from '../../source/wire/service.ts';
import {clientOf, fakeEngine, hang, json, manager, ping, type Route, refuse} from './support/fake-engine.ts';
import {forbid} from './support/proxy-answers.ts';

const spec: ServiceSpec = {
	Name: 'web',
	Labels: {},
	TaskTemplate: {ContainerSpec: {Image: 'nginx:1'}},
	Mode: {Replicated: {Replicas: 2}},
};
const nodeSpec: NodeSpec = {Labels: {zone: 'a'}, Role: 'worker', Availability: 'drain'};
const empty: Route = (_request, response) => response.end();

describe('what reaches the engine', () => {
	it('an update has its version in the query and the spec, unchanged, in the body', async () => {
		const engine = await fakeEngine({'POST /services/web/update': json({Warnings: null})});
		expect(await clientOf(engine).updateService('web', 42, spec)).toEqual({ok: true, value: {Warnings: null}});
		const [, update] = engine.seen;
		expect(update?.url).toBe('/v1.45/services/web/update?version=42');
		expect(update?.headers['content-type']).toBe('application/json');
		expect(JSON.parse(update?.body ?? '')).toEqual(spec);
	});

	it('rollback and credentials go where the API wants them', async () => {
		const engine = await fakeEngine({'POST /services/web/update': json({Warnings: null})});
		await clientOf(engine).updateService('web', 42, spec, {
			rollback: true,
			registryAuthFrom: 'previous-spec',
			registryAuth: 'c2VjcmV0',
		});
		const [, update] = engine.seen;
		expect(update?.url).toBe('/v1.45/services/web/update?version=42&rollback=previous&registryAuthFrom=previous-spec');
		expect(update?.headers['x-registry-auth']).toBe('c2VjcmV0');
	});

	it('filters are JSON in the query; a list without any has no query at all', async () => {
		const engine = await fakeEngine({'GET /tasks': json([])});
		const client = clientOf(engine);
		await client.tasks({filters: {service: ['web'], 'desired-state': ['running', 'accepted'], node: []}});
		await client.tasks();
		const url = new URL(engine.seen[1]?.url ?? '', 'http://engine');
		expect(JSON.parse(url.searchParams.get('filters') ?? '')).toEqual({
			service: ['web'],
			'desired-state': ['running', 'accepted'],
		});
		expect(engine.seen[2]?.url).toBe('/v1.45/tasks');
	});

	it('a removal has no body', async () => {
		const engine = await fakeEngine({'DELETE /nodes/w1': empty});
		expect(await clientOf(engine).removeNode('w1', {force: true})).toEqual({ok: true, value: undefined});
		expect(engine.seen[1]).toMatchObject({url: '/v1.45/nodes/w1?force=true', body: ''});
		expect(engine.seen[1]?.headers['content-length'] ?? '0').toBe('0');
	});

	it('an ID can name nothing but an object', async () => {
		const engine = await fakeEngine({});
		await clientOf(engine).removeService('../nodes/w1?force=1');
		expect(engine.seen[1]?.url).toBe('/v1.45/services/..%2Fnodes%2Fw1%3Fforce%3D1');
	});

	it("DOCKER_HOST and its like, already decided upon, don't lead dockerode elsewhere", async () => {
		const engine = await fakeEngine({'GET /nodes': json([])});
		const before = {...process.env};
		Object.assign(process.env, {
			DOCKER_HOST: 'tcp://[::nonsense',
			DOCKER_CERT_PATH: '/nowhere',
			DOCKER_TLS_VERIFY: '1',
		});
		const answer = await clientOf(engine).nodes();
		expect(process.env['DOCKER_HOST']).toBe('tcp://[::nonsense');
		process.env = before;
		expect(answer).toEqual({ok: true, value: []});
	});
});

describe('read-only', () => {
	const writes: Record<string, (client: SwarmClient) => Promise<unknown>> = {
		createService: (client) => client.createService(spec),
		updateService: (client) => client.updateService('a', 1, spec),
		removeService: (client) => client.removeService('a'),
		updateNode: (client) => client.updateNode('a', 1, nodeSpec),
		removeNode: (client) => client.removeNode('a'),
		createNetwork: (client) => client.createNetwork({Name: 'a'}),
		removeNetwork: (client) => client.removeNetwork('a'),
		createSecret: (client) => client.createSecret({Name: 'a', Labels: {}}),
		updateSecret: (client) => client.updateSecret('a', 1, {Name: 'a', Labels: {}}),
		removeSecret: (client) => client.removeSecret('a'),
		createConfig: (client) => client.createConfig({Name: 'a', Labels: {}}),
		updateConfig: (client) => client.updateConfig('a', 1, {Name: 'a', Labels: {}}),
		removeConfig: (client) => client.removeConfig('a'),
		createVolume: (client) => client.createVolume({Name: 'a', Driver: 'local', DriverOpts: {}, Labels: {}}),
		removeVolume: (client) => client.removeVolume('a'),
	};

	it.each(Object.keys(writes))('%s never reaches the socket', async (name) => {
		const engine = await fakeEngine({'GET /nodes': json([])});
		const client = clientOf(engine, {isReadOnly: true});
		expect(await client.nodes()).toEqual({ok: true, value: []});
		expect(await writes[name]?.(client)).toMatchObject({error: {kind: 'read-only'}});
		expect(engine.seen.map(({method}) => method)).toEqual(['GET', 'GET']);
		expect(engine.connections).toBe(1);
	});

	it('the part in a swarm is not changed either', async () => {
		const engine = await fakeEngine({'GET /swarm/unlockkey': json({UnlockKey: ''})});
		const {membership} = clientOf(engine, {isReadOnly: true});
		expect(await membership.key()).toEqual({ok: true, value: ''});
		const answers = await Promise.all([
			membership.init({ListenAddr: ''}),
			membership.join({ListenAddr: '', RemoteAddrs: [], JoinToken: ''}),
			membership.leave({force: true}),
			membership.unlock('x'),
			membership.update(1, {} as never, {rotate: {workerToken: true}}),
		]);
		for (const answer of answers) expect(answer).toMatchObject({error: {kind: 'read-only'}});
		expect(engine.seen.map(({method}) => method)).toEqual(['GET', 'GET']);
	});

	it('holds for every write that the client has', () => {
		const engine = clientOf({
			endpoint: {url: '', origin: {kind: 'flag'}, transport: {kind: 'unix', path: '/'}} as never,
		});
		const methods = Object.getOwnPropertyNames(Object.getPrototypeOf(engine));
		const writing = methods.filter((name) => /^(create|update|remove|rotate)/.test(name));
		expect(writing.sort()).toEqual(Object.keys(writes).sort());
	});
});

describe('the API version', () => {
	it.each(['1.24', '1.37', '1.52', '1.99'])('%s is spoken to an engine whose newest it is', async (version) => {
		const engine = await fakeEngine({'GET /_ping': ping(version), 'GET /info': json(manager)});
		const client = clientOf(engine);
		expect(await client.connect()).toMatchObject({value: {apiVersion: version, engineApiVersion: version}});
		await client.updateService('web', 1, spec);
		expect(engine.seen.map(({url}) => url)).toEqual([
			'/_ping',
			`/v${version}/info`,
			`/v${version}/services/web/update?version=1`,
		]);
	});

	it('before services is too old', async () => {
		const engine = await fakeEngine({'GET /_ping': ping('1.23')});
		expect(await clientOf(engine).connect()).toMatchObject({
			error: {kind: 'engine-too-old', message: expect.stringContaining('needs 1.24 (Docker 1.12)')},
		});
	});

	it.each([
		['newer', '1.52', 'too new. Maximum supported API version is 1.45'],
		['older', '1.41', 'too old. Minimum supported API version is 1.45, please upgrade your client'],
	])('that is %s than the engine takes is corrected by its refusal, once', async (_name, claimed, words) => {
		const versioned: Route = (request, response) => {
			if (request.url?.startsWith('/v1.45/')) return json([])(request, response);
			return refuse(400, `client version ${claimed} is ${words}`)(request, response);
		};
		const engine = await fakeEngine({'GET /_ping': ping(claimed), 'GET /nodes': versioned, 'GET /services': versioned});
		const client = clientOf(engine);
		expect(await client.nodes()).toEqual({ok: true, value: []});
		// A ping repeats the claim; what was learnt of it stays.
		expect(await client.ping()).toMatchObject({ok: true});
		expect(await client.services()).toEqual({ok: true, value: []});
		expect(engine.seen.map(({url}) => url)).toEqual([
			...['/_ping', `/v${claimed}/nodes`, '/v1.45/nodes', '/_ping', '/v1.45/services'],
		]);
	});

	it('before 1.29 has no filter of networks by scope: it is done here', async () => {
		const network = (Name: string, Scope: string) => ({Id: Name, Name, Driver: 'overlay', Scope});
		const engine = await fakeEngine({
			'GET /_ping': ping('1.28'),
			'GET /networks': json([network('shop', 'swarm'), network('bridge', 'local')]),
		});
		const filters = {scope: ['swarm'], driver: ['overlay']};
		expect(await clientOf(engine).networks({filters})).toMatchObject({value: [{Name: 'shop'}]});
		expect(decodeURIComponent(engine.seen.at(-1)?.url ?? '')).toBe('/v1.28/networks?filters={"driver":["overlay"]}');
	});

	it('of an engine that contradicts itself is not haggled over', async () => {
		const engine = await fakeEngine({
			'GET /nodes': (request, response) => {
				const [, minor] = /v1\.(\d+)/.exec(request.url ?? '') ?? [];
				const words =
					minor === '45' ? 'new. Maximum supported API version is 1.40' : 'old. Minimum supported API version is 1.45';
				refuse(400, `client version 1.${minor} is too ${words}`)(request, response);
			},
		});
		expect(await clientOf(engine).nodes()).toMatchObject({error: {kind: 'engine-too-old'}});
		expect(engine.seen).toHaveLength(3);
	});

	it('comes from /version where a proxy forbids the ping or takes its header away, once', async () => {
		for (const mute of [forbid, (_: unknown, response: http.ServerResponse) => void response.end('OK')]) {
			const engine = await fakeEngine({
				'GET /_ping': mute,
				'GET /version': json({Version: '28.5.2', ApiVersion: '1.51', MinAPIVersion: '1.24'}),
				'GET /nodes': json([]),
			});
			const client = clientOf(engine);
			expect(await client.nodes()).toEqual({ok: true, value: []});
			expect(await client.ping()).toMatchObject({ok: true});
			expect(engine.seen.map(({url}) => url)).toEqual(['/_ping', '/version', '/v1.51/nodes', '/_ping']);
		}
	});

	it('is asked once, however many calls begin at the same time', async () => {
		const engine = await fakeEngine({'GET /nodes': json([]), 'GET /services': json([])});
		const client = clientOf(engine);
		await Promise.all([client.nodes(), client.services(), client.nodes()]);
		expect(engine.seen.filter(({url}) => url === '/_ping')).toHaveLength(1);
	});

	it('is asked anew by connect: the engine may have been updated', async () => {
		let version = '1.41';
		const engine = await fakeEngine({
			'GET /_ping': (request, response) => ping(version)(request, response),
			'GET /info': json(manager),
		});
		const client = clientOf(engine);
		expect(await client.connect()).toMatchObject({value: {apiVersion: '1.41'}});
		version = '1.45';
		expect(await client.connect()).toMatchObject({value: {apiVersion: '1.45'}});
		expect(client.apiVersion).toBe('1.45');
	});

	it.each([
		['1.40', '/v1.40/services', false],
		['1.41', '/v1.41/services?status=true', true],
	])('API %s: counts are asked for only where the engine can give them', async (version, url, hasServiceStatus) => {
		const engine = await fakeEngine({
			'GET /_ping': ping(version),
			'GET /services': json([]),
			'GET /info': json(manager),
		});
		const client = clientOf(engine);
		expect(await client.connect()).toMatchObject({value: {capabilities: {hasServiceStatus}}});
		await client.services({status: true});
		expect(engine.seen.at(-1)?.url).toBe(url);
	});
});

describe('connections', () => {
	it('are used again', async () => {
		const engine = await fakeEngine({'GET /nodes': json([])});
		const client = clientOf(engine);
		for (let call = 0; call < 5; call++) await client.nodes();
		expect(engine.connections).toBe(1);
	});

	it('one that died while it was idle is noticed by nobody', async () => {
		const engine = await fakeEngine({
			'GET /nodes': (request, response) => {
				// The second request on a connection finds it closed, as after an engine's restart.
				if (engine.seen.filter(({url}) => url === '/v1.45/nodes').length === 2) request.socket.destroy();
				else json([])(request, response);
			},
		});
		const client = clientOf(engine);
		expect(await client.nodes()).toEqual({ok: true, value: []});
		expect(await client.nodes()).toEqual({ok: true, value: []});
	});

	it('a call that waiting waits no longer than it may', async () => {
		const engine = await fakeEngine({'GET /nodes': hang, 'GET /info': json(manager)});
		const client = clientOf(engine);
		const controller = new AbortController();
		const hanging = Array.from({length: 20}, () => client.nodes({signal: controller.signal}));
		expect(await client.nodes({timeoutMs: 50})).toMatchObject({error: {kind: 'timeout'}});
		controller.abort();
		for (const answer of await Promise.all(hanging)) expect(answer).toMatchObject({error: {kind: 'aborted'}});
	});

	it('many streams hold up no request', async () => {
		const engine = await fakeEngine({
			'GET /services/web/logs': (_request, response) => response.writeHead(200).flushHeaders(),
			'GET /nodes': json([]),
		});
		const client = clientOf(engine);
		const streams = Array.from({length: 40}, () => client.serviceLogs('web', {onData: () => undefined}));
		expect(await Promise.all(streams)).toHaveLength(40);
		expect(await client.nodes()).toEqual({ok: true, value: []});
	});
});
