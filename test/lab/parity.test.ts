import {mkdir, mkdtemp, rm, writeFile} from 'node:fs/promises';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';
import {openDashboard, select} from './support/dashboard.ts';
import {cliSays, type Lab, startLab} from './support/lab.ts';

/**
 * What people are used to from other dashboards, and every key of the design, one by one, on a swarm: each test is a row of a
 * checklist. What changes the swarm is asked of the docker CLI. What a day with a swarm does (dashboard.test.ts) is not
 * repeated here.
 */

const compose = `
version: "3.8"
services:
  web:
    image: busybox:lab
    command: ["sh", "-c", "i=0; while :; do i=$$((i+1)); echo \\"GET /$$i 200\\"; sleep 1; done"]
    networks: [back]
    secrets: [key]
    configs: [settings]
    deploy: {replicas: 2, update_config: {delay: 1s, monitor: 1s}}
networks: {back: {}}
secrets: {key: {file: ./key}}
configs: {settings: {file: ./settings}}
`;

let lab: Lab;
let screen: PtyScreen;
let folder: string;

const patient = {deadlineMs: 90_000};

beforeAll(async () => {
	lab = await startLab('lab-par', 1, 2);
	folder = await mkdtemp(path.join(tmpdir(), 'parity-'));
	await writeFile(path.join(folder, 'compose.yaml'), compose);
	await writeFile(path.join(folder, 'key'), 'secret');
	await writeFile(path.join(folder, 'settings'), 'a: 1');
	await lab.docker('m1', 'stack', 'deploy', '-c', path.join(folder, 'compose.yaml'), 'shop');
	await lab.docker(
		'm1',
		'service',
		'create',
		'-d',
		'--name',
		'failing',
		'--restart-delay',
		'1h',
		'busybox:lab',
		'false',
	);
	screen = openDashboard(lab, 'm1');
	await screen.waitFor(/1 nodes 3/, patient);
	await select(screen, '2', 'shop_web');
	await screen.waitFor(/▸● shop_web .* 2\/2/, patient);
});
afterAll(async () => {
	await screen?.close();
	await lab?.down();
	if (folder) await rm(folder, {recursive: true, force: true});
});

/** Out of whatever is open or narrowed, to all the services. */
async function home(): Promise<void> {
	for (let presses = 0; presses < 8; presses++) await screen.press('sure-escape');
	await screen.press('2', 'sure-escape', 'sure-escape');
	await screen.waitFor(/┏━ 2 services 2 /, {what: 'the panes', ...patient});
}

async function selectWeb(): Promise<void> {
	await home();
	await select(screen, '2', 'shop_web');
}

/** Says yes once the plan is there; its forecast, when it comes, puts the focus back on Cancel. */
async function consent(title: RegExp): Promise<void> {
	await screen.waitFor(title, patient);
	await screen.waitFor(() => !screen.text().includes('working out what will move'), patient);
	await screen.waitFor('[ Cancel ]', patient);
	await screen.press('y');
	await screen.waitFor(() => !screen.text().includes('[ Cancel ]'), {what: 'the dialog to close'});
}

