import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {notAsked} from '../../source/cluster/entities/context.ts';
import {stackLabel} from '../../source/cluster/entities/service.ts';
import {emptyInventory} from '../../source/cluster/model.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, service, shop} from '../ui/support/entities.ts';

async function type(shown: Dashboard, text: string): Promise<void> {
	shown.terminal.type(text);
	await shown.pass(0);
}

function offered({terminal}: Dashboard): string[] {
	const rows = terminal.text().split('\n');
	const top = rows.findIndex((row) => row.includes('go to, do'));
	return rows
		.slice(top)
		.filter((row) => /^┃[ ▸]/.test(row))
		.map((row) => row.slice(1, row.indexOf('┃', 1)).trim());
}

const first = (shown: Dashboard): string => offered(shown).find((row) => row.startsWith('▸')) ?? '';

describe.each([
	[200, 50],
	[80, 24],
])('the palette at %ix%i', (columns, rows) => {
	it('offers every view and what keys do, with the key', async () => {
		const shown = await showDashboard({columns, rows});
		await shown.press(':');
		expect(shown.terminal.row(-2)).toContain(': ');
		expect(first(shown)).toMatch(/^▸nodes +view {2}no +1$/);
		expect(offered(shown)).toContainEqual(expect.stringMatching(/^stacks +view {2}stk +5$/));
		await type(shown, 'drain');
		expect(first(shown)).toMatch(/Drain.* nodes +d$/);
		expect(shown.terminal.styleOf('▸Drain')).toMatch(/48/);
		await shown.press('escape');
		expect(shown.terminal.text()).not.toContain('go to, do');
	});

	it('goes to views by the names that docker and k9s users expect', async () => {
		const shown = await showDashboard({columns, rows});
		for (const [word, title] of [
			['stk', 'stacks 0'],
			['net', 'networks 0'],
			['sec', 'secrets 0'],
			['cfg', 'configs 0'],
			['ev', 'events 0'],
		] as const) {
			await type(shown, `:${word}`);
			await shown.press('enter');
			expect(shown.terminal.row(1)).toContain(title);
		}
		await type(shown, ':no');
		await shown.press('enter');
		expect(shown.terminal.row(-1)).toContain('d drain');
		await type(shown, ':svc');
		await shown.press('enter');
		expect(shown.terminal.row(-1)).toContain('r restart');
	});

	it('goes to an object, also when a filter hides it', async () => {
		const shown = await showDashboard({columns, rows});
		await type(shown, '/batch');
		await shown.press('enter');
		await type(shown, ':svc ai');
		expect(first(shown)).toMatch(/^▸shop_mail +service$/);
		await shown.press('enter');
		expect(shown.terminal.text()).toMatch(/▸✗ shop_mail /);
		expect(shown.terminal.text()).toContain('2 services 5');
	});

	it('acts on an object by name', async () => {
		const shown = await showDashboard({columns, rows});
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await type(shown, ':node w1 drain');
		expect(first(shown)).toMatch(/^▸w1: Drain/);
		await shown.press('enter');
		expect(shown.terminal.text()).toMatch(/▸● w1 /);
		await shown.press('y');
		expect(shown.actions.acted).toEqual([{action: 'node.availability', nodeId: 'node-w1', availability: 'drain'}]);
	});
});

describe('the palette', () => {
	it.each(['q', 'q!', 'quit'])('quits on %s', async (word) => {
		const shown = await showDashboard();
		await type(shown, `:${word}`);
		await shown.press('enter');
		expect(shown.quits).toHaveLength(1);
	});

	it('moves through what it offers, around the end', async () => {
		const shown = await showDashboard();
		await shown.press(':', 'down');
		expect(first(shown)).toMatch(/^▸services/);
		await shown.press('up', 'up');
		expect(first(shown)).not.toMatch(/^▸nodes/);
		await shown.press('tab', 'tab', 'tab', 'enter');
		expect(shown.terminal.row(-1)).toContain('a all tasks');
	});

	it('goes to the swarm of a context, also of one that was not known yet when its name was typed', async () => {
		const shown = await showDashboard();
		await type(shown, ':ctx prod');
		expect(shown.terminal.text()).toContain('no match');
		const prod = {...notAsked, id: 'prod', name: toSafeText('prod'), isCurrent: false};
		const known = {...prod, description: toSafeText(''), endpoint: toSafeText('ssh://me@prod')};
		await shown.become(cluster(shop(), {contexts: new Map([['prod', known]])}));
		expect(first(shown)).toMatch(/^▸prod +context$/);
		await shown.press('enter');
		expect(shown.switches).toEqual(['prod']);
	});

	it('writes a stack as a file, and never over one that is there', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'palette-'));
		onTestFinished(() => rmSync(folder, {recursive: true}));
		const file = path.join(folder, 's.yaml');
		const shown = await showDashboard();
		const web = service('shop_web', {stack: toSafeText('shop')});
		web.raw.Spec.Labels = {[stackLabel]: 'shop'};
		await shown.become(cluster({...shop(), services: [web]}, {inventory: {...emptyInventory, networks: []}}));
		for (const answer of [/shop is in .*s\.yaml/, /is there already: name another/]) {
			await type(shown, ':stack export shop');
			expect(first(shown)).toMatch(/^▸Export stack shop/);
			await shown.press('enter', 'ctrl-u');
			await type(shown, file);
			await shown.press('enter');
			expect(shown.terminal.text().replaceAll(/\s+/g, ' ')).toMatch(answer);
			await shown.press('escape');
		}
		expect(readFileSync(file, 'utf8')).toMatch(/^# Stack shop,[\s\S]*^ {2}web:$/m);
	});

	it('sorts by any column, and looks like any theme', async () => {
		const shown = await showDashboard();
		await type(shown, ':sort rep');
		expect(first(shown)).toMatch(/^▸Sort by REPLICAS +services +o$/);
		await shown.press('enter');
		expect(shown.terminal.text()).toContain('REPLICAS↑');
		await type(shown, ':theme light');
		expect(first(shown)).toMatch(/^▸theme light +Light$/);
	});

	it('says why an action does nothing now', async () => {
		const shown = await showDashboard({isReadOnly: true});
		await type(shown, ':scale');
		await shown.press('enter');
		expect(shown.terminal.row(-2)).toContain('Read-only mode');
	});

	it('stays open when nothing is called what was typed', async () => {
		const shown = await showDashboard();
		await type(shown, ':zzzzzz');
		expect(shown.terminal.text()).toContain('no match');
		await shown.press('enter');
		expect(shown.terminal.row(-2)).toContain('zzzzzz');
		await shown.press('escape');
		expect(shown.terminal.text()).toContain('2 services 5');
	});
});
