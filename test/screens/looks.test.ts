import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../source/text/safe-text.ts';
import {cellWidth} from '../../source/text/width.ts';
import {themes} from '../../source/ui/theme/themes.ts';
import {type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {leader, node, service, task} from '../ui/support/entities.ts';

/** The cell at which a text begins in its row: what the eye sees as its place. */
function cellOf({terminal}: Dashboard, row: RegExp, text: string): number {
	const line = terminal
		.text()
		.split('\n')
		.find((each) => row.test(each));
	if (line === undefined) throw new Error(`no row is like ${row}:\n${terminal.text()}`);
	return cellWidth(line.slice(0, line.indexOf(text)));
}

const twins = [
	'a-very-long-team-name_billing-and-invoicing-backend-api',
	'a-very-long-team-name_billing-and-invoicing-backend-worker',
];

describe.each([
	[200, 50],
	[80, 24],
])('names at %ix%i', (columns, rows) => {
	it('keep the ends that tell them apart, in rows and in titles', async () => {
		const swarm = {
			nodes: [node('m1', {manager: leader})],
			services: twins.map((name) => service(name, {replicas: 3})),
			tasks: twins.map((name) => task(name, 1, 'm1')),
		};
		const shown = await showDashboard({columns, rows, swarm});
		expect(shown.terminal.text()).toMatch(/▸● a-very\S*-api +/);
		expect(shown.terminal.text()).toMatch(/ ● a-very\S*-worker +/);
		expect(shown.terminal.text()).toMatch(/3 tasks of a-very\S*-api 1/);
		await shown.press('j');
		expect(shown.terminal.text()).toMatch(/3 tasks of a-very\S*-worker 1/);
	});

	it('stand in their columns, however wide their characters are', async () => {
		const names = ['web', '数据库-api', 'ça-va', '🚀-launcher', 'e\u0301t\u00e9'];
		const swarm = {
			nodes: [node('m1', {manager: leader})],
			services: names.map((name) => service(name, {replicas: 3, image: toSafeText(`img/${name}`)})),
			tasks: [],
		};
		const shown = await showDashboard({columns, rows, swarm});
		const places = ['web', '数据库', 'ça-va', '🚀', 't\u00e9'].map((name) =>
			cellOf(shown, new RegExp(`● .*${name}.* 3/3`), '3/3'),
		);
		expect(new Set(places).size).toBe(1);
	});
});

describe.each(themes.map(({id}) => id))('the theme %s', (id) => {
	it('tells every health apart, by colour or sign, and the selected row from the others', async () => {
		const theme = themes.find((each) => each.id === id);
		if (!theme) throw new Error(`no theme ${id}`);
		const looks = Object.entries(theme.glyphs.health).map(
			([health, glyph]) => `${glyph}${theme.styles[health as 'healthy']}`,
		);
		expect(new Set(looks).size).toBe(looks.length);
		const shown = await showDashboard({theme: id});
		const selected = shown.terminal.styleOf('agent');
		expect(selected).not.toBe(shown.terminal.styleOf('batch'));
	});

	it('puts a colour of its own behind words alone, never behind an empty cell', async () => {
		const shown = await showDashboard({theme: id, columns: 200, rows: 50});
		const rows = shown.terminal.text().split('\n');
		const y = rows.findIndex((row) => row.includes('shop_api'));
		for (const {text, style} of shown.terminal.styles(y)) {
			if (text.trim() === '') expect(style.split(';').some((code) => /^4\d$/.test(code))).toBe(false);
		}
	});
});

describe('a key that does nothing here', () => {
	it.each([
		[['1'], 'r', 'r does nothing here (in services: Restart'],
		[['2'], 'Y', 'Y does nothing here; ? shows every key.'],
		[['4'], 'D', 'D does nothing here'],
	])('after %j, %s says so', async (before, key, words) => {
		const shown = await showDashboard({columns: 160});
		await shown.press(...before, key);
		expect(shown.terminal.row(-2)).toContain(words);
	});
});
