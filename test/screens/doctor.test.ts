import {afterEach, expect, it} from 'vitest';
import {type Dashboard, type DashboardOptions, openDashboard} from '../ui/support/dashboard.tsx';
import {node, shop} from '../ui/support/entities.ts';

/** The view of what is wrong with the swarm and what will be. */

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

async function doctor(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard({columns: 200, rows: 50, ...options});
	open.push(opened);
	await opened.pass(0);
	await opened.press('F');
	return opened;
}

it('lists the findings, the gravest first, and says of the selected one what helps', async () => {
	const shown = await doctor();
	expect(shown.terminal.row(1)).toMatch(/doctor \d+ ↑severity/);
	const severities = [...shown.terminal.text().matchAll(/^[ ▸]. (danger|warning|note) /gm)].map(
		([, severity]) => severity,
	);
	const order = ['danger', 'warning', 'note'];
	expect(severities.length).toBeGreaterThan(3);
	expect(severities).toEqual(severities.toSorted((a = '', b = '') => order.indexOf(a) - order.indexOf(b)));
	expect(shown.terminal.text()).toMatch(/what helps: docker service/);
});

it('shows why a finding matters, and goes to what it is about', async () => {
	const shown = await doctor();
	await shown.press('/', ...'rule=one-replica', 'enter');
	await shown.press('d');
	expect(shown.terminal.text()).toContain('it is down until the next task runs');
	await shown.press('escape', 'enter');
	expect(shown.terminal.row(-1)).toContain('s scale');
});

it('is found by its name, and by what people call it', async () => {
	for (const word of [':doctor', ':risks']) {
		const shown = openDashboard({columns: 200, rows: 50});
		open.push(shown);
		await shown.pass(0);
		await shown.press(...word, 'enter');
		expect(shown.terminal.row(1), word).toMatch(/doctor \d+/);
	}
});

it('leaves out what the configuration says', async () => {
	const rulesOf = (shown: Dashboard): string => shown.terminal.text();
	expect(rulesOf(await doctor())).toContain('one-replica');
	const {defaultConfig} = await import('../../source/config/config.ts');
	expect(rulesOf(await doctor({config: {...defaultConfig, ignore: ['one-replica']}}))).not.toContain('one-replica');
});

it('is told of by the overview, where there is more than notes', async () => {
	const shown = await doctor({swarm: {...shop(), nodes: [...shop().nodes, node('w9', {state: 'down'})]}});
	await shown.press('0');
	expect(shown.terminal.text()).toMatch(/F \d+ risks that the doctor sees/);
});

it('counts in the overview what the configuration leaves in', async () => {
	const {defaultConfig} = await import('../../source/config/config.ts');
	const swarm = {...shop(), nodes: [...shop().nodes, node('w9', {state: 'down'})]};
	const shown = await doctor({swarm, config: {...defaultConfig, ignore: ['*']}});
	await shown.press('0');
	expect(shown.terminal.text()).toContain('as desired');
	expect(shown.terminal.text()).not.toContain('that the doctor sees');
});
