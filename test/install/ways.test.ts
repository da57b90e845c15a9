/**
 * The ways to get swarmtop, each in a system that has nothing but Debian's base, or nothing but busybox and musl: installed, tried
 * at a shell as a user would, and removed again. Needs root, debootstrap's SWARMTOP_BARE_ROOT, and release/ as `npm run dist` makes it.
 */
import {execFileSync, spawnSync} from 'node:child_process';
import {copyFileSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import packageJson from '../../package.json' with {type: 'json'};
import {type SimulatedSwarm, startSwarm} from '../../source/simulator/library.ts';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';

const repository = path.resolve(import.meta.dirname, '../..');
const bare = process.env['SWARMTOP_BARE_ROOT'] ?? '';
const {version} = packageJson;
const release = path.join(repository, 'release');
const deb = `swarmtop_${version}_amd64.deb`;
const portable = (arch: string): string => `swarmtop-${version}-linux-${arch}-portable.tar.gz`;
/** Of Debian's packages musl, busybox-static and qemu-user-static. */
const musl = '/lib/ld-musl-x86_64.so.1';
const busybox = '/bin/busybox';
const qemu = '/usr/bin/qemu-aarch64-static';

type Way = {
	readonly name: string;
	/** Debian's base unless it says otherwise. */
	readonly system?: 'busybox and musl';
	/** An emulated processor is too slow for what waits for a socket with a deadline: only the first half is played. */
	readonly isEmulated?: true;
	/** Whether what it needs is here. */
	readonly isPossible: () => boolean;
	/** Brought into the root before anything is run there. */
	readonly bring: (root: string) => void;
	/** Lines for the shell in the root. */
	readonly install: string;
	readonly uninstall: string;
};

/** The oldest Node that package.json promises, with the machine's npm to install with. */
const oldestNode = process.env['SWARMTOP_OLDEST_NODE'] ?? '';

const ways: readonly Way[] = [
	{
		name: 'install.sh',
		isPossible: () => existsSync(path.join(release, `swarmtop-${version}-linux-x64.gz`)),
		bring: (root) => {
			for (const file of [`swarmtop-${version}-linux-x64.gz`, 'SHA256SUMS']) {
				cpSync(path.join(release, file), path.join(root, 'srv', file));
			}
			cpSync(path.join(repository, 'install.sh'), path.join(root, 'srv/install.sh'));
		},
		install: 'sh /srv/install.sh --from /srv',
		uninstall: 'sh /srv/install.sh --uninstall',
	},
	{
		name: 'install.sh without glibc',
		system: 'busybox and musl',
		isPossible: () => existsSync(path.join(release, portable('x64'))) && existsSync(musl),
		bring: (root) => {
			for (const file of [portable('x64'), 'SHA256SUMS'])
				cpSync(path.join(release, file), path.join(root, 'srv', file));
			cpSync(path.join(repository, 'install.sh'), path.join(root, 'srv/install.sh'));
		},
		install: 'sh /srv/install.sh --from /srv',
		uninstall: 'sh /srv/install.sh --uninstall && ! ls /usr/local/lib/swarmtop 2>/dev/null',
	},
	{
		name: 'the arm64 archive, its processor emulated',
		system: 'busybox and musl',
		isEmulated: true,
		isPossible: () => existsSync(path.join(release, portable('arm64'))) && existsSync(qemu),
		bring: (root) => {
			cpSync(path.join(release, portable('arm64')), path.join(root, 'srv/swarmtop.tar.gz'));
			cpSync(qemu, path.join(root, 'usr/local/bin/qemu'));
		},
		// Only where the kernel knows of the emulator would the loader start by itself.
		install:
			"tar -xzf /srv/swarmtop.tar.gz --strip-components=1 -C /usr/local && sed -i 's|exec |exec qemu |' /usr/local/bin/swarmtop",
		uninstall: 'rm -r /usr/local/bin/swarmtop /usr/local/lib/swarmtop',
	},
	{
		name: 'the Debian package',
		isPossible: () => existsSync(path.join(release, deb)),
		bring: (root) => cpSync(path.join(release, deb), path.join(root, 'srv', deb)),
		install: `dpkg -i /srv/${deb}`,
		uninstall: 'dpkg -r swarmtop',
	},
	{
		name: 'the tar archive',
		isPossible: () => existsSync(path.join(release, `swarmtop-${version}-linux-x64.tar.gz`)),
		bring: (root) =>
			cpSync(path.join(release, `swarmtop-${version}-linux-x64.tar.gz`), path.join(root, 'srv/swarmtop.tar.gz')),
		install: 'tar -xzf /srv/swarmtop.tar.gz --strip-components=1 -C /usr/local',
		uninstall: 'rm /usr/local/bin/swarmtop',
	},
	{
		name: 'the npm package on the oldest Node',
		isPossible: () => existsSync(oldestNode),
		bring: (root) => {
			cpSync(oldestNode, path.join(root, 'usr/local/bin/node'));
			const file = execFileSync('node', ['pack.mjs', path.join(root, 'srv')], {
				cwd: repository,
				encoding: 'utf8',
			}).trim();
			const args = ['install', '--global', '--silent', '--offline', '--prefix', path.join(root, 'usr/local'), file];
			execFileSync('npm', args, {cwd: repository});
		},
		install: 'test -x /usr/local/bin/swarmtop',
		uninstall: 'rm -r /usr/local/bin/swarmtop /usr/local/lib/node_modules/swarmtop',
	},
];

let swarm: SimulatedSwarm;
beforeAll(async () => {
	swarm = await startSwarm({fixture: 'demo', speed: 1});
});
afterAll(() => swarm.close());

/** As Alpine's smallest: busybox with its commands, and musl's loader. */
function makeBusyboxRoot(root: string): string {
	for (const each of [
		'bin',
		'lib',
		'proc',
		'dev',
		'etc',
		'tmp',
		'root',
		'run',
		'srv',
		'usr/bin',
		'usr/local/bin',
		'usr/sbin',
		'sbin',
	]) {
		mkdirSync(path.join(root, each), {recursive: true});
	}
	cpSync(busybox, path.join(root, 'bin/busybox'));
	copyFileSync(musl, path.join(root, musl));
	execFileSync('chroot', [root, '/bin/busybox', '--install', '-s']);
	execFileSync('mknod', ['-m', '666', path.join(root, 'dev/null'), 'c', '1', '3']);
	return root;
}

/** A root of its own: the bare one with a folder of what was changed above it. */
function makeRoot(system: Way['system']) {
	const folder = mkdtempSync(path.join(tmpdir(), 'ways-'));
	const [upper, work, root] = ['upper', 'work', 'root'].map((name) => path.join(folder, name)) as [
		string,
		string,
		string,
	];
	for (const each of [upper, work, root]) mkdirSync(each);
	execFileSync('mount', ['-t', 'tmpfs', 'none', upper]);
	for (const each of ['up', 'work']) mkdirSync(path.join(upper, each));
	const lower = system === undefined ? bare : makeBusyboxRoot(path.join(folder, 'lower'));
	const layers = `lowerdir=${lower},upperdir=${upper}/up,workdir=${upper}/work`;
	execFileSync('mount', ['-t', 'overlay', 'none', '-o', layers, root]);
	execFileSync('mount', ['-t', 'proc', 'proc', path.join(root, 'proc')]);
	const sockets = path.dirname(path.dirname(swarm.dockerHost().slice('unix://'.length)));
	mkdirSync(path.join(root, 'run/swarm'), {recursive: true});
	execFileSync('mount', ['--bind', sockets, path.join(root, 'run/swarm')]);
	return {
		root,
		[Symbol.dispose]() {
			for (const each of ['run/swarm', 'proc', '']) spawnSync('umount', ['--lazy', path.join(root, each)]);
			spawnSync('umount', ['--lazy', upper]);
			rmSync(folder, {recursive: true, force: true});
		},
	};
}

const environment = [
	'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
	'HOME=/root',
	'TERM=xterm-256color',
	'LANG=C.UTF-8',
	'PS1=at$ ',
];

/** Types a line and sees it stand there: a shell that takes the terminal back from a program may drop what is typed meanwhile. */
async function enter(shell: PtyScreen, typed: string): Promise<void> {
	const squeezed = (text: string): string => text.replaceAll(/\s/g, '');
	for (let tries = 1; ; tries += 1) {
		shell.type(typed);
		try {
			await shell.waitFor((screen) => squeezed(screen.text()).includes(squeezed(typed)), {deadlineMs: 5000});
			break;
		} catch (error) {
			if (tries === 3) throw error;
			shell.type(eraseLine);
		}
	}
	shell.type('\r');
}

const eraseLine = '\u0015';

/** Types a line at the shell and waits until it has said what it is to say. */
async function line(shell: PtyScreen, typed: string, says: string | RegExp): Promise<void> {
	await enter(shell, `clear; ${typed}`);
	await shell.waitFor(says, {deadlineMs: 60_000, what: `"${String(says)}" after: ${typed}`});
}

/** Nothing typed at it yet. */
const prompt = /^at\$\s*$/m;

const host = '-H unix:///run/swarm/m1/docker.sock';

/** The live dashboard: a plan, another size, Ctrl-Z and fg; logs that follow; an end by signal. */
async function playDashboard(shell: PtyScreen): Promise<void> {
	await line(shell, `swarmtop ${host}`, 'q quit');
	await shell.press('1');
	await shell.waitFor('d drain');
	await shell.press('d');
	await shell.waitFor('docker node update --availability drain');
	await shell.press('sure-escape');
	shell.resize(100, 30);
	await shell.waitFor((screen) => screen.text().split('\n').length <= 30 && screen.text().includes('quit'));
	await shell.press('ctrl-z');
	await shell.waitFor('Stopped');
	await enter(shell, 'fg');
	await shell.waitFor('quit');
	await shell.press('q');
	await shell.waitFor(prompt);

	await line(shell, `swarmtop logs shop_web -f ${host}`, /shop_web\.\d/);
	await shell.press('ctrl-c');
	await shell.waitFor(prompt);

	await line(
		shell,
		`(sleep 4; kill -TERM $(cat /tmp/pid)) & sh -c 'echo $$ > /tmp/pid; exec swarmtop ${host}'; echo ended $?`,
		'ended 143',
	);
}

describe.each(ways)('$name, in a bare system', ({system, isEmulated, isPossible, bring, install, uninstall}) => {
	it.skipIf((bare === '' && system === undefined) || !isPossible())(
		'is installed, used for ten minutes, and removed',
		{timeout: 240_000},
		async () => {
			using made = makeRoot(system);
			bring(made.root);
			const sh = system === undefined ? ['bash', '--norc', '--noprofile'] : ['sh'];
			await using shell = openScreen({
				command: 'chroot',
				args: [made.root, '/usr/bin/env', '-i', ...environment, ...sh],
				columns: 120,
				rows: 40,
			});
			await line(shell, `${install} && echo done $?`, /^done 0/m);
			await line(shell, 'swarmtop version', new RegExp(`^${version.replaceAll('.', '\\.')}$`, 'm'));
			await line(shell, `swarmtop get nodes ${host}`, /^. w4 /m);
			await line(shell, `swarmtop get svc ${host} --format '{{.Name}}' | head -n 1`, /^edge_proxy$/m);
			await line(shell, `swarmtop logs shop_web -n 3 ${host} | tail -n 1 | cut -c1-8`, /^shop_web/m);
			await line(shell, `swarmtop exec ${host} shop_web echo in the task`, /^in the task/m);

			await line(shell, 'swarmtop --demo', 'q quit');
			await shell.press('?');
			await shell.waitFor('Esc');
			await shell.press('sure-escape', 'q');
			await shell.waitFor(prompt);

			if (!isEmulated) await playDashboard(shell);
			await line(shell, `${uninstall}; hash -r; command -v swarmtop || echo gone`, /^gone/m);
			expect(readdirSync(path.join(made.root, 'tmp')).filter((file) => file.startsWith('swarmtop'))).toEqual([]);
		},
	);
});
