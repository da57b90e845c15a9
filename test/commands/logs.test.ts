import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import {LineOutput} from '../../source/commands/line-output.ts';
import {runLogs} from '../../source/commands/logs.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';

/** `swarmtop logs` against a simulated swarm whose services print numbered lines. */

const counting = (word: string) =>
	`[sh, -c, 'for i in $$(seq 1 5); do echo "${word} $$i"; sleep 0.05; done; sleep 1000']`;
const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
stacks:
  shop:
    services:
      web: { image: busybox:latest, command: ${counting('web says')}, deploy: { replicas: 2 } }
      api: { image: busybox:latest, command: ${counting('api says')} }
services:
  ping: { image: busybox:latest, command: ${counting('ping says')}, deploy: { mode: global } }
  dead: { image: busybox:latest, deploy: { placement: { constraints: [node.labels.gpu==yes] } } }
  many: { image: busybox:latest, command: [sh, -c, 'seq 1 4000; sleep 1000'] }
  rude: { image: busybox:latest, command: [sh, -c, 'printf "\\033[2J\\033[31mred\\033[0m\\n"; sleep 1000'] }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'logs-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 10, where: {sockets: folder}});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

type Running = {
	readonly out: string[];
	readonly err: string[];
	readonly stream: PassThrough;
	readonly interrupt: () => void;
	readonly status: Promise<number>;
};

function start(line: string, {isTerminal = false} = {}): Running {
	const out: string[] = [];
	const err: string[] = [];
	const stream = new PassThrough({highWaterMark: 4096});
	let rest = '';
	stream.on('data', (chunk: Buffer) => {
		const lines = (rest + chunk.toString()).split('\n');
		rest = lines.pop() ?? '';
		out.push(...lines);
	});
	let interrupt = (): void => undefined;
	const interrupted = new Promise<void>((resolve) => {
		interrupt = resolve;
	});
	const status = runLogs([...line.split(' '), '-H', `unix://${path.join(folder, 'm1', 'docker.sock')}`], {
		output: new LineOutput(stream),
		err: (text) => err.push(text),
		isTerminal,
		interrupted: () => interrupted,
		surroundings: {environment: {TERM: 'xterm'}, homeDirectory: '/nonexistent'},
	});
	return {out, err, stream, interrupt: () => interrupt(), status};
}

async function logs(line: string, options?: {isTerminal: boolean}) {
	const running = start(line, options);
	const status = await running.status;
	return {status, out: running.out, err: running.err};
}

const until = (check: () => unknown) => vi.waitFor(check, {timeout: 20_000, interval: 50});

