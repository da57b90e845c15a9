import {describe, expect, it} from 'vitest';
import {failed, ok} from '../../source/runtime/result.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, openDashboard} from '../ui/support/dashboard.tsx';
import {line} from '../ui/support/fakes.ts';

/** What a person types into the editor. */
const replacing = (piece: string | RegExp, by: string) => (text: string) => ok(text.replace(piece, by));

/** E on the first service, with editors that do this one after the other. */
async function edited(...edits: Dashboard['editor']['edits']): Promise<Dashboard> {
	const dashboard = openDashboard({columns: 100, rows: 30});
	dashboard.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', 'what it does')]};
	dashboard.editor.edits.push(...edits);
	await dashboard.press('E');
	return dashboard;
}

const addLabel = replacing(/^Labels:.*$/m, 'Labels:\n  tier: front');

describe('E edits a spec in the person’s editor', () => {
	it('plans what was changed, asks, and acts', async () => {
		const {terminal, actions, editor, press, pass} = await edited(addLabel);
		await terminal.waitFor('what it does');
		await pass(300);
		expect(actions.acted).toEqual([]);
		await press('y');
		expect(actions.acted).toMatchObject([
			{action: 'service.edit', changes: [{path: ['Labels', 'tier'], from: undefined, to: 'front'}]},
		]);
		actions.tell({state: 'done', finishedAt: 1});
		await press('j');
		await expect.poll(() => editor.files.size).toBe(0);
	});

	it('does nothing when nothing was changed', async () => {
		const {terminal, actions, editor} = await edited(replacing('x', 'x'));
		await terminal.waitFor('the text was not changed');
		expect(actions.acted).toEqual([]);
		expect(editor.files.size).toBe(0);
	});

	it('says what is wrong with its line, and opens again with the text as it was left', async () => {
		const {terminal, editor, press, actions} = await edited(
			replacing(/^Mode:/m, 'Mood: {}\nMode:'),
			replacing('Mood: {}\n', 'RollbackConfig: {Parallelism: 1}\n'),
		);
		await terminal.waitFor(/line \d+, Mood: there is no such key/);
		await press('e');
		await terminal.waitFor('what it does');
		expect(editor.opened[1]).toContain('Mood: {}');
		await press('y');
		expect(actions.acted).toMatchObject([{changes: [{path: ['RollbackConfig']}]}]);
	});

	it('keeps the text of who leaves it, says where, and goes on with it later', async () => {
		const {terminal, editor, press} = await edited(replacing(/^Mode:/m, 'Mood: {}\nMode:'));
		await terminal.waitFor('there is no such key');
		await press('l');
		await terminal.waitFor(/Your text is kept in \/tmp\/swarmtop-0\/\S+\.yaml/);
		expect(editor.files.size).toBe(1);
		editor.edits.push(replacing('Mood: {}\n', ''));
		await press('E');
		await terminal.waitFor('Your last text was kept in');
		await press('g');
		await terminal.waitFor('the text was not changed');
	});

	it('keeps the text when the dialog is cancelled, and when the engine refuses it', async () => {
		const {terminal, editor, press, pass, actions} = await edited(addLabel);
		await terminal.waitFor('what it does');
		await press('escape');
		await terminal.waitFor('Your text is kept in');
		await press('E', 'g');
		await terminal.waitFor('what it does');
		await press('y');
		actions.tell({state: 'failed', finishedAt: 1, detail: toSafeText('the engine says no')});
		await pass(50);
		await terminal.waitFor('the engine says no');
		expect(editor.files.size).toBe(1);
		await press('E');
		await terminal.waitFor('Your last text was kept in');
	});

	it('keeps the text when the editor fails', async () => {
		const {terminal, actions} = await edited(() => failed(toSafeText('vi ended with 1.')));
		await terminal.waitFor(/vi ended with 1\. Your text is kept in/);
		expect(actions.acted).toEqual([]);
	});

	it('says what to do without an editor', async () => {
		const dashboard = openDashboard({columns: 100, rows: 30});
		dashboard.editor.problem = toSafeText('No editor is set: export EDITOR=vi');
		await dashboard.press('E');
		await dashboard.terminal.waitFor('No editor is set');
	});

	it('is off in read-only mode', async () => {
		const dashboard = openDashboard({columns: 100, rows: 30, isReadOnly: true});
		await dashboard.press('E');
		await dashboard.terminal.waitFor('Read-only mode');
		expect(dashboard.editor.opened).toEqual([]);
	});

	it('edits a node: its labels, role or availability, one at a time', async () => {
		const {terminal, press, editor, actions} = await edited(replacing('', ''));
		editor.edits.length = 0;
		editor.edits.push(
			(text) => ok(text.replace(/Availability: \w+/, 'Availability: drain').replace(/^Labels:.*$/m, 'Labels:\n  a: b')),
			replacing('Availability: drain', 'Availability: active'),
		);
		await press('1', 'E');
		await terminal.waitFor('changed one at a time');
		await press('e');
		await terminal.waitFor('what it does');
		await press('y');
		expect(actions.acted).toMatchObject([{action: 'node.labels', set: {a: 'b'}}]);
	});
});

describe('a plan with a diff', () => {
	const diff = [
		{kind: 'heading', text: toSafeText('yours')},
		{kind: 'removed', text: toSafeText('tier: back')},
		{kind: 'added', text: toSafeText('tier: front')},
		...Array.from({length: 40}, (_, i) => ({kind: 'same', text: toSafeText(`key${i}: same`)}) as const),
		{kind: 'skipped', count: 7},
	] as const;

	it('shows it in colours, and pages through what does not fit', async () => {
		const dashboard = openDashboard({columns: 80, rows: 24});
		dashboard.actions.answer = {consent: {kind: 'dialog'}, lines: [line('plain', 'what it does')], diff};
		await dashboard.press('x');
		const {terminal, press} = dashboard;
		await terminal.waitFor('+ tier: front');
		expect(terminal.styleOf('- tier: back')).not.toBe(terminal.styleOf('+ tier: front'));
		expect(terminal.text()).toMatch(/… \d+ more lines below: PgDn/);
		expect(terminal.text()).toContain('[ Cancel ]');
		await press('pagedown', 'pagedown', 'pagedown', 'pagedown');
		await terminal.waitFor('… 7 lines unchanged');
		expect(terminal.text()).toContain('$ docker …');
		await press('pageup', 'pageup', 'pageup', 'pageup', 'pageup');
		await terminal.waitFor('what it does');
	});
});

describe('an action that somebody else beat', () => {
	const conflict = {
		diff: [
			{kind: 'removed', text: toSafeText('7 replicas')},
			{kind: 'added', text: toSafeText('5 replicas')},
		],
	} as const;

	it('asks again with both sides, and takes no key that was meant for something else', async () => {
		const {terminal, actions, press, pass} = openDashboard({columns: 100, rows: 30});
		await press('r');
		expect(actions.acted).toHaveLength(1);
		actions.tell({state: 'failed', finishedAt: 1, detail: toSafeText('beaten'), conflict});
		await pass(50);
		await terminal.waitFor('Someone else changed this first');
		expect(terminal.text()).toContain('- 7 replicas');
		await press('y');
		expect(actions.acted).toHaveLength(1);
		await pass(1000);
		await press('y');
		expect(actions.acted).toHaveLength(2);
	});
});
