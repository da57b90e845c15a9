import {execFile} from 'node:child_process';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {type Issue, issuesIn} from '../../source/cluster/issues.ts';
import type {ClusterState, ServiceEntity, Sync} from '../../source/cluster/model.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import {whyService, whyTask} from '../../source/cluster/why/why.ts';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {type Lab, startLab} from './support/lab.ts';

/** What a real swarm's states mean: tasks that do not get on, jobs that fail, what is left behind, managers that are lost. */

let lab: Lab;
let client: SwarmClient;
let store: LiveStore;
let sync: Sync;

beforeAll(async () => {
	lab = await startLab('lab-states', 3, 1);
	client = createSwarmClient(lab.endpoint('m1'));
	const clock = systemClock();
	store = new LiveStore({clock});
	sync = createSync({client, store, clock});
	sync.start();
	await until(() => expect(state()).toMatchObject({connection: {state: 'connected'}, isLoading: false}));
});
afterAll(async () => {
	await sync?.stop();
	await client?.close();
	await lab?.down();
});

const until = (holds: () => unknown, timeout = 90_000): Promise<unknown> => vi.waitFor(holds, {timeout, interval: 250});
const state = (): ClusterState => store.getState();
const docker = (...args: readonly string[]): Promise<string> => lab.docker('m1', ...args);
const create = (name: string, ...args: readonly string[]): Promise<string> =>
	docker('service', 'create', '-d', '--name', name, ...args);

function service(name: string): ServiceEntity {
	const found = [...state().services.values()].find((each) => each.name === name);
	if (!found) throw new Error(`no service ${name}`);
	return found;
}

const issueOf = (name: string): Issue | undefined => issuesIn(state()).get(`service ${service(name).id}`);
const whyOf = (name: string): string =>
	whyService(service(name), state(), Date.now())
		.map(([label, value]) => `${label}: ${value}`)
		.join('\n');

const sleeping = ['busybox:lab', 'sleep', '10000'];
const onTwo = ['--constraint', 'node.role==manager', '--constraint', 'node.hostname!=m3'];

describe('tasks that do not get on', () => {
	it('are stuck in new when their network has no address left, and the addresses are counted', async () => {
		await docker('network', 'create', '-d', 'overlay', '--subnet', '10.99.1.0/29', 'tiny');
		const onTiny = ['--network', 'tiny', ...onTwo];
		await create('filler', '--replicas', '3', '--endpoint-mode', 'dnsrr', ...onTiny, ...sleeping);
		await until(() => expect(service('filler').counts).toMatchObject({running: 3}));
		await create('nvip', '--replicas', '4', ...onTiny, ...sleeping);
		await until(() => expect(issueOf('nvip')).toMatchObject({health: 'failing', remedy: 'why'}));
		await until(() => expect(issueOf('nvip')?.reason).toBe('4 tasks stuck in new: network tiny has no free address'));
		expect(whyOf('nvip')).toMatch(
			/10\.99\.1\.0\/29 has 5 addresses: 3 tasks, 2 nodes with tasks on it hold one each; 5 more are needed/,
		);
		await docker('service', 'rm', 'filler', 'nvip');
	});
});