describe('swarmtop logs', () => {
	it('prints a service as docker does, in the order of time', async () => {
		const {status, out, err} = await logs('shop_web -t');
		expect({status, err}).toEqual({status: 0, err: []});
		expect(out).toHaveLength(10);
		expect(out).toEqual(out.toSorted());
		for (const line of out) expect(line).toMatch(/^2\S+Z shop_web\.[12]\.\w{12}@(m1|w1|w2) {4}\| web says \d$/);
	});

	it('counts the tail over everything that is asked for', async () => {
		const all = await logs('shop_web ping shop_api -t');
		expect(all.out).toHaveLength(10 + 15 + 5);
		const tail = await logs('shop_web ping shop_api -t -n 7');
		expect(tail.out).toEqual(all.out.slice(-7));
	});

	it('takes a stack, a node and a task, each by its name, and each line once', async () => {
		const stack = await logs('shop -t');
		expect(stack.out).toHaveLength(15);
		expect((await logs('stack/shop shop_web shop_web -t')).out).toEqual(stack.out);
		const task = await logs('shop_web.2 -t');
		expect(task.out).toEqual(stack.out.filter((line) => line.includes(' shop_web.2.')));
		const nodes = await logs('m1 w1 w2');
		expect(nodes.out.filter((line) => line.includes('says'))).toHaveLength(30);
		const global = await logs('ping.w1');
		expect(global.out).toHaveLength(5);
		expect(new Set(global.out.map((line) => line.replace(/ {4}\|.*/, '').replace(/.*@/, '')))).toEqual(new Set(['w1']));
	});

	it.each([
		['nosuch', 'There is no service, task, node or stack "nosuch".'],
		['node/shop_web', 'There is no node "shop_web".'],
		['shop_web.9', 'There is no service, task, node or stack "shop_web.9".'],
		['sh', 'There is no service, task, node or stack "sh".'],
	])('says that there is no %s', async (word, sentence) => {
		expect(await logs(`shop_web ${word}`)).toEqual({status: 1, out: [], err: [`swarmtop: ${sentence}`]});
	});

	it('prints nothing, and ends, for a service that has no task with a log', async () => {
		expect(await logs('dead')).toEqual({status: 0, out: [], err: []});
	});

	it('begins at a time', async () => {
		expect((await logs('shop_web --since 1h')).out).toHaveLength(10);
		expect((await logs('shop_web --since 1s')).out).toEqual([]);
		const {out} = await logs('shop_web -t');
		const since = out[4]?.slice(0, 30) ?? '';
		expect((await logs(`shop_web -t --since ${since}`)).out.length).toBeGreaterThanOrEqual(6);
	});

	it('greps by text and by who speaks', async () => {
		expect((await logs('shop --grep !says')).out).toEqual([]);
		expect((await logs('shop --grep /5$/')).out).toHaveLength(3);
		expect((await logs('shop --grep @shop_api.1')).out).toHaveLength(5);
		expect((await logs('rude --grep red')).out).toHaveLength(1);
	});

	it('prints JSON lines with all that is known', async () => {
		const {out} = await logs('shop_api -n 1 -o json');
		expect(out.map((line) => JSON.parse(line))).toEqual([
			{
				time: expect.stringMatching(/^2.*Z$/),
				stream: 'stdout',
				service: 'shop_api',
				task: 'shop_api.1',
				taskId: expect.stringMatching(/^\w{25}$/),
				node: expect.stringMatching(/^(m1|w1|w2)$/),
				nodeId: expect.stringMatching(/^\w{25}$/),
				text: 'api says 5',
			},
		]);
	});

	it('passes bytes on as they are to a pipe, but nothing that spoils a terminal', async () => {
		expect((await logs('rude')).out[0]).toContain('\u001b[2J\u001b[31mred');
		const [shown = ''] = (await logs('rude', {isTerminal: true})).out;
		expect(shown).not.toContain('\u001b[2J');
		expect(shown).toContain('\u001b[31mred');
	});

	it('ends cleanly when nobody reads any more', async () => {
		const running = start('ping -f');
		await until(() => expect(running.out).toHaveLength(15));
		running.stream.destroy();
		expect(await running.status).toBe(0);
		expect(running.err).toEqual([]);
	});

	it('waits for a slow reader, and loses nothing', async () => {
		const running = start('many');
		running.stream.pause();
		await until(() => expect(running.stream.writableNeedDrain).toBe(true));
		running.stream.resume();
		expect(await running.status).toBe(0);
		expect(running.out.map((line) => Number(line.replace(/.*\| /, '')))).toEqual(
			Array.from({length: 4000}, (_, index) => index + 1),
		);
	});

	it('says when nothing more can be written, other than to a reader that has gone', async () => {
		const running = start('ping -f');
		await until(() => expect(running.out).toHaveLength(15));
		running.stream.destroy(Object.assign(new Error('ENOSPC: no space left on device'), {code: 'ENOSPC'}));
		expect(await running.status).toBe(1);
		expect(running.err).toEqual(['swarmtop: the output could not be written: no space left on device.']);
	});

	it('follows a stack: services join it as they come, and what becomes of a node is told on standard error', async () => {
		const client = createSwarmClient(unixEndpoint(path.join(folder, 'm1', 'docker.sock')));
		onTestFinished(() => client.close());
		const running = start('stack/shop node/w1 -f');
		await until(() => expect(running.out.filter((line) => /shop_/.test(line)).length).toBeGreaterThanOrEqual(15));
		const TaskTemplate = {ContainerSpec: {Image: 'busybox:latest', Command: ['sh', '-c', 'echo new here; sleep 1000']}};
		const created = await client.createService({
			Name: 'shop_new',
			Labels: {'com.docker.stack.namespace': 'shop'},
			Mode: {Replicated: {Replicas: 1}},
			TaskTemplate,
		});
		expect(created.ok).toBe(true);
		await until(() => expect(running.out.join('\n')).toMatch(/shop_new\.1\.\w{12}@\w\d {4}\| new here/));
		expect(await simulation.fault(['stop', 'w1'])).toMatchObject({ok: true});
		await until(() => expect(running.err.join('\n')).toContain('no lines from w1: unreachable now'));
		expect(await simulation.fault(['start', 'w1'])).toMatchObject({ok: true});
		await until(() => expect(running.err.join('\n')).toContain('lines from w1 again'));
		running.interrupt();
		expect(await running.status).toBe(0);
	}, 60_000);

	it('names the node whose lines are missing when it does not follow, and fails', async () => {
		expect(await simulation.fault(['stop', 'w2'])).toMatchObject({ok: true});
		const {status, out, err} = await logs('ping');
		expect({status, err}).toEqual({status: 1, err: ['swarmtop: the lines of w2 are missing: unreachable now.']});
		expect(out.length).toBeGreaterThanOrEqual(10);
	}, 60_000);
});
