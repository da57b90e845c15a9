import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import type {ActionRequest, Actions, Batch} from '../../source/cluster/intent.ts';
import type {ClusterState, Sync} from '../../source/cluster/model.ts';
import {createActions} from '../../source/cluster/pipeline/actions.ts';
import {removalRequest} from '../../source/cluster/stack/stack-removal.ts';
import {readStackFiles} from '../../source/cluster/stack-file.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {deploy} from './support/deploy-run.ts';
import {type Lab, startLab} from './support/lab.ts';

/** Stacks and several services at once, on a real swarm; what is said is checked with the docker CLI. */

let lab: Lab;
const folder = mkdtempSync(path.join(tmpdir(), 'stacks-'));
const file = path.join(folder, 'compose.yaml');

const compose = (image: string): string => `version: "3.8"
services:
  web:
    image: ${image}
    command: [sleep, "3600"]
    stop_grace_period: 1s
    environment: {COLOUR: blue}
    deploy: {replicas: 2, resources: {reservations: {memory: 8M}}}
  db:
    image: ${image}
    command: [sleep, "3600"]
    stop_grace_period: 1s
    secrets: [password]
    configs: [{source: settings, target: /settings}]
    networks: [back]
networks:
  back: {}
secrets:
  password: {file: password.txt}
configs:
  settings: {file: settings.txt}
`;

beforeAll(async () => {
	lab = await startLab('lab-stacks', 1, 1);
	writeFileSync(path.join(folder, 'password.txt'), 'hunter2');
	writeFileSync(path.join(folder, 'settings.txt'), 'a: 1');
	writeFileSync(file, compose('busybox:lab'));
});
afterAll(async () => {
	rmSync(folder, {recursive: true, force: true});
	await lab?.down();
});

const docker = (...args: readonly string[]): Promise<string> => lab.docker('m1', ...args);
const until = (check: () => void, withinMs = 30_000): Promise<void> =>
	vi.waitFor(check, {timeout: withinMs, interval: 100});

type Desk = {readonly state: () => ClusterState; readonly actions: Actions; readonly sync: Sync};

async function open(): Promise<Desk> {
	const client = createSwarmClient(lab.endpoint('m1'));
	const clock = systemClock();
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock});
	const actions = createActions({client, store, sync, clock, isReadOnly: false});
	onTestFinished(async () => {
		await sync.stop();
		await client.close();
	});
	sync.start();
	sync.showInventory(['networks', 'secrets', 'configs']);
	const state = () => store.getState();
	await until(() => {
		const {isLoading, inventory} = state();
		expect(isLoading).toBe(false);
		expect(inventory.networks && inventory.secrets && inventory.configs).toBeDefined();
	});
	return {state, actions, sync};
}

/** Plans it, consents, and waits until all of it has come about. */
async function carryOut({actions}: Desk, wish: ActionRequest): Promise<void> {
	const plan = actions.plan(wish);
	expect(plan.refusal).toBeUndefined();
	actions.act(plan);
	await until(() => {
		for (const {state, title, detail} of actions.progress()) expect(`${title}: ${state} ${detail}`).toContain(': done');
	}, 60_000);
}

function deploymentOf({actions}: Desk) {
	const stack = readStackFiles([file], {name: 'shop', variables: {}});
	if (!stack.ok) throw new Error(stack.error);
	return actions.preparations.deployment(stack.value);
}

async function deployment(desk: Desk): Promise<Batch> {
	const wish = await deploymentOf(desk);
	if (!wish.ok) throw new Error(wish.error.message);
	return wish.value;
}

const nothingToDeploy = {ok: false, error: {kind: 'nothing', message: expect.stringContaining('nothing to deploy')}};

const services = (desk: Desk) => [...desk.state().services.values()].filter(({stack}) => stack === 'shop');

