/** What each view makes the sync ask for: a view that grows its appetite fails here. Decision 31 has the table. */
import {describe, expect, it} from 'vitest';
import {type Dashboard, showDashboard} from '../support/dashboard.tsx';

/** What the sync has been told last. */
const told = ({sync}: Dashboard) => ({
	tasks: sync.shown.at(-1)?.kind ?? 'none',
	lists: sync.looked.at(-1) ?? [],
	ofAll: sync.rows.at(-1)?.ofAll,
});

describe('a view', () => {
	it.each([
		['1', {tasks: 'node', lists: [], ofAll: 'nothing'}],
		['2', {tasks: 'service', lists: [], ofAll: 'nothing'}],
		['5', {tasks: 'service', lists: ['networks', 'secrets', 'configs'], ofAll: 'nothing'}],
		['6', {tasks: 'service', lists: ['networks'], ofAll: 'nothing'}],
		['7', {tasks: 'service', lists: ['secrets'], ofAll: 'nothing'}],
		['8', {tasks: 'service', lists: ['configs'], ofAll: 'nothing'}],
		['9', {tasks: 'service', lists: ['volumes'], ofAll: 'nothing'}],
		['e', {tasks: 'service', lists: ['events'], ofAll: 'nothing'}],
		['@', {tasks: 'service', lists: [], ofAll: 'nothing'}],
		['0', {tasks: 'service', lists: [], ofAll: 'sums'}],
		['t', {tasks: 'all', lists: [], ofAll: 'tasks'}],
	])('opened by %s asks for %j', async (key, expected) => {
		const dashboard = await showDashboard();
		await dashboard.pass(500);
		await dashboard.press(key);
		await dashboard.pass(500);
		expect(told(dashboard)).toEqual(expected);
	});
});

it('an order of the nodes by what they hold needs all sums, a plan all tasks', async () => {
	const dashboard = await showDashboard();
	dashboard.actions.answer = {consent: {kind: 'dialog'}};
	await dashboard.press('2', 'r');
	expect(told(dashboard).ofAll).toBe('tasks');
	await dashboard.press('esc');
	expect(told(dashboard).ofAll).toBe('nothing');
	await dashboard.press('1', 'o', 'o', 'o', 'o');
	expect(told(dashboard).ofAll).toBe('sums');
});

it('the rows on the screen are told, and no others', async () => {
	const dashboard = await showDashboard({rows: 24, columns: 100});
	await dashboard.pass(100);
	const {services, nodes} = dashboard.sync.rows.at(-1) ?? {services: [], nodes: []};
	const screen = dashboard.terminal.text();
	for (const id of services) {
		expect(screen).toContain(dashboard.store.getState().services.get(id)?.name ?? 'no such service');
	}
	expect(services.length).toBeGreaterThan(0);
	expect(nodes.length).toBeLessThanOrEqual(dashboard.store.getState().nodes.size);
});

it('a cursor that moves fast asks for nothing until it rests, and what it left is closed', async () => {
	const dashboard = await showDashboard();
	await dashboard.pass(1000);
	const [scopes, logs] = [dashboard.sync.shown.length, dashboard.feed.opened.length];
	for (const key of ['j', 'j', 'k', 'j']) {
		await dashboard.press(key);
	}
	expect([dashboard.sync.shown.length, dashboard.feed.opened.length]).toEqual([scopes, logs]);
	await dashboard.pass(1000);
	expect([dashboard.sync.shown.length, dashboard.feed.opened.length]).toEqual([scopes + 1, logs + 1]);
});
