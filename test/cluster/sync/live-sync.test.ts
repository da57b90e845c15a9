import {describe, expect, it} from 'vitest';
import type {TaskScope} from '../../../source/cluster/model.ts';
import {refusalOf} from '../../../source/cluster/refusals.ts';
import {LiveStore} from '../../../source/cluster/store/store.ts';
import {createSync} from '../../../source/cluster/sync/live-sync.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {error, FakeSwarm, fakeService, fakeTask, pass, populate} from './fake-client.ts';

function setUp({nodes = 3, services = 2, tasksEach = 3}: {nodes?: number; services?: number; tasksEach?: number} = {}) {
	const clock = new ManualClock(1_760_000_000_000);
	const swarm = new FakeSwarm(clock);
	populate(swarm, {nodes, services, tasksEach});
	const store = new LiveStore({clock, stopwatch: () => 0});
	const sync = createSync({client: swarm.client(), store, clock, random: () => 0.5});
	return {swarm, clock, store, sync};
}

describe('sync', () => {
	it('shows nodes, services and tasks of a small swarm within its first moments', async () => {
		const {clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 500);
		const {connection, nodes, services, tasks, isLoading} = store.getState();
		expect([connection.state, nodes.size, services.size, tasks.size, isLoading]).toEqual(['connected', 3, 2, 6, false]);
		await sync.stop();
	});

	it('fetches what an event names, alone and with its counts, and sees its tasks move within a second or so', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		const [web] = swarm.services;
		if (!web) throw new Error('no service');
		swarm.services[0] = {...web, Version: {Index: 9}, Spec: {...web.Spec, Mode: {Replicated: {Replicas: 4}}}};
		swarm.tasks.push(fakeTask(0, 4, 1));
		swarm.calls.length = 0;
		swarm.emit('service', 'update', web.ID);
		await pass(clock, 400);
		expect(swarm.calls).toContain('services(1)');
		expect(store.getState().services.get(web.ID)?.replicas).toBe(4);
		await pass(clock, 1500);
		expect(store.getState().tasks.has('task0x4')).toBe(true);
		await sync.stop();
	});

	it('lists once when many objects change together', async () => {
		const {swarm, clock, sync} = setUp({services: 30});
		sync.start();
		await pass(clock, 1000);
		swarm.calls.length = 0;
		for (const {ID} of swarm.services) swarm.emit('service', 'update', ID);
		await pass(clock, 1200);
		const lists = swarm.calls.filter((call) => call === 'services').length;
		expect(lists).toBeGreaterThan(0);
		expect(lists).toBeLessThanOrEqual(2);
		expect(swarm.calls).not.toContain('services(30)');
		await sync.stop();
	});

	it('says what is wrong when the engine goes away, keeps the data, and finds it again by itself', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.fail(error('refused', 'Nothing listens there.'));
		await pass(clock, 1000);
		expect(store.getState().connection).toMatchObject({state: 'lost', problem: 'Nothing listens there.'});
		expect(store.getState().freshness.services.isStale).toBe(true);
		expect(store.getState().services.size).toBe(2);
		await pass(clock, 30_000);
		swarm.trouble = undefined;
		swarm.services = swarm.services.slice(1);
		await pass(clock, 15_000);
		expect(store.getState().connection.state).toBe('connected');
		expect(store.getState().services.size).toBe(1);
		swarm.emit('service', 'remove', 'service1');
		await pass(clock, 300);
		expect(store.getState().services.size).toBe(0);
		await sync.stop();
	});

	it('tells a swarm without a leader from an engine that does not answer, each within five seconds', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 2000);
		swarm.isLeaderless = true;
		await pass(clock, 5000);
		expect(store.getState().connection).toMatchObject({
			state: 'lost',
			problem: 'The swarm has no leader (host0 was): its managers are electing one, or too few of them are up.',
		});
		expect(store.getState().services.size).toBe(2);
		swarm.isLeaderless = false;
		await pass(clock, 15_000);
		expect(store.getState().connection.state).toBe('connected');
		swarm.isFrozen = true;
		await pass(clock, 5000);
		expect(store.getState().connection).toMatchObject({state: 'lost', problem: 'The engine does not answer.'});
		await sync.stop();
	});

	it('says of a manager that is in no swarm any more that it is stopping, then that it has left', async () => {
		const {clock, store, sync, swarm} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.fail(error('not-in-swarm', 'This engine is not in a swarm.'));
		await pass(clock, 1000);
		const told = () => {
			const {connection} = store.getState();
			return connection.state === 'lost' ? `${connection.problem} ${connection.nextStep}` : connection.state;
		};
		expect(told()).toMatch(/is stopping: it was a manager of this swarm a moment ago\./);
		await pass(clock, 25_000);
		expect(told()).toMatch(/has left the swarm\. Point swarmtop at another manager/);
		swarm.trouble = undefined;
		// On a socket of this machine it is asked again at least each second.
		await pass(clock, 1000);
		expect(told()).toBe('connected');
		await sync.stop();
	});

	it('stays lost for as long as the swarm has no leader, though its engine answers', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.isLeaderless = true;
		await pass(clock, 6000);
		const seen = new Set<string>();
		store.subscribe(() => seen.add(store.getState().connection.state));
		await pass(clock, 30_000);
		expect([...seen]).toEqual(['lost']);
		await sync.stop();
	});

	it('names the managers that a quorum was lost with', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.nodes = swarm.nodes.map((node, i) =>
			i > 0 && node.ManagerStatus
				? {...node, ManagerStatus: {...node.ManagerStatus, Reachability: 'unreachable'}}
				: node,
		);
		await pass(clock, 3000);
		expect(store.getState().quorum).toMatchObject({managers: 3, reachable: 1, needed: 2, tolerated: -1});
		swarm.fail(error('no-leader', 'The swarm has no leader.'));
		await pass(clock, 3000);
		expect(store.getState().connection).toMatchObject({
			problem: "The swarm has no leader: of 3 managers 2 must be up, and host1, host2 can't be reached.",
		});
		await sync.stop();
	});

	it('notices a quorum lost soon after an election during which its lists hung', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 2000);
		swarm.isLeaderless = true;
		await pass(clock, 12_000);
		swarm.isLeaderless = false;
		await pass(clock, 15_000);
		expect(store.getState().connection.state).toBe('connected');
		swarm.nodes = swarm.nodes.map((node, i) =>
			i > 0 && node.ManagerStatus
				? {...node, ManagerStatus: {...node.ManagerStatus, Reachability: 'unreachable'}}
				: node,
		);
		await pass(clock, 3000);
		expect(store.getState().quorum).toMatchObject({reachable: 1, needed: 2});
		await sync.stop();
	});

	it('opens the event stream anew when it was cut, and hears of what comes after', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.cutEvents();
		await pass(clock, 3000);
		expect(store.getState().connection.state).toBe('connected');
		expect(swarm.calls.filter((call) => call === 'events')).toHaveLength(2);
		swarm.services = swarm.services.slice(1);
		swarm.emit('service', 'remove', 'service0');
		await pass(clock, 300);
		expect(store.getState().services.size).toBe(1);
		await sync.stop();
	});

	it('sees a task crash in an idle swarm within three seconds or so, which no event tells', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 90_000);
		swarm.tasks = swarm.tasks.map((task, i) =>
			i === 0 ? {...task, Version: {Index: 9}, Status: {State: 'failed', Err: 'task: non-zero exit (1)'}} : task,
		);
		await pass(clock, 3300);
		expect(store.getState().tasks.get('task0x1')?.state).toBe('failed');
		await sync.stop();
	});

	it('asks for the tasks of a service of a large swarm as soon as its counts change', async () => {
		const {swarm, clock, store, sync} = setUp({nodes: 50, services: 1000, tasksEach: 10});
		sync.show({kind: 'service', id: 'service3'});
		sync.start();
		await pass(clock, 90_000);
		swarm.services = swarm.services.map((service, i) =>
			i === 7 ? {...service, ServiceStatus: {RunningTasks: 9, DesiredTasks: 10, CompletedTasks: 0}} : service,
		);
		swarm.tasks = swarm.tasks.map((task) =>
			task.ID === 'task7x1' ? {...task, Version: {Index: 9}, Status: {State: 'failed'}} : task,
		);
		await pass(clock, 9000);
		expect(store.getState().tasks.get('task7x1')?.state).toBe('failed');
		await sync.stop();
	}, 60_000);

	it('spends no more than a tenth of its time on the lists of a slow engine, however many events come', async () => {
		const {swarm, clock, sync} = setUp({services: 30});
		const slowMs = 800;
		swarm.slownessMs = slowMs;
		sync.start();
		await pass(clock, 10_000);
		swarm.calls.length = 0;
		for (let i = 0; i < 60; i++) {
			for (const {ID} of swarm.services) swarm.emit('service', 'update', ID);
			swarm.emit('node', 'update', 'node1');
			await pass(clock, 500);
		}
		const lists = swarm.calls.filter((call) => call === 'services').length;
		expect(lists).toBeGreaterThan(0);
		expect(lists * slowMs).toBeLessThan(30_000 * 0.11 + slowMs);
		const stopped = sync.stop();
		await pass(clock, slowMs);
		await stopped;
	});

	it('says that data is stale when only its list fails', async () => {
		const {swarm, clock, store, sync} = setUp();
		sync.start();
		await pass(clock, 1000);
		swarm.failing.add('services');
		await pass(clock, 30_000);
		const {connection, freshness} = store.getState();
		expect(connection.state).toBe('connected');
		expect([freshness.services.isStale, freshness.nodes.isStale, freshness.tasks.isStale]).toEqual([
			true,
			false,
			false,
		]);
		await sync.stop();
	});

	it('forgets tasks that it cannot afford to keep true once they are not shown', async () => {
		const {clock, store, sync} = setUp({nodes: 50, services: 1000, tasksEach: 25});
		sync.show({kind: 'all'});
		sync.start();
		await pass(clock, 3000);
		expect(store.getState().tasks.size).toBe(25_000);
		sync.show({kind: 'service', id: 'service5'});
		await pass(clock, 200_000);
		expect(store.getState().tasks.size).toBe(25);
		// What they added up to is still shown, and told from what is known.
		expect(store.getState().nodes.get('node1')).toMatchObject({tasks: {running: 500, desired: 500}, isTallied: true});
		await sync.stop();
	}, 60_000);

	describe('on a swarm of 30,000 tasks', () => {
		const size = {nodes: 60, services: 3000, tasksEach: 10};
		const rows = {
			nodes: ['node1', 'node2'],
			services: ['service0', 'service1', 'service2'],
			tasks: ['task0x1'],
			ofAll: 'nothing',
		} as const;

		it('asks for what is visible, often, and never for all tasks', async () => {
			const {swarm, clock, store, sync} = setUp(size);
			sync.show({kind: 'service', id: 'service0'});
			sync.showRows(rows);
			sync.start();
			await pass(clock, 60_000);
			expect(swarm.calls.filter((call) => call === 'services' || call === 'tasks')).toEqual(['services']);
			expect(store.getState().tasks.size).toBe(10);
			expect(store.getState().nodes.get('node2')).toMatchObject({tasks: {running: 500, desired: 500}, isTallied: true});
			expect(store.getState().nodes.get('node3')?.tasks).toBeUndefined();
			swarm.services[2] = {
				...fakeService(2, 10),
				ServiceStatus: {RunningTasks: 9, DesiredTasks: 10, CompletedTasks: 0},
			};
			await pass(clock, 2000);
			expect(store.getState().services.get('service2')?.counts?.running).toBe(9);
			await sync.stop();
		}, 60_000);

		it('tells how old what is hidden may be', async () => {
			const {clock, store, sync} = setUp(size);
			sync.showRows(rows);
			sync.start();
			const began = clock.now();
			await pass(clock, 30_000);
			const oldest = () => store.getState().freshness.hiddenSince ?? Number.NaN;
			expect(oldest()).toBeLessThan(began + 5000);
			await pass(clock, 120_000);
			expect(clock.now() - oldest()).toBeGreaterThan(40_000);
			expect(clock.now() - oldest()).toBeLessThan(90_000);
			await sync.stop();
		}, 60_000);

		it('hears of what is hidden by going round', async () => {
			const {swarm, clock, store, sync} = setUp(size);
			sync.showRows(rows);
			sync.start();
			await pass(clock, 5000);
			swarm.services[2999] = {
				...fakeService(2999, 10),
				ServiceStatus: {RunningTasks: 9, DesiredTasks: 10, CompletedTasks: 0},
			};
			await pass(clock, 70_000);
			expect(store.getState().services.get('service2999')?.counts?.running).toBe(9);
			await sync.stop();
		}, 60_000);

		it('adds up all nodes in one pass for a view that shows them all, and keeps no task of it', async () => {
			const {swarm, clock, store, sync} = setUp(size);
			sync.showRows({...rows, ofAll: 'sums'});
			sync.start();
			await pass(clock, 20_000);
			expect(swarm.calls.filter((call) => call.startsWith('tasks'))).toEqual(['tasks']);
			const {nodes, tasks} = store.getState();
			expect([tasks.size, [...nodes.values()].every((node) => node.tasks?.running === 500)]).toEqual([0, true]);
			await sync.stop();
		}, 60_000);

		it('ends the pass that adds up when all tasks are wanted: they are asked for once', async () => {
			const {swarm, clock, store, sync} = setUp(size);
			sync.showRows(rows);
			sync.start();
			await pass(clock, 3000);
			swarm.slownessMs = 2000;
			sync.showRows({...rows, ofAll: 'sums'});
			await pass(clock, 1000);
			expect(swarm.aborted).toEqual([]);
			sync.showRows({...rows, ofAll: 'tasks'});
			expect(swarm.aborted).toEqual(['tasks']);
			await pass(clock, 10_000);
			expect(store.getState().tasks.size).toBe(30_000);
			await sync.stop();
		}, 60_000);

		it('keeps all tasks while a plan or the map needs them, and for a while after', async () => {
			const {clock, store, sync} = setUp(size);
			sync.showRows(rows);
			sync.start();
			await pass(clock, 3000);
			sync.showRows({...rows, ofAll: 'tasks'});
			await pass(clock, 1000);
			expect(store.getState().tasks.size).toBe(30_000);
			expect(store.getState().nodes.get('node5')?.isTallied).toBeUndefined();
			sync.showRows(rows);
			await pass(clock, 20_000);
			expect(store.getState().tasks.size).toBe(30_000);
			await pass(clock, 20_000);
			expect(store.getState().tasks.size).toBe(0);
			await sync.stop();
		}, 60_000);
	});

	it('never polls an idle swarm faster than every second, and stops when told', async () => {
		const {swarm, clock, sync} = setUp();
		sync.start();
		await pass(clock, 90_000);
		swarm.calls.length = 0;
		await pass(clock, 10_000);
		expect(swarm.calls.filter((call) => call === 'services').length).toBeLessThanOrEqual(6);
		await sync.stop();
		await pass(clock, 3000);
		swarm.calls.length = 0;
		await pass(clock, 10_000);
		expect(swarm.calls).toEqual([]);
	});

	it.each<{scope: TaskScope}>([{scope: {kind: 'all'}}, {scope: {kind: 'service', id: 'service7'}}])(
		'asks a swarm of 1,000 services and 10,000 tasks in an idle minute for a tenth of what polling would take: %j',
		async ({scope}) => {
			const {swarm, clock, sync} = setUp({nodes: 50, services: 1000, tasksEach: 10});
			sync.show(scope);
			sync.start();
			await pass(clock, 120_000);
			swarm.bytes = 0;
			await pass(clock, 60_000);
			const polling = 30 * (JSON.stringify(swarm.services).length + JSON.stringify(swarm.tasks).length);
			expect(swarm.bytes).toBeLessThan(polling / 10);
			expect(swarm.bytes).toBeGreaterThan(0);
			await sync.stop();
		},
		60_000,
	);
});

