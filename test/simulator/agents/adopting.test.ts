import {expect, it} from 'vitest';
import type {TaskObject} from '../../../source/swarmkit/state/objects.ts';
import {Bench} from './harness.ts';

/** Containers of tasks that ran before the world began: made when somebody asks, and nobody can tell. */

const running = (bench: Bench, slot: number, more: Partial<TaskObject> = {}): TaskObject => ({
	kind: 'task',
	id: `task${slot}`,
	version: 1,
	createdAt: bench.clock.now() - 60_000,
	updatedAt: bench.clock.now() - 60_000,
	serviceId: 's',
	slot,
	nodeId: 'n',
	spec: {ContainerSpec: {Image: 'nginx:1.27'}},
	specVersion: 0,
	serviceName: 'web',
	serviceLabels: {},
	status: {
		state: 'running',
		timestamp: bench.clock.now() - 60_000,
		message: 'started',
		container: {ContainerID: String(slot).repeat(64), PID: 1, ExitCode: 0},
	},
	desiredState: 'running',
	attachments: [],
	...more,
});

function adopted(slots: readonly number[]): {bench: Bench; tasks: TaskObject[]} {
	const bench = new Bench();
	const tasks = slots.map((slot) => running(bench, slot));
	bench.agent.adopt(tasks);
	return {bench, tasks};
}

it('are all there with the first question, running since their time, below what was made later', () => {
	const {bench} = adopted([1, 2]);
	const made = bench.machine.containers.create({
		name: 'mine',
		image: 'busybox:latest',
		entrypoint: undefined,
		command: undefined,
		env: [],
		labels: {},
		hostname: undefined,
		directory: undefined,
		tty: false,
		hasInit: false,
		stopSignal: undefined,
		isTransient: false,
		networks: [],
	});
	expect(made.ok).toBe(true);
	const [newest, ...older] = bench.machine.containers.list();
	expect(newest?.name).toBe('mine');
	expect(older.map(({id, state, startedAt}) => [id.slice(0, 2), state, startedAt])).toEqual([
		['22', 'running', bench.clock.now() - 60_000],
		['11', 'running', bench.clock.now() - 60_000],
	]);
});

it('can each be found by ID and by task, and tell nothing of themselves', () => {
	expect(adopted([1, 2]).bench.machine.containers.find('1111')?.task?.id).toBe('task1');
	const {bench} = adopted([1, 2]);
	expect(bench.machine.containers.ofTask('task2')?.isRunning).toBe(true);
	expect([bench.events, bench.reports]).toEqual([[], []]);
});

it('are stopped when their task is to be shut down, and removed when it is named no more', () => {
	const {bench, tasks} = adopted([1, 2]);
	const [first, second] = tasks as [TaskObject, TaskObject];
	bench.agent.assign([{...first, desiredState: 'shutdown'}, second]);
	bench.until('task1', 'shutdown');
	expect(bench.machine.containers.ofTask('task2')?.isRunning).toBe(true);
	bench.agent.assign([first]);
	bench.clock.advance(20_000);
	expect(bench.machine.containers.list().map(({taskId}) => taskId)).toEqual(['task1']);
});

it('end with the engine, and are gone with the membership', () => {
	const stopped = adopted([1]).bench;
	stopped.agent.shutdown();
	expect(stopped.machine.containers.list().map(({state}) => state)).toEqual(['exited']);
	expect(stopped.reports).toEqual([]);
	const left = adopted([1]).bench;
	left.agent.leave();
	expect(left.machine.containers.list()).toEqual([]);
});

it('are made at once where they change something by themselves', () => {
	const bench = new Bench();
	bench.agent.adopt([
		running(bench, 1),
		running(bench, 2, {
			spec: {ContainerSpec: {Image: 'busybox', Command: ['sh', '-c', 'sleep 90; exit 3']}},
		}),
	]);
	bench.until('task2', 'failed');
	expect(bench.events.map(({Action}) => Action)).toContain('die');
});
