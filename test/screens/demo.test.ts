/** The first five minutes: what a simulated swarm offers besides a real one, and what it says before there is a swarm. */
import {mkdtempSync, rmSync} from 'node:fs';
import {tmpdir} from 'node:os';
import path from 'node:path';
import {describe, expect, it, onTestFinished} from 'vitest';
import {simulatorBeside} from '../../source/commands/simulator-beside.ts';
import {failed, ok} from '../../source/runtime/result.ts';
import {controlSocketName, listenForControl} from '../../source/simulator/world/control-socket.ts';
import {toSafeText} from '../../source/text/safe-text.ts';
import {words} from '../../source/ui/words/words.ts';
import {type Dashboard, rowOf, showDashboard} from '../ui/support/dashboard.tsx';
import {cluster, noon, shop} from '../ui/support/entities.ts';
import {openScreen} from './support/pty-screen.ts';

const message = ({terminal}: Dashboard): string => terminal.row(-2);

/** A simulated swarm that notes what is done to it. */
function simulated(answer = ok(undefined) as ReturnType<typeof failed<string>> | ReturnType<typeof ok<undefined>>) {
	const done: string[] = [];
	const hosts = ['m1', 'm2', 'm3', 'w1', 'w2'].map((name) => ({name, dockerHost: `unix:///sim/${name}/docker.sock`}));
	return {
		done,
		hosts: () => hosts,
		async fault(said: readonly string[]) {
			done.push(said.join(' '));
			return answer;
		},
	};
}

const small = {columns: 80, rows: 24};

describe('the strip of a demo', () => {
	it('offers tour, words, breaking and docker while nothing else is said, and goes with F9', async () => {
		const shown = await showDashboard({...small, simulated: simulated()});
		const strip = ' demo  F1 tour  F2 words  F3 break something  F4 docker  F9 hides this';
		expect(message(shown)).toBe(strip);
		await shown.press('/');
		expect(message(shown)).toContain('Filter services');
		await shown.press('escape');
		expect(message(shown)).toBe(strip);
		await shown.press('f9');
		expect(message(shown).trim()).toBe('');
		await shown.press('f2');
		expect(shown.terminal.text()).toContain('words of swarm mode');
	});

	it('is not there on a swarm that is not known to be simulated, and F3 breaks nothing', async () => {
		const shown = await showDashboard(small);
		expect(message(shown).trim()).toBe('');
		await shown.press('f3');
		expect(message(shown)).toContain('nothing can be broken here');
		await shown.press(':');
		shown.terminal.type('kill');
		await shown.pass(0);
		expect(shown.terminal.text()).not.toContain('Kill a task');
	});
});

describe('breaking something', () => {
	it.each([
		['s', 'w2', 'stop w2', 'w2 is stopped'],
		['b', 'w2', 'start w2', 'w2 is started'],
		['c', 'm3', 'cut m3', 'm3 is cut off'],
		['h', 'm3', 'heal m3', 'm3 is on the network again'],
		['f', 'w1', 'freeze w1', 'w1 is frozen'],
		['t', 'w1', 'thaw w1', 'w1 is thawed'],
	])('F3 %s asks for a node, does it and says what to watch', async (key, node, said, answer) => {
		const swarm = simulated();
		const shown = await showDashboard({...small, simulated: swarm});
		await shown.press('f3', key);
		shown.terminal.type(node);
		await shown.press('enter');
		await shown.pass(100);
		expect(swarm.done).toEqual([said]);
		expect(message(shown)).toContain(answer);
	});

	it.each([
		['d', 'registry-down', 'The registry is down'],
		['u', 'registry-up', 'The registry is up'],
		['a', 'repair', 'Everything is repaired'],
		['n', 'split m3 w2', 'm3, w2 are on the other side'],
	])('F3 %s does it at once', async (key, said, answer) => {
		const swarm = simulated();
		const shown = await showDashboard({...small, simulated: swarm});
		await shown.press('f3', key);
		await shown.pass(100);
		expect(swarm.done).toEqual([said]);
		expect(message(shown)).toContain(answer);
	});

	it('kills the task that is selected, else one of the selected service', async () => {
		const swarm = simulated();
		const shown = await showDashboard({...small, simulated: swarm});
		await shown.press('2', 'G', 'f3', 'k');
		expect(rowOf(shown, '▸shop_web.1')).toContain('task');
		await shown.press('escape', 'enter', 'j', 'f3', 'k', 'enter');
		await shown.pass(100);
		expect(swarm.done).toEqual(['kill task-shop_web-2']);
		expect(message(shown)).toContain('shop_web.2 is killed');
	});

	it('is in the palette too, and says what the simulator refuses', async () => {
		const swarm = simulated(failed('There is no node "w2".'));
		const shown = await showDashboard({...small, simulated: swarm});
		await shown.press(':');
		shown.terminal.type('freeze');
		await shown.press('enter');
		shown.terminal.type('w2');
		await shown.press('enter');
		await shown.pass(100);
		expect(swarm.done).toEqual(['freeze w2']);
		expect(message(shown)).toContain('There is no node "w2".');
	});
});

