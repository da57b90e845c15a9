import {describe, expect, it} from 'vitest';
import {emptyState, type State} from '../../source/config/state.ts';
import {forgetful, type Memory} from '../../source/ui/app/memory.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';

async function type(shown: Dashboard, text: string): Promise<void> {
	shown.terminal.type(text);
	await shown.pass(0);
}

const remembered = (change: Partial<State>): Memory => forgetful({...emptyState, ...change});

describe.each([
	[200, 50],
	[80, 24],
])('lists at %ix%i', (columns, rows) => {
	it('show all their columns in full when wide, and scroll to those that are cut', async () => {
		const shown = await showDashboard({columns, rows});
		await type(shown, '/web');
		await shown.press('enter', 'z');
		await shown.press('W');
		expect(shown.terminal.row(1)).toContain('wide');
		await shown.press('right', 'right', 'right');
		expect(shown.terminal.text()).toMatch(/SERVICE\S* +IMAGE/);
		expect(shown.terminal.text()).toMatch(/shop_web +\S*registry\S*\.com\/shop\/web:2\.4\.1/);
		await shown.press('left', 'left', 'left', 'left');
		expect(shown.terminal.row(1)).not.toContain('wide');
		await shown.press('left');
		expect(shown.terminal.row(-2)).toContain('This is the first column.');
	});

	it('filter by words, without words, by label, node and state, each list for itself', async () => {
		const shown = await showDashboard({columns, rows});
		await type(shown, '/!shop');
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('2 services 2/5 /!shop');
		await shown.press('3', 'a');
		await type(shown, '/node=w1 state=running');
		await shown.press('enter');
		expect(shown.terminal.text()).toMatch(/all tasks \d\/\d+ \/node=w1 state=running/);
		await shown.press('2');
		expect(shown.terminal.text()).toContain('2 services 2/5 /!shop');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 5 ');
		await type(shown, '/state=failing');
		await shown.press('enter');
		expect(shown.terminal.text()).toMatch(/▸✗ shop_mail/);
	});
});

describe('what lists remember', () => {
	it('is how they were sorted and filtered, and which was looked at', async () => {
		const memory = remembered({});
		const shown = await showDashboard({memory});
		await type(shown, '/shop');
		await shown.press('enter', 'o', 'o', 'O', '6');
		expect(memory.state).toMatchObject({
			view: 'networks',
			views: {services: {sorting: {columnId: 'mode', isDescending: true}, filter: 'shop'}},
		});
		const again = await showDashboard({memory});
		expect(again.terminal.row(1)).toContain('networks 0');
		await again.press('escape');
		expect(again.terminal.text()).toMatch(/2 services 3\/5 \/shop ↓mode/);
	});

	it('may be of an older program', async () => {
		const sorting = {columnId: 'gone', isDescending: true};
		const views = {services: {sorting, filter: 'web'}, pods: {sorting, filter: 'x'}, toString: {sorting, filter: 'x'}};
		const shown = await showDashboard({memory: remembered({view: 'toString', views})});
		expect(shown.terminal.text()).toContain('2 services 1/5 /web ↑worst');
	});
});

describe('prompts', () => {
	it('remember what was typed into their like', async () => {
		const memory = remembered({});
		const shown = await showDashboard({memory});
		for (const words of ['/web', '/api']) {
			await type(shown, words);
			await shown.press('enter', 'escape');
		}
		await type(shown, '/b');
		await shown.press('up');
		expect(shown.terminal.row(-2)).toContain('Filter services api');
		await shown.press('up', 'up');
		expect(shown.terminal.row(-2)).toContain('Filter services web');
		expect(shown.terminal.text()).toContain('1/5 /web');
		await shown.press('down', 'down', 'down');
		expect(shown.terminal.row(-2)).toMatch(/Filter services b /);
		await shown.press('escape', '1');
		await type(shown, '/');
		await shown.press('up');
		expect(shown.terminal.row(-2)).not.toContain('web');
		await shown.press('escape');
		await type(shown, ':stk');
		await shown.press('enter', ':', 'ctrl-p');
		expect(shown.terminal.row(-2)).toContain(': stk');
	});

	it('take a paste as one line, whatever it holds', async () => {
		const shown = await showDashboard();
		await type(shown, '/');
		shown.terminal.paste('shop\n_w\u001b[31meb\n');
		await shown.pass(0);
		expect(shown.terminal.row(-2)).toContain('Filter services shop _w');
		await shown.press('escape');
		shown.terminal.paste('q');
		await shown.pass(0);
		expect(shown.quits).toEqual([]);
		expect(shown.terminal.row(-2)).toContain('Nothing takes a paste here: open a filter or a form first.');
	});
});
