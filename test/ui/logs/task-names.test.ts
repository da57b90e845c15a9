import {describe, expect, it} from 'vitest';
import type {PlacedTask} from '../../../source/logs/log-opener.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {ok} from '../../../source/runtime/result.ts';
import {TaskNames} from '../../../source/ui/logs/task-names.ts';
import {cluster, node, noon, service, task} from '../support/entities.ts';
import {FakeStore} from '../support/fakes.ts';

/** A large swarm: the state has all services and nodes, but only the tasks of what is on the screen. */
function setUp(tasks: readonly PlacedTask[]) {
	const store = new FakeStore(
		cluster({nodes: [node('w1')], services: [service('web'), service('agent')], tasks: [task('web', 1, 'w1')]}),
	);
	const clock = new ManualClock(noon);
	const asked: string[] = [];
	let learned = 0;
	const opener = {
		tasksOf(serviceId: string) {
			asked.push(serviceId);
			return Promise.resolve(ok(tasks));
		},
	};
	const names = new TaskNames({store, opener, clock, onLearned: () => learned++});
	return {names, clock, asked, learned: () => learned};
}

const speaker = (taskId: string, serviceId: string) => ({taskId, nodeId: 'node-w1', serviceId});

describe('names in a log', () => {
	it('come from the state where it knows the task, without asking', () => {
		const {names, asked} = setUp([]);
		names.meet([speaker(task('web', 1, 'w1').id, 'service-web')]);
		expect(names.task(task('web', 1, 'w1').id)).toEqual({service: 'web', slot: '1'});
		expect(asked).toEqual([]);
	});

	it('come from the engine for the others: slots, and nodes where there is none', async () => {
		const {names, asked, learned} = setUp([
			{id: 'far', nodeId: 'node-w1', slot: 7},
			{id: 'everywhere', nodeId: 'node-w1'},
		]);
		expect(names.task('far')).toBeUndefined();
		names.meet([speaker('far', 'service-web'), speaker('far', 'service-web')]);
		await new Promise((resolve) => setImmediate(resolve));
		expect(names.task('far')).toEqual({service: 'web', slot: '7'});
		expect(names.task('everywhere')).toEqual({service: 'web', slot: 'w1'});
		expect([asked, learned()]).toEqual([['service-web'], 1]);
	});

	it('are not asked for again and again where the engine knows none', async () => {
		const {names, asked, clock} = setUp([]);
		for (let i = 0; i < 10; i++) {
			names.meet([speaker('gone', 'service-web')]);
			await new Promise((resolve) => setImmediate(resolve));
		}
		expect(asked).toHaveLength(1);
		clock.advance(5000);
		names.meet([speaker('gone', 'service-web')]);
		expect(asked).toHaveLength(2);
	});
});
