import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {runTop} from '../../source/commands/top.ts';
import {parseTopOptions} from '../../source/commands/top-options.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';

/** `swarmtop top` against a simulated swarm of two nodes, whose sockets lie in one folder. */

const swarm = `
nodes:
  - { name: m1, role: manager, cpus: 4, memory: 4g }
  - { name: w1, cpus: 4, memory: 4g }
images:
  - name: acme/small
    tags: ["1"]
    command: [small]
    programs: { small: { usage: { cpu: 0.2, memory: 50m } } }
  - name: acme/large
    tags: ["1"]
    command: [large]
    programs: { large: { usage: { cpu: 0.1, memory: 200m } } }
stacks:
  shop:
    services:
      small: { image: "acme/small:1", deploy: { replicas: 2, placement: { max_replicas_per_node: 1 } } }
services:
  large:
    image: acme/large:1
    deploy:
      replicas: 1
      resources: { limits: { memory: 400M }, reservations: { memory: 1600M } }
      placement: { constraints: [node.hostname == w1] }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'top-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	await vi.waitFor(async () => expect(JSON.parse((await top(['tasks', '--once', '-o', 'json'])).out)).toHaveLength(3), {
		timeout: 30_000,
	});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

type Options = {readonly home?: string; readonly screen?: string[][]; readonly until?: () => boolean};

async function top(argv: readonly string[], {home = '/nonexistent', screen, until}: Options = {}) {
	const said = {out: '', err: ''};
	const interrupted = new Promise<'SIGINT'>((resolve) => {
		if (until) void vi.waitFor(() => expect(until()).toBe(true), {timeout: 20_000}).finally(() => resolve('SIGINT'));
	});
	const status = await runTop(['-H', `unix://${folder}/m1/docker.sock`, ...argv], {
		out: (text) => {
			said.out += `${text}\n`;
		},
		err: (text) => {
			said.err += `${text}\n`;
		},
		show: (lines) => void screen?.push([...lines]),
		interrupted,
		terminal: screen && {size: () => ({columns: 100, rows: 20})},
		surroundings: {environment: {XDG_CONFIG_HOME: home, NO_COLOR: '1'}, homeDirectory: '/nonexistent'},
		clock: systemClock(),
	});
	return {status, ...said};
}

describe('swarmtop top', () => {
	it('prints what services use, the greatest first, with sums over all nodes', async () => {
		const {status, out, err} = await top(['--once', '--sort', 'mem']);
		expect({status, err}).toEqual({status: 0, err: ''});
		const [heading, ...rows] = out.trimEnd().split('\n');
		expect(heading).toMatch(/^SERVICE +REPLICAS +CPU +MEM +OF LIMIT +OF RES +NET\/S +DISK\/S$/);
		expect(rows[0]).toMatch(/^large +1\/1 +1\d% +(19|20)\dMiB +(49|50)% +1[23]% /);
		expect(rows[1]).toMatch(/^shop_small +2\/2 +40% +(9|10)[\d.]+MiB +\d/);
	});

	it('prints numbers for scripts', async () => {
		const {out} = await top(['nodes', '--once', '-o', 'json', '--sort', 'mem']);
		const [first, second] = JSON.parse(out);
		expect(first).toMatchObject({name: 'w1', memoryLimit: 4 * 2 ** 30, reserved: {memoryBytes: 1600 << 20}});
		expect(first.cpuPercent).toBeGreaterThan(20);
		expect(second).toMatchObject({name: 'm1', reserved: {memoryBytes: 0}});
	});

	it('shows it again and again on a terminal, in the order that is asked for', async () => {
		const screen: string[][] = [];
		const {status, out} = await top(['tasks', 'shop_small', '--sort', 'name'], {
			screen,
			until: () => screen.some((lines) => lines.filter((line) => / 20% /.test(line)).length === 2),
		});
		expect({status, out}).toEqual({status: 0, out: ''});
		const last = screen.at(-1) ?? [];
		expect(last[0]).toMatch(/2 running tasks on 2 nodes, by name; Ctrl-C ends$/);
		expect(last[2]).toMatch(/^. shop_small\.1 /);
		expect(last[3]).toMatch(/^. shop_small\.2 /);
	});

	it('leaves blank what an engine does not tell, and says why', async () => {
		const home = path.join(folder, 'home');
		await mkdir(path.join(home, 'swarmtop'), {recursive: true});
		const rules = 'nodes:\n  - {match: w1, engine: "unix:///nonexistent/docker.sock"}\n';
		await writeFile(path.join(home, 'swarmtop/config.yaml'), rules);
		const {status, out, err} = await top(['--once', '-o', 'json'], {home});
		expect(status).toBe(0);
		expect(JSON.parse(out)).toMatchObject([
			{name: 'large', memoryBytes: null},
			{name: 'shop_small', memoryBytes: null, cpuPercent: null, network: null},
		]);
		expect(err).toMatch(/^swarmtop: w1: .*\/nonexistent\/docker\.sock/);
	});

	it('says what it does not know', async () => {
		expect(await top(['services', 'web', '--once'])).toMatchObject({
			status: 1,
			err: 'swarmtop: There is no service "web".\n',
		});
		expect(parseTopOptions(['volumes'])).toMatchObject({ok: false});
		expect(parseTopOptions(['--sort', 'size'])).toMatchObject({ok: false});
		expect(parseTopOptions(['no', '-o', 'yaml'])).toMatchObject({ok: false});
		expect(parseTopOptions(['ps', '--sort', 'MEM'])).toMatchObject({ok: true, value: {kind: 'tasks', order: 'mem'}});
	});
});