describe('every list', () => {
	it('moves with j k, arrows, g G, pages', async () => {
		await home();
		await screen.press('1', 'g');
		await screen.waitFor(/▸. m1 /);
		await screen.press('j');
		await screen.waitFor(/▸. w1 /);
		await screen.press('down', 'k');
		await screen.waitFor(/▸. w1 /);
		await screen.press('G');
		await screen.waitFor(/▸. w2 /);
		await screen.press('up', 'PageUp', 'ctrl-u', 'ctrl-b');
		await screen.waitFor(/▸. m1 /);
		await screen.press('PageDown');
		await screen.waitFor(/▸. w2 /);
		await screen.press('Home', 'End', 'ctrl-f');
		await screen.waitFor(/▸. w2 /);
	});

	it('goes from pane to pane with Tab and digits', async () => {
		await home();
		await screen.press('1');
		await screen.waitFor(/┏━ 1 nodes/);
		await screen.press('Tab');
		await screen.waitFor(/┏━ 2 services/);
		await screen.press('shift-tab');
		await screen.waitFor(/┏━ 1 nodes/);
		await screen.press('3');
		await screen.waitFor(/┏━ 3 tasks/);
		await screen.press('4');
		await screen.waitFor(/┏━ 4 logs/);
		// Through what the lower pane can tell of the row, and on.
		for (const title of [/┏━ 4 .*why/, /┏━ 4 .*spec/, /┏━ 4 .*tasks/, /┏━ 1 nodes/]) {
			await screen.press('Tab');
			await screen.waitFor(title);
		}
	});

	it('filters, also by what is not wanted, and by fields', async () => {
		await home();
		await screen.press('/');
		screen.type('!shop');
		await screen.press('Enter');
		await screen.waitFor(/2 services 1\/2 \/!shop/);
		await screen.press('sure-escape', '/');
		screen.type('stack=shop');
		await screen.press('Enter');
		await screen.waitFor(/▸. shop_web /);
		await screen.press('sure-escape');
		await screen.waitFor(/2 services 2 /);
	});

	it('sorts by each column and the other way round', async () => {
		await home();
		await screen.press('1', 'o');
		await screen.waitFor(/1 nodes 3 ↑(?!worst)\w/);
		await screen.press('O');
		await screen.waitFor(/1 nodes 3 ↓(?!worst)\w/);
	});

	it('zooms, marks, widens and copies', async () => {
		await home();
		await screen.press('z');
		await screen.waitFor(() => !screen.text().includes('1 nodes'), {what: 'one pane alone'});
		await screen.press('z', 'space');
		await screen.waitFor(/1 marked/);
		await screen.press('\\', 'c');
		await screen.waitFor(/Copy of/);
		await screen.press('n');
		await screen.waitFor(/Copied: /);
	});

	it('inspects as YAML and JSON', async () => {
		await selectWeb();
		await screen.press('i');
		await screen.waitFor(/inspect shop_web +YAML/);
		expect(screen.text()).toContain('ID: ');
		await screen.press('y');
		await screen.waitFor(/"ID": /);
		await screen.press('sure-escape', 'y');
		await screen.waitFor(/inspect shop_web +JSON/);
	});

	it('refreshes, redraws, and turns the mouse off and on', async () => {
		await home();
		await screen.press('ctrl-r');
		await screen.waitFor(/Asking the engine again/);
		await screen.press('F5', 'ctrl-l', 'm');
		await screen.waitFor(/[Mm]ouse/);
		await screen.press('m');
		await screen.waitFor(/2 services 2 /);
	});

	it('shows every key, and finds views and actions by name or alias', async () => {
		await home();
		await screen.press('?');
		await screen.waitFor(/help: every key/);
		await screen.press('sure-escape', ':');
		screen.type('no');
		await screen.press('Enter');
		await screen.waitFor(/┏━ 1 nodes/);
		await screen.press(':');
		screen.type('svc shop_web');
		await screen.press('Enter');
		await screen.waitFor(/▸. shop_web /);
	});
});

describe('the views', () => {
	it.each([
		['5', /stacks 1/, /shop +1\/1/],
		['6', /networks \d/, /shop_back/],
		['7', /secrets 1/, /shop_key/],
		['8', /configs 1/, /shop_settings/],
		['9', /volumes/, /volumes/],
		['e', /events/, /events/],
		['@', /contexts/, /contexts/],
		['0', /overview/, /failing/],
		['t', /topology +3 nodes by/, /SERVICES/],
		['A', /activity/, /activity/],
	])('%s', async (key, title, content) => {
		await home();
		await screen.press(key);
		await screen.waitFor(title, patient);
		await screen.waitFor(content, patient);
	});

	it('lead from a stack, a network, a secret and a config to services and tasks, and back', async () => {
		await home();
		await screen.press('5', 'Enter');
		await screen.waitFor(/services of stack shop 1/);
		await screen.press('Enter');
		await screen.waitFor(/┏━ 3 tasks of shop_web/);
		await screen.press('sure-escape', 'sure-escape');
		await screen.waitFor(/stacks 1/);
		for (const [key, name] of [
			['6', 'network shop_back'],
			['7', 'secret shop_key'],
			['8', 'config shop_settings'],
		] as const) {
			await home();
			await screen.press(key, '/', 'ctrl-u');
			screen.type(name.split(' ')[1] ?? '');
			await screen.press('Enter');
			await screen.waitFor(new RegExp(`▸. ${name.split(' ')[1]} `), patient);
			await screen.press('Enter');
			await screen.waitFor(new RegExp(`services that use ${name} 1`));
		}
	});
});

