import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, expect, it, onTestFinished} from 'vitest';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {allowing, type ProxyRules, posingAs, startProxy} from '../support/engine-proxy.ts';
import {get} from './support/get-run.ts';

/** The lists through a proxy that lets only a part of the API through. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
secrets: { spare: x }
services:
  web: { image: busybox:latest, command: [sleep, "3600"], deploy: { replicas: 2 } }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'get-proxies-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

async function through(rules: ProxyRules) {
	const proxy = await startProxy(path.join(folder, 'm1', 'docker.sock'), rules);
	onTestFinished(proxy.close);
	return {proxy, run: (line: string) => get(`${line} -H ${proxy.url}`)};
}

const usual = ['_ping', 'version', 'events'];
const forbids = (call: string) =>
	expect.stringMatching(`forbids ${call}: 403 Forbidden\\. Request forbidden by administrative rules\\.`);

it('without /info all lists are there', async () => {
	const {run} = await through(allowing([...usual, 'nodes', 'services', 'tasks', 'networks']));
	for (const [list, name] of [
		['nodes', 'm1'],
		['services', 'web'],
		['tasks', 'web.1'],
		['networks', 'ingress'],
	]) {
		const {status, out, err} = await run(`${list}`);
		expect({status, err, out: out.join('\n')}).toEqual({status: 0, err: [], out: expect.stringContaining(`${name}`)});
	}
});

it('what is forbidden is named in words without markup, and exits 1', async () => {
	const {run} = await through(allowing([...usual, 'info', 'nodes', 'services', 'tasks']));
	for (const list of ['secrets', 'configs', 'volumes', 'plugins', 'networks']) {
		expect(await run(list)).toEqual({status: 1, out: [], err: [forbids(`GET /${list}`)]});
	}
});

it('a list does without the columns whose data are forbidden, and says so once', async () => {
	const {run} = await through(allowing([...usual, 'info', 'nodes', 'services']));
	const nodes = await run('nodes');
	expect(nodes).toMatchObject({status: 0, err: [forbids('GET /tasks')]});
	expect(nodes.out.join('\n')).toContain('m1');
	const stacks = await run('stacks');
	expect(stacks.status).toBe(0);
	expect(stacks.err.filter((line) => line.includes('forbids'))).toHaveLength(3);
});

it('a proxy that lets nothing of a swarm through is told as what it is', async () => {
	const {run} = await through(allowing(usual));
	expect(await run('nodes')).toMatchObject({status: 3, err: [forbids('GET /info')]});
});

it('an engine that refuses old versions is spoken to in its newest', async () => {
	const {proxy, run} = await through(posingAs('1.52', 44));
	expect(await run('nodes -o name')).toMatchObject({status: 0, out: ['m1', 'w1', 'w2']});
	expect(proxy.seen.filter((line) => line.includes('/version'))).toEqual([]);
});
