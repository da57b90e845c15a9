import {execFile} from 'node:child_process';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {get} from '../commands/support/get-run.ts';

/** `swarmtop get --format` and `-q` against the docker CLI, byte by byte, of one swarm. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { name: m2, role: manager }
  - { prefix: w, count: 2 }
secrets: { spare: x }
stacks:
  shop:
    services:
      web: { image: "docker.io/library/busybox:latest", command: [sleep, "3600"], ports: ["8080:80", "8081:81", "8082:82", "53:53/udp"], deploy: { replicas: 2 } }
      gpu: { image: busybox:latest, deploy: { placement: { constraints: [node.labels.gpu==yes] } } }
      most: { image: busybox:latest, command: [sleep, "3600"], deploy: { replicas: 2, placement: { max_replicas_per_node: 1 } } }
      agent: { image: busybox:latest, command: [sleep, "3600"], deploy: { mode: global } }
services:
  ping: { image: busybox:latest, command: [sleep, "3600"] }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'formats-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
	for (const args of [
		['config', 'create', '--label', 'a=1', '--label', 'b.c-d=2', 'rules', '/etc/hostname'],
		['volume', 'create', '--label', 'x=y', 'data'],
		[
			'service',
			'create',
			'--detach',
			'--mode',
			'replicated-job',
			'--replicas',
			'3',
			'--name',
			'job',
			'busybox:latest',
			'true',
		],
		[
			'service',
			'create',
			'--detach',
			'--name',
			'ranges',
			'-p',
			'7000-7002:90',
			'-p',
			'6000:95',
			'busybox:latest',
			'sleep',
			'9',
		],
	])
		await docker(args);
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

const host = () => `unix://${path.join(folder, 'm1', 'docker.sock')}`;
const run = promisify(execFile);

async function docker(args: readonly string[]): Promise<string[]> {
	const env = {PATH: process.env['PATH'] ?? '', HOME: folder, DOCKER_CLI_HINTS: 'false'};
	const {stdout} = await run('docker', ['-H', host(), ...args], {env});
	return stdout.split('\n').slice(0, -1);
}

/** The lists have their own orders, docker's and ours; headings come first in both. */
const inOrder = (lines: readonly string[]): string[] => lines.toSorted();

async function ours(words: readonly string[], format: readonly string[]): Promise<string[]> {
	const done = await get('', {words: [...words, ...format, '-H', host()]});
	expect(done.err).toEqual([]);
	return inOrder(done.out);
}

/** Time goes on between the two: what is compared has been asked again until both say the same. */
async function expectTheSame(kind: Kind, format: readonly string[]): Promise<void> {
	await vi.waitFor(
		async () => {
			const [mine, theirs] = await Promise.all([ours(kind.ours, format), docker([...kind.docker, ...format])]);
			expect(mine).toEqual(inOrder(theirs));
			expect(mine.length).toBeGreaterThan(0);
		},
		{timeout: 20_000, interval: 200},
	);
}

type Kind = {readonly ours: readonly string[]; readonly docker: readonly string[]};

const kinds: Readonly<Record<string, Kind>> = {
	nodes: {ours: ['nodes'], docker: ['node', 'ls']},
	services: {ours: ['services'], docker: ['service', 'ls']},
	tasks: {ours: ['tasks', 'shop_web', '--all'], docker: ['service', 'ps', 'shop_web']},
	'tasks that fail': {ours: ['tasks', 'shop_gpu', '--all'], docker: ['service', 'ps', 'shop_gpu']},
	'older tasks': {ours: ['tasks', 'shop_most', '--all'], docker: ['service', 'ps', 'shop_most']},
	'global tasks': {ours: ['tasks', 'shop_agent', '--all'], docker: ['service', 'ps', 'shop_agent']},
	stacks: {ours: ['stacks'], docker: ['stack', 'ls']},
	networks: {ours: ['networks', '--all'], docker: ['network', 'ls']},
	secrets: {ours: ['secrets'], docker: ['secret', 'ls']},
	configs: {ours: ['configs'], docker: ['config', 'ls']},
	volumes: {ours: ['volumes'], docker: ['volume', 'ls']},
};

const templates: Readonly<Record<string, readonly string[]>> = {
	nodes: ['{{.Hostname}} {{.Self}} {{.TLSStatus}}', 'table {{.Hostname}}\\t{{.TLSStatus}}\\t{{.ManagerStatus}}'],
	services: [
		'{{.ID}}: {{.Name | upper}} {{printf "%-20s" .Mode}} {{.Replicas}} {{.Image}} {{json .Ports}}',
		'table {{.Name}}\\t{{upper .Replicas}}\\t{{.Ports}}',
		'{{range $i, $part := split .Name "_"}}{{if $i}}-{{end}}{{$part}}{{end}}',
		'{{if eq .Mode "global"}}G{{else}}{{len .Name}}{{end}}',
	],
	tasks: ['{{.Name}} {{.Node}} {{.DesiredState}} {{.CurrentState}} {{.Error}}'],
	stacks: ['{{.Name}}={{.Services}}'],
	networks: [
		'table {{.ID}}\\t{{.Label "com.docker.stack.namespace"}}',
		'{{.Name}} {{.IPv6}} {{.Internal}} {{.CreatedAt}}',
	],
	secrets: ['{{.ID}} {{.Labels}}'],
	configs: ['table {{.Name}}\\t{{.Label "b.c-d"}}', '{{.Label "a"}}|{{.Label "none"}}'],
	volumes: ['{{.Mountpoint}} {{.Labels}} {{.Size}}'],
};

const cases = Object.entries(kinds).flatMap(([name, kind]) =>
	['json', 'table', ...(templates[name] ?? [])].map((template) => ({name, kind, format: ['--format', template]})),
);
const quiet = Object.entries(kinds)
	.filter(([name]) => name !== 'stacks')
	.map(([name, kind]) => ({name, kind, format: ['-q']}));
const whole = ['tasks', 'tasks that fail', 'networks'].map((name) => ({
	name,
	kind: kinds[name] as Kind,
	format: ['--no-trunc', '--format', 'json'],
}));

describe('lists in docker’s formats', () => {
	it.each([...cases, ...quiet, ...whole])('$name $format', async ({kind, format}) => {
		await expectTheSame(kind, format);
	});

	it('of events', async () => {
		const period = ['--since', '2000-01-01', '--until', '2100-01-01', '--filter', 'scope=swarm'];
		for (const template of [
			'{{json .}}',
			'{{.Type}} {{.Action}} {{.Actor.ID}} {{.Actor.Attributes.name}} {{.Time}}',
			'json',
		]) {
			const theirs = await docker(['events', ...period.with(3, String(Date.now() / 1000)), '--format', template]);
			expect(await ours(['events'], ['--format', template])).toEqual(inOrder(theirs));
		}
	});
});
