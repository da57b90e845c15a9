import {afterEach, describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, type DashboardOptions, openDashboard, rowOf} from '../ui/support/dashboard.tsx';
import {cluster, node, service, shop, task} from '../ui/support/entities.ts';
import {line} from '../ui/support/fakes.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

async function topology(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard(options);
	open.push(opened);
	await opened.pass(0);
	await opened.press('t');
	return opened;
}

describe.each([
	[200, 50],
	[80, 24],
])('the topology at %ix%i', (columns, rows) => {
	it('shows each node with its tasks as blocks, by role where no label parts them', async () => {
		const shown = await topology({columns, rows});
		expect(shown.terminal.row(1)).toContain('topology  5 nodes by role');
		expect(rowOf(shown, 'managers ─')).toContain('3 nodes, 3 tasks, reserved 1.5/6 CPUs');
		expect(rowOf(shown, ' m1   ★')).toContain('we');
		expect(rowOf(shown, ' w1 ')).toMatch(/█░+ +api +mail +✗web/);
		expect(rowOf(shown, ' w2 ')).toContain('drain');
		expect(rowOf(shown, 'every task has a place')).not.toBe('');
		expect(rowOf(shown, 'SERVICES')).not.toBe('');
		expect(shown.sync.shown.at(-1)).not.toEqual({kind: 'service'});
	});

	it('picks a task, tells how its service is spread, and leads to it and back', async () => {
		const shown = await topology({columns, rows});
		await shown.press('j', 'right');
		expect(rowOf(shown, 'SPREAD')).not.toBe('');
		expect(shown.terminal.text()).toMatch(/managers 2, workers 1; on 3 of 4 nodes that can\s+run\s+it; evenly spread/);
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('tasks of shop_web');
		expect(rowOf(shown, '▸● shop_web.1')).not.toBe('');
		await shown.press('escape');
		expect(shown.terminal.row(1)).toContain('topology');
		await shown.press('escape');
		expect(rowOf(shown, 'SERVICES')).not.toBe('');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 5');
	});

	it('draws what a plan moves where, above the dialog that asks', async () => {
		const shown = await topology({columns, rows});
		shown.actions.answer = {
			title: toSafeText('Drain node w1'),
			consent: {kind: 'dialog'},
			lines: [line('warning', '1 task will move')],
			forecast: 'ready',
			moves: {
				stops: [{taskId: 'task-shop_web-3', serviceId: 'service-shop_web', slot: 3, nodeId: 'node-w1'}],
				starts: [{taskId: 'x', serviceId: 'service-shop_web', slot: 3, nodeId: 'node-m3'}],
				unplaced: [],
			},
		};
		await shown.press('j', 'j', 'j', 'j', 'j', 'd');
		expect(shown.terminal.row(1)).toContain('planned: + starts');
		expect(rowOf(shown, ' w1 ')).toMatch(/web +-/);
		expect(rowOf(shown, ' m3 ')).toMatch(/web +\+/);
		expect(rowOf(shown, '[ Cancel ]')).not.toBe('');
		await shown.press('escape');
		expect(rowOf(shown, ' w1 ')).not.toMatch(/web +-/);
		expect(shown.actions.acted).toEqual([]);
	});
});

describe('the topology', () => {
	it('can be looked at from a dialog that is open elsewhere', async () => {
		const shown = await topology();
		shown.actions.answer = {title: toSafeText('Drain node m1'), consent: {kind: 'dialog'}};
		await shown.press('escape', '1', 'd', 't');
		expect(shown.terminal.text()).toContain('Drain node m1');
		expect(shown.terminal.row(1)).toContain('topology');
		expect(rowOf(shown, '▸● m1')).not.toBe('');
		await shown.press('escape', 'escape');
		expect(shown.terminal.text()).toContain('1 nodes 5');
	});

	it('does to its node what the list of nodes does, and says what is no node', async () => {
		const shown = await topology();
		await shown.press('g', 'd');
		expect(shown.terminal.row(-2)).toContain('That is for a node');
		await shown.press('j', 'd', 'y');
		expect(shown.actions.acted).toEqual([{action: 'node.availability', nodeId: 'node-m1', availability: 'drain'}]);
		await shown.press('space', 'space');
		expect(shown.terminal.row(1)).toContain('2 marked');
		await shown.press('d', 'y');
		expect(shown.actions.acted.at(-1)).toMatchObject({action: 'batch'});
	});

	it('marks nodes alone: a zone has no mark, all means all nodes', async () => {
		const shown = await topology();
		await shown.press('g', 'space');
		expect(shown.terminal.row(-2)).toContain('That is for a node');
		expect(shown.terminal.row(1)).not.toContain('marked');
		await shown.press('*');
		expect(shown.terminal.row(1)).toContain('5 marked');
	});

	it('draws of a thousand nodes only those on the screen', async () => {
		const nodes = Array.from({length: 1000}, (_, i) => node(`n${i}`));
		const tasks = nodes.flatMap(({hostname}, i) =>
			Array.from({length: 100}, (_, slot) => task('web', i * 100 + slot, hostname)),
		);
		const shown = await topology({
			columns: 80,
			rows: 24,
			state: cluster({nodes, services: [service('web')], tasks}),
		});
		await shown.press('G', 'k');
		expect(rowOf(shown, '▸● n999')).toMatch(/we×100/);
		expect(shown.terminal.row(1)).toContain('1,001/1,002');
	});

	it('finds the nodes of a service by the filter', async () => {
		const shown = await topology({swarm: shop()});
		await shown.press('/', ...'service=shop_api', 'enter');
		expect(rowOf(shown, ' w1 ')).not.toBe('');
		expect(rowOf(shown, ' m2 ')).toBe('');
	});
});
