import {createHash} from 'node:crypto';
import {mkdir, mkdtemp, readdir, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterEach, beforeEach, describe, expect, it} from 'vitest';
import {openScreen} from '../screens/support/pty-screen.ts';

/** The dashboard as it is published: `npm test` builds it first. */
let home: string;

beforeEach(async () => {
	home = await mkdtemp(path.join(os.tmpdir(), 'home-'));
	await mkdir(path.join(home, 'swarmtop'));
	await context('prod', 'unix:///nonexistent/docker.sock');
	await writeFile(path.join(home, 'config.json'), '{"currentContext":"prod"}');
});

afterEach(() => rm(home, {recursive: true}));

const contextFolder = (name: string): string =>
	path.join(home, 'contexts', 'meta', createHash('sha256').update(name).digest('hex'));

/** As the docker CLI keeps it. */
async function context(name: string, host: string): Promise<void> {
	const directory = contextFolder(name);
	await mkdir(directory, {recursive: true});
	const meta = {Name: name, Metadata: {Description: 'the real one'}, Endpoints: {docker: {Host: host}}};
	await writeFile(path.join(directory, 'meta.json'), JSON.stringify(meta));
}

async function files(): Promise<string[]> {
	const names = await readdir(home, {recursive: true});
	return names.filter((name) => !name.startsWith('state')).sort();
}

function start(args: readonly string[] = ['--demo', '--seed', '7']) {
	return openScreen({
		command: process.execPath,
		args: ['dist/cli.js', ...args],
		columns: 120,
		rows: 40,
		env: {
			CI: undefined,
			XDG_CONFIG_HOME: home,
			XDG_STATE_HOME: path.join(home, 'state'),
			DOCKER_CONFIG: home,
			DOCKER_HOST: undefined,
			DOCKER_CONTEXT: undefined,
			COLORFGBG: '15;0',
		},
	});
}

describe('contexts', () => {
	it('are listed with their state; one that can’t be reached says why, and one goes back', async () => {
		await writeFile(
			path.join(home, 'swarmtop', 'config.yaml'),
			'contexts:\n  prod: {accent: magenta, readOnly: true}\n',
		);
		const before = await files();
		await using screen = start();
		await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
		await screen.press('@');
		await screen.waitFor(/● demo +▸ m1 28\.5\.2 .*where swarmtop was started/);
		await screen.waitFor(/✗ prod +can't be shown +\* +unix:\/\/\/nonexistent\/docker\.sock +the real one/);
		await context('stage', 'unix:///nonexistent/other.sock');
		await screen.press('ctrl-r');
		await screen.waitFor(/✗ stage +can't be shown/);
		await rm(contextFolder('stage'), {recursive: true});
		screen.type(':ctx prod\r');
		await screen.waitFor('On prod now; :ctx demo goes back.');
		await screen.waitFor(/✗ There is no .*\/nonexistent\/docker\.sock/);
		await screen.waitFor('READ-ONLY');
		expect(screen.styleOf('prod')).toBe('1;7;35');
		screen.type(':ctx demo\r');
		await screen.waitFor('On demo now; :ctx prod goes back.');
		await screen.waitFor(/2 services 14/);
		expect(screen.text()).not.toContain('READ-ONLY');
		await screen.press('@');
		screen.type('/prod\r');
		await screen.waitFor(/▸✗ prod/);
		await screen.press('enter');
		await screen.waitFor('On prod now; :ctx demo goes back.');
		await screen.press('q');
		expect(await screen.exit).toEqual({code: 0, signal: 0});
		expect(await files()).toEqual(before);
		expect(await readFile(path.join(home, 'config.json'), 'utf8')).toBe('{"currentContext":"prod"}');
	});

	it('that don’t exist are told of where one is', async () => {
		await using screen = start();
		await screen.waitFor(/2 services \d+/, {deadlineMs: 15_000});
		screen.type(':ctx nowhere');
		await screen.waitFor('no match');
		await screen.press('escape');
		await screen.waitFor(/2 services \d+/);
	});
});
