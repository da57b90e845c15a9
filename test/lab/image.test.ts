/** The image of swarmtop alone, built and run by a real engine that can reach no registry. Wants release/: npm run dist linux-x64. */
import {execFile} from 'node:child_process';
import {existsSync} from 'node:fs';
import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {promisify} from 'node:util';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {openScreen} from '../screens/support/pty-screen.ts';
import {type Lab, startLab} from './support/lab.ts';

const run = promisify(execFile);
const root = path.resolve(import.meta.dirname, '../..');
const executable = path.join(root, `release/swarmtop-${packageJson.version}-linux-x64`);
const isPossible = existsSync(executable) && process.env['SWARMTOP_LAB'] !== 'simulator';

describe.skipIf(!isPossible)('the image', () => {
	let lab: Lab;
	let folder: string;

	beforeAll(async () => {
		lab = await startLab('lab-image', 1, 0);
		folder = await mkdtemp(path.join(os.tmpdir(), 'image-'));
		await run('node', ['packaging/image.mjs', executable, folder], {cwd: root});
		// Without the builder that comes as a plugin of its own.
		const env = {...process.env, DOCKER_BUILDKIT: '0', DOCKER_HOST: `unix://${lab.socket('m1')}`};
		await run('docker', ['build', '--quiet', '--tag', 'swarmtop', folder], {env, timeout: 200_000});
	});

	afterAll(async () => {
		await lab?.down();
		if (folder) await rm(folder, {recursive: true, force: true});
	});

	const docker = (...args: readonly string[]) => [
		'-H',
		`unix://${lab.socket('m1')}`,
		'run',
		'--rm',
		'--network',
		'none',
		...args,
	];
	const mounted = () => ['-v', `${lab.socket('m1')}:/var/run/docker.sock`, 'swarmtop'];

	it('prints lists of the engine whose socket it was given', async () => {
		const {stdout} = await run(
			'docker',
			docker(...mounted(), 'get', 'nodes', '--format', '{{.Hostname}} {{.ManagerStatus}}'),
		);
		expect(stdout).toBe('m1 Leader\n');
	});

	it('reads logs, plans a drain and runs a command in a task of that engine', async () => {
		await lab.docker(
			'm1',
			'service',
			'create',
			'--name',
			'web',
			'busybox:lab',
			'sh',
			'-c',
			'echo hello; exec sleep 3600',
		);
		const swarmtop = (...args: readonly string[]) =>
			run('docker', docker(...mounted(), ...args)).then(
				({stdout}) => stdout,
				({stdout}: {readonly stdout: string}) => stdout,
			);
		expect(await swarmtop('logs', 'web', '-n', '1')).toMatch(/^web\.1.*hello$/m);
		expect(await swarmtop('plan', 'drain', 'm1')).toContain('docker node update --availability drain m1');
		expect(await swarmtop('exec', 'web', 'echo', 'in the task')).toBe('in the task\n');
	});

	it('shows the dashboard on a terminal: its size, its colours, keys, Ctrl-C', async () => {
		await using screen = openScreen({command: 'docker', args: docker('-it', ...mounted()), columns: 120, rows: 40});
		await screen.waitFor('m1', {deadlineMs: 60_000});
		expect(screen.text().split('\n').length).toBeGreaterThan(35);
		screen.resize(90, 25);
		await screen.waitFor((each) => each.text().trimEnd().split('\n').length <= 25 && each.text().includes('quit'));
		await screen.press('?');
		await screen.waitFor('Esc');
		await screen.press('sure-escape', 'ctrl-c');
		expect(await screen.exit).toMatchObject({code: expect.any(Number)});
		expect(screen.text()).not.toContain('quit');
	});

	it('brings its own demo', async () => {
		await using screen = openScreen({
			command: 'docker',
			args: docker('-it', 'swarmtop', '--demo'),
			columns: 120,
			rows: 40,
		});
		await screen.waitFor('shop_web', {deadlineMs: 60_000});
		await screen.press('q');
		expect(await screen.exit).toMatchObject({code: 0});
	});
});
