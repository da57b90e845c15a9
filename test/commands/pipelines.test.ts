import {execFile} from 'node:child_process';
import {chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';

/** The scripts of docs/pipelines.md, as they stand there, on a simulated swarm. */

const root = path.resolve(import.meta.dirname, '../..');
const program = path.join(root, 'dist/cli.js');

const swarm = `
nodes:
  - { prefix: m, count: 3, role: manager }
  - { prefix: w, count: 2 }
images:
  - { name: app, tags: ["1", "2"], on: all, command: [app], programs: { app: { log: { style: logfmt, rate: 1 }, stop: 100ms } } }
  - { name: crashing, on: all, command: [app], programs: { app: { script: "echo cannot open the database; sleep 1; exit 7" } } }
  - { name: remote, command: [app], programs: { app: { log: { style: logfmt, rate: 1 }, stop: 100ms } } }
`;

let folder: string;
let simulation: Simulation;
let client: ReturnType<typeof createSwarmClient>;

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'pipelines-'));
	const text = readFileSync(path.join(root, 'docs/pipelines.md'), 'utf8');
	for (const [, script = ''] of text.matchAll(/```sh\n(#!\/bin\/sh\n[\s\S]*?)```/g)) {
		const name = /^# (\w+\.sh) /m.exec(script)?.[1] ?? '';
		writeFileSync(path.join(folder, name), script);
		chmodSync(path.join(folder, name), 0o755);
	}
	writeFileSync(path.join(folder, 'swarmtop'), `#!/bin/sh\nexec "${process.execPath}" "${program}" "$@"\n`);
	chmodSync(path.join(folder, 'swarmtop'), 0o755);
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 6, where: {sockets: path.join(folder, 's')}});
	client = createSwarmClient(unixEndpoint(path.join(folder, 's', 'm2', 'docker.sock')));
});

afterAll(async () => {
	await client.close();
	await simulation.close();
	rmSync(folder, {recursive: true});
});

type Run = {readonly status: number; readonly out: string; readonly err: string};

/** As a CI runs a script: no terminal, nothing of the person's own configuration. */
function run(script: string, ...args: readonly string[]): Promise<Run> {
	const env = {
		PATH: `${folder}:${process.env['PATH']}`,
		HOME: folder,
		DOCKER_HOST: `unix://${folder}/s/m1/docker.sock`,
		TIMEOUT: '8s',
		STAYS: '1s',
	};
	return new Promise((resolve) => {
		execFile(path.join(folder, script), args, {cwd: folder, env}, (error, stdout, stderr) => {
			resolve({status: typeof error?.code === 'number' ? error.code : error ? -1 : 0, out: stdout, err: stderr});
		});
	});
}

function stack(image: string, more = ''): string {
	const name = path.join(folder, `${image.replaceAll(/\W/g, '-')}.yml`);
	writeFileSync(
		name,
		`services:
  web:
    image: ${image}
    stop_grace_period: 1s
    deploy: { replicas: 2, restart_policy: { delay: 500ms }, update_config: { parallelism: 2, monitor: 3s, order: stop-first } }
${more}`,
	);
	return name;
}

/** The image that the service is to run, and how many of its tasks run. */
async function deployed(name: string): Promise<{readonly image: string | undefined; readonly running: number}> {
	const [services, tasks] = [await client.services(), await client.tasks()];
	if (!services.ok || !tasks.ok) throw new Error('not listed');
	const service = services.value.find(({Spec}) => Spec.Name === name);
	const running = tasks.value.filter(
		({Status, DesiredState, ServiceID}) =>
			ServiceID === service?.ID && Status.State === 'running' && DesiredState === 'running',
	);
	return {image: service?.Spec.TaskTemplate.ContainerSpec?.Image?.split('@')[0], running: running.length};
}

describe.skipIf(!existsSync(program))('the scripts for a pipeline', () => {
	it('say what a pull request would do', async () => {
		expect(await run('plan.sh', 'first', stack('app:1'))).toMatchObject({
			status: 0,
			out: expect.stringContaining('It would change'),
		});
		expect(readFileSync(path.join(folder, 'plan.md'), 'utf8')).toMatch(/^### .*first/);
		expect((await deployed('first_web')).image).toBeUndefined();
		const nowhere = stack(
			'app:2',
			'  far: { image: "app:1", deploy: { placement: { constraints: [node.labels.zone==moon] } } }\n',
		);
		expect(await run('plan.sh', 'first', nowhere)).toMatchObject({status: 11});
		expect(readFileSync(path.join(folder, 'plan.md'), 'utf8')).toContain('no suitable node');
	});

	it('deploy a good image, and then have nothing to do', async () => {
		const made = await run('deploy.sh', 'shop', stack('app:1'));
		expect(made, made.err).toMatchObject({status: 0, err: ''});
		expect(await deployed('shop_web')).toEqual({image: 'app:1', running: 2});
		expect(await run('plan.sh', 'shop', stack('app:1'))).toMatchObject({status: 0, out: 'Nothing would change.\n'});
	});

	it.each([
		['an image that is not there', 'missing:1', /No such image: missing:1/],
		['a program that ends again and again', 'crashing:latest', /\(7\)[\s\S]*\| cannot open the database/],
	])('roll back %s, and say the cause', async (_, image, cause) => {
		const made = await run('deploy.sh', 'shop', stack(image));
		expect(made.status, made.out + made.err).toBe(1);
		expect(made.err).toMatch(cause);
		expect(made.err).toMatch(/Rolled back: shop_web\./);
		expect(await deployed('shop_web')).toEqual({image: 'app:1', running: 2});
	});

	it('say that the registry is down', async () => {
		expect((await simulation.fault(['registry-down'])).ok).toBe(true);
		const made = await run('deploy.sh', 'shop', stack('remote:latest'));
		expect((await simulation.fault(['registry-up'])).ok).toBe(true);
		expect(made.status, made.out + made.err).toBe(1);
		expect(made.err).toMatch(/No such image|registry|pull/i);
		expect(await deployed('shop_web')).toEqual({image: 'app:1', running: 2});
	});

	it('fail where the file is wrong', async () => {
		const file = path.join(folder, 'wrong.yml');
		writeFileSync(file, 'services:\n  web: { imgae: app }\n');
		expect(await run('deploy.sh', 'shop', file)).toMatchObject({
			status: expect.toSatisfy((code) => code === 1 || code === 2),
		});
	});

	// SwarmKit waits up to a minute for a task without a node to stop, before another takes its place: longer than we wait here.
	it('begin to roll back what finds no node, say why, and end', async () => {
		const file = stack('app:2');
		expect(await run('deploy.sh', 'placed', stack('app:1'))).toMatchObject({status: 0});
		const anywhere = readFileSync(file, 'utf8');
		const nowhere = 'replicas: 2, placement: { constraints: [node.labels.zone==moon] },';
		writeFileSync(file, anywhere.replace('replicas: 2,', nowhere));
		const made = await run('deploy.sh', 'placed', file);
		expect(made.status, made.out + made.err).toBe(1);
		expect(made.err).toMatch(/no suitable node/);
		expect(made.err).toMatch(/Rolling back placed_web\./);
		expect((await deployed('placed_web')).image).toBe('app:1');
	});
});
