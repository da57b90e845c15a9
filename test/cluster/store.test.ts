import {describe, expect, it} from 'vitest';
import {LiveStore} from '../../source/cluster/store/store.ts';
import {toTaskRow} from '../../source/engine/task-row.ts';
import {ManualClock} from '../../source/runtime/manual-clock.ts';
import type {Service} from '../../source/wire/service.ts';
import type {Task} from '../../source/wire/task.ts';
import {fakeNode, fakeService, fakeTask} from './sync/fake-client.ts';

function setUp() {
	const clock = new ManualClock(1_760_000_000_000);
	const store = new LiveStore({clock, stopwatch: () => 0});
	let notices = 0;
	store.subscribe(() => notices++);
	const list = (tasks: readonly Task[]) => {
		const stamp = store.nextStamp();
		store.mergeTaskRows(tasks.map(toTaskRow), stamp);
		store.completeTasks(1, stamp, {kind: 'all'});
	};
	store.mergeNodes([fakeNode(0, true), fakeNode(1)], store.nextStamp(), 'all');
	store.mergeServices([fakeService(0, 2), fakeService(1, 2)], store.nextStamp(), 'all');
	list([fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(1, 1, 0), fakeTask(1, 2, 1)]);
	clock.advance(200);
	return {clock, store, list, notices: () => notices};
}

const changed = (service: Service, change: object): Service => ({...service, Version: {Index: 9}, ...change});

describe('the store', () => {
	it('tells of a batch of changes once, and at most ten times a second', () => {
		const {clock, store, notices} = setUp();
		const before = notices();
		for (let i = 0; i < 100; i++) {
			const running = {RunningTasks: i, DesiredTasks: 200, CompletedTasks: 0};
			store.mergeServices([{...fakeService(0, 200), ServiceStatus: running}], store.nextStamp(), 'some');
			clock.advance(10);
		}
		clock.advance(200);
		expect(notices() - before).toBeLessThanOrEqual(11);
		expect(store.getState().services.get('service0')?.counts?.running).toBe(99);
	});

	it('says nothing, and keeps every object, when an answer brings nothing new', () => {
		const {clock, store, list, notices} = setUp();
		const [state, before] = [store.getState(), notices()];
		list([fakeTask(0, 1, 0), fakeTask(0, 2, 1), fakeTask(1, 1, 0), fakeTask(1, 2, 1)]);
		store.mergeNodes([fakeNode(0, true), fakeNode(1)], store.nextStamp(), 'all');
		store.mergeServices([fakeService(0, 2), fakeService(1, 2)], store.nextStamp(), 'all');
		clock.advance(1000);
		expect(notices()).toBe(before);
		expect(store.getState()).toBe(state);
	});

	it('changes what has changed, and leaves every other object the very same', () => {
		const {clock, store} = setUp();
		const before = store.getState();
		const failed: Task = {...fakeTask(0, 1, 0), Version: {Index: 9}, Status: {State: 'failed', Err: 'exit 1'}};
		store.mergeTaskRows([toTaskRow(failed)], store.nextStamp());
		clock.advance(200);
		const after = store.getState();
		expect(after.tasks.get('task0x1')).toMatchObject({state: 'failed', health: 'failing'});
		expect(after.nodes.get('node0')?.tasks).toEqual({running: 1, desired: 1});
		for (const id of ['task0x2', 'task1x1', 'task1x2']) expect(after.tasks.get(id)).toBe(before.tasks.get(id));
		expect(after.nodes.get('node1')).toBe(before.nodes.get('node1'));
		expect(after.services.get('service1')).toBe(before.services.get('service1'));
	});

	it('gives tasks the name of a service or node that comes after them', () => {
		const clock = new ManualClock(1_760_000_000_000);
		const store = new LiveStore({clock, stopwatch: () => 0});
		store.mergeTaskRows([toTaskRow(fakeTask(0, 1, 0))], store.nextStamp());
		clock.advance(200);
		expect(store.getState().tasks.get('task0x1')).toMatchObject({name: 'service0.1', nodeName: 'node0'});
		store.mergeServices([fakeService(0, 1)], store.nextStamp(), 'some');
		store.mergeNodes([fakeNode(0)], store.nextStamp(), 'some');
		clock.advance(200);
		expect(store.getState().tasks.get('task0x1')).toMatchObject({name: 'web0.1', nodeName: 'host0'});
	});

	it('marks nodes of the same host name, for as long as there are two', () => {
		const {clock, store} = setUp();
		const twin = {...fakeNode(2), Description: fakeNode(1).Description};
		store.mergeNodes([twin], store.nextStamp(), 'some');
		clock.advance(200);
		expect([...store.getState().nodes.values()].map(({isDuplicate}) => isDuplicate)).toEqual([false, true, true]);
		store.removeNode('node1');
		clock.advance(200);
		expect([...store.getState().nodes.values()].map(({isDuplicate}) => isDuplicate)).toEqual([false, false]);
	});

	it('sees a leader change, which comes without a new version', () => {
		const {clock, store} = setUp();
		const led = {...fakeNode(0, true), ManagerStatus: {Reachability: 'unreachable' as const, Addr: '10.0.0.1:2377'}};
		store.mergeNodes([led], store.nextStamp(), 'some');
		clock.advance(200);
		expect(store.getState().quorum).toEqual({managers: 1, reachable: 0, needed: 1, tolerated: -1, leader: undefined});
	});

	it('takes a service that has too few tasks for long for failing, where its tasks are not known', () => {
		const clock = new ManualClock(Date.parse('2026-01-01T00:00:01Z'));
		const store = new LiveStore({clock, stopwatch: () => 0});
		const short = {RunningTasks: 1, DesiredTasks: 2, CompletedTasks: 0};
		store.mergeServices([{...fakeService(0, 2), ServiceStatus: short}], store.nextStamp(), 'all');
		clock.advance(200);
		const health = () => store.getState().services.get('service0')?.health;
		expect(health()).toBe('converging');
		clock.advance(31_000);
		store.reassess();
		clock.advance(200);
		expect(health()).toBe('failing');
	});

	it('starts afresh when another swarm answers', () => {
		const {clock, store} = setUp();
		store.clear();
		clock.advance(200);
		const {nodes, services, tasks, isLoading} = store.getState();
		expect([nodes.size, services.size, tasks.size, isLoading]).toEqual([0, 0, 0, true]);
		store.mergeServices([fakeService(0, 2)], store.nextStamp(), 'all');
		clock.advance(200);
		expect(store.getState().services.size).toBe(1);
	});

	it('shows what an update is at, when it is told by a newer version alone', () => {
		const {clock, store} = setUp();
		const updating = changed(fakeService(0, 2), {UpdateStatus: {State: 'updating', Message: 'update in progress'}});
		store.mergeServices([updating], store.nextStamp(), 'some');
		clock.advance(200);
		expect(store.getState().services.get('service0')).toMatchObject({
			health: 'converging',
			update: {state: 'updating'},
		});
	});
});

