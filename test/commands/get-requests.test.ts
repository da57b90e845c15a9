import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, it, onTestFinished, vi} from 'vitest';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {posingAs, startProxy} from '../support/engine-proxy.ts';
import {get, type RunOptions} from './support/get-run.ts';

/** What each list asks of the engine: no list whose answer is not printed. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
services:
  web: { image: busybox:latest, command: [sleep, "3600"], deploy: { replicas: 2 } }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'get-requests-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	const settled = async () =>
		expect((await get(`svc --no-headings -H unix://${folder}/m1/docker.sock`)).out[0]).toMatch(/^web .* 2\/2/);
	await vi.waitFor(settled, {timeout: 20_000});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

async function asked(line: string, options?: RunOptions, version?: string): Promise<string[]> {
	const socket = path.join(folder, 'm1', 'docker.sock');
	const proxy = await startProxy(socket, version === undefined ? {} : posingAs(version, 24));
	onTestFinished(proxy.close);
	expect((await get(`${line} -H ${proxy.url}`, options)).status).toBe(0);
	const lists = proxy.seen.map((call) => decodeURIComponent(call).replace(/^GET (\/v[\d.]+)?/, ''));
	return lists.filter((call) => !/^\/(_ping|info|version)/.test(call)).sort();
}

it.each([
	['nodes', ['/nodes', '/tasks']],
	['nodes -o name', ['/nodes']],
	['nodes -o json', ['/nodes']],
	['services', ['/services?status=true']],
	['services -o name', ['/services?status=true']],
	['services -o json', ['/services?status=true']],
	['tasks', ['/nodes', '/services?status=true', '/tasks']],
	['networks -o name', ['/networks?filters={"scope":["swarm"]}']],
	['secrets', ['/secrets', '/services']],
	['configs -o name', ['/configs']],
	['volumes', ['/volumes']],
	[
		'stacks',
		['/configs', '/networks?filters={"label":["com.docker.stack.namespace"]}', '/secrets', '/services?status=true'],
	],
])('get %s asks for %j', async (line, lists) => {
	expect(await asked(line)).toEqual(lists);
});

it('services that are as they should be need no tasks, even where signs are drawn', async () => {
	expect(await asked('services', {columns: 100})).toEqual(['/services?status=true']);
});

it('a choice by how services are looks at what has passed by', async () => {
	expect(await asked('services -f state=healthy')).toEqual(['/nodes', '/services?status=true', '/tasks']);
});

it('the tasks of services that are not as they should be tell how they are', async () => {
	await simulation.fault(['stop', 'w1']);
	onTestFinished(() => simulation.fault(['start', 'w1']).then(() => undefined));
	await vi.waitFor(
		async () => {
			const [, ...others] = (await asked('services', {columns: 100})).toSorted((a, b) => a.length - b.length);
			expect(others).toEqual([
				'/services?status=true',
				expect.stringMatching(/^\/tasks\?filters=\{"service":\["\w+"\]\}$/),
			]);
		},
		{timeout: 20_000},
	);
});

it('an engine that does not count is asked for the tasks', async () => {
	expect(await asked('services', {}, '1.40')).toEqual(['/nodes', '/services', expect.stringMatching(/^\/tasks/)]);
});
