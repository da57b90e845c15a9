import {afterAll, beforeAll, describe, expect, it, onTestFinished, vi} from 'vitest';
import type {Actions, Intent, Progress} from '../../source/cluster/intent.ts';
import type {ClusterState, NodeEntity, ServiceEntity, Sync} from '../../source/cluster/model.ts';
import {createActions} from '../../source/cluster/pipeline/actions.ts';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {createSync} from '../../source/cluster/sync/live-sync.ts';
import type {SwarmClient} from '../../source/engine/client.ts';
import {createSwarmClient} from '../../source/engine/docker-client.ts';
import {systemClock} from '../../source/runtime/clock.ts';
import {type Lab, startLab} from './support/lab.ts';

/**
 * The store, sync and actions against a real swarm of three managers and two workers. What they say is checked with the
 * docker CLI, which also plays the other person who changes things meanwhile. The tests follow one another on one swarm.
 */

let lab: Lab;

beforeAll(async () => {
	lab = await startLab('lab-cluster', 3, 2);
});
afterAll(() => lab?.down());

/** A swarm within reach: what a screen would read and act with. */
type Desk = {
	readonly state: () => ClusterState;
	readonly sync: Sync;
	readonly actions: Actions;
	readonly service: (name: string) => ServiceEntity;
	readonly node: (hostname: string) => NodeEntity;
	/** Plans and acts; gives the ID of the progress. */
	readonly act: (intent: Intent) => number;
	readonly progress: (id: number) => Progress;
	/** Until the action is over. */
	readonly ended: (id: number, withinMs?: number) => Promise<Progress>;
};

async function open(node: string, change: (client: SwarmClient) => SwarmClient = (client) => client): Promise<Desk> {
	const client = change(createSwarmClient(lab.endpoint(node)));
	const clock = systemClock();
	const store = new LiveStore({clock});
	const sync = createSync({client, store, clock});
	const actions = createActions({client, store, sync, clock, isReadOnly: false});
	onTestFinished(async () => {
		await sync.stop();
		await client.close();
	});
	sync.start();
	const state = () => store.getState();
	await until(() => expect(state()).toMatchObject({connection: {state: 'connected'}, isLoading: false}), 15_000);
	const progress = (id: number): Progress => {
		const found = actions.progress().find((each) => each.id === id);
		if (!found) throw new Error(`no action ${id}`);
		return found;
	};
	return {
		state,
		sync,
		actions,
		service: (name) => named([...state().services.values()], (each) => each.name === name),
		node: (hostname) => named([...state().nodes.values()], (each) => each.hostname === hostname),
		act: (intent) => actions.act(actions.plan(intent)),
		progress,
		ended: async (id, withinMs = 60_000) => {
			await until(() => expect(['done', 'failed'], progress(id).detail).toContain(progress(id).state), withinMs);
			return progress(id);
		},
	};
}

function named<T>(all: readonly T[], isMeant: (each: T) => boolean): T {
	const found = all.find(isMeant);
	if (!found) throw new Error(`not among ${all.length}`);
	return found;
}

const until = (check: () => void | Promise<void>, withinMs = 30_000): Promise<void> =>
	vi.waitFor(check, {timeout: withinMs, interval: 100});

/** How long it takes until the check holds, in milliseconds. */
/** From when `begin` has been done, where it is given. */
async function timed(
	check: () => void | Promise<void>,
	withinMs: number,
	begin: () => Promise<unknown> = async () => undefined,
): Promise<number> {
	await begin();
	const startedAt = Date.now();
	await until(check, withinMs);
	return Date.now() - startedAt;
}

const docker = (...args: readonly string[]): Promise<string> => lab.docker('m1', ...args);

async function createService(name: string, replicas: number, ...flags: readonly string[]): Promise<void> {
	const program = ['sh', '-c', 'trap "exit 0" TERM; while true; do sleep 0.2; done'];
	const common = ['--detach', '--no-resolve-image', '--name', name, '--replicas', String(replicas)];
	await docker('service', 'create', ...common, ...flags, 'busybox:lab', ...program);
	onTestFinished(async () => {
		await docker('service', 'rm', name).catch((cause: unknown) => expect(String(cause)).toContain('not found'));
	});
}

