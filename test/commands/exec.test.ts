import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {runExecCommand} from '../../source/commands/exec.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';

/** `swarmtop exec` against a simulated swarm of three nodes, whose sockets lie in one folder. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { prefix: w, count: 2 }
services:
  web: { image: alpine:latest, command: sleep 100000, deploy: { replicas: 3 } }
  agent: { image: alpine:latest, command: sleep 100000, deploy: { mode: global } }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'exec-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

async function exec(argv: readonly string[], input = '') {
	const printed = {stdout: '', stderr: ''};
	const stdin = new PassThrough();
	stdin.end(input);
	const status = await runExecCommand(['-H', `unix://${folder}/m1/docker.sock`, ...argv], {
		input: stdin,
		isTerminal: false,
		write: async ({stream, bytes}) => {
			printed[stream] += bytes.toString();
		},
		err: (line) => {
			printed.stderr += `${line}\n`;
		},
		size: () => ({columns: 80, rows: 24}),
		onResize: () => () => undefined,
		takeKeys: () => () => undefined,
		surroundings: {environment: {}, homeDirectory: '/nonexistent'},
	});
	return {status, ...printed};
}

/** The tasks need a moment to start. */
async function whenRunning(argv: readonly string[]) {
	for (;;) {
		const done = await exec(argv);
		if (!/running/.test(done.stderr)) return done;
	}
}

describe('swarmtop exec', () => {
	it('runs where the task is, prints both streams and ends as the command does', async () => {
		const done = await whenRunning(['web.2', '--', 'sh', '-c', 'echo out; echo err >&2; exit 7']);
		expect(done).toEqual({status: 7, stdout: 'out\n', stderr: 'err\n'});
	});

	it('takes the first running task of a service, a task of a node, and a container by its ID', async () => {
		expect((await whenRunning(['agent.w2', 'true'])).status).toBe(0);
		const host = (await exec(['web', 'hostname'])).stdout.trim();
		expect(host).toMatch(/^[0-9a-f]{12}$/);
		expect(await exec([`container/${host}`, 'hostname'])).toEqual({status: 0, stdout: `${host}\n`, stderr: ''});
	});

	it('runs in all tasks, one after another in the output', async () => {
		await whenRunning(['web.3', 'true']);
		const {status, stdout, stderr} = await exec(['--all', 'web', 'sh', '-c', 'exit 3']);
		expect(status).toBe(3);
		expect(stdout.replace(/on \w+/g, 'on NODE')).toBe('web.1 on NODE:\nweb.2 on NODE:\nweb.3 on NODE:\n');
		expect(stderr.match(/exit status 3/g)).toHaveLength(3);
	});

	it('says in one sentence what is not there', async () => {
		expect(await exec(['nothing', 'true'])).toMatchObject({
			status: 1,
			stderr: 'swarmtop: There is no service, task or container "nothing".\n',
		});
		expect(await exec(['-it', 'web', 'sh'])).toMatchObject({status: 1, stderr: expect.stringMatching(/leave out -t/)});
		expect(await exec(['web'])).toMatchObject({status: 2});
	});
});
