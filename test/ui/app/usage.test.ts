/** What is used, on the screen: who is asked, and the order of lists by it. */
import {describe, expect, it} from 'vitest';
import type {Usage} from '../../../source/cluster/entities/usage.ts';
import type {ClusterState, TaskEntity} from '../../../source/cluster/model.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {showDashboard} from '../support/dashboard.tsx';
import {cluster, leader, node, noon, service, task} from '../support/entities.ts';

const mib = 1 << 20;
const usage = (memoryBytes: number): Usage => ({
	cpuPercent: 10,
	memoryBytes,
	memoryLimit: 256 * mib,
	network: {received: 10, sent: 20},
	disk: undefined,
	throttled: undefined,
	at: noon,
});

/** One node with so many tasks of one service, in the order of their slots. */
function crowd(tasks: number, memoryOf?: (slot: number) => number): ClusterState {
	const slots = Array.from({length: tasks}, (_, index) => index + 1);
	const rows = slots.map((slot) => task('web', slot, 'm1'));
	const used = memoryOf ? slots.map((slot) => [`task-web-${slot}`, usage(memoryOf(slot))] as const) : [];
	const counts = {running: tasks, desired: tasks, completed: 0};
	return cluster(
		{
			nodes: [node('m1', {manager: leader, tasks: {running: tasks, desired: tasks}})],
			services: [service('web', {counts, replicas: tasks})],
			tasks: rows,
		},
		memoryOf && {inside: {reach: new Map([['node-m1', reached]]), usage: new Map(used), kills: new Map()}},
	);
}

const nothing = toSafeText('');
const reached = {state: 'reached', way: toSafeText('local'), url: nothing, problem: nothing} as const;

async function watching(state: ClusterState, rows = 24) {
	const watched: (readonly TaskEntity[])[] = [];
	const dashboard = await showDashboard({state, rows, columns: 140, watchUsage: (tasks) => watched.push(tasks)});
	await dashboard.pass(100);
	return {dashboard, watched};
}

const shownSlots = (text: string): number[] => [...text.matchAll(/ web\.(\d+) /g)].map(([, slot]) => Number(slot));

describe('who is asked for usage', () => {
	it('is nobody, and there is no column, where no way leads to any node', async () => {
		const {dashboard, watched} = await watching(crowd(3));
		expect(watched).toEqual([]);
		expect(dashboard.terminal.text()).not.toMatch(/ CPU | MEM |OF LIMIT|NET\/S/);
		await dashboard.press('2', 'o', 'o', 'o', 'o', 'o', 'o', 'o', 'o');
		expect(dashboard.terminal.text()).not.toMatch(/Sorted by (CPU|MEM) ?[,;]/);
	});

	it('is what is on the screen alone, on a node with many more', async () => {
		const {dashboard, watched} = await watching(crowd(200, () => mib));
		await dashboard.press('3');
		const shown = shownSlots(dashboard.terminal.text());
		expect(shown.length).toBeGreaterThan(2);
		expect(watched.at(-1)?.map(({slot}) => slot)).toEqual(shown);
	});

	it('is also what a sum is made of, as long as that is affordable', async () => {
		const {dashboard, watched} = await watching(crowd(40, () => mib));
		await dashboard.press('2');
		expect(dashboard.terminal.text()).toMatch(/ MEM /);
		expect(watched.at(-1)).toHaveLength(40);
	});
});

describe('an order by usage', () => {
	it('has what uses most first, follows what is used, and can be reversed', async () => {
		const {dashboard} = await watching(crowd(3, (slot) => slot * mib));
		await dashboard.press('3');
		for (let pressed = 0; pressed < 12; pressed++) {
			if (/Sorted by MEM;/.test(dashboard.terminal.text())) break;
			await dashboard.press('o');
		}
		expect(shownSlots(dashboard.terminal.text())).toEqual([3, 2, 1]);
		await dashboard.become(crowd(3, (slot) => (slot === 2 ? 9 : 1) * mib));
		expect(shownSlots(dashboard.terminal.text())).toEqual([2, 1, 3]);
		await dashboard.press('O');
		expect(shownSlots(dashboard.terminal.text()).at(-1)).toBe(2);
	});
});

describe('the bars of the overview', () => {
	it('show what is reserved as use where nothing tells what is used, and never beside bars that tell it', async () => {
		const state = crowd(3, () => mib);
		const quiet = node('w1', {tasks: {running: 1, desired: 1}});
		const tasks = [...state.tasks.values(), task('web', 9, 'w1')];
		const both = cluster(
			{nodes: [...state.nodes.values(), quiet], services: [...state.services.values()], tasks},
			state.inside && {inside: state.inside},
		);
		const {dashboard} = await watching(both, 40);
		await dashboard.press('0');
		await dashboard.pass(0);
		const rows = dashboard.terminal.text().split('\n');
		const barOf = (name: string): string | undefined => {
			const y = rows.findIndex((row) => row.includes(` ${name} cpu`));
			return dashboard.terminal.styles(y).find(({text}) => text.includes('█'))?.style;
		};
		expect(rows.some((row) => row.includes('USED/RESERVED/TOTAL'))).toBe(true);
		expect(barOf('m1')).toBe('36');
		expect(barOf('w1')).toBe('90');
	});
});
