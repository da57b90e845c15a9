import {describe, expect, it} from 'vitest';
import type {ServiceEntity, TaskEntity} from '../../../source/cluster/model.ts';
import {nodeNow, serviceNow} from '../../../source/cluster/why/now.ts';
import {age} from '../../../source/text/format.ts';
import {type SafeText, toSafeText} from '../../../source/text/safe-text.ts';
import {cluster, follower, leader, node, noon, service, task} from '../../ui/support/entities.ts';

const ago = (since: number): SafeText => age(noon - since);

type Template = Partial<ServiceEntity['raw']['Spec']['TaskTemplate']>;

function placed(template: Template): ServiceEntity {
	const web = service('web', {replicas: 1, counts: {running: 0, desired: 1, completed: 0}, health: 'failing'});
	const {Spec} = web.raw;
	return {...web, raw: {...web.raw, Spec: {...Spec, TaskTemplate: {...Spec.TaskTemplate, ...template}}}};
}

const pending = task('web', 1, '', {
	state: 'pending',
	error: toSafeText('no suitable node (scheduling constraints not satisfied on 2 nodes)'),
	health: 'failing',
});

const labelled = (name: string, labels: Record<string, string>) => {
	const plain = node(name, {manager: name === 'm1' ? leader : undefined});
	return {...plain, raw: {...plain.raw, Spec: {...plain.raw.Spec, Labels: labels}}};
};

function now(of: ServiceEntity, tasks: readonly TaskEntity[] = [], nodes = [node('m1'), node('w1')]): string {
	return serviceNow(of, cluster({nodes, services: [of], tasks}), ago);
}

describe('what is going on with a service', () => {
	it('is how far an update has come, and what keeps it', () => {
		const update = {
			state: 'updating',
			message: toSafeText('update in progress'),
			startedAt: noon - 60_000,
			completedAt: undefined,
		} as const;
		const web = service('web', {replicas: 6, health: 'converging', update});
		const old = [3, 4, 5, 6].map((slot) => task('web', slot, 'w1', {createdAt: noon - 900_000}));
		const fresh = [1, 2].map((slot) => task('web', slot, 'w1', {createdAt: noon - 30_000}));
		expect(now(web, [...old, ...fresh])).toBe('updating 2/6');
		const gone = task('web', 1, 'w1', {id: 'gone', createdAt: noon - 20_000, isCurrent: false});
		expect(now(web, [...old, ...fresh, gone])).toBe('updating 2/6');
		expect(now({...web, update: {...update, state: 'rollback_started'}}, old)).toBe('rolling back 0/6');
		const lost = task('web', 1, 'w1', {id: 'lost', state: 'rejected', error: toSafeText('No such image: web:9')});
		expect(now({...web, health: 'failing', update: {...update, state: 'paused'}}, [...old, lost])).toBe(
			'update paused at 0/6, No such image: web:9',
		);
	});

	it.each([
		['no node has label gpu', {Placement: {Constraints: ['node.labels.gpu == a100']}}],
		['no node has label disk=nvme', {Placement: {Constraints: ['node.labels.disk==nvme']}}],
		['no node has node.hostname == w9', {Placement: {Constraints: ['node.hostname == w9']}}],
		['no node has 64 CPUs free', {Resources: {Reservations: {NanoCPUs: 64e9}}}],
		['no node has 8GiB of memory free', {Resources: {Reservations: {MemoryBytes: 2 ** 33}}}],
		[
			'no node it may run on has 64 CPUs free',
			{Placement: {Constraints: ['node.labels.disk == ssd']}, Resources: {Reservations: {NanoCPUs: 64e9}}},
		],
	] satisfies [string, Template][])('is that %s', (words, template) => {
		expect(now(placed(template), [pending], [labelled('m1', {}), labelled('w1', {disk: 'ssd'})])).toBe(words);
	});

	it('is which node is closed, where only one may run it', () => {
		const drained = {...labelled('w1', {disk: 'ssd'}), availability: 'drain' as const};
		const only = placed({Placement: {Constraints: ['node.labels.disk == ssd']}});
		expect(now(only, [pending], [labelled('m1', {}), drained])).toBe('w1 is drain');
	});

	it('is how often it was restarted, and how it ended', () => {
		const restarts = {count: 5, since: noon - 120_000, exitCode: 1, isLoop: true};
		expect(now(service('web', {health: 'failing', restarts}))).toBe('5 restarts in 2m, last exit 1');
		expect(now(service('web', {restarts: {...restarts, count: 1, exitCode: undefined}}))).toBe('1 restart in 2m');
	});

	it('is what is missing, what starts, what goes', () => {
		const short = service('web', {counts: {running: 1, desired: 3, completed: 0}, health: 'converging'});
		expect(now(short)).toBe('2 tasks missing');
		expect(now(short, [task('web', 2, 'w1', {state: 'preparing', health: 'converging'})])).toBe('1 task starting');
		expect(now(service('web', {counts: {running: 4, desired: 3, completed: 0}, health: 'converging'}))).toBe(
			'1 task stopping',
		);
		const down = [node('m1'), node('w1', {state: 'down', health: 'failing'})];
		const counted = service('web', {counts: {running: 4, desired: 3, completed: 0}, health: 'converging'});
		expect(now(counted, [task('web', 1, 'w1')], down)).toBe('w1 is down: still counted');
	});

	it('is nothing where there is nothing to say, and a word where nothing is meant to run', () => {
		expect(now(service('web'))).toBe('');
		expect(now(service('web', {replicas: 0, health: 'idle'}))).toBe('scaled to 0');
		expect(now(service('job', {mode: 'replicated-job', health: 'idle'}))).toBe('complete');
	});
});

describe('what is going on with a node', () => {
	it('is since when it is down and why, or what it is on its way to', () => {
		const down = node('w1', {state: 'down', stateMessage: toSafeText('heartbeat failure'), updatedAt: noon - 120_000});
		expect(nodeNow(down, ago)).toBe('down 2m: heartbeat failure');
		expect(nodeNow(node('w1', {availability: 'drain', tasks: {running: 2, desired: 0}}), ago)).toBe(
			'drains: 2 tasks left',
		);
		expect(nodeNow(node('w1', {availability: 'drain', tasks: {running: 0, desired: 0}}), ago)).toBe('drained');
		expect(nodeNow(node('m2', {manager: {...follower, reachability: 'unreachable'}}), ago)).toBe(
			"the other managers can't reach it",
		);
		expect(nodeNow(node('m1', {manager: leader}), ago)).toBe('');
	});
});
