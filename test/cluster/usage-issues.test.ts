import {describe, expect, it} from 'vitest';
import type {Usage} from '../../source/cluster/entities/usage.ts';
import {issuesIn} from '../../source/cluster/issues.ts';
import type {ClusterState} from '../../source/cluster/model.ts';
import {UsageHistory} from '../../source/cluster/usage-history.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {cluster, leader, node, noon, service, task} from '../ui/support/entities.ts';

const mib = 2 ** 20;
const usage = (rest: Partial<Usage>): Usage => ({
	cpuPercent: 5,
	memoryBytes: 50 * mib,
	memoryLimit: 64 * 1024 * mib,
	network: undefined,
	disk: undefined,
	throttled: undefined,
	at: noon,
	...rest,
});

const counts = {running: 1, desired: 1, completed: 0};
const plain = service('web', {counts, replicas: 1});
const reserving = (memoryBytes: number, nanoCpus: number) =>
	service('web', {
		counts,
		replicas: 1,
		raw: {
			...plain.raw,
			Spec: {
				...plain.raw.Spec,
				TaskTemplate: {
					...plain.raw.Spec.TaskTemplate,
					Resources: {Reservations: {MemoryBytes: memoryBytes, NanoCPUs: nanoCpus}},
				},
			},
		},
	});

function state(used: Usage | undefined, inside: Partial<ClusterState['inside']> = {}, web = plain): ClusterState {
	return cluster(
		{nodes: [node('m1', {manager: leader})], services: [web], tasks: [task('web', 1, 'm1')]},
		{
			inside: {
				reach: new Map(),
				usage: new Map(used && [['task-web-1', used]]),
				kills: new Map(),
				...inside,
			},
		},
	);
}

const reasonOf = (cluster: ClusterState) => issuesIn(cluster).get('service service-web')?.reason;

describe('the overview, of what is used', () => {
	it('says nothing where nothing is near a limit, and where nobody was asked', () => {
		expect(issuesIn(state(usage({}))).size).toBe(0);
		expect(issuesIn(state(undefined, {}, reserving(8 * 1024 * mib, 0))).size).toBe(0);
		expect(issuesIn({...state(usage({memoryBytes: 99 * mib})), inside: undefined}).size).toBe(0);
	});

	it('names the task near its memory limit, and the one that its CPU limit holds back', () => {
		const near = state(usage({memoryBytes: 240 * mib, memoryLimit: 256 * mib}));
		expect(reasonOf(near)).toBe('web.1 uses 240MiB of its limit of 256MiB');
		expect(issuesIn(near).get('service service-web')).toMatchObject({remedy: 'edit', state: '1/1'});
		expect(reasonOf(state(usage({throttled: 0.6})))).toBe('web.1 is held back by its CPU limit 60% of the time');
	});

	it('says when the kernel ended a task for its memory, and at which limit', () => {
		const at = new Date(2026, 10, 21, 14, 3, 7).getTime();
		const kills = new Map([[toSafeText('c0ffee'), {at, limitBytes: 64 * mib}]]);
		const killed = state(undefined, {kills});
		expect(reasonOf(killed)).toBe('web.1 was killed by the kernel for memory at 14:03:07 (limit 64MiB)');
		expect(issuesIn(killed).get('service service-web')?.remedy).toBe('why');
	});

	it('names what reserves far more than it uses: of CPU after a while only', () => {
		const memory = state(usage({}), {}, reserving(4096 * mib, 0));
		expect(reasonOf(memory)).toBe('reserves 4GiB of memory and uses 50MiB');
		expect(issuesIn(state(usage({}), {}, reserving(100 * mib, 2e9))).size).toBe(0);
		const history = new UsageHistory();
		const idle = state(usage({}), {history}, reserving(100 * mib, 2e9));
		for (let ago = 7; ago >= 0; ago--) history.observe(idle, noon - ago * 10_000);
		expect(reasonOf(idle)).toBe('reserves 2 CPU and used 5.0% at most lately');
	});
});

describe('what is remembered', () => {
	it('is a quarter of an hour, step by step, with gaps where nobody asked', () => {
		const history = new UsageHistory();
		const at = (memoryBytes: number) => state(usage({memoryBytes}));
		history.observe(at(10), noon - 120_000);
		history.observe(at(30), noon);
		history.observe(at(20), noon + 10);
		const trace = history.of('task-web-1', noon);
		expect(trace?.memoryBytes).toHaveLength(90);
		expect(trace?.memoryBytes.filter((value) => value !== undefined)).toEqual([10, 30]);
		expect(trace?.memoryBytes.at(-1)).toBe(30);
		expect(history.of('service-web', noon)?.cpuPercent.at(-1)).toBe(5);
		expect(history.of('task-web-1', noon + 16 * 60_000)).toBeUndefined();
	});
});
