import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import type {FormAnswer, FormSpec, FormValues} from '../../source/ui/form/form-spec.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, shop} from '../ui/support/entities.ts';

const words = toSafeText;

type Opened = Dashboard & {readonly sent: FormValues[]; readonly close: () => void};

async function openForm(
	more: Partial<FormSpec> & {readonly answer?: FormAnswer | Promise<FormAnswer>} = {},
	size = {columns: 80, rows: 24},
): Promise<Opened> {
	const shown = await showDashboard(size);
	const sent: FormValues[] = [];
	let closing: (() => void) | undefined;
	const {answer, ...rest} = more;
	shown.screen.getSnapshot().fixed.app.forms.open({
		title: words('Join a swarm'),
		button: words('Join'),
		fields: [
			{
				kind: 'text',
				id: 'address',
				label: words('Address'),
				hint: words('Of a manager: 10.0.0.1:2377.'),
				required: words('An address is needed.'),
				check: (text) => (text.includes(' ') ? words('An address has no blanks.') : undefined),
			},
			{kind: 'hidden', id: 'token', label: words('Token')},
			{kind: 'flag', id: 'autolock', label: words('Autolock'), part: words('Locking')},
		],
		onSubmit: (values, close) => {
			sent.push(values);
			closing = close;
			return answer;
		},
		...rest,
	});
	// A key opens it elsewhere, and draws it.
	shown.screen.resize(size);
	await shown.pass(0);
	return {...shown, sent, close: () => closing?.()};
}

async function type({terminal, pass}: Dashboard, text: string): Promise<void> {
	terminal.type(text);
	await pass(0);
}

describe('a form', () => {
	it('stands over the panes with its fields, and says what belongs into the one in focus', async () => {
		const shown = await openForm();
		const text = shown.terminal.text();
		expect(text).toContain('Join a swarm');
		expect(text).toMatch(/▸ Address/);
		expect(text).toContain('Of a manager: 10.0.0.1:2377.');
		expect(text).toContain('Locking');
		expect(shown.terminal.row(-1)).toMatch(/Enter next.*Ctrl-S done.*Esc leave/);
	});

	it('types letters that are keys elsewhere, and says what is wrong as it is typed', async () => {
		const shown = await openForm();
		await type(shown, 'q?E:1 2');
		expect(shown.terminal.text()).toContain('q?E:1 2');
		expect(shown.terminal.text()).toContain('An address has no blanks.');
	});

	it('sends what was entered, and stays until it has served', async () => {
		const shown = await openForm();
		await type(shown, '10.0.0.1');
		await shown.press('enter');
		await type(shown, 'SWMTKN');
		await shown.press('enter', 'space', 'enter');
		expect(shown.sent).toEqual([{address: ['10.0.0.1'], token: ['SWMTKN'], autolock: ['yes']}]);
		expect(shown.terminal.text()).toContain('Join a swarm');
		shown.close();
		await shown.press('ctrl-l');
		expect(shown.terminal.text()).not.toContain('Join a swarm');
	});

	it('never shows what is hidden, not even how long it is', async () => {
		const shown = await openForm();
		await shown.press('tab');
		await type(shown, 'hunter2');
		shown.terminal.paste('line one\rline two');
		await shown.pass(0);
		expect(shown.terminal.text()).not.toMatch(/hunter2|line one|line two/);
		expect(shown.terminal.text()).toContain('(entered, never shown)');
	});

	it('goes to what is wrong instead of sending it', async () => {
		const shown = await openForm();
		await shown.press('tab', 'ctrl-s');
		expect(shown.sent).toEqual([]);
		expect(shown.terminal.text()).toMatch(/✗ Address/);
		expect(shown.terminal.text()).toContain('An address is needed.');
	});

	it('says what was wrong with the whole, and takes no key while it waits', async () => {
		let answer: (problem: FormAnswer) => void = () => undefined;
		const shown = await openForm({
			waiting: words('joining…'),
			answer: new Promise<FormAnswer>((resolve) => {
				answer = resolve;
			}),
		});
		await type(shown, 'manager');
		await shown.press('ctrl-s');
		expect(shown.terminal.text()).toContain('joining…');
		await type(shown, 'x');
		answer(words('The token is not of this swarm.'));
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('The token is not of this swarm.');
		expect(shown.terminal.text()).toContain('manager ');
	});

	it('throws nothing away without a question', async () => {
		const shown = await openForm();
		await type(shown, 'manager');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('Throw away what you have entered?');
		await shown.press('escape');
		expect(shown.terminal.text()).toMatch(/Address +manager/);
		await shown.press('escape', 't');
		expect(shown.terminal.text()).not.toContain('Join a swarm');
	});

	it('closes at once while nothing was entered', async () => {
		const shown = await openForm();
		await shown.press('escape');
		expect(shown.terminal.text()).not.toContain('Join a swarm');
	});

	it('scrolls where it does not fit, and is the same after a resize', async () => {
		const fields = Array.from({length: 40}, (_, index) => ({
			kind: 'text' as const,
			id: `f${index}`,
			label: words(`Field ${index}`),
		}));
		const shown = await openForm({fields});
		await shown.press(...Array.from({length: 39}, () => 'down'));
		await type(shown, 'last');
		expect(shown.terminal.text()).toMatch(/▸ Field 39 +last/);
		shown.terminal.resize(60, 12);
		shown.screen.resize({columns: 60, rows: 12});
		await shown.pass(0);
		expect(shown.terminal.text()).toMatch(/▸ Field 39 +last/);
	});

	it('checks what was entered against the swarm as it is now', async () => {
		let isThere = true;
		const shown = await openForm({
			fields: [
				{
					kind: 'text',
					id: 'network',
					label: words('Network'),
					check: () => (isThere ? undefined : words('There is no network front any more.')),
				},
			],
		});
		await type(shown, 'front');
		expect(shown.terminal.text()).not.toContain('any more');
		isThere = false;
		await shown.become({...cluster(shop()), revision: 99});
		expect(shown.terminal.text()).toContain('There is no network front any more.');
	});
});