describe('behind a proxy that forbids', () => {
	it('events, what changes is seen by asking, and the stream is not asked for over and over', async () => {
		const {swarm, clock, store, sync} = setUp();
		swarm.forbidden.add('events');
		sync.start();
		await pass(clock, 1000);
		const [node] = swarm.nodes.slice(-1);
		if (!node) throw new Error('no node');
		swarm.nodes[swarm.nodes.length - 1] = {
			...node,
			Version: {Index: 99},
			Spec: {...node.Spec, Availability: 'drain'},
		};
		await pass(clock, 6000);
		expect(store.getState().nodes.get(node.ID)?.availability).toBe('drain');
		expect(store.getState().connection.state).toBe('connected');
		expect(swarm.calls.filter((call) => call === 'events')).toHaveLength(1);
		await sync.stop();
	});

	it('a list, the others are there and the refusal is told until it is lifted', async () => {
		const {swarm, clock, store, sync} = setUp();
		for (const call of ['tasks', 'managers']) swarm.forbidden.add(call);
		sync.start();
		await pass(clock, 2000);
		expect(store.getState()).toMatchObject({connection: {state: 'connected'}, isLoading: false});
		expect(store.getState().services.size).toBe(2);
		expect(refusalOf('tasks', store.getState())).toBe('The proxy forbids tasks. Do something.');
		swarm.forbidden.clear();
		await pass(clock, 30_000);
		expect(refusalOf('tasks', store.getState())).toBeUndefined();
		expect(store.getState().tasks.size).toBe(6);
		await sync.stop();
	});
});
