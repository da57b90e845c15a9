import {chmod, mkdir, mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {PassThrough} from 'node:stream';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {runExecCommand} from '../../source/commands/exec.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {openScreen} from '../screens/support/pty-screen.ts';
import {hasSshd, makeKey, type Sshd, sessionsOf, startSshd} from '../support/sshd.ts';

/** A node's engine by real ssh, through the manager as jump host: docker system dial-stdio leads to a simulated engine. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { name: w1 }
services:
  web: { image: alpine:latest, command: sleep 100000, deploy: { replicas: 1, placement: { constraints: [node.hostname == w1] } } }
`;

let folder: string;
let simulation: Simulation;
let before: string | undefined;
const servers: Record<string, Sshd> = {};

/** Where ssh goes for the manager and for the node's address, and which of its files it takes. */
async function route({node = 'w1', key = 'key', known = 'known'} = {}): Promise<void> {
	const to = (name: string, port: number | undefined, identity: string, hosts: string) =>
		[
			`  HostName 127.0.0.1`,
			`  Port ${port}`,
			`  HostKeyAlias ${name}`,
			`  IdentityFile ${folder}/${identity}`,
			`  UserKnownHostsFile ${folder}/${hosts}`,
			'  GlobalKnownHostsFile /dev/null',
			'  IdentitiesOnly yes',
			'  IdentityAgent none',
		].join('\n');
	await writeFile(
		path.join(folder, 'ssh_config'),
		`Host manager\n${to('manager', servers['m1']?.port, 'key', 'known')}\nHost *\n${to('node', servers[node]?.port, key, known)}\n`,
	);
}

beforeAll(async () => {
	if (!hasSshd) return;
	folder = await mkdtemp(path.join(os.tmpdir(), 'sshd-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: path.join(folder, 's')}});
	for (const name of ['key', 'other', 'host']) makeKey(path.join(folder, name));
	const hostKey = path.join(folder, 'host');
	const publicKey = (await readFile(`${hostKey}.pub`, 'utf8')).trim();
	await writeFile(path.join(folder, 'known'), `manager ${publicKey}\nnode ${publicKey}\n`);
	await writeFile(path.join(folder, 'nobody'), '');
	const common = {folder, hostKey, authorizedKeys: path.join(folder, 'key.pub')};
	const PATH = process.env['PATH'] ?? '';
	for (const name of ['m1', 'w1']) {
		const environment = {DOCKER_HOST: `unix://${folder}/s/${name}/docker.sock`, PATH};
		servers[name] = await startSshd({...common, name, environment});
	}
	servers['bare'] = await startSshd({...common, name: 'bare', environment: {PATH: '/nonexistent'}});
	await mkdir(path.join(folder, 'bin'));
	await writeFile(path.join(folder, 'bin/ssh'), `#!/bin/sh\nexec /usr/bin/ssh -F ${folder}/ssh_config "$@"\n`);
	await chmod(path.join(folder, 'bin/ssh'), 0o755);
	before = process.env['PATH'];
	process.env['PATH'] = `${folder}/bin:${PATH}`;
	await route();
	await vi.waitFor(async () => expect((await exec(['web', 'true'])).stderr).toBe(''), {
		timeout: 30_000,
		interval: 300,
	});
}, 60_000);

afterAll(async () => {
	if (!hasSshd) return;
	process.env['PATH'] = before;
	for (const each of Object.values(servers)) each.close();
	await simulation.close();
	await rm(folder, {recursive: true, force: true});
});

async function exec(argv: readonly string[]) {
	const printed = {stdout: '', stderr: ''};
	const input = new PassThrough();
	input.end();
	const status = await runExecCommand(['-H', 'ssh://root@manager', ...argv], {
		input,
		isTerminal: false,
		write: async ({stream, bytes}) => {
			printed[stream] += bytes.toString();
		},
		err: (line) => {
			printed.stderr += `${line}\n`;
		},
		size: () => ({columns: 80, rows: 24}),
		onResize: () => () => undefined,
		onClosed: () => () => undefined,
		takeKeys: () => () => undefined,
		surroundings: {environment: {}, homeDirectory: '/nonexistent'},
	});
	return {status, ...printed};
}

describe.skipIf(!hasSshd)('a node by real ssh', () => {
	it('is reached through the manager', async () => {
		await route();
		const logins = sessionsOf(servers['w1'] ?? fail()).length;
		const ran = await exec(['web', 'sh', '-c', 'hostname; exit 3']);
		expect(ran).toMatchObject({status: 3, stderr: ''});
		expect(ran.stdout).toMatch(/^[0-9a-f]{12}\n$/);
		await vi.waitFor(() => expect(sessionsOf(servers['w1'] ?? fail()).length).toBeLessThanOrEqual(logins));
	});

	it.each([
		['an unknown host key', {known: 'nobody'}, /w1: ssh doesn't know the host key of .* yet\. Log in once by hand/],
		['a key that is not allowed', {key: 'other'}, /w1: ssh may not log in to .* use a key that the agent holds/],
		['a host without docker', {node: 'bare'}, /w1: .*docker/],
	])('says what is wrong: %s', async (_, wrong, sentence) => {
		await route(wrong);
		const {status, stdout, stderr} = await exec(['web', 'true']);
		expect({status, stdout}).toEqual({status: 1, stdout: ''});
		expect(stderr).toMatch(sentence);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	});

	it('cut in the middle of a shell, gives the terminal back to a dashboard that lives', async () => {
		await route();
		await using screen = openScreen({
			command: process.execPath,
			args: ['dist/cli.js', '-H', 'ssh://root@manager'],
			columns: 120,
			rows: 36,
			env: {XDG_CONFIG_HOME: folder, XDG_STATE_HOME: folder, DOCKER_CONFIG: folder},
		});
		await screen.waitFor('q quit');
		await screen.waitFor(/web\.1 +w1 +.*running/);
		await screen.press('2', 'S');
		await screen.waitFor(/[#$] ?$/m);
		screen.type('echo in$((40+2))\r');
		await screen.waitFor('in42');
		for (const pid of sessionsOf(servers['w1'] ?? fail())) process.kill(pid, 'SIGKILL');
		await screen.waitFor('q quit');
		await screen.waitFor(/w1.*(connection|ended|closed|lost|broke)/i);
		await screen.press('1');
		await screen.waitFor('d drain');
		await screen.press('q', 'q');
		expect(await screen.exit).toMatchObject({code: 0});
	});
});

function fail(): never {
	throw new Error('no such server');
}
