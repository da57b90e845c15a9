import {mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import http from 'node:http';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {rules} from '../../source/cluster/doctor/rules/registry.ts';
import {runDoctor} from '../../source/commands/doctor/doctor.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {unixEndpoint} from '../engine/support/fake-engine.ts';

/** `swarmtop doctor` on simulated swarms: the one of the demo, and one as one would recommend it. */

type Run = {readonly status: number; readonly out: string; readonly err: string};

let folder: string;
const simulations: Simulation[] = [];

beforeAll(() => {
	folder = mkdtempSync(path.join(tmpdir(), 'doctor-'));
});

afterAll(async () => {
	await Promise.all(simulations.map((simulation) => simulation.close()));
	rmSync(folder, {recursive: true});
});

async function simulate(name: string, text: string, speed: number): Promise<string> {
	const fixture = await parseFixture(text, `${name}.yaml`);
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	const sockets = path.join(folder, name);
	simulations.push(await startSimulation({fixture: fixture.value, speed, where: {sockets}}));
	return path.join(sockets, 'm1', 'docker.sock');
}

async function doctor(line: string, socket: string, config = ''): Promise<Run> {
	const home = mkdtempSync(path.join(folder, 'home-'));
	mkdirSync(path.join(home, 'swarmtop'));
	writeFileSync(path.join(home, 'swarmtop', 'config.yaml'), config);
	const [out, err]: [string[], string[]] = [[], []];
	const status = await runDoctor([...line.split(' ').filter(Boolean), '-H', `unix://${socket}`], {
		out: (text) => out.push(text),
		err: (text) => err.push(text),
		interrupted: new Promise(() => undefined),
		terminal: undefined,
		surroundings: {environment: {XDG_CONFIG_HOME: home}, homeDirectory: home},
	});
	return {status, out: out.join('\n'), err: err.join('\n')};
}

/** One call of the engine's API. */
function ask(socketPath: string, method: string, route: string, body?: string): Promise<string> {
	return new Promise((resolve, reject) => {
		const headers = {'content-type': 'application/json'};
		const request = http.request({socketPath, method, path: route, headers}, (response) => {
			const chunks: Buffer[] = [];
			response.on('data', (chunk) => chunks.push(chunk));
			response.on('end', () => resolve(Buffer.concat(chunks).toString()));
		});
		request.on('error', reject);
		request.end(body);
	});
}

type Found = {readonly rule: string; readonly severity: string; readonly object: {readonly name: string}};

async function findings(socket: string, line = ''): Promise<Map<string, string>> {
	const {out, err} = await doctor(`-o json ${line}`, socket);
	expect(err).toBe('');
	const found: Found[] = JSON.parse(out).findings;
	const byRule = Map.groupBy(found, ({rule, severity}) => `${severity} ${rule}`);
	return new Map([...byRule].map(([rule, list]) => [rule, list.map(({object}) => object.name).join(' ')]));
}

describe('on the demo swarm', () => {
	it('finds what its fixture has planted, and nothing else', async () => {
		const socket = await simulate('demo', readFileSync('fixtures/demo.yaml', 'utf8'), 4);
		// Until everything has started that can; a simulation that is faster than our clock is ahead of it, too.
		let found = await findings(socket, '--ignore clock-skew');
		const isUp = () => found.get('danger too-few-tasks') === 'trainer' && found.has('note grace-beyond-delay');
		for (const end = Date.now() + 20_000; !isUp() && Date.now() < end; )
			found = await findings(socket, '--ignore clock-skew');
		const serving =
			'edge_proxy edge_visualizer ping shop_cache shop_db shop_recommender shop_worker trainer watch_agent watch_logs watch_metrics';
		const without = (...names: string[]) =>
			serving
				.split(' ')
				.filter((name) => !names.includes(name))
				.join(' ');
		const and = (list: string, ...names: string[]) => [...list.split(' '), ...names].sort().join(' ');
		expect(Object.fromEntries(found)).toEqual({
			'danger node-loss': 'w1',
			'danger zone-loss': 'zone north',
			'danger too-few-tasks': 'trainer',
			'danger few-places': 'trainer',
			'warning few-places': 'shop_db',
			'warning floating-tag': 'edge_visualizer ping',
			'note autolock-off': 'swarm',
			'note one-replica': 'edge_visualizer ping shop_db shop_recommender trainer watch_logs watch_metrics',
			'note no-health-check': and(serving, 'shop_web'),
			'note no-limits': and(without('watch_logs'), 'shop_api'),
			'note no-reservations': 'edge_proxy edge_visualizer ping shop_recommender',
			'note no-digest': and(serving, 'shop_api', 'shop_nightly-report', 'shop_web'),
			'note no-rollback': and(serving, 'shop_api'),
			'note grace-beyond-delay': 'shop_web',
		});
	});
});

const recommended = `
nodes:
  - { name: m1, role: manager, cpus: 4, memory: 8g, labels: { zone: a } }
  - { name: m2, role: manager, cpus: 4, memory: 8g, labels: { zone: b } }
  - { name: m3, role: manager, cpus: 4, memory: 8g, labels: { zone: c } }
  - { name: w1, cpus: 4, memory: 8g, labels: { zone: a } }
  - { name: w2, cpus: 4, memory: 8g, labels: { zone: b } }
  - { name: w3, cpus: 4, memory: 8g, labels: { zone: c } }
stacks:
  shop:
    services:
      web:
        image: "busybox:latest"
        command: [sleep, "3600"]
        healthcheck: { test: [CMD, "true"], interval: 1s, start_period: 2s }
        secrets: [key]
        deploy:
          replicas: 3
          resources: { reservations: { cpus: "0.5", memory: 256M }, limits: { memory: 512M } }
          update_config: { failure_action: rollback, monitor: 10s }
          placement: { preferences: [{ spread: node.labels.zone }] }
    secrets: { key: { content: x } }
`;

describe('on a swarm as one would recommend it', () => {
	let socket: string;

	beforeAll(async () => {
		const digest = `busybox:1.36@sha256:${'a'.repeat(64)}`;
		socket = await simulate('recommended', recommended, 1);
		const client = createSwarmClient(unixEndpoint(socket));
		const services = await client.services();
		if (!services.ok) throw new Error('not read');
		const [web] = services.value;
		if (!web?.Spec.TaskTemplate.ContainerSpec) throw new Error('no service');
		const {Spec, Version} = JSON.parse(await ask(socket, 'GET', '/swarm'));
		const locked = {...Spec, EncryptionConfig: {AutoLockManagers: true}};
		await ask(socket, 'POST', `/swarm/update?version=${Version.Index}`, JSON.stringify(locked));
		const {TaskTemplate} = web.Spec;
		const pinned = {...TaskTemplate, ContainerSpec: {...TaskTemplate.ContainerSpec, Image: digest}};
		const updated = await client.updateService(web.ID, web.Version.Index ?? 0, {...web.Spec, TaskTemplate: pinned});
		expect(updated.ok).toBe(true);
		await client.close();
		for (const end = Date.now() + 30_000; Date.now() < end; ) if ((await findings(socket)).size === 0) break;
	});

	it('finds nothing, whatever it is asked for', async () => {
		const {status, out, err} = await doctor('--fail-on note', socket);
		expect({status, err}, out).toEqual({status: 0, err: ''});
		expect(out).toBe('Nothing is wrong with this swarm, as far as swarmtop can see.');
		expect(JSON.parse((await doctor('-o json', socket)).out)).toEqual({
			schema: 'swarmtop.doctor/v1',
			counts: {danger: 0, warning: 0, note: 0},
			findings: [],
			unknown: [],
		});
		const {out: report} = await doctor('-o junit', socket);
		expect(report).toContain(`tests="${rules.length}" failures="0"`);
		expect((await doctor('-o markdown', socket)).out).toBe(
			'### swarmtop doctor\n\nNothing is wrong with this swarm, as far as swarmtop can see.',
		);
	});

	it('asks the nodes themselves where it is told to', async () => {
		const {status, out, err} = await doctor('--nodes --fail-on note', socket);
		expect({status, err}, out).toEqual({status: 0, err: ''});
	});

	it('says that ports can only be tried on a manager', async () => {
		expect((await doctor('--ports', socket)).err).toContain('The ports were not tried');
	});

	it('ends with 1 where something as grave is found as was said, and tells of it in each format', async () => {
		const client = createSwarmClient(unixEndpoint(socket));
		const services = await client.services();
		const [web] = services.ok ? services.value : [];
		const {ContainerSpec, ...template} = web?.Spec.TaskTemplate ?? {};
		if (!web) throw new Error('no service');
		const Env = ['PASSWORD=<hunter2>'];
		const spec = {...web.Spec, TaskTemplate: {...template, ContainerSpec: {...ContainerSpec, Env}}};
		await client.updateService(web.ID, web.Version.Index ?? 0, spec);
		await client.close();

		const text = await doctor('--fail-on warning', socket);
		expect(text.status, text.out).toBe(1);
		expect(text.out).toMatch(
			/^! warning {2}what looks like a secret is in the environment \(secret-in-environment\)$/m,
		);
		expect(text.out).toMatch(/^ {2}- shop_web: PASSWORD$/m);
		expect(text.out).not.toContain('hunter2');
		expect(await doctor('--fail-on danger', socket)).toMatchObject({status: 0});
		expect(await doctor('', socket)).toMatchObject({status: 0});
		expect(await doctor('--fail-on warning --ignore secret-*', socket)).toMatchObject({status: 0});
		const ignored = await doctor('--fail-on warning', socket, 'ignore: ["secret-in-environment=shop_*"]\n');
		expect(ignored).toMatchObject({status: 0, out: expect.not.stringContaining('PASSWORD')});
		const junit = await doctor('-o junit --fail-on warning', socket);
		expect(junit.status).toBe(1);
		expect(junit.out).toMatch(
			/<testcase classname="services" name="secret-in-environment: shop_web"><failure type="warning"/,
		);
		const markdown = await doctor('-o markdown', socket);
		expect(markdown.out).toMatch(/^\| ⚠️ warning \| service shop\\_web \|/m);
	});

	it.each([
		['-o xml', 2, '-o xml: the formats are text, json, markdown, junit. See swarmtop doctor --help.'],
		['--fail-on never', 2, '--fail-on never: it is one of danger, warning, note. See swarmtop doctor --help.'],
		['web', 2, '"web": doctor judges the whole swarm. --ignore leaves things out. See swarmtop doctor --help.'],
	])('refuses %s', async (line, status, sentence) => {
		expect(await doctor(line, socket)).toMatchObject({status, err: `swarmtop: ${sentence}`});
	});

	it('says so where there is no engine', async () => {
		expect(await doctor('', '/nonexistent.sock')).toMatchObject({status: 3});
	});
});
