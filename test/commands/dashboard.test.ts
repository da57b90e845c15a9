import {spawnSync} from 'node:child_process';
import {expect, it} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {openScreen} from '../screens/support/pty-screen.ts';

/** The program as it is published: `npm test` builds it first. */
const program = 'dist/cli.js';

const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], {encoding: 'utf8', input: ''});
const start = (args: readonly string[], size: {columns: number; rows: number} = {columns: 120, rows: 40}) =>
	openScreen({command: process.execPath, args: [program, ...args], ...size, env: {CI: undefined}});

it('tells its version and its usage', () => {
	expect(run('--version').stdout.trim()).toBe(packageJson.version);
	expect(run('--help').stdout).toContain('swarmtop -H ssh://me@manager');
});

it('starts no screen where there is no terminal', () => {
	const {status, stderr, stdout} = run();
	expect(status).toBe(2);
	expect(stderr).toContain('needs a terminal');
	expect(stdout).toBe('');
});

it('says in the shell what is wrong with the engine, and exits with 3', async () => {
	await using screen = start(['-H', 'unix:///no/such/docker.sock']);
	expect(await screen.exit).toEqual({code: 3, signal: 0});
	await screen.waitFor(/swarmtop: .*\/no\/such\/docker\.sock/);
	expect(screen.text()).not.toContain('connecting');
});

it('shows the demo swarm, acts on it by keys, and gives the terminal back', async () => {
	await using screen = start(['--demo', '--seed', '7', '--speed', '20']);
	await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
	await screen.waitFor(/3 tasks of \S+ \d/);
	screen.type('/shop_cache');
	await screen.press('Enter');
	await screen.waitFor(/▸. shop_cache /);
	await screen.press('s');
	await screen.waitFor('Replicas of shop_cache');
	screen.type('6');
	await screen.press('Enter');
	await screen.waitFor(/Scale shop_cache from 2 to 6/);
	await screen.waitFor('[ Cancel ]');
	await screen.press('y');
	await screen.waitFor(/shop_cache .* 6\/6/, {deadlineMs: 30_000});
	await screen.press('q');
	expect(await screen.exit).toEqual({code: 0, signal: 0});
	expect(screen.emulator.terminal.buffer.active.type).toBe('normal');
	expect(screen.text()).not.toContain('services');
}, 60_000);
