import {mkdtempSync, readFileSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, describe, expect, it} from 'vitest';
import {openScreen, type PtyScreen} from './support/pty-screen.ts';

/** What is done to a swarm by keys alone, on the program as it is published and the simulated demo swarm. */

const folder = mkdtempSync(path.join(tmpdir(), 'acting-'));
const audit = path.join(folder, 'audit.ndjson');
const patience = {deadlineMs: 30_000};

afterAll(() => rmSync(folder, {recursive: true, force: true}));

function start(...flags: readonly string[]): PtyScreen {
	const args = ['dist/cli.js', '--demo', '--seed', '7', '--speed', '20', ...flags];
	return openScreen({command: process.execPath, args, columns: 80, rows: 24, env: {CI: undefined}});
}

/** Marks the services of these names, whatever is filtered. */
async function mark(screen: PtyScreen, ...names: readonly string[]): Promise<void> {
	for (const name of names) {
		await screen.press('/', 'ctrl-u');
		screen.type(name);
		await screen.press('Enter');
		await screen.waitFor(new RegExp(`▸. ${name} `), patience);
		await screen.press('Space');
		await screen.waitFor(new RegExp(`✓${name} `), patience);
	}
	await screen.press('Escape');
}

describe('acting on the demo swarm', () => {
	it('scales what is marked under one plan, and leaves a line for each in the audit file', async () => {
		await using screen = start('--audit', audit);
		await screen.waitFor(/2 services 14/, patience);
		await mark(screen, 'shop_cache', 'shop_worker');
		await screen.press('s');
		await screen.waitFor('Replicas of each of 2 services', patience);
		screen.type('4');
		await screen.press('Enter');
		await screen.waitFor('Scale 2 services to 4', patience);
		await screen.waitFor('docker service scale shop_cache=4 shop_worker=4', patience);
		await screen.waitFor(/3 tasks will start: shop_/, patience);
		await screen.waitFor('[ Cancel ]', patience);
		await screen.press('y');
		await screen.waitFor('Scale 2 services to 4: 2 of 2 done', patience);
		expect(screen.text()).not.toContain('marked');
		await screen.press('Ctrl-C');
		await screen.exit;
		const lines = readFileSync(audit, 'utf8')
			.trimEnd()
			.split('\n')
			.map((line) => JSON.parse(line));
		expect(lines.map(({command, state}) => `${command} ${state}`).sort()).toEqual([
			'docker service scale shop_cache=4 done',
			'docker service scale shop_worker=4 done',
		]);
	}, 60_000);

	it('offers to take a + back with U, for a while', async () => {
		await using screen = start();
		await screen.waitFor(/2 services 14/, patience);
		await screen.press('/');
		screen.type('shop_cache');
		await screen.press('Enter', '+');
		await screen.waitFor('(U undoes it)', patience);
		await screen.waitFor(/shop_cache .* 3\/3/, patience);
		await screen.press('U');
		await screen.waitFor('[ Cancel ]', patience);
		await screen.press('y');
		await screen.waitFor(/shop_cache .* 2\/2/, patience);
	}, 60_000);
});
