import {mkdtemp, readFile, rm, symlink} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it, vi} from 'vitest';
import {NodeEngine} from '../../source/engine/node-engine.ts';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {openScreen, type PtyScreen} from './support/pty-screen.ts';

/** What is on a node, read from its own engine: the published program on a simulated swarm whose sockets lie in one folder. */

const swarm = `
nodes:
  - { name: m1, role: manager }
  - { name: w1 }
services:
  web:
    image: alpine:latest
    command: sleep 100000
    environment: { MODE: loud, DB_PASSWORD: hunter2, DB_URL: "postgres://me:letmein@db/shop" }
    deploy: { mode: global }
  bad: { image: alpine:latest, command: [sh, -c, "echo last words; exit 3"], deploy: { mode: global, restart_policy: { condition: none } } }
`;

let folder: string;
let simulation: Simulation;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'inside-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, speed: 20, where: {sockets: folder}});
});

afterAll(async () => {
	await simulation.close();
	await rm(folder, {recursive: true});
});

function dashboardOn(socket: string): PtyScreen {
	return openScreen({
		command: process.execPath,
		args: ['dist/cli.js', '-H', `unix://${socket}`, '--audit', path.join(folder, 'audit')],
		columns: 150,
		rows: 40,
		env: {CI: undefined, XDG_CONFIG_HOME: folder, DOCKER_CONFIG: folder},
	});
}

/** Of all containers on a node, by the engine itself. */
async function statesOn(node: string): Promise<string[]> {
	const engine = new NodeEngine(
		{
			url: toSafeText('test'),
			origin: {kind: 'node'},
			transport: {kind: 'unix', path: path.join(folder, node, 'docker.sock')},
		},
		{isReadOnly: true},
	);
	const containers = await engine.containers();
	await engine.close();
	if (!containers.ok) throw new Error(containers.error.message);
	return containers.value.map(({State}) => State);
}

describe('going into a node', () => {
	it('shows its containers, images, volumes and disk, and cleans up what its plan says', async () => {
		await using screen = dashboardOn(path.join(folder, 'm1/docker.sock'));
		await screen.waitFor(/▸. w1 +worker[\s\S]*REACH|REACH[\s\S]*w1/);
		const see = async (wanted: RegExp, ...keys: readonly string[]): Promise<void> => {
			await screen.press(...keys);
			await screen.waitFor(wanted);
		};
		await see(/▸. w1/, '1', 'j');
		await see(/w1: \[containers\] images volumes disk[\s\S]*bad\.[\s\S]*Exited \(3\)[\s\S]*web\.[\s\S]*Up /, 'I');
		await see(/MODE=•••/, 'j', 'enter');
		expect(screen.text()).toMatch(/process +\d+ +root +\S+ +sleep 100000/);
		expect(screen.text()).not.toMatch(/loud|hunter2|letmein/);
		await see(/MODE=loud/, 'v');
		expect(screen.text()).toMatch(/DB_PASSWORD=•••\n/);
		expect(screen.text()).toContain('DB_URL=postgres://me:•••@db/shop');
		expect(screen.text()).not.toMatch(/hunter2|letmein/);
		await see(/w1: \[containers\]/, 'escape');
		await see(/log of bad\..*, straight from w1[\s\S]*last words/, 'g', 'l');
		await see(/w1: \[containers\]/, 'escape');
		await see(/containers \[images\][\s\S]*alpine:latest .*bad, web/, 'tab');
		await see(/\[volumes\]/, 'tab');
		await see(/\[disk\][\s\S]*images +\d+ +\d+/, 'tab');
		await see(/what goes\?[\s\S]*c {2}stopped containers +1,/, 'C');
		await see(/w1: 1 stopped container goes[\s\S]*bad\.[\s\S]*\$ docker -H unix:\S+ container prune --force/, 'c');
		// What was not there to be read yet takes no answer.
		await vi.waitFor(
			async () => {
				await screen.press('y');
				await screen.waitFor(/1 removed, .* came back/, {deadlineMs: 1000});
			},
			{timeout: 20_000},
		);
		expect(screen.text()).toMatch(/Remove stopped containers from w1: 1 removed, .* came back/);
		expect(await statesOn('w1')).toEqual(['running']);
		const audit = await readFile(path.join(folder, 'audit'), 'utf8');
		expect(audit).toMatch(/"action":"node\.clean-up".*container prune.*1 removed/);
	});

	it('adds nothing where no way leads to a node, and refuses in a sentence', async () => {
		const alone = path.join(folder, 'alone.sock');
		await symlink(path.join(folder, 'm1/docker.sock'), alone);
		await using screen = dashboardOn(alone);
		await screen.waitFor(/▸.*w1|w1 +worker/);
		await screen.press('1', 'j');
		await screen.waitFor(/▸. w1/);
		expect(screen.text()).not.toContain('REACH');
		await screen.press('I');
		await screen.waitFor('There is no way to the engine of w1.');
		expect(screen.text()).toMatch(/▸. w1/);
	});
});