const runningOf = async (name: string): Promise<number> =>
	(await docker('service', 'ps', '--filter', 'desired-state=running', '--format', '{{.CurrentState}}', name))
		.split('\n')
		.filter((line) => line.startsWith('Running')).length;

const replicasOf = (name: string): Promise<string> =>
	docker('service', 'inspect', '--format', '{{.Spec.Mode.Replicated.Replicas}}', name);

describe('what is on the screen', () => {
	it('is the swarm as docker shows it: nodes, leader, services, tasks', async () => {
		await createService('seen', 3);
		const desk = await open('m1');
		await until(() => expect(desk.service('seen').counts).toMatchObject({running: 3, desired: 3}));
		await until(() =>
			expect([...desk.state().tasks.values()].map(({name, state}) => `${name} ${state}`).sort()).toEqual([
				'seen.1 running',
				'seen.2 running',
				'seen.3 running',
			]),
		);
		expect([...desk.state().nodes.values()].map(({hostname}) => hostname).sort()).toEqual([
			'm1',
			'm2',
			'm3',
			'w1',
			'w2',
		]);
		expect(desk.state().quorum).toMatchObject({managers: 3, reachable: 3, needed: 2, tolerated: 1});
		const leader = await docker(
			'node',
			'ls',
			'--filter',
			'role=manager',
			'--format',
			'{{.Hostname}} {{.ManagerStatus}}',
		);
		expect(leader).toContain(`${desk.state().quorum?.leader} Leader`);
		expect(desk.service('seen').health).toBe('healthy');
	});

	it('shows a task that crashes within about three seconds, though no event tells', async () => {
		await createService('fragile', 2, '--restart-delay', '30s');
		const desk = await open('m1');
		await until(() => expect(desk.service('fragile').counts?.running).toBe(2));
		const tasks = () => [...desk.state().tasks.values()].filter((each) => each.serviceName === 'fragile');
		await until(() => expect(tasks().map(({state}) => state)).toEqual(['running', 'running']));
		const task = named(tasks(), ({containerId}) => containerId !== '');
		await lab.docker(task.nodeName, 'rm', '--force', task.containerId);
		const tookMs = await timed(() => expect(desk.state().tasks.get(task.id)?.state).toBe('failed'), 10_000);
		await until(() => expect(desk.service('fragile').health).toBe('failing'));
		expect(tookMs).toBeLessThan(5000);
	});
});

