import {readFileSync} from 'node:fs';
import {mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import type {PtyScreen} from '../screens/support/pty-screen.ts';
import {openDashboard} from './support/dashboard.ts';
import {cliSays, type Lab, startLab} from './support/lab.ts';

/** New things, made by keys alone; what has come of them is asked of the docker CLI. */

const patient = {deadlineMs: 60_000};
const hidden = 'correct-horse-battery';

let lab: Lab;
let screen: PtyScreen;
let folder: string;

beforeAll(async () => {
	lab = await startLab('lab-create', 1, 1);
	folder = await mkdtemp(path.join(tmpdir(), 'create-'));
	await writeFile(path.join(folder, 'site.conf'), 'listen 80\n');
	await writeFile(path.join(folder, 'site2.conf'), 'listen 8080\n');
	screen = openDashboard(lab, 'm1');
	await screen.waitFor(/nodes 2\/2/, patient);
});
afterAll(async () => {
	await screen?.close();
	await rm(folder, {recursive: true, force: true});
	await lab?.down();
});

const docker = (...args: readonly string[]): Promise<string> => lab.docker('m1', ...args);

async function fill(text: string): Promise<void> {
	screen.type(text);
	await screen.waitFor(text.slice(-20));
}

/** Consents to the plan with that title, once it can be. */
async function consent(title: string): Promise<void> {
	await screen.waitFor(title, patient);
	await screen.waitFor('[ Cancel ]', patient);
	await screen.press('y');
}

describe('new things', () => {
	it('makes a network', async () => {
		await screen.press('6');
		await screen.waitFor(/networks \d/);
		await screen.press('n');
		await screen.waitFor('New network');
		await fill('front');
		await screen.press('Tab', 'Tab', 'Space', 'ctrl-s');
		await consent('Create network front');
		await cliSays(lab, 'overlay true', 'network', 'inspect', '-f', '{{.Driver}} {{.Attachable}}', 'front');
	});

	it('makes a secret that nobody sees', async () => {
		await screen.press('7', 'n');
		await screen.waitFor('New secret');
		await fill('pw');
		await screen.press('Tab', 'Tab');
		screen.type(hidden);
		await screen.waitFor('(entered, never shown)');
		await screen.press('ctrl-s');
		await consent('Create secret pw');
		await cliSays(lab, 'pw', 'secret', 'ls', '--format', '{{.Name}}');
		expect(screen.text()).not.toContain(hidden);
	});

	it('makes a config from a file', async () => {
		await screen.press('8', 'n');
		await screen.waitFor('New config');
		await fill('site');
		await screen.press('Tab', 'Space', 'Tab');
		await fill(path.join(folder, 'site.conf'));
		await screen.press('ctrl-s');
		await consent('Create config site');
		const data = await vi.waitFor(() => docker('config', 'inspect', '-f', '{{json .Spec.Data}}', 'site'), {
			timeout: 20_000,
		});
		expect(Buffer.from(JSON.parse(data), 'base64').toString()).toBe('listen 80\n');
	});

	it('makes a service that uses all of them', async () => {
		await screen.press('2', 'n');
		await screen.waitFor('New service', patient);
		await fill('busybox:lab');
		await screen.press('Tab');
		await fill('web');
		await screen.press('Tab', 'Tab', 'ctrl-u');
		await fill('2');
		await screen.press('Tab');
		await fill('sleep 100000');
		await screen.press('Tab', 'Tab', 'Tab', 'Tab');
		screen.type('fr');
		await screen.waitFor(/┃ front /);
		await screen.press('Tab');
		await screen.waitFor(/Networks +front/);
		await screen.press('Tab', 'Tab', 'Tab');
		await fill('pw');
		await screen.press('Tab');
		await fill('source=site,target=/etc/site.conf');
		await screen.press('ctrl-s');
		await screen.waitFor(/Create service web[\s\S]*2 tasks will start/, patient);
		await consent('Create service web');
		await cliSays(lab, '2/2', 'service', 'ls', '--filter', 'name=web', '--format', '{{.Replicas}}');
		const spec = await docker('service', 'inspect', '-f', '{{json .Spec.TaskTemplate.ContainerSpec}}', 'web');
		expect(JSON.parse(spec)).toMatchObject({
			Args: ['sleep', '100000'],
			Secrets: [{SecretName: 'pw', File: {Name: 'pw'}}],
			Configs: [{ConfigName: 'site', File: {Name: '/etc/site.conf'}}],
		});
	});

	it('rotates the secret: the service takes the new one under the same file', async () => {
		await screen.press('7');
		await screen.waitFor(/▸. pw /);
		await screen.press('v');
		await screen.waitFor(/New version of secret pw[\s\S]*pw_v2/);
		await screen.press('Tab', 'Tab');
		screen.type(`${hidden}-2`);
		await screen.waitFor('(entered, never shown)');
		await screen.press('ctrl-s');
		await consent('Rotate secret pw to pw_v2');
		const format = '{{range .Spec.TaskTemplate.ContainerSpec.Secrets}}{{.SecretName}} {{.File.Name}}{{end}}';
		await cliSays(lab, 'pw_v2 pw', 'service', 'inspect', '-f', format, 'web');
		await cliSays(lab, 'pw\npw_v2', 'secret', 'ls', '--format', '{{.Name}}');
		await cliSays(lab, '2/2', 'service', 'ls', '--filter', 'name=web', '--format', '{{.Replicas}}');
	});

	it('rotates the config with its diff, and removes the old one', async () => {
		await screen.press('8');
		await screen.waitFor(/▸. site /);
		await screen.press('v');
		await screen.waitFor(/New version of config site[\s\S]*site_v2/);
		await screen.press('Tab', 'Space', 'Tab');
		await fill(path.join(folder, 'site2.conf'));
		await screen.press('Tab', 'Tab', 'Tab', 'Space', 'ctrl-s');
		await screen.waitFor(/- listen 80[\s\S]*\+ listen 8080/, patient);
		await consent('Rotate config site to site_v2');
		await cliSays(lab, 'site_v2', 'config', 'ls', '--format', '{{.Name}}');
	});

	it('has told nobody what the secret holds', () => {
		expect(screen.text()).not.toContain(hidden);
		for (const text of auditTexts()) expect(text).not.toContain(Buffer.from(hidden).toString('base64').slice(0, 20));
	});
});

/** What the dashboard of this machine's user has audited, where it did. */
function auditTexts(): string[] {
	const {XDG_STATE_HOME: home = ''} = process.env;
	try {
		return [readFileSync(path.join(home, 'swarmtop', 'audit.jsonl'), 'utf8')];
	} catch {
		return [];
	}
}
