import {afterEach, describe, expect, it} from 'vitest';
import {type Dashboard, type DashboardOptions, openDashboard, rowOf} from '../ui/support/dashboard.tsx';
import {leader, node, service} from '../ui/support/entities.ts';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

const web = service('web');
const before = {...web.raw.Spec, TaskTemplate: {ContainerSpec: {Image: 'nginx:1.26', Env: ['A=1', 'B=2']}}};
const updated = {...web, raw: {...web.raw, PreviousSpec: before}};

async function inspecting(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard({
		swarm: {nodes: [node('m1', {manager: leader})], services: [updated, service('other')]},
		...options,
	});
	open.push(opened);
	await opened.pass(0);
	await opened.press('2', 'g', 'j');
	return opened;
}

describe.each([
	[200, 50],
	[80, 24],
])('inspect at %ix%i', (columns, rows) => {
	it('describes a service in words with d, its networks by name', async () => {
		const shown = await inspecting({columns, rows});
		await shown.press('d');
		expect(shown.terminal.row(1)).toContain('details web');
		expect(rowOf(shown, 'mode ')).toMatch(/mode +replicated/);
		expect(shown.sync.looked.at(-1)).toEqual(['networks']);
		await shown.press('escape');
		expect(shown.sync.looked.at(-1)).toEqual([]);
	});

	it('shows YAML with i and JSON with y, and changes between them', async () => {
		const shown = await inspecting({columns, rows});
		await shown.press('i');
		expect(shown.terminal.row(1)).toContain('inspect web  YAML');
		expect(rowOf(shown, 'Image:')).toMatch(/^ +Image: nginx:1\.27$/);
		await shown.press('y');
		expect(shown.terminal.row(1)).toContain('inspect web  JSON');
		expect(rowOf(shown, '"Image"')).toContain('"Image": "nginx:1.27"');
		await shown.press('escape', 'y');
		expect(shown.terminal.row(1)).toContain('inspect web  JSON');
	});

	it('folds and unfolds, the cursor staying with what was folded', async () => {
		const shown = await inspecting({columns, rows});
		await shown.press('i');
		expect(rowOf(shown, 'PreviousSpec')).toContain('PreviousSpec: {… 4}');
		await shown.press('j', 'j', 'left');
		expect(rowOf(shown, 'Version')).toContain('Version: {… 1}');
		expect(shown.terminal.styleOf('Version: {… 1}')).toMatch(/48;/);
		await shown.press('right');
		expect(rowOf(shown, 'Index')).not.toBe('');
		await shown.press('-');
		expect(rowOf(shown, 'Spec:')).toContain('{…');
		await shown.press('+');
		expect(rowOf(shown, 'Image: nginx:1.27')).not.toBe('');
	});

	it('copies values and paths', async () => {
		const shown = await inspecting({columns, rows});
		await shown.press('i', '/', ...'image', 'enter', 'c', 'p');
		expect(shown.copies).toEqual(['nginx:1.27', '.Spec.TaskTemplate.ContainerSpec.Image']);
		await shown.press('k', 'c');
		expect(shown.copies.at(-1)).toBe('Image: nginx:1.27');
		expect(shown.terminal.row(-2)).toContain('Copied: Image: nginx:1.27');
	});

	it('shows what the last update changed', async () => {
		const shown = await inspecting({columns, rows});
		await shown.press('i', 'd');
		expect(rowOf(shown, '-     Image')).toContain('nginx:1.26');
		expect(rowOf(shown, '+     Image')).toContain('nginx:1.27');
		expect(rowOf(shown, 'B=2')).toMatch(/^ - /);
		await shown.press('d');
		expect(shown.terminal.row(1)).toContain('YAML');
		await shown.press('escape', 'g', 'i', 'd');
		expect(shown.terminal.row(-2)).toContain('The engine keeps no spec of other from before.');
	});
});

describe('searching what is inspected', () => {
	it('finds what was folded', async () => {
		const shown = await inspecting();
		await shown.press('i', '-', '/', ...'nginx:1.26', 'enter');
		expect(rowOf(shown, 'nginx:1.26')).not.toBe('');
		expect(shown.terminal.row(1)).toContain('1 of 1');
	});
});