describe('acting on services', () => {
	it('scales until as many run, and says so', async () => {
		await createService('web', 3);
		const desk = await open('m1');
		await until(() => expect(desk.service('web').counts?.running).toBe(3));
		const scaled = await desk.ended(
			desk.act({action: 'service.scale', serviceId: desk.service('web').id, replicas: 6}),
		);
		expect(scaled).toMatchObject({state: 'done', done: 6, total: 6, title: 'Scale web from 3 to 6'});
		expect(scaled.detail).toMatch(/^converged in /);
		expect(await runningOf('web')).toBe(6);
		const serviceId = desk.service('web').id;
		desk.act({action: 'service.step', serviceId, by: 1});
		const stepped = await desk.ended(desk.act({action: 'service.step', serviceId, by: 1}));
		expect(stepped).toMatchObject({state: 'done', title: 'Scale web from 6 to 8', total: 8});
		expect(await replicasOf('web')).toBe('8');
		expect(desk.actions.progress()).toHaveLength(2);
	});

	it('says what keeps it from converging, in the words of the scheduler', async () => {
		await createService('picky', 1, '--constraint', 'node.labels.nowhere==yes');
		const desk = await open('m1');
		await until(() => expect(desk.service('picky').health).toBe('failing'));
		const id = desk.act({action: 'service.scale', serviceId: desk.service('picky').id, replicas: 2});
		await until(() => expect(desk.progress(id)).toMatchObject({state: 'stuck'}));
		expect(desk.progress(id).detail).toContain('no suitable node (scheduling constraints not satisfied on 5 nodes)');
	});

	it('keeps what another client changed in between, and both changes stand', async () => {
		await createService('shared', 1);
		// The docker CLI writes between our reading and our writing.
		let writes = 0;
		const relabel = () => docker('service', 'update', '--detach', '--label-add', 'owner=somebody', 'shared');
		const desk = await open('m1', (client) => intruded(client, async () => writes++ === 0 && relabel()));
		await until(() => expect(desk.service('shared').counts?.running).toBe(1));
		const scaled = await desk.ended(
			desk.act({action: 'service.scale', serviceId: desk.service('shared').id, replicas: 2}),
		);
		expect(scaled.state).toBe('done');
		expect(writes).toBe(2);
		expect(await docker('service', 'inspect', '--format', '{{.Spec.Labels.owner}}', 'shared')).toBe('somebody');
		expect(await replicasOf('shared')).toBe('2');
	});

	it('leaves it alone when another client changed the same thing in between', async () => {
		await createService('contested', 1);
		let writes = 0;
		const rescale = () => docker('service', 'scale', '--detach', 'contested=4');
		const desk = await open('m1', (client) => intruded(client, async () => writes++ === 0 && rescale()));
		await until(() => expect(desk.service('contested').counts?.running).toBe(1));
		const ended = await desk.ended(
			desk.act({action: 'service.scale', serviceId: desk.service('contested').id, replicas: 2}),
		);
		expect(ended.state).toBe('failed');
		expect(ended.detail).toContain('it was 1 replica when you looked, and is 4 replicas now');
		expect(await replicasOf('contested')).toBe('4');
	});

	it('restarts every task and waits for the new ones; rolls back; removes until all has stopped', async () => {
		await createService('cycled', 2, '--update-monitor', '1s', '--update-parallelism', '0');
		const desk = await open('m1');
		await until(() => expect(desk.service('cycled').counts?.running).toBe(2));
		const serviceId = desk.service('cycled').id;
		const before = await docker('service', 'ps', '--quiet', '--filter', 'desired-state=running', 'cycled');
		expect((await desk.ended(desk.act({action: 'service.restart', serviceId}))).state).toBe('done');
		const after = await docker('service', 'ps', '--quiet', '--filter', 'desired-state=running', 'cycled');
		expect(after.split('\n').filter((id) => before.includes(id))).toEqual([]);
		expect((await desk.ended(desk.act({action: 'service.rollback', serviceId}))).state).toBe('done');
		const forced = await docker('service', 'inspect', '--format', '{{.Spec.TaskTemplate.ForceUpdate}}', 'cycled');
		expect(forced).toBe('0');
		expect((await desk.ended(desk.act({action: 'service.remove', serviceId}))).state).toBe('done');
		expect(await docker('service', 'ls', '--filter', 'name=cycled', '--quiet')).toBe('');
	});
});

