import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {parse as parseYaml} from 'yaml';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {type RunOptions, get as run, startGet} from './support/get-run.ts';

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
secrets: { spare: x }
stacks:
  shop:
    services:
      web: { image: busybox:latest, command: [sleep, "3600"], ports: ["8080:80"], deploy: { replicas: 2 } }
      gpu: { image: busybox:latest, deploy: { placement: { constraints: [node.labels.gpu==yes] } } }
services:
  ping: { image: busybox:latest, command: [sleep, "3600"] }
`;

let folder: string;
let simulation: Simulation;

async function simulate(text: string, sockets: string): Promise<Simulation> {
	const fixture = await parseFixture(text, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	return startSimulation({fixture: fixture.value, speed: 20, where: {sockets}});
}

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'get-'));
	simulation = await simulate(swarm, folder);
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

const socket = (node: string) => `unix://${path.join(folder, node, 'docker.sock')}`;
const get = (line: string, options?: RunOptions) => run(`${line} -H ${socket('m1')}`, options);

describe('swarmtop get', () => {
	it('prints nodes as a table', async () => {
		const {status, out, err} = await get('nodes');
		expect({status, err}).toEqual({status: 0, err: []});
		expect(out[0]).toMatch(/^HOSTNAME +ROLE +STATE +AVAIL/);
		expect(out.slice(1).map((line) => line.split(/ +/).slice(0, 4))).toEqual([
			['m1', 'Leader', 'ready', 'active'],
			['w1', 'worker', 'ready', 'active'],
			['w2', 'worker', 'ready', 'active'],
		]);
	});

	it('prints services with what is wrong with them, as wide as the terminal', async () => {
		const {out} = await get('svc', {columns: 80, environment: {NO_COLOR: '1'}});
		const plain = out.map((line) => line.replace(/\u001b\[[\d;]*m/g, ''));
		expect(plain.map((line) => line.slice(0, 24).trimEnd())).toEqual([
			expect.stringMatching(/^ {2}SERVICE/),
			expect.stringMatching(/^● ping/),
			expect.stringMatching(/^[✗◐] shop_gpu/),
			expect.stringMatching(/^● shop_web/),
		]);
	});

	it('prints the tasks of what is named: a service, a node, a task', async () => {
		expect((await get('ps shop_web -o name')).out).toEqual(['shop_web.1', 'shop_web.2']);
		expect((await get('ps shop_web.2 -o name')).out).toEqual(['shop_web.2']);
		const [first] = (await get('ps shop_web.1')).out.slice(1).map((line) => line.split(/ +/)[1] ?? '');
		expect((await get(`ps ${first} -o name`)).out).toContain('shop_web.1');
	});

	it('says in full why a task is not placed', async () => {
		const {out} = await get('ps shop_gpu');
		expect(out[1]).toMatch(/pending .* no suitable node \(scheduling constraints not satisfied on 3 nodes\)$/);
	});

	it('prints stacks, made of labels', async () => {
		const {out} = await get('stacks');
		expect(out[1]).toMatch(/^shop +1\/2 +2\/3 +1 +– +– .* shop_gpu 0\/1$/);
	});

	it('prints networks of the swarm, and all with -a', async () => {
		expect((await get('net -o name')).out).toEqual(['ingress', 'shop_default']);
		expect((await get('net -a -o name')).out).toEqual(expect.arrayContaining(['bridge', 'host', 'ingress', 'none']));
		expect((await get('net shop_default')).out[1]).toMatch(/^shop_default +overlay +10\.\S+ +shop_\w+, shop_\w+ +shop/);
	});

	it('prints secrets and who uses them', async () => {
		expect((await get('secrets')).out[1]).toMatch(/^spare +– /);
	});

	it('says on standard error that there is nothing', async () => {
		expect(await get('configs')).toEqual({status: 0, out: [], err: ['No configs.']});
		expect(await get('svc -f nothing')).toEqual({status: 0, out: [], err: ['None of 3 services fits.']});
	});

	it('filters and sorts as the screen does', async () => {
		expect((await get('svc -f stack=shop !gpu -o name')).out).toEqual([]);
		expect((await get('svc -f stack=shop -f !gpu -o name')).out).toEqual(['shop_web']);
		expect((await get('no -o name --sort hostname -r')).out).toEqual(['w2', 'w1', 'm1']);
	});

	it('prints the engine’s objects, one alone when one is named', async () => {
		const all = JSON.parse((await get('no -o json')).out.join('\n'));
		expect(all.map((node: {Description: {Hostname: string}}) => node.Description.Hostname)).toEqual(['m1', 'w1', 'w2']);
		const one = parseYaml((await get('svc shop_web -o yaml')).out.join('\n'));
		expect(one).toMatchObject({Spec: {Name: 'shop_web', Mode: {Replicated: {Replicas: 2}}}});
		const task = JSON.parse((await get('ps shop_web.1 -o json')).out.join('\n'));
		expect(task).toMatchObject({Name: 'shop_web.1', ServiceName: 'shop_web', Status: {State: 'running'}});
		expect(JSON.parse((await get('configs -o json')).out.join('\n'))).toEqual([]);
	});

	it('prints what it finds and says what it does not', async () => {
		expect(await get('svc web ping nix -o name')).toEqual({
			status: 1,
			out: ['ping'],
			err: ['swarmtop: There is no service "web". Did you mean shop_web?', 'swarmtop: There is no service "nix".'],
		});
	});

	it('prints events', async () => {
		const {out} = await get('events -f type=service');
		expect(out.slice(1).map((line) => line.split(/ +/).slice(2, 5).join(' '))).toContain('service create ping');
	});

	it('ends with 3 on a worker, and where no engine is', async () => {
		expect(await run(`svc -H ${socket('w1')}`)).toMatchObject({status: 3, out: []});
		expect(await run(`svc -H unix://${folder}/none.sock`)).toMatchObject({
			status: 3,
			err: [expect.stringMatching(/^swarmtop: There is no Docker socket at /)],
		});
	});

	it('ends with 2 when it is used wrongly', async () => {
		expect(await get('pods')).toMatchObject({status: 2, err: [expect.stringMatching(/See swarmtop get --help\.$/)]});
	});

	it('takes the columns of the configuration, and goes on without a broken one', async () => {
		const home = path.join(folder, 'home');
		const file = path.join(home, '.config', 'swarmtop', 'config.yaml');
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, 'columns:\n  nodes: {order: [address], hidden: [cpu, memory]}\n');
		const {out} = await get('no', {homeDirectory: home});
		expect(out[0]).toMatch(/^ADDRESS +HOSTNAME +ROLE +STATE +AVAIL +TASKS +NOW +ENGINE +OS\/ARCH$/);
		await writeFile(file, 'theme: neon\n');
		const broken = await get('no', {homeDirectory: home});
		expect(broken.err).toEqual([expect.stringMatching(/config\.yaml:1: theme: invalid option/)]);
		expect(broken.out[0]).toMatch(/^HOSTNAME/);
	});
});

