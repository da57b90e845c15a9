import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {createSwarmClient} from '../../../source/engine/docker-client.ts';
import {systemClock} from '../../../source/runtime/clock.ts';
import {parseFixture} from '../../../source/simulator/fixtures/fixture.ts';
import {LiveClock} from '../../../source/simulator/world/live-clock.ts';
import {type Simulation, startSimulation} from '../../../source/simulator/world/simulation.ts';
import type {Service} from '../../../source/wire/service.ts';
import {unixEndpoint} from '../../engine/support/fake-engine.ts';
import {type DeployRunOptions, deploy} from '../../lab/support/deploy-run.ts';

/** What changes something from the command line, as a shell runs it, on a simulated swarm. */

const swarm = `
nodes:
  - { prefix: m, count: 3, role: manager }
  - { prefix: w, count: 3 }
services:
  web: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { replicas: 2, update_config: { monitor: 1s } } }
  db: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { replicas: 1, update_config: { monitor: 1s } } }
  old: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s }
  all: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, deploy: { mode: global } }
`;

let folder: string;
let simulation: Simulation;
let client: ReturnType<typeof createSwarmClient>;
/** Slower than the simulation: what it does is over before anybody takes a look. */
const pace = new LiveClock({speed: 8});

beforeAll(async () => {
	folder = mkdtempSync(path.join(tmpdir(), 'verbs-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	pace.goLive();
	client = createSwarmClient(unixEndpoint(path.join(folder, 'm1', 'docker.sock')));
});

afterAll(async () => {
	await client.close();
	await simulation.close();
	pace.stop();
	rmSync(folder, {recursive: true});
});

const run = (words: string | readonly string[], options?: DeployRunOptions) =>
	deploy([...(typeof words === 'string' ? words.split(' ') : words), '-H', `unix://${folder}/m1/docker.sock`], {
		pace,
		...options,
	});

async function service(name: string): Promise<Service> {
	const answer = await client.services();
	if (!answer.ok) throw new Error(answer.error.message);
	const found = answer.value.find(({Spec}) => Spec.Name === name);
	if (!found) throw new Error(`no service ${name}`);
	return found;
}

const replicas = async (name: string) => (await service(name)).Spec.Mode?.Replicated?.Replicas;

async function nodes() {
	const answer = await client.nodes();
	if (!answer.ok) throw new Error(answer.error.message);
	return answer.value;
}
const node = async (name: string) => (await nodes()).find(({Description}) => Description?.Hostname === name);

describe('services', () => {
	it('are scaled, several under one plan, and then there is nothing to do', async () => {
		const planned = await run('plan scale web=4 db=2');
		expect(planned).toMatchObject({status: 10, err: ''});
		expect(planned.out).toMatch(/Scale 2 services/);
		expect(planned.out).toMatch(/\$ docker service scale/);
		expect(await replicas('web')).toBe(2);
		const done = await run('scale web=4 db=2 --yes');
		expect(done, done.err).toMatchObject({status: 0, err: ''});
		expect(done.out).toMatch(/^✓ Scale web from 2 to 4: converged/m);
		expect(await replicas('web')).toBe(4);
		expect(await replicas('db')).toBe(2);
		expect(await run('plan scale web=4 db=2')).toMatchObject({
			status: 0,
			out: expect.stringContaining('Nothing to do'),
		});
	});

	it('are updated with the flags of docker, and rolled back', async () => {
		const line = ['--env-add', 'MODE=fast lane', '--limit-memory', '64m', 'web'];
		const planned = await run(['plan', 'update', ...line]);
		expect(planned.status, planned.err).toBe(10);
		expect(planned.out).toMatch(/^\+ .*MODE=fast lane/m);
		expect(planned.out).toContain("--env-add 'MODE=fast lane'");
		const done = await run(['update', '--yes', ...line]);
		expect(done, done.err).toMatchObject({status: 0});
		expect((await service('web')).Spec.TaskTemplate).toMatchObject({
			ContainerSpec: {Env: ['MODE=fast lane']},
			Resources: {Limits: {MemoryBytes: 64 << 20}},
		});
		expect(await run(['update', '--yes', ...line])).toMatchObject({status: 0, out: expect.stringContaining('Nothing')});
		expect(await run('rollback web --yes')).toMatchObject({status: 0});
		expect((await service('web')).Spec.TaskTemplate.ContainerSpec?.Env ?? []).toEqual([]);
	});

	it('are restarted and removed', async () => {
		const before = (await service('db')).Spec.TaskTemplate.ForceUpdate ?? 0;
		expect(await run('restart db --yes')).toMatchObject({status: 0});
		expect((await service('db')).Spec.TaskTemplate.ForceUpdate).toBe(before + 1);
		const planned = await run('plan remove service old');
		expect(planned).toMatchObject({status: 11, out: expect.stringContaining('1 running task will stop')});
		expect(await run('remove service old --yes')).toMatchObject({status: 0});
		await expect(service('old')).rejects.toThrow();
	});

	it('of a stack are removed with all that the stack has, as docker does', async () => {
		const input = `services:
  app: { image: "busybox:latest", command: [sleep, "3600"], stop_grace_period: 1s, configs: [settings] }
configs: { settings: { file: ${folder}/settings.txt } }
`;
		writeFileSync(`${folder}/settings.txt`, 'x');
		const made = await run('deploy -c - --yes gone', {input});
		expect(made, made.err).toMatchObject({status: 0});
		const left = async () => {
			const [networks, configs] = [await client.networks(), await client.configs()];
			if (!networks.ok || !configs.ok) throw new Error('not listed');
			const names = [...networks.value.map(({Name}) => Name), ...configs.value.map(({Spec}) => Spec.Name)];
			return names.filter((name) => name.startsWith('gone_')).sort();
		};
		expect(await left()).toEqual(['gone_default', 'gone_settings']);
		const removed = await run('remove stack gone --yes');
		expect(removed, removed.err).toMatchObject({status: 0});
		expect(await left()).toEqual([]);
	});

	it('that are not there, or can not be scaled, are told', async () => {
		expect(await run('plan scale wbe=3')).toMatchObject({
			status: 1,
			err: 'swarmtop: There is no service "wbe". Did you mean web?',
		});
		expect(await run('scale all=3 --yes')).toMatchObject({
			status: 1,
			err: expect.stringContaining('all is a global service: it runs once on every node'),
		});
		expect(await run('scale web=2 web=3 --yes')).toMatchObject({status: 1, err: 'swarmtop: web is named twice.'});
	});
});

describe('nodes', () => {
	it('are drained and activated', async () => {
		const planned = await run('plan drain w1 -o json');
		expect([10, 11]).toContain(planned.status);
		expect(JSON.parse(planned.out)).toMatchObject({changes: [{action: 'node.availability'}]});
		const done = await run('drain w1 --yes');
		expect(done, done.err).toMatchObject({status: 0});
		expect((await node('w1'))?.Spec.Availability).toBe('drain');
		expect(await run('drain w1 --yes')).toMatchObject({status: 0, out: expect.stringContaining('Nothing to do')});
		expect(await run('activate w1 --yes')).toMatchObject({status: 0});
		expect((await node('w1'))?.Spec.Availability).toBe('active');
	});

	it('are promoted and demoted, and a quorum is not lost', async () => {
		expect(await run('promote w2 --yes')).toMatchObject({status: 0});
		expect((await node('w2'))?.Spec.Role).toBe('manager');
		expect(await run('demote w2 --yes')).toMatchObject({status: 0});
		expect((await node('w2'))?.Spec.Role).toBe('worker');
		expect(await run('plan remove node w3')).toMatchObject({status: 1, err: expect.stringContaining('w3')});
	});

	it('are asked about on a terminal by what the plan wants typed', async () => {
		const asked: string[] = [];
		expect(await run('drain w3', {answer: 'n', asked})).toMatchObject({status: 1, err: 'Nothing was changed.'});
		expect(asked).toEqual(['Drain? [y/N] ']);
	});
});

describe('what may happen', () => {
	it('is told of nodes that go down: what moves, and the quorum', async () => {
		const worker = await run('plan node-down w1 w2');
		expect([10, 11]).toContain(worker.status);
		expect(worker.out).toMatch(/^If w1, w2 went down now\n/);
		expect(worker.out).toMatch(/moves?|starts?|stops?/);
		const managers = await run('plan node-down m2 m3 -o json');
		expect(managers.status).toBe(11);
		expect(JSON.parse(managers.out)).toMatchObject({
			isDangerous: true,
			lines: expect.arrayContaining([{tone: 'danger', text: expect.stringContaining('the quorum is lost')}]),
		});
		expect(await run('plan node-down w9')).toMatchObject({status: 1, err: expect.stringContaining('no node "w9"')});
	});

	it('is told of a node that joins: what waits finds a place', async () => {
		const spec = ['--constraint-add', 'node.labels.gpu==yes', 'db'];
		expect(await run(['update', ...spec, '--yes', '--detach'])).toMatchObject({status: 0});
		try {
			const useless = await run('plan node-add --cpus 4 --memory 8g');
			expect(useless.out).toMatch(/^If 1 node of 4 CPUs and 8GiB joined\n/);
			const useful = await run('plan node-add --cpus 4 --memory 8g --label gpu=yes -o markdown');
			expect(useful.status).toBe(10);
			expect(useful.out).toMatch(/db/);
		} finally {
			expect(await run('rollback db --yes')).toMatchObject({status: 0});
		}
	});

	it('is told of a stack: how often it fits, here and on machines that are only imagined', async () => {
		const input = `services:
  web: { image: nginx, deploy: { replicas: 2, resources: { reservations: { cpus: "1", memory: 1g } } } }
`;
		const imagined = ['--nodes', '5', '--cpus', '8', '--memory', '16g'];
		expect(await run(['plan', 'fit', '-c', '-', ...imagined], {input})).toMatchObject({
			status: 0,
			out: expect.stringMatching(/fits 20 times\.\n.*insufficient resources on 5 nodes/),
		});
		const little = input.replace('cpus: "1"', 'cpus: "9"');
		expect(await run(['plan', 'fit', '-c', '-', ...imagined], {input: little})).toMatchObject({status: 11});
		const here = await run('plan fit -c -', {input});
		expect(here).toMatchObject({status: 0, out: expect.stringMatching(/It fits \d+ times\./)});
		expect(await run('plan fit -c - --cpus 4', {input})).toMatchObject({
			status: 2,
			err: expect.stringContaining('--cpus and --memory'),
		});
	});
});

describe('a plan for a pull request', () => {
	it('is markdown in which nothing of the swarm is markup', async () => {
		const {status, out} = await run(['plan', 'update', '--label-add', 'note=<b>@all</b> `x`', 'web', '-o', 'markdown']);
		expect(status).toBe(10);
		expect(out).toMatch(/^### .*web/m);
		expect(out).toMatch(/```diff\n(?:.*\n)*?\+ .*<b>@all<\/b>/);
		expect(out).toMatch(/```+sh\ndocker service update/);
	});
});

describe('after a failure', () => {
	it('services go back to what they were with --rollback-on-failure', async () => {
		const before = (await service('web')).Spec.TaskTemplate.ContainerSpec?.Image;
		const done = await run('update --image busybox:no-such-tag web --yes --rollback-on-failure --timeout 20s', {
			pace: systemClock(),
		});
		expect(done.status).toBe(1);
		expect(done.err).toMatch(/[Nn]o such image/);
		expect(done.err).toContain('Rolled back: web.');
		expect((await service('web')).Spec.TaskTemplate.ContainerSpec?.Image).toBe(before);
	});

	it('a change that the engine refused rolls nothing back', async () => {
		expect(await run('update --label-add kept=yes web --yes')).toMatchObject({status: 0});
		const before = (await service('web')).Spec;
		const done = await run(['update', '--constraint-add', 'nonsense', 'web', '--yes', '--rollback-on-failure']);
		expect(done, done.out).toMatchObject({status: 1});
		expect(done.err).not.toContain('Roll');
		expect((await service('web')).Spec).toEqual(before);
	});

	it('what has converged beside what failed stays', async () => {
		expect(await run('scale web=2 db=1 --yes')).toMatchObject({status: 0});
		expect(await run(['update', '--constraint-add', 'node.labels.gpu==yes', 'db', '--yes', '--detach'])).toMatchObject({
			status: 0,
		});
		const done = await run('scale web=3 db=2 --yes --rollback-on-failure --timeout 2s');
		expect(done, done.out).toMatchObject({status: 1});
		expect(done.err).toMatch(/Rolling back db\.$/m);
		expect(await replicas('web')).toBe(3);
		expect(await replicas('db')).toBe(1);
		expect(await run(['update', '--constraint-rm', 'node.labels.gpu==yes', 'db', '--yes'])).toMatchObject({status: 0});
	});

	it('what does not stay up is told with --detect-flapping', async () => {
		const onOut = (text: string): void => {
			if (text.startsWith('Watching for')) void killTaskOf('db');
		};
		const done = await run('update --label-add watched=yes db --yes --detect-flapping 20s', {onOut});
		expect(done, done.out).toMatchObject({status: 1});
		expect(done.err).toMatch(/db did not stay up: a task failed: .*\(137\)/);
	});
});

/** As its node's own engine is told to. */
async function killTaskOf(name: string): Promise<void> {
	const {ID: id} = await service(name);
	const tasks = await client.tasks({filters: {service: [id], 'desired-state': ['running']}});
	if (!tasks.ok) throw new Error(tasks.error.message);
	const [task] = tasks.value;
	const host = (await nodes()).find(({ID}) => ID === task?.NodeID)?.Description?.Hostname;
	await new Promise<void>((resolve, reject) => {
		const path = `/containers/${task?.Status.ContainerStatus?.ContainerID}/kill`;
		const request = http.request({socketPath: `${folder}/${host}/docker.sock`, path, method: 'POST'}, (response) => {
			response.resume();
			response.once('end', resolve);
		});
		request.once('error', reject).end();
	});
}
