import {describe, expect, it} from 'vitest';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, shop} from '../ui/support/entities.ts';

const markedRows = ({terminal}: Dashboard): string[] =>
	[...terminal.text().matchAll(/[●◐✗○?]✓(\S+)/g)].map(([, name]) => name ?? '');

describe('marks in a list', () => {
	it('come with Space, which moves on, and are counted in the title', async () => {
		const shown = await showDashboard();
		await shown.press('space', 'space');
		expect(markedRows(shown)).toEqual(['agent', 'batch']);
		expect(shown.terminal.text()).toMatch(/2 services \d+ 2 marked/);
		await shown.press('k', 'space');
		expect(markedRows(shown)).toEqual(['agent']);
	});

	it('reach to here with M, to all with *, and Esc takes them away', async () => {
		const shown = await showDashboard();
		await shown.press('space', 'j', 'M');
		expect(markedRows(shown)).toHaveLength(3);
		await shown.press('*');
		expect(shown.terminal.text()).toContain('5 marked');
		await shown.press('escape');
		expect(markedRows(shown)).toEqual([]);
		await shown.press('space', '\\');
		expect(markedRows(shown)).toEqual([]);
	});

	it('stay with their objects through sorting and a filter, which says how many it hides', async () => {
		const shown = await showDashboard({columns: 80, rows: 24});
		await shown.press('space', 'O');
		expect(markedRows(shown)).toEqual(['agent']);
		await shown.press('/', 'w', 'e', 'b', 'enter');
		expect(shown.terminal.text()).toContain('1 marked, 1 of them hidden');
	});

	it('go when their object goes', async () => {
		const shown = await showDashboard();
		await shown.press('space', 'space');
		const {services = [], ...rest} = shop();
		await shown.become(cluster({...rest, services: services.filter(({name}) => name !== 'agent')}));
		expect(markedRows(shown)).toEqual(['batch']);
	});
});
