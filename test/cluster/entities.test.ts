import {describe, expect, it} from 'vitest';
import type {ClusterState, ServiceEntity} from '../../source/cluster/model.ts';
import type {Service} from '../../source/wire/service.ts';
import {clusterFrom} from '../support/cluster-state.ts';
import {recordedSwarm} from '../support/recorded.ts';

const now = Date.parse('2026-11-21T03:30:00Z');
const load = (name: Parameters<typeof recordedSwarm>[0]): ClusterState => clusterFrom({...recordedSwarm(name), now});

function serviceNamed(state: ClusterState, name: string): ServiceEntity {
	const found = [...state.services.values()].find((service) => service.name === name);
	if (!found) throw new Error(`no service ${name}`);
	return found;
}

const tasksOf = (state: ClusterState, name: string) =>
	[...state.tasks.values()].filter((task) => task.serviceName === name);

describe('a calm swarm', () => {
	const state = load('calm');

	it('joins tasks to the names of their service and node', () => {
		const names = tasksOf(state, 'web').map((task) => task.name);
		expect(names.sort()).toEqual(['web.1', 'web.2', 'web.3']);
		const hostnames = new Set([...state.nodes.values()].map((node) => node.hostname));
		for (const task of state.tasks.values()) expect(hostnames).toContain(task.nodeName);
	});

	it('keeps the first slot of a job apart from a global task: both have no slot on the wire', () => {
		expect(
			tasksOf(state, 'batch')
				.map((task) => task.name)
				.sort(),
		).toEqual(['batch.0', 'batch.1', 'batch.2', 'batch.3', 'batch.4']);
		for (const task of tasksOf(state, 'agent')) expect(task.slotKey).toBe(task.nodeId);
	});

	it('finds all that should run healthy, and finished jobs idle', () => {
		expect([...state.nodes.values()].map((node) => node.health)).toEqual(Array(5).fill('healthy'));
		expect(serviceNamed(state, 'web').health).toBe('healthy');
		expect(serviceNamed(state, 'agent').health).toBe('healthy');
		expect(serviceNamed(state, 'batch').health).toBe('idle');
		expect(serviceNamed(state, 'once').health).toBe('idle');
	});

	it('counts what runs on a node, and what is reserved there', () => {
		const counted = [...state.nodes.values()].reduce((sum, node) => sum + (node.tasks?.running ?? 0), 0);
		const running = [...state.tasks.values()].filter((task) => task.state === 'running').length;
		expect(counted).toBe(running);
	});

	it('knows the quorum', () => {
		expect(state.quorum).toMatchObject({managers: 3, reachable: 3, needed: 2, tolerated: 1, leader: 'm1'});
	});

	it('leaves out what is only known from the tasks while they are not loaded', () => {
		const {nodes, services} = recordedSwarm('calm');
		const partial = clusterFrom({nodes, services, now});
		expect([...partial.nodes.values()].every((node) => node.tasks === undefined && node.reserved === undefined)).toBe(
			true,
		);
		expect(serviceNamed(partial, 'web').counts).toEqual({running: 3, desired: 3, completed: 0});
	});

	it('counts from the tasks as docker service ls does where an old engine sends no counts', () => {
		const {nodes, services, tasks} = recordedSwarm('calm');
		const old = services.map(({ServiceStatus: _, ...service}): Service => service);
		const state = clusterFrom({nodes, services: old, tasks, now});
		for (const {ID: id, ServiceStatus: status} of services) {
			const counts = state.services.get(id)?.counts;
			expect(counts?.running).toBe(status?.RunningTasks);
			expect(counts?.completed).toBe(status?.CompletedTasks);
		}
		expect(clusterFrom({nodes, services: old, now}).services.values().next().value?.counts).toBeUndefined();
	});
});

describe('a swarm in trouble', () => {
	const state = load('trouble');

	it.each([
		'badimage',
		'badmount',
		'badregistry',
		'greedy',
		'nogpu',
		'noplugin',
		'nowhere',
		'oom',
		'slow-restart',
		'giveup',
	])('finds %s failing', (name) => {
		expect(serviceNamed(state, name).health).toBe('failing');
	});

	it('waits for a task that takes its time to start', () => {
		expect(serviceNamed(state, 'slowstart').health).toBe('converging');
	});

	it('shows the newest task of each slot as the current one', () => {
		const tasks = tasksOf(state, 'badimage');
		const current = tasks.filter((task) => task.isCurrent);
		expect(current.length).toBe(new Set(tasks.map((task) => task.slotKey)).size);
		for (const {slotKey, createdAt} of current) {
			const slot = tasks.filter((task) => task.slotKey === slotKey);
			expect(createdAt).toBe(Math.max(...slot.map((task) => task.createdAt)));
		}
	});

	it('keeps a whole error', () => {
		expect(tasksOf(state, 'nogpu')[0]?.error).toContain('no suitable node');
	});
});

describe('a swarm whose worker is gone', () => {
	const state = load('node-down');

	it('does not believe tasks that a dead node is said to run', () => {
		const dead = [...state.nodes.values()].find((node) => node.state === 'down');
		expect(dead?.health).toBe('failing');
		expect(dead?.tasks?.running).toBe(0);
		const claimed = [...state.tasks.values()].filter((task) => task.nodeId === dead?.id && task.state === 'running');
		expect(claimed.length).toBeGreaterThan(0);
		expect(new Set(claimed.map((task) => task.health))).toEqual(new Set(['unknown']));
	});

	it('takes a service whose dead tasks are replaced for healthy, though the engine counts 10 of 8', () => {
		const app = serviceNamed(state, 'app');
		expect(app.counts).toMatchObject({running: 10, desired: 8});
		expect(app.health).toBe('healthy');
	});
});

it('finds a service failing whose update is paused, and says why', () => {
	const state = load('update-paused');
	const paused = [...state.services.values()].find((service) => service.update?.state === 'paused');
	expect(paused?.health).toBe('failing');
	expect(paused?.update?.message).toContain('update paused due to failure');
});

it('lets nothing through that a terminal would obey', () => {
	const {nodes, services, tasks} = recordedSwarm('calm');
	const evil = JSON.parse(
		JSON.stringify({nodes, services, tasks}).replaceAll(
			/"(m1|web|running|ready|busybox:lab|started|reachable)"/g,
			'"$1\\u001b[2J"',
		),
	);
	const state = clusterFrom({...evil, now});
	const withoutRaw = (key: string, value: unknown) => (key === 'raw' ? undefined : value);
	const shown = JSON.stringify([...state.nodes, ...state.services, ...state.tasks], withoutRaw);
	expect(shown).toContain('running');
	expect(shown).not.toContain('\\u001b');
});