describe('jobs', () => {
	it('that fail over and over are failing all the time, on as many nodes as there are', async () => {
		await create('gjob', '--mode', 'global-job', 'busybox:lab', 'sh', '-c', 'exit 3');
		await until(() => expect(issueOf('gjob')?.reason).toMatch(/^\d+ failures on 4 nodes, last exit 3$/));
		const seen = new Set<string>();
		const stop = store.subscribe(() => {
			const {health, counts} = service('gjob');
			seen.add(`${health} of ${counts?.desired}, ${counts?.completed} completed`);
		});
		const failures = () => Number(/^\d+/.exec(issueOf('gjob')?.reason ?? '')?.[0]);
		const before = failures();
		await until(() => expect(failures()).toBeGreaterThan(before + 3));
		stop();
		expect([...seen]).toEqual(['failing of 4, 0 completed']);
		await docker('service', 'rm', 'gjob');
	});

	it('that are gone leave tasks behind on engines before 23: they are called that, and alarm nobody', async () => {
		const major = Number(/^\d+/.exec(state().engine?.engineVersion ?? '')?.[0]);
		const nodes = (await docker('node', 'ls', '-q')).split('\n');
		for (const node of nodes) await docker('node', 'update', '--availability', 'drain', node);
		await create('waits', '--mode', 'replicated-job', '--replicas', '2', 'busybox:lab', 'true');
		const {id} = await vi.waitFor(() => service('waits'), {timeout: 20_000});
		await until(() => expect([...state().tasks.values()].filter((task) => task.serviceId === id)).toHaveLength(2));
		await docker('service', 'rm', 'waits');
		for (const node of nodes) await docker('node', 'update', '--availability', 'active', node);
		const left = () => [...state().tasks.values()].filter((task) => task.serviceId === id);
		if (major >= 23) {
			await until(() => expect(left()).toEqual([]));
			return;
		}
		await until(() => expect(left().map(({isServiceGone}) => isServiceGone)).toEqual([true, true]));
		for (const task of left()) {
			expect(task.health).toBe('idle');
			expect(task.serviceName).toBe(`gone ${id.slice(0, 12)}`);
			expect(String(whyTask(task, state(), Date.now()))).toMatch(/is gone/);
		}
		await until(() => expect([...issuesIn(state()).values()].filter(({health}) => health === 'failing')).toEqual([]));
	});
});

describe('logs', () => {
	it('say that the beginning of a line is missing which the engine has cut off', async () => {
		await create('llong', 'busybox:lab', 'sh', '-c', 'head -c 1000000 /dev/zero | tr "\\0" x; echo END; sleep 1000');
		await until(() => expect(service('llong').counts).toMatchObject({running: 1}));
		const args = ['dist/cli.js', 'logs', 'llong', '-n', '50', '-H', `unix://${lab.socket('m1')}`];
		const run = promisify(execFile);
		await vi.waitFor(
			async () => {
				const {stdout} = await run(process.execPath, args, {maxBuffer: 1 << 26});
				expect(stdout.slice(0, 200)).toContain('| [beginning missing] xxx');
				expect(stdout.trimEnd().endsWith('END')).toBe(true);
			},
			{timeout: 60_000, interval: 1000},
		);
		await docker('service', 'rm', 'llong');
	});
});

describe('nodes that are lost', () => {
	it('explain why more tasks are counted than are meant to run', async () => {
		await create('four', '--replicas', '4', '--constraint', 'node.hostname!=m2', ...sleeping);
		await until(() => expect(service('four').counts).toMatchObject({running: 4}));
		await lab.act('stop', 'w1');
		await until(() => expect(service('four').counts?.running).toBeGreaterThan(4));
		await until(() => expect(whyOf('four')).toMatch(/w1 is down: its .*counted until the node returns or is removed/));
		await lab.act('start', 'w1');
		await until(() => expect(service('four').counts).toMatchObject({running: 4}));
	});

	it('count as lost managers once they have left and joined anew, and can be told apart from what they are now', async () => {
		await lab.docker('m3', 'swarm', 'leave', '--force');
		const token = await docker('swarm', 'join-token', '-q', 'manager');
		const leader = [...state().nodes.values()].find(({manager}) => manager?.isLeader);
		const address = leader?.manager?.address ?? '';
		await lab.docker('m3', 'swarm', 'join', '--token', token, address);
		const twins = () => [...state().nodes.values()].filter(({hostname}) => hostname === 'm3');
		await until(() =>
			expect(
				twins()
					.map((node) => node.state)
					.sort(),
			).toEqual(['down', 'ready']),
		);
		expect(state().quorum).toMatchObject({managers: 4, reachable: 3, needed: 3, tolerated: 0});
		expect(twins().map(({name, id}) => name === `m3 ${id.slice(0, 5)}`)).toEqual([true, true]);
	});
});
