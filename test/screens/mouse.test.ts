import {describe, expect, it} from 'vitest';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';

/** Where a text stands on the screen. */
function placeOf({terminal}: Dashboard, text: string): {x: number; y: number} {
	const rows = terminal.text().split('\n');
	const y = rows.findIndex((row) => row.includes(text));
	if (y < 0) throw new Error(`"${text}" is not on the screen:\n${terminal.text()}`);
	return {x: rows[y]?.indexOf(text) ?? 0, y};
}

async function click(shown: Dashboard, text: string): Promise<void> {
	const {x, y} = placeOf(shown, text);
	shown.terminal.mouse('press', x, y);
	shown.terminal.mouse('release', x, y);
	await shown.pass(0);
}

async function wheel(shown: Dashboard, direction: 'wheel-up' | 'wheel-down', text: string): Promise<void> {
	const {x, y} = placeOf(shown, text);
	shown.terminal.mouse(direction, x, y);
	await shown.pass(0);
}

describe.each([
	[200, 50],
	[80, 24],
])('the mouse at %ix%i', (columns, rows) => {
	it('selects the row and the pane that is clicked on', async () => {
		const shown = await showDashboard({columns, rows});
		await click(shown, 'shop_mail');
		expect(shown.terminal.text()).toMatch(/▸✗ shop_mail/);
		expect(shown.terminal.text()).toContain('tasks of shop_mail');
		// On a low screen one line tells of all nodes, until one goes there.
		await click(shown, '1 nodes');
		await click(shown, '● m2 ');
		expect(shown.terminal.row(-1)).toContain('d drain');
		expect(shown.terminal.text()).toMatch(/▸● m2/);
	});

	it('sorts by the column whose title is clicked on, and the other way round', async () => {
		const shown = await showDashboard({columns, rows});
		await click(shown, 'REPLICAS');
		expect(shown.terminal.text()).toContain('REPLICAS↑');
		await click(shown, 'REPLICAS');
		expect(shown.terminal.text()).toContain('REPLICAS↓');
		await click(shown, 'SERVICE');
		expect(shown.terminal.text()).toContain('SERVICE↑');
	});

	it('scrolls what the wheel is over', async () => {
		const shown = await showDashboard({columns, rows});
		await wheel(shown, 'wheel-down', 'shop_mail');
		expect(shown.terminal.text()).toContain('4/5');
		await wheel(shown, 'wheel-up', 'shop_mail');
		expect(shown.terminal.text()).toContain('1/5');
	});

	it('opens the tab that is clicked on', async () => {
		const shown = await showDashboard({columns, rows});
		await click(shown, 'spec');
		expect(shown.terminal.text()).toContain('│ spec agent │');
		await click(shown, '│ tasks');
		expect(shown.terminal.text()).toContain('│ spec agent │');
		const {x, y} = placeOf(shown, '│ tasks');
		shown.terminal.mouse('press', x + 2, y);
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('│ spec │ tasks agent');
	});

	it('takes what the palette and a chooser offer', async () => {
		const shown = await showDashboard({columns, rows});
		await shown.press(':');
		await click(shown, 'secrets ');
		expect(shown.terminal.row(1)).toContain('secrets 0');
		await shown.press('1', 'a');
		await click(shown, 'pause');
		await shown.pass(300);
		await shown.press('y');
		expect(shown.actions.acted).toMatchObject([{action: 'node.availability', availability: 'pause'}]);
	});
});

describe('the mouse', () => {
	it('scrolls the text below the lists that the wheel is over', async () => {
		const shown = await showDashboard({columns: 80, rows: 18});
		await click(shown, 'spec');
		await wheel(shown, 'wheel-down', 'Name: agent');
		expect(shown.terminal.text()).not.toContain('Name: agent');
		expect(shown.terminal.text()).toContain('Mode:');
	});

	it('consents to nothing', async () => {
		const shown = await showDashboard();
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await shown.press('r');
		await click(shown, 'Cancel');
		const {x, y} = placeOf(shown, 'Cancel');
		shown.terminal.mouse('press', x + 14, y);
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('Cancel');
		expect(shown.actions.acted).toEqual([]);
	});

	it('is given to the terminal by m, and taken back', async () => {
		const shown = await showDashboard();
		await shown.press('m');
		expect(shown.terminal.row(-2)).toContain('your terminal selects text; m turns it on');
		expect(shown.terminal.writes.join('')).toContain('\u001b[?1002l');
		await shown.press('m');
		expect(shown.terminal.row(-2)).toContain('The mouse is on.');
		expect(shown.terminal.writes.join('').lastIndexOf('\u001b[?1002h')).toBeGreaterThan(0);
	});

	it('is the terminal’s own over texts and zoomed logs, where one wants to select and copy', async () => {
		const shown = await showDashboard();
		const last = (): string | undefined =>
			shown.terminal.writes
				.join('')
				.match(/\u001b\[\?1002[hl]/g)
				?.at(-1)
				?.at(-1);
		await shown.press('?');
		expect(last()).toBe('l');
		await shown.press('escape');
		expect(last()).toBe('h');
		await shown.press('4', 'z');
		expect(last()).toBe('l');
		await shown.press(':');
		expect(last()).toBe('h');
		await shown.press('escape', 'z');
		expect(last()).toBe('h');
	});

	it('does nothing where there is nothing, beyond the last row or on the frame', async () => {
		const shown = await showDashboard({columns: 200, rows: 50});
		const before = shown.terminal.text();
		for (const [x, y] of [
			[0, 0],
			[199, 49],
			[5, 48],
			[199, 1],
		] as const) {
			shown.terminal.mouse('press', x, y);
			await shown.pass(0);
		}
		expect(shown.terminal.text().includes('▸')).toBe(before.includes('▸'));
		expect(shown.actions.acted).toEqual([]);
	});
});
