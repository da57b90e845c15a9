import {describe, expect, it} from 'vitest';
import type {Batch, Intent, Plan} from '../../source/cluster/intent.ts';
import {issuesIn} from '../../source/cluster/issues.ts';
import {planFor} from '../../source/cluster/pipeline/plan.ts';
import {planForBatch} from '../../source/cluster/pipeline/plan-batch.ts';
import {clusterNameOf, quorumHints, quorumOf} from '../../source/cluster/quorum.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {cluster, follower, leader, node} from '../ui/support/entities.ts';

const managers = (...names: readonly string[]) =>
	cluster({
		nodes: [
			...names.map((name, i) => node(name, {manager: i === 0 ? leader : follower, createdAt: 100 - i})),
			node('w1'),
		],
	});

const isReadOnly = false;
const role = (name: string, wanted: 'manager' | 'worker'): Intent => ({
	action: 'node.role',
	nodeId: `node-${name}`,
	role: wanted,
});
const batch = (...stages: (readonly Intent[])[]): Batch => ({
	action: 'batch',
	title: toSafeText('All'),
	verb: 'Do',
	stages,
});
const texts = ({lines}: Plan): string[] => lines.map(({tone, text}) => `${tone}: ${text}`);

describe('a manager whose node is down', () => {
	// Engines go on calling the old entry of a manager that left and joined anew reachable, for minutes.
	const rejoined = () =>
		cluster({
			nodes: [
				node('m1', {manager: leader}),
				node('m2', {manager: follower}),
				node('m3 old', {manager: follower, state: 'down', health: 'failing'}),
				node('m3 new', {manager: follower}),
			],
		});

	it('counts as lost, however reachable it is called', () => {
		expect(quorumOf(rejoined().nodes.values())).toMatchObject({managers: 4, reachable: 3, needed: 3, tolerated: 0});
		const [quorum] = issuesIn(rejoined()).values();
		expect(quorum?.reason).toContain('if one more is lost, nothing can be changed');
	});

	it('counts as lost in plans, too', () => {
		const lines = texts(planFor(role('m2', 'worker'), rejoined(), {isReadOnly}));
		expect(lines.join()).toContain('4 (1 unreachable), 3 needed, none can be lost');
		const removed = texts(planFor(role('m3 old', 'worker'), rejoined(), {isReadOnly}));
		expect(removed.join()).toContain('afterwards 3, 2 needed, 1 can be lost');
	});
});

describe('plans that touch managers', () => {
	it('say why four are no better than three', () => {
		const lines = texts(planFor(role('w1', 'manager'), managers('m1', 'm2', 'm3'), {isReadOnly}));
		expect(lines).toContain('plain: Managers: 3, 2 needed, 1 can be lost; afterwards 4, 3 needed, 1 can be lost.');
		expect(lines.join()).toContain(
			'3 managers tolerate the loss of 1, 4 managers tolerate the loss of 1, 5 managers tolerate the loss of 2',
		);
		expect(lines.join()).toContain('Use 3 or 5.');
	});

	it('say what stays where a manager is drained', () => {
		const drain: Intent = {action: 'node.availability', nodeId: 'node-m2', availability: 'drain'};
		expect(texts(planFor(drain, managers('m1', 'm2', 'm3'), {isReadOnly}))).toContain(
			'plain: Managers stay 3, 2 needed, 1 can be lost.',
		);
	});

	it('reckon several together: what each may do alone, all may not', () => {
		const three = managers('m1', 'm2', 'm3');
		const all = planForBatch(batch([role('m1', 'worker')], [role('m2', 'worker')], [role('m3', 'worker')]), three, {
			isReadOnly,
		});
		expect(texts(all)).toContain(
			'warning: Left out: m3 is the last manager: without it there is no swarm. Promote another node first.',
		);
		expect(texts(all)[1]).toContain('Managers: 3, 2 needed, 1 can be lost; afterwards 1,');
	});

	it('remove a manager that is down in two steps', () => {
		const down = {...follower, reachability: 'unreachable'} as const;
		const state = cluster({
			nodes: [
				...['m1', 'm2'].map((name) => node(name, {manager: name === 'm1' ? leader : follower})),
				node('m3', {manager: down, state: 'down'}),
			],
		});
		const removal: Intent = {action: 'node.remove', nodeId: 'node-m3', force: false};
		const wish = {...batch([role('m3', 'worker')], [removal]), word: toSafeText('m3')};
		expect(planForBatch(wish, state, {isReadOnly})).toMatchObject({
			refusal: undefined,
			consent: {kind: 'typed', word: 'm3'},
			command: 'docker node demote m3 && docker node rm m3',
		});
	});
});

describe('hints about the managers', () => {
	it('are for an even number, and for all of them in one zone', () => {
		expect(quorumHints(managers('m1', 'm2', 'm3').nodes)).toEqual([]);
		expect(quorumHints(managers('m1', 'm2').nodes)).toEqual(['an even number tolerates no more losses than 1']);
		const labels = [[toSafeText('zone'), toSafeText('a')]] as const;
		const inZone = (zone: typeof labels | []) => (name: string) => node(name, {manager: follower, labels: zone});
		expect(quorumHints(cluster({nodes: ['m1', 'm2', 'm3'].map(inZone(labels))}).nodes)).toEqual([
			'all managers in zone a',
		]);
		expect(quorumHints(cluster({nodes: [...['m1', 'm2'].map(inZone(labels)), inZone([])('m3')]}).nodes)).toEqual([]);
	});
});

it('names a cluster by its context, else by its oldest manager', () => {
	expect(clusterNameOf(managers('m1', 'm2', 'm3'), toSafeText('prod'))).toBe('prod');
	expect(clusterNameOf(managers('m1', 'm2', 'm3'), undefined)).toBe('m3');
});
