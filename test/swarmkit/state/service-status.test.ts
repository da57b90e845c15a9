import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {serviceStatus} from '../../../source/swarmkit/state/service-status.ts';
import {createService} from '../../../source/swarmkit/state/service-writes.ts';
import {Store} from '../../../source/swarmkit/state/store.ts';
import type {ServiceMode} from '../../../source/wire/service.ts';
import type {TaskState} from '../../../source/wire/task.ts';

type Some = [count: number, state: TaskState, desired: TaskState, iteration?: number];

function statusOf(mode: ServiceMode, tasks: Some[], iteration = 0) {
	const store = new Store(new ManualClock(0));
	let number = 0;
	store.update((tx) => {
		const spec = {Name: 's', Labels: {}, TaskTemplate: {}, Mode: mode};
		const service = createService(tx, {id: 's', spec});
		if (service.job) tx.put({...service, job: {iteration, lastExecution: 0}});
		for (const [count, state, desiredState, jobIteration = iteration] of tasks) {
			for (let n = 0; n < count; n++) {
				tx.create({
					kind: 'task',
					id: `t${number++}`,
					serviceId: 's',
					slot: 0,
					nodeId: 'n1',
					spec: {},
					specVersion: 0,
					serviceName: 's',
					serviceLabels: {},
					status: {state, timestamp: 0, message: ''},
					desiredState,
					attachments: [],
					...(service.job ? {jobIteration} : {}),
				});
			}
		}
	});
	const service = store.get('service', 's');
	if (!service) throw new Error('the service is gone');
	const {RunningTasks, DesiredTasks, CompletedTasks} = serviceStatus(store, service);
	return [RunningTasks, DesiredTasks, CompletedTasks];
}

const replicated = (Replicas: number): ServiceMode => ({Replicated: {Replicas}});
const job = (MaxConcurrent: number, TotalCompletions: number): ServiceMode => ({
	ReplicatedJob: {MaxConcurrent, TotalCompletions},
});

// Values of swarmkit manager/controlapi/service_test.go TestListServiceStatuses.
describe('running, desired and completed tasks of', () => {
	it.each<[string, ServiceMode, Some[], number[]]>([
		[
			'a replicated service with dead tasks',
			replicated(3),
			[
				[3, 'running', 'running'],
				[4, 'failed', 'shutdown'],
			],
			[3, 3, 0],
		],
		[
			'one that is still coming up',
			replicated(7),
			[
				[4, 'running', 'running'],
				[3, 'new', 'running'],
			],
			[4, 7, 0],
		],
		[
			'one that is being scaled down',
			replicated(2),
			[
				[2, 'running', 'running'],
				[2, 'running', 'remove'],
			],
			[4, 2, 0],
		],
		[
			'one with a dead node',
			replicated(1),
			[
				[1, 'running', 'running'],
				[1, 'running', 'shutdown'],
			],
			[2, 1, 0],
		],
		[
			'a global service',
			{Global: {}},
			[
				[2, 'running', 'running'],
				[3, 'shutdown', 'shutdown'],
			],
			[2, 2, 0],
		],
		[
			'a global service coming up',
			{Global: {}},
			[
				[4, 'running', 'running'],
				[1, 'new', 'running'],
				[6, 'failed', 'shutdown'],
			],
			[4, 5, 0],
		],
		[
			'a job',
			job(2, 10),
			[
				[2, 'running', 'complete'],
				[4, 'complete', 'complete'],
			],
			[2, 2, 4],
		],
		['a finished job', job(2, 5), [[5, 'complete', 'complete']], [0, 2, 5]],
		[
			'a global job',
			{GlobalJob: {}},
			[
				[5, 'running', 'complete'],
				[3, 'complete', 'complete'],
			],
			[5, 5, 3],
		],
		['a finished global job', {GlobalJob: {}}, [[3, 'complete', 'complete']], [0, 0, 3]],
	])('%s', (_of, mode, tasks, expected) => {
		expect(statusOf(mode, tasks)).toEqual(expected);
	});

	it('a job that runs again: the run before does not count', () => {
		const tasks: Some[] = [
			[1, 'running', 'complete', 1],
			[3, 'complete', 'complete', 1],
			[10, 'complete', 'complete', 0],
		];
		expect(statusOf(job(2, 10), tasks, 1)).toEqual([1, 2, 3]);
	});
});
