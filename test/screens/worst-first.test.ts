import {describe, expect, it} from 'vitest';
import type {Health, ServiceEntity} from '../../source/cluster/model.ts';
import {asNew, type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, service, shop} from '../ui/support/entities.ts';

/** The names of the services from the top, as they stand on the screen. */
function order({terminal}: Dashboard, names: readonly string[]): string[] {
	const rows = terminal.text().split('\n');
	const at = (name: string): number => rows.findIndex((row) => new RegExp(`^\\W*${name} `).test(row));
	return names.filter((name) => at(name) !== -1).sort((a, b) => at(a) - at(b));
}

const names = ['a', 'b', 'c', 'd'];

function swarm(health: Readonly<Record<string, Health>>): {services: ServiceEntity[]} {
	return {services: names.map((name) => service(name, {health: health[name] ?? 'healthy'}))};
}

describe.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('lists at %ix%i', (columns, rows) => {
	it('open with what fails, then what is on its way, then the rest by name', async () => {
		const shown = await showDashboard({columns, rows, memory: asNew()});
		const found = order(shown, ['agent', 'batch', 'shop_api', 'shop_mail', 'shop_web']);
		expect(found).toEqual(['shop_mail', 'shop_api', 'agent', 'batch', 'shop_web']);
		expect(shown.terminal.text()).toContain('▸✗ shop_mail');
	});
});

describe('the worst first', () => {
	it('comes back after the last of the columns, and another order is remembered', async () => {
		const memory = asNew();
		const shown = await showDashboard({swarm: swarm({c: 'failing'}), memory});
		expect(order(shown, names)).toEqual(['c', 'a', 'b', 'd']);
		await shown.press('o');
		expect(order(shown, names)).toEqual(names);
		const again = await showDashboard({swarm: swarm({c: 'failing'}), memory});
		expect(order(again, names)).toEqual(names);
		for (let presses = 0; presses < 12 && order(shown, names)[0] !== 'c'; presses++) await shown.press('o');
		expect(order(shown, names)).toEqual(['c', 'a', 'b', 'd']);
		expect(shown.terminal.row(-2)).toContain('Worst first');
	});

	it('shows what begins to fail at the top, while the cursor stays on its object', async () => {
		const shown = await showDashboard({columns: 80, rows: 24, swarm: swarm({}), memory: asNew()});
		await shown.become(cluster(swarm({d: 'failing'})));
		expect(order(shown, names)).toEqual(['d', 'a', 'b', 'c']);
		expect(shown.terminal.text()).toContain('▸● a');
	});

	it('moves no row while the cursor is being moved, and catches up when it rests', async () => {
		const shown = await showDashboard({swarm: swarm({}), memory: asNew()});
		await shown.press('j');
		await shown.become(cluster(swarm({d: 'failing'})));
		expect(order(shown, names)).toEqual(names);
		expect(shown.terminal.text()).toContain('✗ d ');
		await shown.press('j');
		await shown.pass(1000);
		expect(order(shown, names)).toEqual(names);
		await shown.pass(1000);
		expect(order(shown, names)).toEqual(['d', 'a', 'b', 'c']);
		expect(shown.terminal.text()).toContain('▸● c');
	});

	it('keeps what is past below what took its place', async () => {
		const shown = await showDashboard({swarm: shop(), memory: asNew()});
		await shown.press('3', 'H');
		const text = shown.terminal.text();
		expect(text.indexOf('└ shop_mail.1')).toBeGreaterThan(text.indexOf('✗ shop_mail.1'));
	});
});
