import {describe, expect, it} from 'vitest';
import {issuesIn} from '../../source/cluster/issues.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {cluster, follower, leader, node, noon, type Swarm, service, shop, task} from '../ui/support/entities.ts';

const told = (swarm: Swarm) =>
	[...issuesIn(cluster(swarm)).values()].map(({name, state, reason, remedy}) => [name, state, reason, remedy]);

describe('what is not as desired', () => {
	it('is nothing while all is well, drained nodes and sleeping services with it', () => {
		const services = [service('web'), service('batch', {replicas: 0, health: 'idle'})];
		expect(told({nodes: [node('m1', {manager: leader}), node('w1', {health: 'idle'})], services})).toEqual([]);
	});

	it('is a service with what its last task died of', () => {
		const failing = task('mail', 1, 'w1', {
			id: 'old',
			isCurrent: false,
			state: 'failed',
			error: toSafeText('task: non-zero exit (137)'),
			since: noon - 1000,
		});
		const older = {...failing, id: 'older', error: toSafeText('starting container failed'), since: noon - 9000};
		const services = [
			service('mail', {replicas: 1, counts: {running: 0, desired: 1, completed: 0}, health: 'failing'}),
		];
		expect(told({services, tasks: [older, failing, task('mail', 1, 'w1')]})).toEqual([
			['mail', '0/1', 'task: non-zero exit (137)', 'logs'],
		]);
	});

	it('is a task that no node takes before one that failed: it has no logs to look into', () => {
		const pending = task('mail', 2, '', {state: 'pending', error: toSafeText('no suitable node'), since: noon - 9000});
		const failed = task('mail', 1, 'w1', {state: 'failed', error: toSafeText('exit (1)')});
		const services = [service('mail', {counts: {running: 0, desired: 2, completed: 0}, health: 'failing'})];
		expect(told({services, tasks: [failed, pending]})).toEqual([['mail', '0/2', 'no suitable node', 'why']]);
	});

	it('is why, not logs, of an image that no node could get', () => {
		const error = toSafeText('No such image: mail:9');
		const rejected = task('mail', 1, 'w1', {state: 'rejected', error, containerId: toSafeText('')});
		const services = [service('mail', {counts: {running: 0, desired: 1, completed: 0}, health: 'failing'})];
		expect(told({services, tasks: [rejected]})).toEqual([['mail', '0/1', error, 'why']]);
	});

	it('is a paused update, which is best rolled back', () => {
		const services = [
			service('web', {
				health: 'failing',
				update: {
					state: 'paused',
					message: toSafeText('update paused due to failure'),
					startedAt: noon,
					completedAt: undefined,
				},
			}),
		];
		expect(told({services})).toEqual([['web', '3/3', 'paused: update paused due to failure', 'rollback']]);
	});

	it('is a manager that is lost, with how many more can be', () => {
		const lost = node('m3', {
			manager: {...follower, reachability: 'unreachable'},
			state: 'down',
			health: 'failing',
			tasks: {running: 0, desired: 2},
		});
		const nodes = [node('m1', {manager: leader}), node('m2', {manager: follower}), lost];
		expect(told({nodes})).toEqual([
			['quorum', '2/3', "1 manager can't be reached; if one more is lost, nothing can be changed", 'managers'],
			['m3', 'down', "the other managers can't reach it; 2 tasks are meant to run on it", 'tasks'],
		]);
	});

	it('is the old entry of a node that joined again', () => {
		const nodes = [
			node('m1', {manager: leader}),
			node('w1', {state: 'down', isDuplicate: true, health: 'failing', tasks: undefined}),
		];
		expect(told({nodes})).toEqual([
			['w1', 'down', 'another node has the same name: this may be its old entry', 'remove'],
		]);
	});

	it('is the graver the more it takes away', () => {
		const {nodes, services, tasks} = shop();
		const down = node('w9', {state: 'down', health: 'failing'});
		const issues = [...issuesIn(cluster({nodes: [...nodes, down], services, tasks})).values()];
		const byRank = issues.toSorted((a, b) => a.rank - b.rank).map(({name}) => name);
		expect(byRank).toEqual(['w9', 'shop_mail', 'shop_api']);
	});
});