describe('F4', () => {
	it('copies the line that points docker at this swarm, or at another of its nodes', async () => {
		const shown = await showDashboard({...small, simulated: simulated()});
		await shown.press('f4', 'enter');
		expect(shown.copies).toEqual(['export DOCKER_HOST=unix:///swarm.sock']);
		expect(message(shown)).toContain('export DOCKER_HOST=unix:///swarm.sock');
		await shown.press('f4', '3');
		expect(shown.copies.at(-1)).toBe('export DOCKER_HOST=unix:///sim/w1/docker.sock');
	});
});

describe('the words', () => {
	it('have three lines each at 80 columns, and can be searched', async () => {
		const shown = await showDashboard(small);
		await shown.press('f2');
		for (const {lines} of words) for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(75);
		for (const word of ['service', 'task', 'slot', 'replica', 'desired state', 'drain', 'manager', 'quorum', 'ingress'])
			expect(
				words.some((each) => each.word.split(', ').includes(word)),
				word,
			).toBe(true);
		await shown.press('/');
		shown.terminal.type('quorum');
		await shown.press('enter', 'n');
		expect(shown.terminal.text()).toMatch(/\/quorum \d of \d/);
		await shown.press('f2');
		expect(shown.terminal.text()).toContain('2 services');
	});
});

describe('the tour', () => {
	it('is left for a step and found again where it was', async () => {
		const shown = await showDashboard(small);
		await shown.press('f1', 'pagedown');
		const there = shown.terminal.row(2);
		await shown.press('f1', 'j', 'f1');
		expect(shown.terminal.text()).toContain('━ tour');
		expect(shown.terminal.row(2)).toBe(there);
	});
});

describe('help', () => {
	it.each([
		['1', 'Nodes'],
		['2', 'Services'],
		['3', 'Tasks'],
		['4', 'Logs'],
		['5', 'Stacks'],
		['t', 'Topology'],
	])('begins with the pane in focus: %s', async (key, heading) => {
		const shown = await showDashboard(small);
		await shown.press(key, '?');
		expect(shown.terminal.row(2).trim()).toBe(heading);
	});
});

describe('before there is a swarm', () => {
	it('says what to do as long as there is none, and not as an error', async () => {
		const connection = {
			state: 'lost',
			problem: toSafeText('This engine is not in a swarm.'),
			nextStep: toSafeText('Start one.'),
			since: noon,
			retryAt: noon + 1000,
			reason: 'not-in-swarm',
		} as const;
		const shown = await showDashboard({
			...small,
			simulated: simulated(),
			state: cluster({nodes: [], services: [], tasks: []}, {connection}),
		});
		shown.screen.begin();
		await shown.pass(0);
		expect(shown.terminal.text()).toContain('start a swarm here');
		await shown.press('d');
		expect(shown.terminal.text()).toContain('begin here');
		expect(shown.terminal.text()).toContain('docker swarm init');
		expect(shown.terminal.text()).toContain('export DOCKER_HOST=unix:///sim/m1/docker.sock');
		expect(shown.terminal.text()).not.toContain('✗');
		await shown.become(cluster(shop()));
		expect(shown.terminal.text()).toContain('2 services');
	});

	it.each(['empty', 'walkthroughs/000-three-node-swarm', 'walkthroughs/004-glossary'])(
		'--demo %s offers to begin a swarm',
		async (fixture) => {
			await using screen = openScreen({
				command: process.execPath,
				args: ['dist/cli.js', '--demo', fixture],
				...small,
				env: {CI: undefined},
			});
			await screen.waitFor('start a swarm here', {deadlineMs: 30_000});
			await screen.press('ctrl-c');
			expect(await screen.exit).toEqual({code: 0, signal: 0});
		},
		60_000,
	);
});

describe('a simulator in another process', () => {
	it('is known by its control socket, and takes faults through it', async () => {
		const folder = mkdtempSync(path.join(tmpdir(), 'beside-'));
		onTestFinished(() => rmSync(folder, {recursive: true, force: true}));
		const socket = path.join(folder, 'm1', 'docker.sock');
		const endpoint = {
			url: toSafeText(`unix://${socket}`),
			origin: {kind: 'flag'},
			transport: {kind: 'unix', path: socket},
		} as const;
		expect(simulatorBeside(endpoint)).toBeUndefined();
		const done: string[] = [];
		const control = await listenForControl(path.join(folder, controlSocketName), async (said) => {
			done.push(said.join(' '));
			return ok(undefined);
		});
		expect(await simulatorBeside(endpoint)?.fault(['stop', 'w1'])).toEqual(ok(undefined));
		await control.close();
		expect(done).toEqual(['stop w1']);
	});
});
