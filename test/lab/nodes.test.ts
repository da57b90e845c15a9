import {spawn} from 'node:child_process';
import {randomBytes} from 'node:crypto';
import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {containersIn, diskIn, imagesIn, volumesIn} from '../../source/cluster/entities/contents.ts';
import {prunedOf, unusedOf} from '../../source/cluster/entities/unused.ts';
import type {Answer} from '../../source/engine/client.ts';
import {NodeEngine} from '../../source/engine/node-engine.ts';
import {readContainerLog} from '../../source/nodes/container-log.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Lab, startLab} from './support/lab.ts';

/** The nodes' own engines, mapped by their sockets: commands in containers wherever they are, and what is on a node. */

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

describe('what is on a node', () => {
	let engine: NodeEngine;
	/** A container of no service that runs, and one that has ended. */
	beforeAll(async () => {
		engine = new NodeEngine(lab.endpoint('w2'), {isReadOnly: false});
		await lab.docker('w2', 'volume', 'create', 'kept');
		await lab.docker('w2', 'volume', 'create', 'left');
		const touch = 'touch /tmp/made && rm /etc/hostname 2>/dev/null; echo mine > /etc/own; sleep 100000';
		await lab.docker('w2', 'run', '-d', '--name', 'hand', '-v', 'kept:/data', '-e', 'A=b', image(), 'sh', '-c', touch);
		await lab.docker(
			'w2',
			'run',
			'-d',
			'--name',
			'ended',
			image(),
			'sh',
			'-c',
			'echo one; echo last words >&2; exit 3',
		);
		await vi.waitFor(
			async () => expect(await lab.docker('w2', 'ps', '-aq', '-f', 'status=exited')).not.toBe(''),
			20_000,
		);
	});

	afterAll(() => engine?.close());

	const value = async <T>(answer: Answer<T>): Promise<T> => {
		const result = await answer;
		if (!result.ok) throw new Error(`${result.error.message} ${result.error.engineMessage ?? ''}`);
		return result.value;
	};

	it('is what docker ps, image, volume and system df list', async () => {
		const lines = async (...args: readonly string[]) => (await lab.docker('w2', ...args)).split('\n').sort();
		const containers = await value(engine.containers());
		const contents = {nodeId: '', nodeName: toSafeText('w2'), problem: toSafeText(''), containers};
		expect([...containersIn(contents).values()].map(({name, state}) => `${name} ${state}`).sort()).toEqual(
			await lines('ps', '-a', '--no-trunc', '--format', '{{.Names}} {{.State}}'),
		);
		const images = imagesIn({...contents, images: await value(engine.images())});
		expect([...images.values()].flatMap(({name}) => name.split(', ')).sort()).toEqual(
			await lines('image', 'ls', '--format', '{{.Repository}}:{{.Tag}}'),
		);
		const user = [...images.values()].find(({usedBy}) => usedBy.includes(toSafeText('hand')));
		expect(user?.usedBy).toEqual(expect.arrayContaining(['hand', 'ended', 'web']));
		const volumes = volumesIn({...contents, volumes: await value(engine.volumes())});
		expect([...volumes.keys()].sort()).toEqual(await lines('volume', 'ls', '-q'));
		expect(volumes.get('kept')?.usedBy).toEqual(['hand']);
		const disk = diskIn({...contents, disk: await value(engine.diskUsage())});
		expect([...disk.values()].map(({id, total, active}) => `${id} ${total} ${active}`).sort()).toEqual(
			(await lines('system', 'df', '--format', '{{.Type}} {{.TotalCount}} {{.Active}}')).map((line) =>
				line.replace('Local Volumes', 'volumes').toLowerCase(),
			),
		);
	});

	it('has the processes, changed files and log of a container as docker top, diff and logs tell them', async () => {
		// Where the node has no ps, its engine has no list of processes.
		const byDocker = await lab.docker('w2', 'top', 'hand').catch((cause: Error) => cause.message);
		const processes = await engine.top('hand');
		if (processes.ok) {
			const [titles = '', ...rows] = byDocker.split('\n');
			expect(processes.value.Titles).toEqual(titles.split(/\s+/));
			expect(processes.value.Processes?.length).toBe(rows.length);
		} else expect(byDocker).toContain(processes.error.engineMessage);
		const changes = await value(engine.changes('hand'));
		const signs = ['C', 'A', 'D'];
		expect(changes.map(({Kind, Path}) => `${signs[Kind]} ${Path}`).sort()).toEqual(
			(await lab.docker('w2', 'diff', 'hand')).split('\n').sort(),
		);
		expect(changes).toContainEqual({Path: '/etc/own', Kind: 1});
		const log = await value(readContainerLog(engine, 'ended', 100));
		expect(log.lines.map((line) => line.replace(/^\S+ /, '')).sort()).toEqual(['last words', 'one']);
		const ended = await value(engine.container('ended'));
		expect(ended.State).toMatchObject({Status: 'exited', ExitCode: 3, OOMKilled: false});
	});

	it('is cleaned up of what its account says, and of nothing else', async () => {
		const unused = unusedOf(await value(engine.diskUsage()));
		expect(unused.containers.names).toEqual(['ended']);
		expect(unused.volumes.names).toEqual(['left']);
		expect(prunedOf(await value(engine.prune('containers')))).toMatchObject({count: 1});
		expect(prunedOf(await value(engine.prune('volumes')))).toMatchObject({count: 1});
		expect(prunedOf(await value(engine.prune('dangling-images'))).count).toBe(unused['dangling-images'].count);
		expect(prunedOf(await value(engine.prune('build-cache'))).count).toBe(unused['build-cache'].count);
		expect(await lab.docker('w2', 'ps', '-a', '--format', '{{.Names}}')).toContain('hand');
		expect(await lab.docker('w2', 'volume', 'ls', '-q')).toBe('kept');
		expect(await lab.docker('w2', 'ps', '-aq', '-f', 'status=exited')).toBe('');
	});
});

it('acts on no wrong machine', async () => {
	const wrong = `nodes:\n  - {match: w1, engine: "unix://${lab.socket('w2')}"}\n  - {match: "*", engine: "unix://${lab.socket('{hostname}')}"}\n`;
	await writeFile(path.join(home, 'swarmtop/config.yaml'), wrong);
	const ran = await swarmtop(['exec', '--all', 'web', 'hostname']);
	expect(ran.status).toBe(1);
	expect(ran.stderr).toMatch(/is not w1: it is w2\. Nothing was done there/);
});
