import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import type {PtyScreen} from '../screens/support/pty-screen.ts';
import {openDashboard} from './support/dashboard.ts';
import {cliSays, type Lab, startLab} from './support/lab.ts';

/** From bare engines to a swarm of four, and out of it again, by keys alone: the docker CLI looks after each step. */

let lab: Lab;
let screen: PtyScreen;
const patience = {deadlineMs: 60_000};

beforeAll(async () => {
	lab = await startLab('swarmed', 1, 3);
	for (const node of ['w1', 'w2', 'w3']) await lab.docker(node, 'swarm', 'leave');
	await lab.docker('m1', 'swarm', 'leave', '--force');
	screen = openDashboard(lab, 'm1');
});

afterAll(async () => {
	await screen?.press('ctrl-c');
	await lab?.down();
});

async function palette(words: string): Promise<void> {
	await screen.press(':');
	screen.type(words);
	await screen.press('Enter');
}

async function accept(title: string): Promise<void> {
	await screen.waitFor(`┏━ ${title}`, patience);
	await screen.waitFor('[ Cancel ]', patience);
	await screen.press('y');
}

async function typeWord(word: string): Promise<void> {
	await screen.waitFor('and press Enter: ', patience);
	screen.type(word);
	await screen.press('Enter');
}

async function add(machine: string, role: 'worker' | 'manager'): Promise<void> {
	await palette('swarm.add');
	await screen.waitFor('Which machine joins?', patience);
	screen.type(machine);
	await screen.press('Enter');
	await screen.waitFor(`${machine} joins as`, patience);
	await screen.press(role === 'worker' ? 'w' : 'm');
	await accept(`Let ${machine} join as a ${role}`);
	await screen.waitFor(`Let ${machine} join as a ${role}: joined as a ${role}`, patience);
}

const states = async (node: string): Promise<Record<string, string>> => {
	const rows = await lab.docker(node, 'node', 'ls', '--format', '{{.Hostname}} {{.Status}} {{.ManagerStatus}}');
	return Object.fromEntries(
		rows.split('\n').map((row) => [row.split(' ')[0] ?? '', row.split(' ').slice(1).join(' ').trim()]),
	);
};

describe('from bare engines', () => {
	it('Enter Enter begins a swarm', async () => {
		await screen.waitFor('start a swarm here', patience);
		await screen.press('Enter');
		await screen.waitFor('[ Begin ]', patience);
		await screen.press('Enter');
		await screen.waitFor('★ Leader', patience);
		await cliSays(lab, 'active true', 'info', '--format', '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}');
	});

	it('rotates a token: docker has another one', async () => {
		const before = await lab.docker('m1', 'swarm', 'join-token', '-q', 'worker');
		const manager = await lab.docker('m1', 'swarm', 'join-token', '-q', 'manager');
		await palette('swarm.rotate-worker');
		await accept('Rotate the join token for workers');
		await vi.waitFor(
			async () => expect(await lab.docker('m1', 'swarm', 'join-token', '-q', 'worker')).not.toBe(before),
			{timeout: 30_000, interval: 250},
		);
		expect(await lab.docker('m1', 'swarm', 'join-token', '-q', 'manager')).toBe(manager);
		await palette('tokens');
		await screen.waitFor('Show both', patience);
		expect(screen.text()).not.toContain('SWMTKN');
		await screen.press('s');
		await screen.waitFor(manager, patience);
		await screen.press('Escape');
	});

	it('three machines join from here, as workers and as a manager', async () => {
		await add('w1', 'worker');
		await add('w2', 'manager');
		await add('w3', 'worker');
		await vi.waitFor(
			async () =>
				expect(await states('m1')).toEqual({m1: 'Ready Leader', w1: 'Ready', w2: 'Ready Reachable', w3: 'Ready'}),
			{timeout: 60_000, interval: 500},
		);
	});

	it('promotes a third manager', async () => {
		await palette('node w1 promote');
		await accept('Promote w1');
		await vi.waitFor(async () => expect((await states('m1'))['w1']).toBe('Ready Reachable'), {
			timeout: 60_000,
			interval: 500,
		});
	});

	it('rotates the root certificate: every node has the new one', async () => {
		const before = await lab.docker('m1', 'swarm', 'ca');
		await palette('swarm.certificates');
		await accept("Rotate the swarm's root certificate");
		await screen.waitFor('every node has its new certificate', {deadlineMs: 90_000});
		expect(await lab.docker('m1', 'swarm', 'ca')).not.toBe(before);
	});

	it('turns autolock on and shows the key that docker shows', async () => {
		await palette('swarm.autolock');
		await accept('Turn autolock on');
		await vi.waitFor(async () => expect(await lab.docker('m1', 'swarm', 'unlock-key', '-q')).toMatch(/^SWMKEY-1-/), {
			timeout: 30_000,
			interval: 250,
		});
		await palette('unlock-key');
		await screen.waitFor('The unlock key', patience);
		await screen.press('s');
		await screen.waitFor(await lab.docker('m1', 'swarm', 'unlock-key', '-q'), patience);
		await screen.press('o');
		await accept('Turn autolock off');
		await cliSays(lab, 'false', 'info', '--format', '{{.Swarm.Cluster.Spec.EncryptionConfig.AutoLockManagers}}');
	});

	it('leaves with --force typed: the others keep the quorum', async () => {
		await palette('leave');
		await screen.waitFor('Let m1 leave the swarm', patience);
		expect(screen.text()).toContain('2 of 3 are reachable then, 2 needed');
		await typeWord('--force');
		await screen.waitFor('start a swarm here', patience);
		await cliSays(lab, 'inactive', 'info', '--format', '{{.Swarm.LocalNodeState}}');
		await vi.waitFor(async () => expect((await states('w2'))['m1']).toMatch(/^(Down|Unknown)/), {
			timeout: 90_000,
			interval: 500,
		});
	});

	it('joins again by a pasted line, after a wrong token was told', async () => {
		const token = await lab.docker('w2', 'swarm', 'join-token', '-q', 'worker');
		const address = await lab.docker('w2', 'info', '--format', '{{.Swarm.NodeAddr}}');
		await screen.press('j');
		await screen.waitFor('Let', patience);
		screen.paste(`docker swarm join --token ${token.replace(/.{3}$/, 'xyz')} ${address}:2377`);
		await screen.press('ctrl-s');
		await screen.waitFor('The swarm refused the token', patience);
		expect(screen.text()).not.toContain('SWMTKN-1-');
		await screen.press('up', 'up', 'up', 'up', 'ctrl-u');
		screen.paste(`docker swarm join --token ${token} ${address}:2377`);
		await screen.press('ctrl-s');
		await screen.waitFor('joined as a worker', patience);
		await cliSays(lab, 'active false', 'info', '--format', '{{.Swarm.LocalNodeState}} {{.Swarm.ControlAvailable}}');
	});
});
