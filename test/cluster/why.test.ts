import {describe, expect, it} from 'vitest';
import {type Reasons, whyService, whyTask} from '../../source/cluster/why.ts';
import {clusterFrom} from '../support/cluster-state.ts';
import {fakeNode, fakeService, fakeTask} from './sync/fake-client.ts';

const now = 1_760_000_100_000;

/** Two replicas that need zone b and a gigabyte, where one node is drained, one has no label and one is free. */
function swarm() {
	const service = fakeService(0, 2);
	service.Spec.TaskTemplate = {
		...service.Spec.TaskTemplate,
		Placement: {Constraints: ['node.labels.zone==b']},
		Resources: {Reservations: {MemoryBytes: 1024 ** 4}},
		RestartPolicy: {Condition: 'on-failure', Delay: 2e9, MaxAttempts: 3, Window: 60e9},
	};
	service.UpdateStatus = {State: 'paused', Message: 'update paused due to failure or early termination of task x'};
	service.ServiceStatus = {RunningTasks: 0, DesiredTasks: 2, CompletedTasks: 0};
	const nodes = [0, 1].map((i) => fakeNode(i, i === 0));
	const [first] = nodes;
	if (first) first.Spec = {...first.Spec, Availability: 'drain', Labels: {zone: 'b'}};
	const pending = fakeTask(0, 1, 0);
	const failed = fakeTask(0, 2, 1);
	const at = new Date(now - 12_000).toISOString();
	const tasks = [
		{
			...pending,
			NodeID: '',
			Status: {
				Timestamp: at,
				State: 'pending' as const,
				Message: 'pending task scheduling',
				Err: 'no suitable node (2 nodes)',
			},
		},
		{
			...failed,
			DesiredState: 'shutdown' as const,
			Status: {
				Timestamp: at,
				State: 'failed' as const,
				Message: 'started',
				Err: 'task: non-zero exit (7)',
				ContainerStatus: {ContainerID: 'c', PID: 0, ExitCode: 7},
			},
		},
	];
	return clusterFrom({nodes, services: [service], tasks, now});
}

const said = (reasons: Reasons): string => reasons.map(([label, value]) => `${label}: ${value}`).join('\n');

describe('why', () => {
	it('says of a service what is asked, per node what stands against it, what failed, and how it is restarted', () => {
		const state = swarm();
		const [service] = state.services.values();
		const words = service ? said(whyService(service, state, now)) : '';
		expect(words).toContain('now: 0 of 2 run');
		expect(words).toContain('update: paused: update paused due to failure');
		expect(words).toContain('scheduler: 1 task pending: no suitable node (2 nodes)');
		expect(words).toMatch(
			/failure: .*failed 12s ago, exit code 7: task: non-zero exit \(7\)|failure: .* on .* failed 12s ago, exit code 7/,
		);
		expect(words).toContain('needs: node.labels.zone==b, 1TiB of memory');
		expect(words).toMatch(/node: .*: no: its availability is drain; .* free of the 1TiB reserved$/m);
		expect(words).toMatch(/node: .*: no: .* free of the 1TiB reserved; node\.labels\.zone==b does not hold/);
		expect(words).toContain('restarts: after a failure, 2s later, 3 attempts within 1m');
	});

	it('says of a task its own state first', () => {
		const state = swarm();
		const task = [...state.tasks.values()].find((each) => each.state === 'pending');
		const words = task ? said(whyTask(task, state, now)) : '';
		expect(words).toMatch(/^task: .*pending, pending task scheduling, no suitable node \(2 nodes\) for 12s/);
		expect(words).toContain('now: 0 of 2 run');
	});
});