describe('services', () => {
	it('show running of desired, and change with s, + and _', async () => {
		await selectWeb();
		await screen.press('s');
		await screen.waitFor(/Replicas of shop_web/);
		await screen.press('3', 'Enter');
		await consent(/Scale shop_web from 2 to 3/);
		await cliSays(lab, '3/3', 'service', 'ls', '--filter', 'name=shop_web', '--format', '{{.Replicas}}');
		await screen.press('+');
		await cliSays(lab, '4', 'service', 'inspect', '-f', '{{.Spec.Mode.Replicated.Replicas}}', 'shop_web');
		await screen.press('_', '_');
		await cliSays(lab, '2', 'service', 'inspect', '-f', '{{.Spec.Mode.Replicated.Replicas}}', 'shop_web');
		await screen.waitFor(/▸● shop_web .* 2\/2/, patient);
	});

	it('are restarted with r, and tell how the update goes', async () => {
		await selectWeb();
		await screen.press('r');
		await consent(/Restart .*shop_web/);
		await cliSays(lab, '1', 'service', 'inspect', '-f', '{{.Spec.TaskTemplate.ForceUpdate}}', 'shop_web');
		await screen.waitFor(/▸. shop_web .*(updating|updated)/, patient);
		await screen.waitFor(/▸● shop_web .*updated/, patient);
	});

	it('get labels with L and roll back with b', async () => {
		await selectWeb();
		await screen.press('L');
		await screen.waitFor(/Labels of shop_web/);
		screen.type('tier=front');
		await screen.press('Enter');
		await consent(/[Ll]abels of/);
		await cliSays(lab, /tier:front/, 'service', 'inspect', '-f', '{{.Spec.Labels}}', 'shop_web');
		await screen.press('b');
		await consent(/Roll back/);
		await cliSays(lab, /^(?!.*tier:front)/, 'service', 'inspect', '-f', '{{.Spec.Labels}}', 'shop_web');
	});

	it('take another image with u', async () => {
		await selectWeb();
		await screen.press('u');
		await screen.waitFor(/Image of shop_web/);
		await screen.press('ctrl-u');
		screen.type('busybox:other');
		await screen.press('Enter');
		await screen.waitFor(/busybox:other/, patient);
		await screen.press('sure-escape');
		await cliSays(
			lab,
			/busybox:lab/,
			'service',
			'inspect',
			'-f',
			'{{.Spec.TaskTemplate.ContainerSpec.Image}}',
			'shop_web',
		);
	});

	it('say why they fail, in full', async () => {
		await home();
		await select(screen, '2', 'failing');
		await screen.press('w');
		await screen.waitFor(/why failing/);
		await screen.waitFor(/exit code 1/, patient);
	});

	it('ask before they are removed with x or Ctrl-D, Cancel in focus', async () => {
		await home();
		await select(screen, '2', 'failing');
		for (const key of ['x', 'ctrl-d']) {
			await screen.press(key);
			await screen.waitFor(/Remove (service )?failing/);
			await screen.waitFor('[ Cancel ]');
			await screen.press('Enter');
			await screen.waitFor(() => !screen.text().includes('[ Cancel ]'), {what: 'the dialog to close'});
		}
		await cliSays(lab, 'failing', 'service', 'ls', '--filter', 'name=failing', '--format', '{{.Name}}');
	});
});

describe('tasks', () => {
	it('show their details with Enter: error, exit code, container, the way into it', async () => {
		await selectWeb();
		await screen.press('3', 'g', 'Enter');
		await screen.waitFor(/details shop_web\.\d/);
		await screen.waitFor(/into it +ssh [mw]\d docker exec -it [0-9a-f]{12} sh/, patient);
		await screen.waitFor(/network +shop_back/, patient);
		await home();
		await select(screen, '2', 'failing');
		// The newest task of the slot waits for its restart; the one that failed is its history.
		await screen.press('3', 'H', 'G', 'Enter');
		await screen.waitFor(/exit code +1/, patient);
		await home();
		await screen.press('3', 'H');
	});

	it('show their history with H', async () => {
		await selectWeb();
		await screen.press('3', 'H');
		await screen.waitFor(/tasks of shop_web \d+ .*history/);
		await screen.press('H');
	});
});

