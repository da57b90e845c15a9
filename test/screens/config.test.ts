import {afterEach, describe, expect, it} from 'vitest';
import {vocabulary} from '../../source/commands/vocabulary.ts';
import {parseConfig} from '../../source/config/parse.ts';
import {toConfig} from '../../source/config/to-config.ts';
import {describeProblem} from '../../source/documents/document.ts';
import {failed, ok} from '../../source/runtime/result.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {type Dashboard, type DashboardOptions, openDashboard} from '../ui/support/dashboard.tsx';

const open: Dashboard[] = [];

afterEach(async () => {
	for (const {terminal, screen} of open.splice(0)) {
		screen.close();
		await terminal.close();
	}
});

async function dashboard(yaml: string, options: DashboardOptions = {}): Promise<Dashboard> {
	const parsed = parseConfig(yaml, 'config.yaml', vocabulary());
	if (!parsed.ok) throw new Error(parsed.error.map(describeProblem).join('\n'));
	const opened = openDashboard({...options, config: toConfig(parsed.value)});
	open.push(opened);
	await opened.pass(0);
	return opened;
}

async function find(shown: Dashboard, words: string): Promise<void> {
	shown.terminal.type(`/${words}`);
	await shown.press('enter');
}

describe.each([
	[200, 50],
	[80, 24],
])('own keys at %ix%i', (columns, rows) => {
	it('take the place of the default ones, in the footer, the help and the palette too', async () => {
		const shown = await dashboard('keys:\n  service.scale: V\n  program.help: [f1, h]\n', {columns, rows});
		await find(shown, 'api');
		expect(shown.terminal.row(-1)).toContain('V scale');
		await shown.press('s');
		expect(shown.terminal.row(-2)).toContain('s does nothing here');
		await shown.press('Y');
		expect(shown.terminal.row(-2)).toContain('Y does nothing here; F1 shows every key');
		await shown.press('V');
		expect(shown.terminal.row(-2)).toContain('Replicas of');
		await shown.press('escape', '?');
		expect(shown.terminal.text()).not.toContain('help: every key there is');
		await shown.press('h');
		expect(shown.terminal.text()).toContain('help: every key there is');
		expect(shown.terminal.text()).toMatch(/ V +Scale: set the number/);
		await shown.press('escape');
		shown.terminal.type(':scale');
		await shown.pass(0);
		expect(shown.terminal.text()).toMatch(/▸Scale.* V┃/);
	});
});

describe('own keys', () => {
	it('can take a key away: the palette still does it', async () => {
		const shown = await dashboard('keys:\n  service.scale: []\n');
		await find(shown, 'api');
		await shown.press('s');
		expect(shown.terminal.row(-2)).toContain('s does nothing here');
		shown.terminal.type(':scale');
		await shown.press('enter');
		expect(shown.terminal.row(-2)).toContain('Replicas of');
	});

	it('can be given to what moves, closes and edits', async () => {
		const shown = await dashboard(
			'keys:\n  list.down: down\n  service.restart: j\n  text.close: [escape, x]\n  prompt.home: ctrl-t\n',
		);
		shown.actions.answer = {consent: {kind: 'dialog'}};
		await shown.press('j');
		expect(shown.terminal.text()).toContain('Cancel');
		await shown.press('escape', '?', 'x');
		expect(shown.terminal.text()).not.toContain('help: every key');
		shown.terminal.type('/eb');
		await shown.press('ctrl-t');
		shown.terminal.type('w');
		await shown.pass(0);
		expect(shown.terminal.row(-2)).toContain('web');
	});
});

describe('arranged columns', () => {
	it('come in the user’s order, without the hidden ones, also for sorting', async () => {
		const shown = await dashboard('columns:\n  services: {order: [name, image, replicas], hidden: [mode]}\n', {
			columns: 200,
			rows: 50,
		});
		expect(shown.terminal.text()).toMatch(/SERVICE\S* +IMAGE +REPLICAS +NOW +PORTS/);
		expect(shown.terminal.text()).not.toContain('MODE');
		await shown.press('o');
		expect(shown.terminal.text()).toContain('IMAGE↑');
	});
});

describe('custom commands', () => {
	const yaml = `
commands:
  - key: ctrl-o
    scope: services
    title: Open in the registry
    run: xdg-open "https://example.com/{name}"
    background: true
    changes: false
  - {key: X, scope: nodes, title: Prune, run: [ssh, "{name}", docker, image, prune], confirm: true}
`;

	it('get the selected object’s fields, and say how they ended', async () => {
		const shown = await dashboard(yaml, {
			isReadOnly: true,
			runProgram: async () => ok({status: 0, output: 'opened\u001b[2J\n'}),
		});
		await find(shown, 'api');
		await shown.press('ctrl-o');
		expect(shown.runs).toHaveLength(1);
		expect(shown.runs[0]).toMatchObject({
			where: 'beside',
			invocation: {environment: {SWARMTOP_NAME: 'shop_api'}, shown: 'xdg-open "https://example.com/shop_api"'},
		});
		expect(shown.terminal.text()).toContain('opened');
		await shown.press('escape');
		expect(shown.terminal.row(-2)).toContain('Open in the registry: done.');
	});

	it('ask where they are to ask, with the words of the command', async () => {
		const shown = await dashboard(yaml);
		await shown.press('1', 'X');
		expect(shown.terminal.text()).toMatch(/y {2}Run +ssh m1 docker image prune/);
		await shown.press('enter');
		expect(shown.runs).toEqual([]);
		await shown.press('X', 'y');
		expect(shown.runs[0]).toMatchObject({
			where: 'terminal',
			invocation: {file: 'ssh', args: ['m1', 'docker', 'image', 'prune']},
		});
		expect(shown.terminal.row(-2)).toContain('Prune: done.');
	});

	it('are off in read-only mode unless they change nothing', async () => {
		const shown = await dashboard(yaml, {isReadOnly: true});
		await shown.press('1', 'X');
		expect(shown.terminal.row(-2)).toContain('Read-only mode: "Prune" may change something');
		expect(shown.terminal.row(-1)).not.toContain('Prune');
	});

	it('say what went wrong', async () => {
		const shown = await dashboard(yaml, {
			runProgram: async () => failed(toSafeText('ssh could not be started: there is no such program')),
		});
		await shown.press('1', 'X', 'y');
		expect(shown.terminal.row(-2)).toContain('✗ Prune: ssh could not be started: there is no such program');
	});

	it('stand in the footer, the help and the palette', async () => {
		const shown = await dashboard(yaml, {columns: 200, rows: 50});
		expect(shown.terminal.row(-1)).toContain('Ctrl-O Open in the registry');
		await shown.press('?');
		expect(shown.terminal.text()).toMatch(/Ctrl-O +Open in the registry/);
		await shown.press('escape');
		shown.terminal.type(':prune');
		await shown.pass(0);
		expect(shown.terminal.text()).toMatch(/▸Prune +nodes +X/);
	});
});
