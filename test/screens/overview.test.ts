import {afterEach, describe, expect, it} from 'vitest';
import {type Dashboard, type DashboardOptions, openDashboard, rowOf} from '../ui/support/dashboard.tsx';
import {leader, node, service, shop} from '../ui/support/entities.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

async function overview(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard(options);
	open.push(opened);
	await opened.pass(0);
	await opened.press('0');
	return opened;
}

describe.each([
	[200, 50],
	[80, 24],
])('the overview at %ix%i', (columns, rows) => {
	it('lists what is not as desired, worst first, with why and what helps', async () => {
		const shown = await overview({columns, rows});
		expect(shown.terminal.row(1)).toContain('overview 2 ↑worst');
		expect(shown.terminal.row(3)).toMatch(/^▸✗ service {2}shop_mail +0\/1 {2}task: non-zero exit .* l logs/);
		expect(shown.terminal.row(4)).toMatch(/^ ◐ service {2}shop_api +2\/4 {2}updating( \d\/\d)? +on its way/);
		expect(shown.terminal.styleOf(' shop_api ')).toBe('');
		expect(shown.terminal.styleOf('on its way')).toBe('1;36');
	});

	it('tells the whole reason of the selected one', async () => {
		const shown = await overview({columns, rows});
		expect(shown.terminal.text().replaceAll(/\s+/g, ' ')).toContain(
			'OOM killed while reading the queue, see the limits of the service',
		);
	});

	it('shows what is reserved on each node as bars, and which takes no tasks', async () => {
		const shown = await overview({columns, rows});
		expect(rowOf(shown, ' w1 ')).toMatch(/w1 +cpu █+░+ 0\.5\/2 +mem █+░+ 512MiB\/2GiB/);
		expect(rowOf(shown, ' w2 ')).toMatch(/2GiB +drain/);
		expect(shown.terminal.styleOf('█')).toBe('36');
	});

	it('goes to the thing, to its logs, and back', async () => {
		const shown = await overview({columns, rows});
		await shown.press('enter');
		expect(rowOf(shown, '▸✗ shop_mail')).not.toBe('');
		expect(shown.terminal.row(-1)).toContain('s scale');
		await shown.press('escape');
		expect(shown.terminal.row(3)).toMatch(/^▸✗ service {2}shop_mail/);
		await shown.press('0', 'l');
		expect(shown.terminal.row(-1)).toContain('f follow');
	});
});

describe('the overview', () => {
	it('says that all is well', async () => {
		const shown = await overview({swarm: {...shop(), services: [service('web')], tasks: []}});
		expect(shown.terminal.text()).toContain('all is well: 5 nodes ready, 1 service as desired');
	});

	it('tells a newcomer with one empty node what comes next', async () => {
		const nodes = [node('m1', {manager: leader})];
		const empty = await overview({swarm: {nodes}});
		expect(empty.terminal.text()).toContain('all is well, and empty: docker service create');
		const alone = await overview({swarm: {nodes, services: [service('web')]}});
		expect(alone.terminal.text()).toContain('one node alone: ');
	});

	it('is not needed for that: the panes of a new swarm say it too', async () => {
		const shown = await overview({swarm: {nodes: [node('m1', {manager: leader})]}});
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('one node alone: ');
		expect(shown.terminal.text()).toContain('no services yet: n makes one');
		expect(shown.terminal.text()).toContain('no tasks before there are services: docker service');
		await shown.press('t');
		expect(shown.terminal.text()).toContain('no services yet: docker service create');
	});

	it('does what the keys of the object do', async () => {
		const shown = await overview();
		await shown.press('w');
		expect(shown.terminal.text()).toContain('why shop_mail');
		await shown.press('escape', '0', 's');
		expect(shown.terminal.text()).toMatch(/shop_mail.*replicas|[Rr]eplicas.*shop_mail/);
		await shown.press('escape', '0', 'r');
		expect(shown.actions.acted).toEqual([{action: 'service.restart', serviceId: 'service-shop_mail'}]);
		await shown.press('escape', '0', 'i');
		expect(shown.terminal.text()).toContain('TaskTemplate');
	});

	it('says what a key can not do there', async () => {
		const shown = await overview();
		await shown.press('b');
		expect(shown.terminal.row(-2)).not.toBe('');
		expect(shown.actions.acted).toEqual([]);
	});
});