describe('a service whose tasks fail again and again', () => {
	const begin = Date.parse('2026-01-01T00:00:00Z');
	const at = (ms: number): string => new Date(begin + ms).toISOString();

	/** One slot: a task that fails every 20 s and is replaced at once. Only the last five are kept, as engines do. */
	function crashing(clock: ManualClock): {store: LiveStore; crash: () => void} {
		const store = new LiveStore({clock, stopwatch: () => 0});
		let made = 0;
		let past: Task[] = [];
		const task = (state: 'running' | 'failed'): Task => ({
			...fakeTask(0, 1, 0),
			ID: `try${made}`,
			Version: {Index: 10 + 2 * made + (state === 'failed' ? 1 : 0)},
			CreatedAt: at(clock.now() - begin),
			DesiredState: state === 'failed' ? 'shutdown' : 'running',
			Status: {
				State: state,
				Timestamp: at(clock.now() - begin),
				...(state === 'failed' && {Err: 'task: non-zero exit (3)', ContainerStatus: {ContainerID: 'c1', ExitCode: 3}}),
			},
		});
		const tell = (): void => {
			const stamp = store.nextStamp();
			store.mergeTaskRows([...past, task('running')].map(toTaskRow), stamp);
			store.completeTasks(1000, stamp, {kind: 'all'});
			const running = {RunningTasks: 1, DesiredTasks: 1, CompletedTasks: 0};
			store.mergeServices([{...fakeService(0, 1), ServiceStatus: running}], store.nextStamp(), 'all');
			store.reassess();
			clock.advance(200);
		};
		store.mergeNodes([fakeNode(0, true)], store.nextStamp(), 'all');
		tell();
		return {
			store,
			crash() {
				clock.advance(20_000);
				past = [...past, task('failed')].slice(-4);
				made++;
				tell();
			},
		};
	}

	it('is failing also while it runs for a moment, and its restarts are counted beyond what the engine keeps', () => {
		const clock = new ManualClock(begin);
		const {store, crash} = crashing(clock);
		const service = () => store.getState().services.get('service0');
		expect(service()).toMatchObject({health: 'healthy', restarts: undefined});
		crash();
		expect(service()).toMatchObject({health: 'converging', restarts: {count: 1, exitCode: 3}});
		for (let more = 0; more < 8; more++) {
			crash();
			expect(service()?.health).toBe('failing');
		}
		expect(service()?.restarts).toMatchObject({count: 9, isLoop: true});
	});

	it('is believed once it has run for twice as long as between two failures', () => {
		const clock = new ManualClock(begin);
		const {store, crash} = crashing(clock);
		for (let more = 0; more < 4; more++) crash();
		const health = () => store.getState().services.get('service0')?.health;
		const wait = (ms: number): void => {
			clock.advance(ms);
			store.reassess();
			clock.advance(200);
		};
		wait(35_000);
		expect(health()).toBe('failing');
		wait(10_000);
		expect(health()).toBe('healthy');
	});
});
