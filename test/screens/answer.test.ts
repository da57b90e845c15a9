import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {asNew, type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, leader, node, service, shop, task} from '../ui/support/entities.ts';

const title = ({terminal}: Dashboard): string =>
	terminal
		.text()
		.split('\n')
		.find((row) => / 4 logs/.test(row)) ?? '';

async function opened(columns = 200, rows = 50): Promise<Dashboard> {
	const shown = await showDashboard({columns, rows, memory: asNew()});
	await shown.pass(300);
	return shown;
}

describe.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('the pane below the lists at %ix%i', (columns, rows) => {
	it('says why of what fails, without a key: the error, the last words of what died, what to do', async () => {
		const shown = await opened(columns, rows);
		shown.feed.last?.say('task-shop_mail-1', 'reading the queue', 'out of memory');
		shown.feed.last?.say('task-shop_mail-2', 'not mine');
		await shown.pass(200);
		expect(title(shown)).toContain('why shop_mail');
		const text = shown.terminal.text();
		expect(text).toMatch(/failure +shop_mail\.1 on w1 failed/);
		expect(shown.terminal.styleOf('0 of 1 run')).toBe('1;31');
		if (rows < 30) return;
		expect(text).toMatch(/last words +reading the queue/);
		expect(text).toContain('out of memory');
		expect(text).not.toContain('not mine');
		expect(text).toMatch(/next +l shows its logs/);
	});

	it('shows logs of what runs', async () => {
		const shown = await opened(columns, rows);
		await shown.press('j', 'j');
		await shown.pass(300);
		shown.feed.last?.say('agent.1@w1', 'hello');
		await shown.pass(200);
		expect(title(shown)).toMatch(/4 logs of agent .* why . spec . tasks/);
		expect(shown.terminal.text()).toContain('hello');
	});
});

describe('the pane below the lists', () => {
	it('offers no key of the logs while a text stands in their place, and says so', async () => {
		const shown = await opened();
		await shown.press('4');
		expect(title(shown)).toContain('why shop_mail');
		expect(shown.terminal.row(-1)).not.toContain('f follow');
		await shown.press('f');
		expect(shown.terminal.text()).toContain('This is why, not logs: Tab leads to them.');
		await shown.press('tab', 'tab', 'tab');
		expect(shown.terminal.row(-1)).toContain('f follow');
	});

	it('goes through its tabs with Tab, each with what it names, and then on to the next pane', async () => {
		const shown = await opened();
		await shown.press('4');
		expect(title(shown)).toContain('why shop_mail');
		await shown.press('tab');
		expect(title(shown)).toContain('spec shop_mail');
		expect(shown.terminal.text()).toContain('TaskTemplate:');
		await shown.press('tab');
		expect(title(shown)).toContain('tasks shop_mail');
		expect(shown.terminal.text()).toMatch(/✗ shop_mail\.1 +w1 +failed/);
		await shown.press('tab');
		expect(title(shown)).toContain('logs of shop_mail');
		await shown.press('tab');
		expect(shown.screen.getSnapshot().state.focus).toBe('nodes');
		expect(title(shown)).toContain('why shop_mail');
	});

	it('keeps what was chosen for the row that it was chosen for', async () => {
		const shown = await opened();
		await shown.press('4', 'tab', '2');
		expect(title(shown)).toContain('spec shop_mail');
		await shown.press('j');
		expect(title(shown)).toContain('logs of shop_api');
		await shown.press('k');
		expect(title(shown)).toContain('spec shop_mail');
	});

	it('shows the logs where logs are asked for, and the whole text where why is', async () => {
		const shown = await opened();
		await shown.press('l');
		expect(title(shown)).toContain('logs of shop_mail');
		await shown.press('escape', 'w');
		expect(title(shown)).toContain('why shop_mail');
		expect(shown.screen.getSnapshot().state.focus).toBe('logs');
		await shown.press('escape');
		expect(shown.screen.getSnapshot().state.focus).toBe('services');
	});

	it('scrolls a text that is longer than the pane', async () => {
		const shown = await showDashboard({columns: 120, rows: 17, memory: asNew()});
		await shown.press('4', 'tab');
		expect(shown.terminal.text()).toContain('Name: shop_mail');
		await shown.press('G');
		expect(shown.terminal.text()).not.toContain('Name: shop_mail');
		await shown.press('g');
		expect(shown.terminal.text()).toContain('Name: shop_mail');
	});

	it('says why nothing was said by what never ran', async () => {
		const swarm = {
			nodes: [node('m1', {manager: leader})],
			services: [service('trainer', {replicas: 1, counts: {running: 0, desired: 1, completed: 0}, health: 'failing'})],
			tasks: [
				task('trainer', 1, '', {
					state: 'pending',
					error: toSafeText('no suitable node (scheduling constraints not satisfied on 1 node)'),
					health: 'failing',
				}),
			],
		};
		const shown = await showDashboard({columns: 120, rows: 40, swarm, memory: asNew()});
		expect(title(shown)).toContain('why trainer');
		expect(shown.terminal.text()).toMatch(/scheduler +1 task pending: no suitable node/);
		expect(shown.terminal.text()).toMatch(/next +give a node what it needs/);
		await shown.become(cluster(shop()));
		expect(shown.terminal.text()).toContain('trainer is gone');
	});
});