describe('a stack', () => {
	it('is deployed from its file as docker stack would, and then there is nothing left to deploy', async () => {
		const desk = await open();
		await carryOut(desk, await deployment(desk));
		const listed = await docker('stack', 'services', 'shop', '--format', '{{.Name}} {{.Replicas}}');
		expect(listed.split('\n').sort()).toEqual(['shop_db 1/1', 'shop_web 2/2']);
		const later = await open();
		expect(await deploymentOf(later)).toMatchObject(nothingToDeploy);
	});

	it('is as its file says after docker has deployed the very same', async () => {
		await docker('stack', 'deploy', '--compose-file', file, 'shop');
		const desk = await open();
		expect(await deploymentOf(desk)).toMatchObject(nothingToDeploy);
	});

	it('has only what differs changed', async () => {
		const desk = await open();
		writeFileSync(file, compose('busybox:lab').replace('COLOUR: blue', 'COLOUR: green'));
		const wish = await deployment(desk);
		expect(wish.stages.map((stage) => stage.map((intent) => intent.action))).toEqual([['service.deploy']]);
		await carryOut(desk, wish);
		const environment = await docker(
			'service',
			'inspect',
			'-f',
			'{{.Spec.TaskTemplate.ContainerSpec.Env}}',
			'shop_web',
		);
		expect(environment).toBe('[COLOUR=green]');
	});

	it('has several of its services scaled under one consent', async () => {
		const desk = await open();
		await carryOut(desk, {
			action: 'batch',
			title: toSafeText('Scale 2 services to 3'),
			verb: 'Scale',
			stages: [services(desk).map(({id}) => ({action: 'service.scale', serviceId: id, replicas: 3}))],
		});
		const listed = await docker('stack', 'services', 'shop', '--format', '{{.Replicas}}');
		expect(listed.split('\n')).toEqual(['3/3', '3/3']);
	});

	it('is removed with all that belongs to it', async () => {
		const desk = await open();
		await carryOut(desk, removalRequest(toSafeText('shop'), services(desk), desk.state()));
		expect(await docker('stack', 'ls', '--format', '{{.Name}}')).toBe('');
		expect(await docker('network', 'ls', '--filter', 'name=shop_', '--format', '{{.Name}}')).toBe('');
		expect(await docker('secret', 'ls', '-q')).toBe('');
		expect(await docker('config', 'ls', '-q')).toBe('');
	});
});

describe('an update that pauses', () => {
	it('says which error it was, goes on when told to, and is ended by settings that work', async () => {
		const desk = await open();
		await docker(
			...['service', 'create', '--detach', '--name', 'fragile', '--stop-grace-period', '1s'],
			...['--update-failure-action', 'pause', '--replicas', '2', 'busybox:lab', 'sleep', '3600'],
		);
		const service = () => [...desk.state().services.values()].find(({name}) => name === 'fragile');
		await until(() => expect(service()?.counts).toMatchObject({running: 2}));
		const serviceId = service()?.id ?? '';
		const ended = async (wish: ActionRequest): Promise<string> => {
			const id = desk.actions.act(desk.actions.plan(wish));
			const entry = () => desk.actions.progress().find((each) => each.id === id);
			await until(() => expect(entry()?.finishedAt, entry()?.detail).toBeDefined(), 60_000);
			return `${entry()?.state}: ${entry()?.detail}`;
		};
		const paused = /^failed: the update is paused: update paused due to failure .*; fragile\.\d: .*[Nn]o such image/;
		expect(await ended({action: 'service.image', serviceId, image: 'busybox:none'})).toMatch(paused);
		expect(await ended({action: 'service.continue', serviceId})).toMatch(paused);
		expect(await ended({action: 'service.image', serviceId, image: 'busybox:lab'})).toMatch(/^done: converged/);
		await docker('service', 'rm', 'fragile');
	});
});

