import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type Lab, startLab} from './support/lab.ts';

/** The nodes' own engines, mapped by their sockets: commands in containers wherever they are. */

const program = path.resolve(import.meta.dirname, '../../dist/cli.js');
let lab: Lab;
let home: string;

beforeAll(async () => {
	lab = await startLab('nodes', 1, 2);
	home = await mkdtemp(path.join(os.tmpdir(), 'nodes-'));
	await mkdir(path.join(home, 'swarmtop'));
	const engine = `unix://${lab.socket('{hostname}')}`;
	await writeFile(path.join(home, 'swarmtop/config.yaml'), `nodes:\n  - {match: "*", engine: "${engine}"}\n`);
	await lab.docker(
		'm1',
		'service',
		'create',
		'-q',
		'-d',
		'--name',
		'web',
		'--replicas',
		'5',
		image(),
		'sleep',
		'100000',
	);
	await vi.waitFor(
		async () => {
			const running = await lab.docker(
				'm1',
				'service',
				'ps',
				'web',
				'-f',
				'desired-state=running',
				'--format',
				'{{.CurrentState}}',
			);
			expect(running.split('\n').filter((state) => state.startsWith('Running'))).toHaveLength(5);
		},
		{timeout: 90_000, interval: 500},
	);
});

afterAll(async () => {
	await lab?.down();
	if (home) await rm(home, {recursive: true, force: true});
});

const image = (): string => (process.env['SWARMTOP_LAB'] === 'simulator' ? 'busybox:latest' : 'busybox:lab');

type Ran = {readonly status: number | null; readonly stdout: Buffer; readonly stderr: string};

/** Runs swarmtop as a shell would, seen from m1. */
async function swarmtop(argv: readonly string[], input?: Buffer): Promise<Ran> {
	const child = spawn(process.execPath, [program, '-H', `unix://${lab.socket('m1')}`, ...argv], {
		env: {...process.env, XDG_CONFIG_HOME: home},
	});
	const out: Buffer[] = [];
	let stderr = '';
	child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
	child.stderr.setEncoding('utf8').on('data', (text: string) => {
		stderr += text;
	});
	child.stdin.on('error', () => undefined).end(input);
	const status = await new Promise<number | null>((resolve) => child.once('close', resolve));
	return {status, stdout: Buffer.concat(out), stderr};
}

describe('swarmtop exec', () => {
	it('passes the exit code and both streams through, from another node too', async () => {
		for (const slot of [1, 2, 3]) {
			const ran = await swarmtop(['exec', `web.${slot}`, '--', 'sh', '-c', `echo out; echo err >&2; exit ${slot + 6}`]);
			expect(ran).toMatchObject({status: slot + 6, stderr: 'err\n'});
			expect(ran.stdout.toString()).toBe('out\n');
		}
	});

	it('carries ten megabytes of input there and back', async () => {
		const bytes = randomBytes(10 << 20);
		const ran = await swarmtop(['exec', '-i', 'web.2', 'cat'], bytes);
		expect(ran.stderr).toBe('');
		expect(ran.stdout.equals(bytes)).toBe(true);
		expect(ran.status).toBe(0);
	});

	it('takes variables, folder and user', async () => {
		const ran = await swarmtop(['exec', '-e', 'A=b c', '-w', '/tmp', 'web', 'sh', '-c', 'echo "$A"; pwd']);
		expect(ran.stdout.toString()).toBe('b c\n/tmp\n');
	});

	it('runs in all five tasks', async () => {
		const ran = await swarmtop(['exec', '--all', 'web', 'hostname']);
		expect(ran.status).toBe(0);
		expect(ran.stdout.toString().match(/^web\.[1-5] on [mw]\d:\n[0-9a-f]{12}$/gm)).toHaveLength(5);
	});

	it('ends as docker exec does where the program is not there', async () => {
		const [name = ''] = (await lab.docker('w1', 'ps', '-q')).split('\n');
		const byDocker = await lab.docker('w1', 'exec', name, 'nonexistent').catch((error: {code: number}) => error.code);
		const ran = await swarmtop(['exec', name, 'nonexistent']);
		expect(ran.status).toBe(byDocker);
		expect([126, 127]).toContain(ran.status);
	});
});

it('acts on no wrong machine', async () => {
	const wrong = `nodes:\n  - {match: w1, engine: "unix://${lab.socket('w2')}"}\n  - {match: "*", engine: "unix://${lab.socket('{hostname}')}"}\n`;
	await writeFile(path.join(home, 'swarmtop/config.yaml'), wrong);
	const ran = await swarmtop(['exec', '--all', 'web', 'hostname']);
	expect(ran.status).toBe(1);
	expect(ran.stderr).toMatch(/is not w1: it is w2\. Nothing was done there/);
});
