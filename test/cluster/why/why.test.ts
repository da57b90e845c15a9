import {describe, expect, it} from 'vitest';
import type {Reasons} from '../../../source/cluster/why/reasons.ts';
import {whyService, whyTask} from '../../../source/cluster/why/why.ts';
import {clusterFrom} from '../../support/cluster-state.ts';
import {recordedSwarm} from '../../support/recorded.ts';
import {fakeNode, fakeService, fakeTask} from '../sync/fake-client.ts';

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
	it('does not blame the present settings for what failed before them', () => {
		const service = fakeService(0, 1);
		service.UpdateStatus = {State: 'completed', StartedAt: new Date(now - 60_000).toISOString(), Message: ''};
		const old = {
			...fakeTask(0, 1, 0),
			CreatedAt: new Date(now - 2_400_000).toISOString(),
			DesiredState: 'shutdown' as const,
			Status: {
				Timestamp: new Date(now - 2_400_000).toISOString(),
				State: 'rejected' as const,
				Err: 'No such image: web:broken',
			},
		};
		const state = clusterFrom({nodes: [fakeNode(0, true)], services: [service], tasks: [old], now});
		const [web] = state.services.values();
		expect(web && said(whyService(web, state, now))).not.toContain('No such image');
	});

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

describe('why, of what a real engine (26.1) was seen to have trouble with', () => {
	const {nodes, services, tasks} = recordedSwarm('trouble');
	// The nodes were recorded on another day than the tasks: five then, and five now.
	const ids = [...new Set(tasks.flatMap(({NodeID}) => NodeID ?? []))];
	const recorded = {nodes: nodes.map((node, i) => ({...node, ID: ids[i] ?? node.ID})), services, tasks};
	const seenAt = Math.max(...recorded.tasks.map(({Status}) => Date.parse(Status.Timestamp ?? '')));
	const state = clusterFrom({...recorded, now: seenAt});
	const of = (name: string): string => {
		const service = [...state.services.values()].find((each) => each.name === name);
		return service ? said(whyService(service, state, seenAt)) : expect.fail(`no ${name}`);
	};

	it.each([
		['nowhere', 'scheduling constraints not satisfied on 5 nodes', /does not hold: it has no label/],
		['greedy', 'insufficient resources on 5 nodes', /free of the .* reserved/],
		['greedycpu', 'insufficient resources on 5 nodes', /CPUs free of the .* reserved/],
		['nogpu', 'insufficient resources on 5 nodes', /it has 0 of the 1 gpu reserved/],
		['noplugin', 'missing plugin on 5 nodes', /it has no volume plugin/],
		['nologplugin', 'missing plugin on 5 nodes', /it has no log plugin/],
		['crowded', 'host-mode port already in use on 5 nodes', /crowded\.\d has its port 9100\/tcp/],
		['onepernode', 'max replicas per node limit exceed', /it has 1 of them already/],
	])('%s: what the scheduler counts as "%s" is found on every node', (name, words, obstacle) => {
		const text = of(name);
		expect(text).toContain(`pending: no suitable node (${words})`);
		const nodes = text.split('\n').filter((line) => /^nodes?: /.test(line));
		expect(nodes.length).toBeGreaterThan(0);
		for (const line of nodes) expect(line).toMatch(obstacle);
		expect(nodes.flatMap((line) => line.split(': ')[1]?.split(', ') ?? [])).toHaveLength(5);
	});

	it.each([
		['badimage', 'nosuch:latest'],
		['badregistry', 'registry.invalid:5000/team/app:1.2'],
	])('%s: an image that nodes could not get, and how to hear the registry itself', (name, image) => {
		expect(of(name)).toMatch(new RegExp(`^image: ${image} can't be had on .*docker pull ${image} on \\w+\\.$`, 'm'));
	});

	it('oom: what its exit code means', () => {
		expect(of('oom')).toMatch(/failed .* ago, exit code 137 \(killed: out of memory/);
	});

	it('giveup: no attempts left, and that nothing more happens by itself', () => {
		expect(of('giveup')).toContain('restarts: after a failure, 500ms later, 2 attempts');
		expect(of('giveup')).toContain('attempts: giveup.1 has none left: it stays down until the service is updated');
	});

	it('slow-restart: which task waits, and how long still', () => {
		expect(of('slow-restart')).toMatch(/^waiting: slow-restart\.1 restarts in about 4m/m);
	});

	it('sick: the health check that ended it', () => {
		expect(of('sick')).toMatch(/^health: \d+ tasks? ended by the health check .+, every .+, given up after \d/m);
	});

	it('norestart: that it never is', () => {
		expect(of('norestart')).toContain('restarts: never: the restart condition is none');
	});
});