describe('a stack whose program fails', () => {
	it('is no success, and tells the error and the end of the log', async () => {
		const script = 'for n in $$(seq 25); do echo line $$n; done; sleep 1; exit 3';
		const failing = path.join(folder, 'failing.yaml');
		writeFileSync(failing, `services:\n  app: {image: "busybox:lab", command: [sh, -c, "${script}"]}\n`);
		const engine = ['-H', `unix://${lab.socket('m1')}`];
		const options = ['--yes', '--resolve-image', 'never', '--timeout', '15s'];
		const {status, err} = await deploy(['deploy', '-c', failing, ...options, 'failing', ...engine]);
		expect(status).toBe(1);
		expect(err).toMatch(/^swarmtop: failing_app\.1 \(\w{12}\) failed: .*non-zero exit \(3\)/m);
		const told = err.split('\n').filter((line) => line.startsWith('  | '));
		expect(told, err).toEqual(Array.from({length: 20}, (_, index) => `  | line ${index + 6}`));
		await docker('stack', 'rm', 'failing');
	});
});

it('is written as a file that docker deploys back without replacing a task', async () => {
	const rich = path.join(folder, 'rich.yaml');
	writeFileSync(
		rich,
		`version: "3.9"
services:
  web:
    image: busybox:lab
    command: [sh, -c, 'echo $$HOME; exec sleep 3600']
    hostname: "web-{{.Task.Slot}}"
    environment: {PRICE: "5$$", "ON": "yes", EMPTY: ""}
    labels: {team: web}
    stop_grace_period: 1s
    stop_signal: SIGINT
    init: true
    user: "1000:1000"
    working_dir: /tmp
    cap_add: [NET_ADMIN]
    sysctls: {net.core.somaxconn: "1024"}
    ulimits: {nofile: {soft: 1000, hard: 2000}}
    extra_hosts: ["db.example:10.0.0.9"]
    dns: [10.0.0.1]
    healthcheck: {test: [CMD, "true"], interval: 1m30s, retries: 5, start_period: 500ms}
    logging: {driver: json-file, options: {max-size: 10m}}
    ports: ["18080:80", {target: 81, published: 18081, protocol: udp, mode: host}]
    volumes: ["data:/data:ro", {type: tmpfs, target: /scratch, tmpfs: {size: 1000000}}, "/etc/hostname:/host:ro"]
    secrets: [{source: password, target: pw, mode: 0400, uid: "5"}]
    configs: [{source: settings, target: /settings}]
    networks: {back: {aliases: [shop]}, default: null}
    deploy:
      replicas: 1
      labels: {a: b}
      endpoint_mode: vip
      update_config: {parallelism: 0, delay: 3s, failure_action: rollback, monitor: 1500ms, max_failure_ratio: 0.25, order: start-first}
      rollback_config: {parallelism: 2}
      restart_policy: {condition: on-failure, delay: 2s, max_attempts: 3, window: 1m}
      placement: {constraints: [node.role == manager], preferences: [{spread: node.labels.zone}], max_replicas_per_node: 2}
      resources: {limits: {cpus: "0.25", memory: 64M, pids: 50}, reservations: {memory: "5000000"}}
  every: {image: "busybox:lab", command: [sleep, "3600"], stop_grace_period: 1s, deploy: {mode: global}}
networks: {back: {attachable: true, driver_opts: {encrypted: ""}}}
volumes: {data: {labels: {x: y}}}
secrets: {password: {file: password.txt}}
configs: {settings: {file: settings.txt}}
`,
	);
	await docker('stack', 'deploy', '-c', rich, 'rich');
	const specs = () => docker('service', 'inspect', '-f', '{{json .Spec}}', 'rich_web', 'rich_every');
	const tasks = () => docker('stack', 'ps', '-q', '--no-trunc', 'rich');
	const before = {specs: await specs(), tasks: await tasks()};
	const exported = await deploy(['stack', 'export', 'rich', '-H', `unix://${lab.socket('m1')}`]);
	expect(exported).toMatchObject({status: 0, err: ''});
	const again = path.join(folder, 'again.yaml');
	writeFileSync(again, exported.out);
	await docker('stack', 'deploy', '-c', again, 'rich');
	expect(await specs(), exported.out).toBe(before.specs);
	expect(await tasks()).toBe(before.tasks);
	await docker('stack', 'rm', 'rich');
});