describe('swarmtop get --watch', () => {
	it('prints the table again when something has changed, and only then', async () => {
		const watching = startGet(`no -w --no-headings -H ${socket('m1')}`);
		await vi.waitFor(() => expect(watching.out).toHaveLength(3));
		await simulation.fault(['stop', 'w2']);
		await vi.waitFor(() => expect(watching.out.at(-1)).toMatch(/^w2 +worker +down/), {timeout: 15_000});
		expect(watching.out[3]).toBe('');
		watching.interrupt();
		expect(await watching.status).toBe(0);
	});

	it('prints JSON lines of what changed', async () => {
		const watching = startGet(`no w2 -w -o json -H ${socket('m1')}`);
		const last = () => JSON.parse(watching.out.at(-1) ?? 'null');
		await vi.waitFor(() => expect(last()).toMatchObject({Change: 'added', Object: {Description: {Hostname: 'w2'}}}));
		await simulation.fault(['start', 'w2']);
		await vi.waitFor(() => expect(last()).toMatchObject({Change: 'changed', Object: {Status: {State: 'ready'}}}), {
			timeout: 15_000,
		});
		watching.interrupt();
		expect(await watching.status).toBe(0);
	});
});

describe('an engine that goes away during --watch', () => {
	it('is said once, and waited for', async () => {
		const sockets = path.join(folder, 'other');
		const before = await simulate('nodes: [{ name: a1, role: manager }]', sockets);
		const watching = startGet(`no -w -o name -H unix://${path.join(sockets, 'a1', 'docker.sock')}`);
		await vi.waitFor(() => expect(watching.out).toEqual(['a1']));
		await before.close();
		await vi.waitFor(() => expect(watching.err).toHaveLength(1), {timeout: 10_000});
		const after = await simulate('nodes: [{ name: a1, role: manager }, { name: a2 }]', sockets);
		await vi.waitFor(() => expect(watching.out).toEqual(['a1', '', 'a1', 'a2']), {timeout: 10_000});
		expect(watching.err).toHaveLength(1);
		watching.interrupt();
		expect(await watching.status).toBe(0);
		await after.close();
	});
});

describe('swarmtop get contexts', () => {
	it('lists docker’s contexts without asking an engine', async () => {
		const {status, out} = await run('contexts', {environment: {DOCKER_HOST: 'ssh://me@there'}});
		expect(status).toBe(0);
		expect(out[1]).toMatch(/^default +\* +ssh:\/\/me@there$/);
	});
});
