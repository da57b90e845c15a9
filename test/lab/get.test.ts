import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {get as run, startGet} from '../commands/support/get-run.ts';
import {type Lab, startLab} from './support/lab.ts';

/** `swarmtop get` against real engines: what the docker CLI made, as tables and as the engine's objects. */

const stack = `
version: "3.8"
services:
  web:
    image: busybox:lab
    command: [sleep, "1000"]
    ports: ["8080:80"]
    secrets: [pw]
    deploy: {replicas: 2}
  stuck:
    image: busybox:lab
    deploy: {placement: {constraints: [node.labels.gpu == yes]}}
secrets:
  pw: {external: true}
`;
let folder: string;
let lab: Lab;

beforeAll(async () => {
	lab = await startLab('lab-get', 1, 1);
	folder = await mkdtemp(path.join(os.tmpdir(), 'get-'));
	const stackFile = path.join(folder, 'stack.yml');
	await writeFile(stackFile, stack);
	await lab.docker('m1', 'secret', 'create', 'pw', stackFile);
	await lab.docker('m1', 'config', 'create', 'settings', stackFile);
	await lab.docker('m1', 'volume', 'create', 'data');
	await lab.docker('m1', 'stack', 'deploy', '--detach=true', '-c', stackFile, 'shop');
});

afterAll(async () => {
	await lab?.down();
	await rm(folder, {recursive: true, force: true});
});

const get = (line: string) => run(`${line} -H unix://${lab.socket('m1')}`);
/** As the tables say it: without the letters that distributions put behind an engine's version. */
const plain = (field = '') => field.toLowerCase().replace(/\+dfsg\d+$/, '');
/** The columns of a line. */
const cells = (line = '') => line.split(/ {2,}/).map((cell) => cell.trim());

describe('swarmtop get on a real swarm', () => {
	it('counts tasks as docker service ls does, and says what waits for ever', async () => {
		await vi.waitFor(
			async () => {
				const {out} = await get('services');
				expect(out.slice(1).map((line) => cells(line).slice(0, 3))).toEqual([
					['shop_stuck', 'replicated', '0/1'],
					['shop_web', 'replicated', '2/2'],
				]);
			},
			{timeout: 60_000, interval: 500},
		);
		const [, stuck] = (await get('ps shop_stuck')).out;
		expect(stuck).toMatch(/pending .* no suitable node \(scheduling constraints not satisfied on 2 nodes\)$/);
	});

	it('names tasks and their nodes', async () => {
		const {out} = await get('ps shop_web');
		const ids = (await lab.docker('m1', 'node', 'ls', '--format', '{{.Hostname}}')).split('\n');
		for (const line of out.slice(1)) {
			const [name, node] = cells(line);
			expect(name).toMatch(/^shop_web\.[12]$/);
			expect(ids).toContain(node);
		}
	});

	it('lists nodes as docker node ls does', async () => {
		const {out} = await get('no -o name');
		const names = await lab.docker('m1', 'node', 'ls', '--format', '{{.Hostname}}');
		expect(out.toSorted()).toEqual(names.split('\n').sort());
	});

	it.each([
		['nodes', ['node', 'ls'], ['Hostname', 'Availability', 'EngineVersion']],
		['services', ['service', 'ls'], ['Name', 'Replicas', 'Image']],
		['tasks', ['stack', 'ps', 'shop'], ['Name', 'Node', 'DesiredState']],
		['stacks', ['stack', 'ls'], ['Name', 'Services']],
		['networks', ['network', 'ls', '--filter', 'scope=swarm'], ['Name', 'Driver']],
		['secrets', ['secret', 'ls'], ['Name']],
		['configs', ['config', 'ls'], ['Name']],
		['volumes', ['volume', 'ls'], ['Name', 'Driver']],
	] as const)('says of %s what docker says of them', async (kind, command, fields) => {
		const lines = (await lab.docker('m1', ...command, '--format', '{{json .}}')).split('\n').filter(Boolean);
		const {out} = await get(`${kind} -o wide --no-headings`);
		expect(out).toHaveLength(lines.length);
		for (const line of lines) {
			const row: Record<string, string> = JSON.parse(line);
			const [name = ''] = fields.map((field) => row[field] ?? '');
			const printed = out.find((each) => cells(each)[0] === name);
			expect(printed, `${name} in:\n${out.join('\n')}`).toBeDefined();
			for (const field of fields) expect(printed?.toLowerCase()).toContain(plain(row[field]));
		}
	});

	it('makes stacks of labels', async () => {
		expect(cells((await get('stacks')).out[1]).slice(0, 4)).toEqual(['shop', '1/2', '2/3', '1']);
	});

	it('knows who uses a network, a secret, a config', async () => {
		expect(cells((await get('secrets')).out[1]).slice(0, 2)).toEqual(['pw', 'shop_web']);
		expect(cells((await get('configs')).out[1]).slice(0, 3)).toEqual(['settings', '–', `${stack.length}B`]);
		expect((await get('net shop_default')).out[1]).toMatch(/^shop_default +overlay .* shop_(?:web|stuck), /);
		expect((await get('net ingress')).out[1]).toMatch(/ shop_web +ingress/);
	});

	it('prints the very objects that the engine has', async () => {
		const printed = JSON.parse((await get('svc shop_web -o json')).out.join('\n'));
		const [inspected] = JSON.parse(await lab.docker('m1', 'service', 'inspect', 'shop_web'));
		// The docker CLI fills in defaults that the engine leaves out.
		expect(inspected.Spec).toMatchObject(printed.Spec);
		expect(printed.ID).toBe(inspected.ID);
	});

	it('remembers what happened, oldest first', async () => {
		const {out} = await get('events -f type=service -f action=create');
		expect(out.slice(1).map((line) => cells(line)[3])).toEqual(expect.arrayContaining(['shop_web', 'shop_stuck']));
	});

	it('says which manager to ask when a worker is asked', async () => {
		const {status, err} = await run(`no -H unix://${lab.socket('w1')}`);
		expect(status).toBe(3);
		expect(err.join()).toMatch(/worker/);
	});

	it('watches a service as it is scaled', async () => {
		const watching = startGet(`svc shop_web -w --no-headings -H unix://${lab.socket('m1')}`);
		await vi.waitFor(() => expect(watching.out).toHaveLength(1));
		await lab.docker('m1', 'service', 'scale', '--detach', 'shop_web=3');
		await vi.waitFor(() => expect(cells(watching.out.at(-1))[2]).toBe('3/3'), {timeout: 30_000, interval: 200});
		watching.interrupt();
		expect(await watching.status).toBe(0);
	});
});
