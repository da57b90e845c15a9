/** What hands know from `less`, from k9s and from this program's own titles: a key keeps its meaning wherever one is. */
import {describe, expect, it} from 'vitest';
import {type Dashboard, rowOf, showDashboard} from '../ui/support/dashboard.tsx';

const message = ({terminal}: Dashboard): string => terminal.row(-2);
const focus = ({screen}: Dashboard): string => screen.getSnapshot().state.focus;

describe('digits', () => {
	it.each([
		['0', 'overview'],
		['1', 'nodes'],
		['2', 'services'],
		['3', 'tasks'],
		['5', 'stacks'],
		['6', 'networks'],
	])('%s goes to the %s from the logs too', async (key, place) => {
		const shown = await showDashboard();
		await shown.press('4', key);
		expect(focus(shown)).toBe(place);
	});

	it('leave the range of the logs to a menu of its own', async () => {
		const shown = await showDashboard();
		await shown.press('G');
		await shown.pass(300);
		await shown.press('4', 'S');
		expect(shown.terminal.text()).toContain('Logs since when?');
		for (const range of ['1m', '5m', '15m', '1h', 'from the beginning', 'since…'])
			expect(shown.terminal.text()).toContain(range);
		await shown.press('3');
		expect(rowOf(shown, '4 logs')).toContain('since 15m');
		await shown.press('S', 's');
		expect(message(shown)).toContain('Logs since');
	});
});

describe('u and U', () => {
	it('u sets an image also while the line offers to take an action back, and U takes it back', async () => {
		const shown = await showDashboard({columns: 120, rows: 36});
		await shown.press('2', 'G');
		const undo = {action: 'service.scale', serviceId: 'service-shop_web', replicas: 3} as const;
		shown.actions.answer = {undo};
		await shown.press('+');
		await shown.pass(100);
		expect(message(shown)).toContain('(U undoes it)');
		expect(shown.terminal.row(-1)).toMatch(/^ U undo/);
		await shown.press('u');
		expect(message(shown)).toContain('Image of shop_web');
		await shown.press('escape', 'U');
		expect(shown.actions.acted.at(-1)).toEqual(undo);
	});
});

describe('q', () => {
	it('closes what is open, one after the other, and quits when nothing is', async () => {
		const shown = await showDashboard();
		await shown.press('G', 'enter', 'l', 'z', 'q');
		expect(focus(shown)).toBe('logs');
		await shown.press('q');
		expect(focus(shown)).toBe('tasks');
		await shown.press('q');
		expect(focus(shown)).toBe('services');
		await shown.press('0', '5', 'q', '4', 'q', 'z', 'q');
		expect(focus(shown)).toBe('services');
		expect(shown.quits).toEqual([]);
		await shown.press('q');
		expect(shown.quits).toHaveLength(1);
	});

	it('quits with Ctrl-C wherever one is', async () => {
		const shown = await showDashboard();
		await shown.press('0', '?', 'ctrl-c');
		expect(shown.quits).toHaveLength(1);
	});
});

describe('places', () => {
	it('- goes to the last view and back again', async () => {
		const shown = await showDashboard();
		await shown.press('0', '-');
		expect(focus(shown)).toBe('services');
		await shown.press('-');
		expect(focus(shown)).toBe('overview');
		expect(shown.actions.acted).toEqual([]);
	});

	it('[ and ] go back and forward through what was visited', async () => {
		const shown = await showDashboard();
		await shown.press('[');
		expect(message(shown)).toContain('no place before');
		await shown.press('G', 'enter', '6', '1', '[');
		expect(focus(shown)).toBe('networks');
		await shown.press('[');
		expect(focus(shown)).toBe('tasks');
		expect(shown.terminal.text()).toContain('3 tasks of shop_web');
		await shown.press('[', ']', ']', ']', ']');
		expect(focus(shown)).toBe('nodes');
		expect(message(shown)).toContain('no place after');
	});
});
