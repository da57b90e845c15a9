import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
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

async function exec(argv: readonly string[], input: string | Buffer = '', reader: 'reading' | 'closed' = 'reading') {
	let close = (): void => undefined;
	const printed = {stdout: Buffer.alloc(0), stderr: Buffer.alloc(0)};
	const stdin = new PassThrough();
	stdin.end(input);
	const status = await runExecCommand(['-H', `unix://${folder}/m1/docker.sock`, ...argv], {
		input: stdin,
		isTerminal: false,
		write: async ({stream, bytes}) => {
			printed[stream] = Buffer.concat([printed[stream], bytes]);
			if (reader === 'closed') close();
		},
		err: (line) => {
			printed.stderr = Buffer.concat([printed.stderr, Buffer.from(`${line}\n`)]);
		},
		size: () => ({columns: 80, rows: 24}),
		onResize: () => () => undefined,
		onClosed: (listener) => {
			close = listener;
		},
		takeKeys: () => () => undefined,
		surroundings: {environment: {}, homeDirectory: '/nonexistent'},
	});
	return {status, stdout: printed.stdout.toString(), stderr: printed.stderr.toString(), bytes: printed.stdout};
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
		expect(done).toMatchObject({status: 7, stdout: 'out\n', stderr: 'err\n'});
	});

	it('takes the first running task of a service, a task of a node, and a container by its ID', async () => {
		expect((await whenRunning(['agent.w2', 'true'])).status).toBe(0);
		const host = (await exec(['web', 'hostname'])).stdout.trim();
		expect(host).toMatch(/^[0-9a-f]{12}$/);
		expect(await exec([`container/${host}`, 'hostname'])).toMatchObject({status: 0, stdout: `${host}\n`, stderr: ''});
	});

	it('takes two letters for a name, not for the beginning of an ID', async () => {
		const host = (await whenRunning(['web', 'hostname'])).stdout.trim();
		const word = host.slice(0, 2);
		expect(await exec([`container/${word}`, 'true'])).toMatchObject({
			status: 1,
			stderr: `swarmtop: There is no container "${word}".\n`,
		});
	});

	it('names the nodes where nobody could look', async () => {
		await simulation.fault(['break', 'w2']);
		const {stderr} = await exec(['container/nosuch', 'true']);
		await simulation.fault(['mend', 'w2']);
		expect(stderr).toMatch(/^swarmtop: There is no container "nosuch"\. .* could not be asked: w2\.\n$/);
	});

	it('runs in all tasks, one after another in the output', async () => {
		await whenRunning(['web.3', 'true']);
		const {status, stdout, stderr} = await exec(['--all', 'web', 'sh', '-c', 'exit 3']);
		expect(status).toBe(3);
		expect(stdout.replace(/on \w+/g, 'on NODE')).toBe('web.1 on NODE:\nweb.2 on NODE:\nweb.3 on NODE:\n');
		expect(stderr.match(/exit status 3/g)).toHaveLength(3);
	});

	it('lets go of a command whose output nobody reads any more', async () => {
		await whenRunning(['web.1', 'true']);
		expect((await exec(['web.1', 'sh', '-c', 'echo out; sleep 100000'], '', 'closed')).status).toBe(0);
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

describe('what is typed', () => {
	it('comes back byte for byte through cat', async () => {
		await whenRunning(['web.1', 'true']);
		const bytes = Buffer.alloc(1 << 20, 'Ünïcode\u0000\n');
		const done = await exec(['-i', 'web.1', 'cat'], bytes);
		expect(done.bytes.equals(bytes)).toBe(true);
	});

	it('is a script for a shell without a terminal, with the variables and the folder that were given', async () => {
		await whenRunning(['web.1', 'true']);
		expect(await exec(['-i', '-e', 'A=b c', '-w', '/etc', 'web.1', 'sh'], 'echo $A; pwd; exit 4')).toMatchObject({
			status: 4,
			stdout: 'b c\n/etc\n',
		});
	});

	it('goes to a shell on a terminal, line by line, until exit', async () => {
		await whenRunning(['web.1', 'true']);
		const shell = await typing(['-it', 'web.1', 'sh']);
		await shell.sees('/ # ');
		shell.type('X=4');
		shell.type('\r');
		shell.type('echo a$Xb; echo $((X+1)); stty size\u007fe\r');
		await shell.sees('\r\n5\r\n40 100\r\n');
		shell.type('cd /etc; false\r');
		await shell.sees('/etc # ');
		shell.type('exit 3\r');
		expect(await shell.status).toBe(3);
		expect(shell.keysAreBack()).toBe(true);
	});

	it('lets go of the shell with ctrl-p ctrl-q', async () => {
		await whenRunning(['web.1', 'true']);
		const shell = await typing(['-it', 'web.1', 'sh']);
		await shell.sees('/ # ');
		shell.type('\u0010\u0011');
		expect(await shell.status).toBe(0);
	});
});

/** A run on a terminal of 100 by 40. */
async function typing(argv: readonly string[]) {
	const input = new PassThrough();
	let seen = '';
	let depth = 0;
	const status = runExecCommand(['-H', `unix://${folder}/m1/docker.sock`, ...argv], {
		input,
		isTerminal: true,
		write: async ({bytes}) => {
			seen += bytes.toString();
		},
		err: (line) => {
			seen += line;
		},
		size: () => ({columns: 100, rows: 40}),
		onResize: () => () => undefined,
		onClosed: () => undefined,
		takeKeys: () => {
			depth++;
			return () => void depth--;
		},
		surroundings: {environment: {}, homeDirectory: '/nonexistent'},
	});
	return {
		status,
		type: (text: string) => input.write(text),
		sees: (text: string) => vi.waitFor(() => expect(seen).toContain(text), {timeout: 10_000}),
		keysAreBack: () => depth === 0,
	};
}
