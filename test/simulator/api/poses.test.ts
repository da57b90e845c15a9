import {readFileSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../../source/simulator/world/simulation.ts';
import type {Service} from '../../../source/wire/service.ts';
import {ask} from './engines.ts';

/** What an engine says of itself and of what is its own, as the recorded engines do: the same keys in the same order. */

const fixtureText = `
nodes: [{ name: m1, role: manager }]
networks: { appnet: { attachable: true } }
services:
  web: { image: busybox:latest, command: [sleep, "3600"], networks: [appnet], ports: ["8080:80"] }
`;

const recorded = (version: string, name: string): unknown =>
	JSON.parse(
		readFileSync(new URL(`../../../fixtures/recorded/engine-${version}/${name}.json`, import.meta.url), 'utf8'),
	);

let folder: string;
let simulation: Simulation;

async function pose(apiVersion?: string): Promise<void> {
	folder = await mkdtemp(path.join(tmpdir(), 'pose-'));
	const fixture = await parseFixture(fixtureText, 'pose.yaml');
	if (!fixture.ok) throw new Error(fixture.error[0]?.message);
	simulation = await startSimulation({fixture: fixture.value, apiVersion, where: {sockets: folder}});
}

async function unpose(): Promise<void> {
	await simulation.close();
	await rm(folder, {recursive: true, force: true});
}

const get = async (target: string, method = 'GET', body?: unknown) =>
	ask(path.join(folder, 'm1/docker.sock'), method, target, body === undefined ? {} : {body});

/** Keys alone, at every depth but in maps that people fill; a list by its first element. */
function keysOf(value: unknown): unknown {
	if (Array.isArray(value)) return value.length > 0 && typeof value[0] === 'object' ? [keysOf(value[0])] : 'list';
	if (typeof value !== 'object' || value === null) return 'value';
	return Object.entries(value).map(([key, member]) => [key, open.has(key) ? 'map' : keysOf(member)]);
}

/** What stands in these is the machine's or the owner's, not the engine's. */
const open = new Set([
	'Labels',
	'Options',
	'Runtimes',
	'DriverStatus',
	'Swarm',
	'Plugins',
	'Data',
	'Containers',
	'Peers',
]);

describe.each([
	['26.1', '1.45'],
	['28.5', undefined],
])('an engine that poses as %s', (version, apiVersion) => {
	beforeAll(() => pose(apiVersion));
	afterAll(unpose);

	it('describes itself', async () => {
		expect(keysOf((await get('/info')).body)).toEqual(keysOf(recorded(version, 'info')));
		expect(keysOf((await get('/version')).body)).toEqual(keysOf(recorded(version, 'version')));
	});

	it('names its release and its API alike everywhere', async () => {
		const {headers, body} = await get('/version');
		const {Version, ApiVersion} = body as {Version: string; ApiVersion: string};
		const known = recorded(version, 'version') as {Version: string; ApiVersion: string};
		expect([Version, ApiVersion]).toEqual([known.Version.replace(/\+.*/, ''), known.ApiVersion]);
		expect([headers['server'], headers['api-version']]).toEqual([`Docker/${Version} (linux)`, ApiVersion]);
		expect((await get('/info')).body).toMatchObject({ServerVersion: Version});
		expect((await get('/nodes')).body).toMatchObject([{Description: {Engine: {EngineVersion: Version}}}]);
	});

	it('shows its networks and its containers’ places in them', async () => {
		const {list} = recorded(version, 'containers') as {list: {NetworkSettings: {Networks: object}}[]};
		const known = list.map(({NetworkSettings: {Networks}}) => Networks).find((networks) => 'appnet' in networks);
		const shown = (await get('/containers/json')).body as typeof list;
		const [first] = shown.map(({NetworkSettings: {Networks}}) => Networks);
		expect(keysOf(Object.values(first ?? {})[0])).toEqual(keysOf(Object.values(known ?? {})[0]));
		expect(keysOf((await get('/networks')).body)).toEqual(keysOf(recorded(version, 'networks')));
	});
});

describe('an engine that is told nothing of what to pose as', () => {
	beforeAll(() => pose());
	afterAll(unpose);

	it.each([
		[43, 'AllowNondistributableArtifactsCIDRs BridgeNfIptables Expected'],
		[46, 'AllowNondistributableArtifactsCIDRs BridgeNfIptables Containerd Expected'],
		[48, 'BridgeNfIptables Containerd Expected'],
		[49, 'BridgeNfIptables Containerd FirewallBackend'],
		[50, 'Containerd FirewallBackend'],
		[51, 'Containerd FirewallBackend'],
	])('shows a client of API 1.%i what 28.5 shows it of the engine', async (minor, keys) => {
		const {text} = await get(`/v1.${minor}/info`);
		const asked = [
			'AllowNondistributableArtifactsCIDRs',
			'BridgeNfIptables',
			'Containerd',
			'Expected',
			'FirewallBackend',
		];
		expect(asked.filter((key) => text.includes(`"${key}"`)).join(' ')).toBe(keys);
	});

	it.each(['nosuch', 'nosuch:1.2', 'local'])('refuses a secret whose driver plugin is missing: %s', async (name) => {
		for (const Data of [undefined, 'eA==']) {
			const reply = await get('/secrets/create', 'POST', {Name: 's', Driver: {Name: name}, Data});
			expect(reply).toMatchObject({
				status: 500,
				body: {message: `rpc error: code = Unknown desc = plugin "${name}" not found`},
			});
		}
	});

	it('takes secrets and configs whose template driver nobody has, as the engine does', async () => {
		const spec = {Name: 'templated', Data: 'eA==', Templating: {Name: 'nosuch'}};
		for (const kind of ['secrets', 'configs']) {
			expect(await get(`/${kind}/create`, 'POST', spec)).toMatchObject({status: 201});
		}
	});

	it.each([
		[{Driver: 'overlay', EnableIPv4: false}, 400, 'IPv4 cannot be disabled in a Swarm scoped network'],
		[{Driver: 'bridge', EnableIPv4: false}, 400, 'IPv4 or IPv6 must be enabled'],
		[{Driver: 'nosuch'}, 404, 'plugin "nosuch" not found'],
		[{Driver: 'nosuch', Scope: 'swarm'}, 404, 'plugin "nosuch" not found'],
	])('refuses a network: %j', async (asked, status, message) => {
		expect(await get('/networks/create', 'POST', {Name: 'n', ...asked})).toMatchObject({status, body: {message}});
	});

	it('keeps what came with API 1.46 for clients that speak it, and drops it for older ones', async () => {
		const spec = (Name: string) => ({
			Name,
			TaskTemplate: {
				ContainerSpec: {
					Image: 'busybox:latest',
					OomScoreAdj: -5,
					Mounts: [{Type: 'tmpfs', Target: '/t', TmpfsOptions: {SizeBytes: 4096, Options: [['noexec']]}}],
				},
				Resources: {SwapBytes: 1000, MemorySwappiness: 5},
			},
		});
		await get('/v1.46/services/create', 'POST', spec('newer'));
		await get('/v1.45/services/create', 'POST', spec('older'));
		const templateOf = async (name: string) => ((await get(`/services/${name}`)).body as Service).Spec.TaskTemplate;
		const [newer, older] = [await templateOf('newer'), await templateOf('older')];
		expect(newer.ContainerSpec?.OomScoreAdj).toBe(-5);
		expect(newer.ContainerSpec?.Mounts?.[0]?.TmpfsOptions).toEqual({SizeBytes: 4096, Options: [['noexec']]});
		expect(older.ContainerSpec?.OomScoreAdj).toBeUndefined();
		expect(older.ContainerSpec?.Mounts?.[0]?.TmpfsOptions).toEqual({SizeBytes: 4096});
		expect(newer.Resources).toEqual({});
	});
});

describe('an engine that poses as 29', () => {
	beforeAll(() => pose('1.52'));
	afterAll(unpose);

	it('answers from API 1.44 on', async () => {
		expect(await get('/v1.43/nodes')).toMatchObject({
			status: 400,
			text: expect.stringContaining('Minimum supported API version is 1.44'),
		});
		expect(await get('/v1.44/nodes')).toMatchObject({status: 200});
	});

	it('shows the swap settings of a service to everybody, and loses them to an older client’s write', async () => {
		const spec = {
			Name: 'swap',
			TaskTemplate: {ContainerSpec: {Image: 'busybox:latest'}, Resources: {SwapBytes: 1000, MemorySwappiness: 0}},
		};
		await get('/services/create', 'POST', spec);
		const old = (await get('/v1.47/services/swap')).body as Service;
		expect(old.Spec.TaskTemplate.Resources).toEqual({SwapBytes: 1000, MemorySwappiness: 0});
		await get(`/v1.47/services/swap/update?version=${old.Version.Index}`, 'POST', old.Spec);
		const now = (await get('/services/swap')).body as Service;
		expect(now.Spec.TaskTemplate.Resources).toEqual({});
	});
});
