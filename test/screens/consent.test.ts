import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {line} from '../ui/support/fakes.ts';

/** A question is answered by who has seen it: keys that came before are nobody's consent. */

const drained = {action: 'node.availability', nodeId: 'node-m1', availability: 'drain'};

async function nodes(): Promise<Dashboard> {
	const shown = await showDashboard({columns: 120, rows: 36});
	shown.actions.answer = {consent: {kind: 'dialog'}, title: toSafeText('Drain it')};
	await shown.press('1');
	return shown;
}

const message = ({terminal}: Dashboard): string => terminal.row(-2);

describe('a dialog', () => {
	it('takes no key of the read that opened it, and says so', async () => {
		const shown = await nodes();
		shown.terminal.type('dy');
		await shown.pass(0);
		await shown.pass(1000);
		expect(shown.actions.acted).toEqual([]);
		expect(shown.terminal.text()).toContain('[ Cancel ]');
		expect(message(shown)).toContain('Not yet: read it first');
		await shown.press('y');
		expect(shown.actions.acted).toEqual([drained]);
	});

	it.each([
		['y', ['y']],
		['Enter on its yes', ['tab', 'enter']],
	])('takes no %s within 300 ms of being drawn', async (_, keys) => {
		const shown = await nodes();
		await shown.terminal.press('d');
		await shown.pass(0);
		await shown.pass(200);
		expect(shown.terminal.text()).toContain('Drain it');
		expect(shown.terminal.text()).not.toContain('[ Cancel ]');
		await shown.terminal.press(...keys);
		await shown.pass(0);
		expect(shown.actions.acted).toEqual([]);
		expect(message(shown)).toContain('Not yet');
		await shown.pass(100);
		await shown.press(keys.at(-1) ?? '');
		expect(shown.actions.acted).toEqual([drained]);
	});

	it('takes no yes while its forecast is worked out, nor at once when it has come', async () => {
		const shown = await nodes();
		shown.actions.answer = {...shown.actions.answer, forecast: 'pending'};
		await shown.terminal.press('d');
		await shown.pass(5000);
		await shown.press('y');
		expect(message(shown)).toContain('Not yet: what will move where is still being worked out');
		shown.actions.answer = {...shown.actions.answer, forecast: 'ready', lines: [line('danger', '3 tasks stop')]};
		shown.store.set({...shown.store.getState(), revision: shown.store.getState().revision + 1});
		await shown.pass(50);
		expect(shown.terminal.text()).toContain('3 tasks stop');
		await shown.terminal.press('y');
		await shown.pass(0);
		expect(shown.actions.acted).toEqual([]);
		await shown.pass(300);
		await shown.press('y');
		expect(shown.actions.acted).toEqual([drained]);
	});

	it('takes no word that was typed before it was drawn', async () => {
		const shown = await nodes();
		shown.actions.answer = {consent: {kind: 'typed', word: toSafeText('w1')}};
		shown.terminal.type('dw1\r');
		await shown.pass(0);
		await shown.pass(1000);
		await shown.press('enter');
		expect(shown.actions.acted).toEqual([]);
		await shown.press('w', '1', 'enter');
		expect(shown.actions.acted).toEqual([drained]);
	});

	it('is left with Esc at any time', async () => {
		const shown = await nodes();
		await shown.terminal.press('d', 'sure-escape');
		await shown.pass(100);
		expect(shown.terminal.text()).not.toContain('Drain it');
		expect(shown.actions.acted).toEqual([]);
	});

	it('takes no yes on a terminal that is too small to show it', async () => {
		const shown = await nodes();
		shown.terminal.resize(10, 3);
		await shown.terminal.press('d');
		await shown.pass(0);
		await shown.pass(1000);
		await shown.terminal.press('y');
		await shown.pass(0);
		expect(shown.actions.acted).toEqual([]);
	});
});

describe('taking back', () => {
	it('what started tasks asks before it stops them', async () => {
		const shown = await showDashboard({columns: 120, rows: 36});
		await shown.press('2', 'G');
		const undo = {action: 'service.scale', serviceId: 'service-shop_web', replicas: 2} as const;
		shown.actions.answer = {undo, title: toSafeText('Scale shop_web')};
		await shown.press('+', 'U');
		expect(shown.actions.acted).toHaveLength(1);
		expect(shown.terminal.text()).toContain('[ Cancel ]');
		await shown.press('y');
		expect(shown.actions.acted.at(-1)).toEqual(undo);
	});

	it('what stopped tasks is done at once', async () => {
		const shown = await showDashboard({columns: 120, rows: 36});
		await shown.press('2', 'G');
		const undo = {action: 'service.scale', serviceId: 'service-shop_web', replicas: 4} as const;
		shown.actions.answer = {undo, title: toSafeText('Scale shop_web')};
		await shown.press('_', 'U');
		expect(shown.actions.acted.at(-1)).toEqual(undo);
	});

	it('is offered once', async () => {
		const shown = await showDashboard({columns: 120, rows: 36});
		await shown.press('2', 'G');
		const undo = {action: 'service.scale', serviceId: 'service-shop_web', replicas: 2} as const;
		shown.actions.answer = {undo, title: toSafeText('Scale shop_web')};
		await shown.press('+');
		shown.actions.tell({state: 'done', detail: toSafeText('converged'), undo});
		await shown.pass(100);
		expect(message(shown).match(/undoes it/g)).toHaveLength(1);
		expect(message(shown)).toContain('(U undoes it)');
	});
});

it('nothing can be marked in the overview, where keys act on one row, nor is it offered there', async () => {
	const shown = await showDashboard({columns: 160, rows: 36});
	await shown.press('2');
	expect(shown.terminal.row(-1)).toContain('mark');
	expect(shown.terminal.row(-1)).toContain('z zoom');
	await shown.press('0');
	expect(shown.terminal.row(-1)).not.toContain('mark');
	expect(shown.terminal.row(-1)).not.toContain('zoom');
	await shown.press('z');
	expect(message(shown)).toContain('overview has the whole screen');
	await shown.press('space');
	expect(message(shown)).toContain('Nothing can be marked here');
	await shown.press('*');
	expect(shown.screen.getSnapshot().state.lists.overview.marks.ids.size).toBe(0);
});
