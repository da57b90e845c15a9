import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openScreen} from '../screens/support/pty-screen.ts';

/** The dashboard as it is published, with a configuration: `npm test` builds it first. */
let home: string;

beforeEach(async () => {
	home = await mkdtemp(path.join(os.tmpdir(), 'home-'));
	await mkdir(path.join(home, 'swarmtop'));
});

afterEach(() => rm(home, {recursive: true}));

async function start(config: string) {
	await writeFile(path.join(home, 'swarmtop', 'config.yaml'), config);
	return openScreen({
		command: process.execPath,
		args: ['dist/cli.js', '--demo', '--seed', '7'],
		columns: 120,
		rows: 40,
		env: {CI: undefined, XDG_CONFIG_HOME: home, COLORFGBG: '15;0'},
	});
}

/** What is in trouble stands first, and what that is changes: a filter leaves one row. */
async function selectEdgeProxy(screen: Awaited<ReturnType<typeof start>>): Promise<void> {
	await screen.waitFor(/. edge_proxy/, {deadlineMs: 15_000});
	await screen.press('/', ...'edge_proxy', 'enter');
	await screen.waitFor(/▸. edge_proxy/);
}

describe('the dashboard with a configuration', () => {
	it('says what is wrong with it before anything else, and exits with 2', async () => {
		await using screen = await start('theme: neon\nlogs:\n  tail: -1\n');
		expect(await screen.exit).toEqual({code: 2, signal: 0});
		await screen.waitFor(/config\.yaml:1: theme: invalid option/);
		await screen.waitFor(/config\.yaml:3: logs\.tail: too small/);
		expect(screen.text()).not.toContain('connecting');
	});

	it('is read-only where a rule for the engine says so', async () => {
		await using screen = await start('contexts: {"unix://*": {readOnly: true}}\n');
		await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
		await screen.waitFor(/read-only/i);
		await screen.press('q');
		expect(await screen.exit).toEqual({code: 0, signal: 0});
	});

	it('wants names typed where a rule for the engine protects it', async () => {
		await using screen = await start('contexts: {"unix://*": {protected: true}}\n');
		await selectEdgeProxy(screen);
		await screen.press('r');
		await screen.waitFor(/Type edge_proxy and press Enter/);
		await screen.press('escape', 'q');
		await screen.exit;
	});

	it.each([
		[true, 'drag'],
		[false, 'none'],
	])('takes the mouse or leaves it to the terminal: mouse: %s', async (isOn, tracking) => {
		await using screen = await start(`mouse: ${isOn}\n`);
		await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
		expect(screen.emulator.terminal.modes.mouseTrackingMode).toBe(tracking);
		await screen.press('q');
		await screen.exit;
		await screen.waitFor((shown) => shown.emulator.terminal.modes.mouseTrackingMode === 'none');
	});

	it('has the theme that was chosen, whatever the terminal tells of itself', async () => {
		await using screen = await start('theme: light\n');
		await selectEdgeProxy(screen);
		// The selected row where the keys go, on the light theme's grey.
		await screen.waitFor((shown) => (shown.styleOf('haproxy') ?? '').includes('48;5;252'));
		await screen.press('q');
		await screen.exit;
	});
});

describe('a custom command', () => {
	const command = `
commands:
  - key: X
    scope: services
    title: Look
    run: 'trap "exit 130" INT; echo "this is {name}"; while :; do sleep 0.1; done'
`;

	it('has the terminal until Enter, Ctrl-C being its own, and the screen comes back', async () => {
		await using screen = await start(command);
		await selectEdgeProxy(screen);
		await screen.waitFor(/X Look/);
		await screen.press('X');
		await screen.waitFor('this is edge_proxy');
		expect(screen.text()).not.toContain('2 services');
		await screen.press('ctrl-c');
		await screen.waitFor('It ended with status 130. Enter goes back to swarmtop.');
		await screen.press('enter');
		await screen.waitFor(/2 services \d+/);
		await screen.waitFor('Look: ended with status 130.');
		await screen.press('esc');
		await screen.waitFor(/2 services 14/);
		await screen.press('q');
		expect(await screen.exit).toEqual({code: 0, signal: 0});
	});
});

describe('the screen', () => {
	it('is drawn in ASCII where that is chosen', async () => {
		await using screen = await start('glyphs: ascii\n');
		await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
		expect(screen.text()).not.toMatch(/[^\p{ASCII}]/u);
		await screen.press('q');
		await screen.exit;
	});
});