describe('nodes', () => {
	it('ask for their availability with a, and take it back with U', async () => {
		await home();
		await select(screen, '1', 'w2');
		await screen.press('a');
		await screen.waitFor(/Availability of w2/);
		await screen.press('p');
		await consent(/Pause node w2/);
		await cliSays(lab, 'pause', 'node', 'inspect', '-f', '{{.Spec.Availability}}', 'w2');
		await screen.waitFor(/[uU] undoes it/, patient);
		await screen.press('U');
		await cliSays(lab, 'active', 'node', 'inspect', '-f', '{{.Spec.Availability}}', 'w2');
	});

	it('get labels with L', async () => {
		await home();
		await select(screen, '1', 'w2');
		await screen.press('L');
		await screen.waitFor(/Labels of w2/);
		screen.type('zone=south');
		await screen.press('Enter');
		await consent(/labels of node w2/);
		await cliSays(lab, 'south', 'node', 'inspect', '-f', '{{.Spec.Labels.zone}}', 'w2');
		await screen.press('t');
		await screen.waitFor(/topology +3 nodes by zone/, patient);
	});

	it('show their tasks with Enter and their logs with l', async () => {
		await home();
		await select(screen, '1', 'm1');
		await screen.press('Enter');
		await screen.waitFor(/┏━ 3 tasks on m1/);
		await screen.press('sure-escape', 'l');
		await screen.waitFor(/┏━ 4 logs on m1/);
	});
});

describe('logs', () => {
	it('filter, also by node, search, wrap, prefix, time, mark, clear and read again', async () => {
		await selectWeb();
		await screen.press('l');
		await screen.waitFor(/GET \/\d+ 200/, patient);
		await screen.press('&');
		screen.type('/\\/1\\d* /');
		await screen.press('Enter');
		await screen.waitFor(/GET \/1\d* 200/, patient);
		await screen.press('sure-escape', '&');
		screen.type('@nowhere');
		await screen.press('Enter');
		await screen.waitFor(() => !/GET \/\d+ 200/.test(screen.text()), {what: 'no line of that node'});
		await screen.press('sure-escape');
		await screen.waitFor(/GET \/\d+ 200/);
		await screen.press('/');
		screen.type('get');
		await screen.press('Enter', 'n', 'N', 'w', 'h', 'm', 'P');
		await screen.press('f', 'f', 't');
		await screen.waitFor(/\d\d:\d\d:\d\d\.\d{3}/);
		await screen.press('t', 't', 't', 'C');
		await screen.press('S', 'a');
		await screen.waitFor(/GET \/\d+ 200/, patient);
		for (const range of ['0', '1', '2', '3', '4', 'a']) await screen.press('S', range);
		await screen.waitFor(/GET \/\d+ 200/, patient);
	});

	it('are those of a whole stack from its row', async () => {
		await home();
		await screen.press('5', 'l');
		await screen.waitFor(/logs of (stack )?shop/);
		await screen.waitFor(/GET \/\d+ 200/, patient);
	});
});

describe('what the configuration file says', () => {
	it('holds: keys of one’s own and another theme', async () => {
		const config = path.join(folder, 'config/swarmtop');
		await mkdir(config, {recursive: true});
		await writeFile(path.join(config, 'config.yaml'), 'theme: light\nkeys: {view.topology: [T]}\n');
		await using own = openScreen({
			command: process.execPath,
			args: ['dist/cli.js', '-H', `unix://${lab.socket('m1')}`],
			env: {CI: undefined, XDG_CONFIG_HOME: path.join(folder, 'config')},
		});
		await own.waitFor(/1 nodes 3/, patient);
		await own.press('1', 'T');
		await own.waitFor(/topology +3 nodes/);
	});
});
