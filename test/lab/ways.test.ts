import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import {refusalOf} from '../../source/cluster/refusals.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import type {Endpoint} from '../../source/connection/endpoint.ts';
import {resolveEndpoint} from '../../source/connection/resolve.ts';
import {compareApi} from '../../source/engine/api-version.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {get} from '../commands/support/get-run.ts';
import {clientOf} from '../engine/support/fake-engine.ts';
import {allowing, type ProxyRules, posingAs, startProxy} from '../support/engine-proxy.ts';
import {fakeSsh} from '../support/fake-ssh.ts';
import {type Lab, startLab} from './support/lab.ts';

/** The ways to a real engine: through proxies that forbid, that pose as another version, that cut what is idle; over ssh. */

let lab: Lab;
let newest = '';

beforeAll(async () => {
	lab = await startLab('lab-ways', 1, 1);
	await lab.docker(
		'm1',
		'service',
		'create',
		'-d',
		'--name',
		'web',
		'--cap-add',
		'NET_ADMIN',
		'busybox:lab',
		'sleep',
		'1000',
	);
	newest = await lab.docker('m1', 'version', '--format', '{{.Server.APIVersion}}');
	newest = newest.trim();
});

afterAll(async () => {
	await lab?.down();
});

async function endpointOf(host: string): Promise<Endpoint> {
	const endpoint = await resolveEndpoint({host}, {environment: {}, homeDirectory: '/nowhere'});
	if (!endpoint.ok) throw new Error(endpoint.error.message);
	return endpoint.value;
}

async function through(rules: ProxyRules) {
	const proxy = await startProxy(lab.socket('m1'), rules);
	onTestFinished(proxy.close);
	const client = clientOf({endpoint: await endpointOf(proxy.url)});
	return {proxy, client};
}

const usual = ['_ping', 'version', 'nodes', 'services', 'tasks', 'networks'];

async function specOf(service: string) {
	return JSON.parse(await lab.docker('m1', 'service', 'inspect', '--format', '{{json .Spec}}', service)) as {
		Mode: {Replicated: {Replicas: number}};
		TaskTemplate: {ContainerSpec: {CapabilityAdd?: string[]; OomScoreAdj?: number}};
	};
}

describe('a proxy before a real engine', () => {
	it('that lets neither /info nor /events through still shows the swarm, and what changes in it', async () => {
		const {proxy, client} = await through(allowing(usual));
		const clock = systemClock();
		const store = new LiveStore({clock});
		const sync = createSync({client, store, clock});
		onTestFinished(() => sync.stop());
		sync.showInventory(['secrets', 'networks', 'volumes']);
		sync.start();
		await vi.waitFor(
			() => {
				const state = store.getState();
				expect(state.connection.state).toBe('connected');
				expect(state.services.size).toBe(1);
				expect(state.nodes.size).toBe(2);
				expect(refusalOf('secrets', state)).toMatch(/forbids GET \/secrets: 403 Forbidden/);
				expect(refusalOf('volumes', state)).toMatch(/VOLUMES=1/);
				expect(state.inventory.networks?.length).toBeGreaterThan(0);
			},
			{timeout: 30_000, interval: 200},
		);
		await lab.docker('m1', 'node', 'update', '--label-add', 'seen=yes', 'w1');
		await vi.waitFor(
			() => expect([...store.getState().nodes.values()].map(({labels}) => labels)).toContainEqual([['seen', 'yes']]),
			{timeout: 15_000, interval: 200},
		);
		expect(proxy.seen.filter((line) => line.includes('/version'))).toEqual([]);
	});

	it('that lets no change through has refused it, and nothing was changed', async () => {
		const {client} = await through(allowing(usual));
		const service = await client.service('web');
		if (!service.ok) throw new Error(service.error.message);
		const {ID: id, Version, Spec} = service.value;
		const spec = {...Spec, Mode: {Replicated: {Replicas: 3}}};
		expect(await client.updateService(id, Version.Index, spec)).toMatchObject({
			error: {kind: 'forbidden', message: expect.stringContaining('refused the change')},
		});
		expect((await specOf('web')).Mode.Replicated.Replicas).toBe(1);
	});

	it('is told in the lists as text, too', async () => {
		const {proxy} = await through(allowing(usual));
		expect(await get(`nodes -o name -H ${proxy.url}`)).toEqual({status: 0, out: ['m1', 'w1'], err: []});
		const secrets = await get(`secrets -H ${proxy.url}`);
		expect(secrets).toMatchObject({status: 1, err: [expect.stringContaining('403 Forbidden')]});
	});
});