describe('acting on nodes', () => {
	it('drains until no task is left there, and takes it back', async () => {
		await createService('moved', 5, '--stop-grace-period', '1s');
		const desk = await open('m1');
		await until(() => expect(desk.node('w1').tasks?.running).toBeGreaterThan(0));
		const nodeId = desk.node('w1').id;
		const drain = desk.actions.plan({action: 'node.availability', nodeId, availability: 'drain'});
		expect(drain.consent).toEqual({kind: 'dialog'});
		const drained = await desk.ended(desk.actions.act(drain));
		expect(drained).toMatchObject({state: 'done'});
		expect(drained.detail).toMatch(/^no tasks left after /);
		expect(await docker('node', 'ps', '--filter', 'desired-state=running', '--quiet', 'w1')).toBe('');
		const {undo} = drained;
		if (!undo) throw new Error('a drain can be taken back');
		expect((await desk.ended(desk.act(undo))).state).toBe('done');
		expect(await docker('node', 'inspect', '--format', '{{.Spec.Availability}}', 'w1')).toBe('active');
	});

	it('promotes until the others reach it, and demotes until it has left them', async () => {
		const desk = await open('m1');
		const nodeId = desk.node('w1').id;
		expect(await desk.ended(desk.act({action: 'node.role', nodeId, role: 'manager'}))).toMatchObject({state: 'done'});
		expect(await docker('node', 'inspect', '--format', '{{.ManagerStatus.Reachability}}', 'w1')).toBe('reachable');
		await until(() => expect(desk.state().quorum).toMatchObject({managers: 4, needed: 3}));
		expect(await desk.ended(desk.act({action: 'node.role', nodeId, role: 'worker'}))).toMatchObject({state: 'done'});
		await until(() => expect(desk.state().quorum).toMatchObject({managers: 3, needed: 2}));
		// The role that docker filters by follows seconds later; membership of raft is what counts.
		expect(await docker('node', 'inspect', '--format', '{{.Spec.Role}} {{.ManagerStatus}}', 'w1')).toBe('worker <nil>');
	});

	it('refuses to remove a node that is up, as the engine would', async () => {
		const desk = await open('m1');
		const plan = desk.actions.plan({action: 'node.remove', nodeId: desk.node('w2').id, force: false});
		expect(plan.refusal).toContain('only a node that is down can be removed');
		await expect(docker('node', 'rm', 'w2')).rejects.toThrow(/is not down and can't be removed/);
	});

	it('refuses the demotion that would lose the quorum, with the arithmetic, as the engine would', async () => {
		const desk = await open('m1');
		await lab.act('stop', 'm3');
		onTestFinished(() => lab.act('start', 'm3'));
		await until(() => expect(desk.state().quorum).toMatchObject({managers: 3, reachable: 2, tolerated: 0}));
		const plan = desk.actions.plan({action: 'node.role', nodeId: desk.node('m2').id, role: 'worker'});
		expect(plan.consent).toEqual({kind: 'typed', word: 'm1'});
		expect(plan.lines.map(({text}) => text).join('\n')).toMatch(
			/Without m2, 2 managers would be left: 2 must be reachable, and 1 is/,
		);
		await expect(docker('node', 'demote', 'm2')).rejects.toThrow(/loss of quorum/);
	});
});

describe('when things break', () => {
	/** Within five seconds the loss is told, the data stay, and all is well again by itself afterwards. */
	async function lostAndFound(desk: Desk, breakIt: () => Promise<void>, mend: () => Promise<void>): Promise<string> {
		const services = desk.state().services.size;
		const breaking = breakIt();
		const tookMs = await timed(() => expect(desk.state().connection.state).toBe('lost'), 20_000);
		await breaking;
		const {connection} = desk.state();
		expect(tookMs).toBeLessThan(5500);
		expect(desk.state().services.size).toBe(services);
		expect(desk.state().freshness.services.isStale).toBe(true);
		await mend();
		await until(() => expect(desk.state().connection.state).toBe('connected'), 60_000);
		await until(() => expect(desk.state().freshness.services.isStale).toBe(false));
		return connection.state === 'lost' ? connection.problem : '';
	}

	it('tells that the engine was stopped, and finds it when it is started again', async () => {
		await createService('steady', 2);
		const desk = await open('m2');
		await until(() => expect(desk.service('steady').counts?.running).toBe(2));
		const problem = await lostAndFound(
			desk,
			() => lab.act('stop', 'm2'),
			() => lab.act('start', 'm2'),
		);
		expect(problem).not.toBe('');
		await createService('after', 1);
		await until(() => expect(desk.service('after').counts?.running).toBe(1));
	});

	it('tells that the engine hangs, and goes on when it is thawed', async () => {
		const desk = await open('m2');
		await lab.act('freeze', 'm2');
		onTestFinished(() => lab.act('thaw', 'm2'));
		const frozenAt = Date.now();
		const problem = await lostAndFound(
			desk,
			async () => undefined,
			async () => {
				await until(() => expect(Date.now() - frozenAt).toBeGreaterThan(20_000));
				expect(desk.state().connection.state).toBe('lost');
				await lab.act('thaw', 'm2');
			},
		);
		expect(problem).toMatch(/answer/);
	});

	it('tells within five seconds that the leader hangs, where another manager is asked', async () => {
		const asked = await open('m2');
		await until(() => expect(asked.state().quorum).toMatchObject({reachable: 3}));
		const leader = asked.state().quorum?.leader ?? '';
		const witness = leader === 'm2' ? await open('m3') : asked;
		onTestFinished(() => lab.act('thaw', leader));
		const tookMs = await timed(
			() => {
				const {connection, quorum} = witness.state();
				expect(connection.state === 'lost' || (quorum?.leader !== leader && quorum?.reachable === 2)).toBe(true);
			},
			20_000,
			() => lab.act('freeze', leader),
		);
		expect(tookMs).toBeLessThan(5000);
		await lab.act('thaw', leader);
		await until(() => {
			expect(witness.state().connection.state).toBe('connected');
			expect(witness.state().quorum).toMatchObject({reachable: 3});
		}, 60_000);
	});

	it('goes on with the next leader when the leader is killed', async () => {
		const desk = await open('m1');
		await until(() => expect(desk.state().quorum).toMatchObject({reachable: 3}));
		const leader = desk.state().quorum?.leader ?? '';
		const witness = leader === 'm1' ? await open('m2') : desk;
		await lab.act('stop', leader);
		await until(() => {
			expect(witness.state().connection.state).toBe('connected');
			expect(witness.state().quorum?.leader).toMatch(/^m/);
			expect(witness.state().quorum?.leader).not.toBe(leader);
			expect(witness.state().quorum).toMatchObject({managers: 3, reachable: 2, tolerated: 0});
		}, 60_000);
		await lab.act('start', leader);
		await until(() => expect(witness.state().quorum).toMatchObject({reachable: 3}), 60_000);
	});

	it('tells a lost quorum apart from an engine that is gone, and sees it come back', async () => {
		await createService('kept', 2);
		const desk = await open('m1');
		await until(() => expect(desk.service('kept').counts?.running).toBe(2));
		await Promise.all([lab.act('stop', 'm2'), lab.act('stop', 'm3')]);
		// The last manager may go on for a while as the leader it was: then its members tell.
		const tookMs = await timed(() => {
			const {connection, quorum} = desk.state();
			expect(connection.state === 'lost' || (quorum?.tolerated ?? 0) < 0).toBe(true);
		}, 20_000);
		expect(tookMs).toBeLessThan(5500);
		await until(
			() =>
				expect(desk.state().connection).toMatchObject({problem: expect.stringMatching(/no leader: of 3 managers 2/)}),
			45_000,
		);
		expect(desk.service('kept').name).toBe('kept');
		const refused = await desk.ended(
			desk.act({action: 'service.scale', serviceId: desk.service('kept').id, replicas: 3}),
			90_000,
		);
		expect(refused.state).toBe('failed');
		await Promise.all([lab.act('start', 'm2'), lab.act('start', 'm3')]);
		await until(
			() => expect(desk.state()).toMatchObject({connection: {state: 'connected'}, quorum: {reachable: 3}}),
			90_000,
		);
		await until(() => expect(desk.state().freshness.services.isStale).toBe(false));
	});
});

/** A client before whose updates of services something else happens. */
function intruded(client: SwarmClient, intrude: () => Promise<unknown>): SwarmClient {
	return new Proxy(client, {
		get(target, key) {
			if (key === 'updateService') {
				return async (...args: Parameters<SwarmClient['updateService']>) => {
					await intrude();
					return target.updateService(...args);
				};
			}
			const value: unknown = Reflect.get(target, key);
			return typeof value === 'function' ? value.bind(target) : value;
		},
	});
}