describe('the API version', () => {
	it("is the engine's newest, so that a change of one thing loses nothing else", async () => {
		const hasOom = compareApi(newest, '1.46') >= 0;
		if (hasOom) await lab.docker('m1', 'service', 'update', '-d', '--oom-score-adj', '100', 'web');
		const {proxy, client} = await through({});
		const service = await client.service('web');
		if (!service.ok) throw new Error(service.error.message);
		const {ID: id, Version, Spec} = service.value;
		const update = await client.updateService(id, Version.Index, {...Spec, Mode: {Replicated: {Replicas: 2}}});
		expect(update).toMatchObject({ok: true});
		expect(proxy.seen.at(-1)).toContain(`POST /v${newest}/services/`);
		const {Mode, TaskTemplate} = await specOf('web');
		expect(Mode.Replicated.Replicas).toBe(2);
		expect(TaskTemplate.ContainerSpec.CapabilityAdd).toEqual(['CAP_NET_ADMIN']);
		if (hasOom) expect(TaskTemplate.ContainerSpec.OomScoreAdj).toBe(100);
	});

	it('of the oldest engines with services is enough for every list', async () => {
		const {proxy} = await through(posingAs('1.24', 24));
		for (const list of ['nodes', 'services', 'tasks', 'networks', 'secrets', 'configs', 'stacks', 'volumes']) {
			expect(await get(`${list} -o name -H ${proxy.url}`)).toMatchObject({status: 0, err: []});
		}
		expect(proxy.seen.every((line) => line.includes('/v1.24/') || line === 'GET /_ping')).toBe(true);
	});

	it('that a proxy claims and the engine does not speak is corrected by the engine', async () => {
		const {client} = await through(posingAs('1.99', 24));
		expect(await client.connect()).toMatchObject({value: {apiVersion: newest, engineApiVersion: '1.99'}});
	});

	it('below 1.44 is not needed by anything', async ({skip}) => {
		skip(compareApi(newest, '1.44') < 0, `this engine speaks API ${newest}`);
		const {proxy, client} = await through(posingAs('1.52', 44));
		expect(await client.connect()).toMatchObject({ok: true});
		for (const list of ['nodes', 'services', 'tasks', 'networks', 'secrets', 'configs', 'stacks', 'volumes']) {
			expect(await get(`${list} -o name -H ${proxy.url}`)).toMatchObject({status: 0, err: []});
		}
	});
});

describe('connections that are cut', () => {
	it('while they are idle are opened again, and nobody is told of a loss', async () => {
		const {proxy, client} = await through({idleMs: 1000});
		const clock = systemClock();
		const store = new LiveStore({clock});
		const states = new Set<string>();
		store.subscribe(() => states.add(store.getState().connection.state));
		const sync = createSync({client, store, clock});
		onTestFinished(() => sync.stop());
		sync.start();
		await vi.waitFor(() => expect(proxy.cuts).toBeGreaterThanOrEqual(2), {timeout: 30_000, interval: 200});
		expect([...states]).not.toContain('lost');
	});
});

describe('over ssh', () => {
	it('a slow login is waited for, and a greeting on stdout is named', async () => {
		fakeSsh(lab.socket('m1'), {slow: 'sleep 3; relay', loud: 'echo "Welcome"; relay'});
		const slow = clientOf({endpoint: await endpointOf('ssh://slow@m1')});
		expect(await slow.connect({timeoutMs: 1000})).toMatchObject({value: {name: 'm1'}});
		const loud = clientOf({endpoint: await endpointOf('ssh://loud@m1:2222')});
		expect(await loud.connect()).toMatchObject({
			error: {message: 'loud@m1:2222 greets before the engine answers: “Welcome”.'},
		});
	});
});
