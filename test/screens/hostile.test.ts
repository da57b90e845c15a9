import {mkdtemp, rm} from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {parseFixture} from '../../source/simulator/fixtures/fixture.ts';
import {type Simulation, startSimulation} from '../../source/simulator/world/simulation.ts';
import {enterScreen, leaveScreen, mouseOff, mouseOn} from '../../source/terminal/modes.ts';
import {hostileLines} from '../text/hostile-lines.ts';
import {type HostileEngine, serveHostile} from './support/hostile-engine.ts';
import {PtyScreen} from './support/pty-screen.ts';

/** The published program on a swarm whose every name, label, error and log line is hostile: what reaches the terminal. */

const swarm = `
nodes:
  - { name: m1, role: manager, labels: { zone: north } }
  - { prefix: w, count: 2 }
networks: { edge: { attachable: true } }
secrets: { password: x }
configs: { site: y }
stacks:
  shop:
    services:
      web: { image: busybox:latest, command: [sleep, "3600"], ports: ["8080:80"], environment: { MODE: loud }, deploy: { replicas: 3, labels: { owner: me } } }
      bad: { image: busybox:latest, command: [sh, -c, exit 3] }
      gpu: { image: busybox:latest, deploy: { placement: { constraints: [node.labels.gpu==yes] } } }
services:
  plain: { image: busybox:latest, command: [sleep, "3600"], networks: [edge], secrets: [password], configs: [site] }
`;

let folder: string;
let simulation: Simulation;
let engine: HostileEngine;

beforeAll(async () => {
	folder = await mkdtemp(path.join(os.tmpdir(), 'hostile-'));
	const fixture = await parseFixture(swarm, 'swarm.yaml');
	if (!fixture.ok) throw new Error(fixture.error.map(({message}) => message).join());
	simulation = await startSimulation({fixture: fixture.value, where: {sockets: folder}});
	engine = await serveHostile(path.join(folder, 'm1', 'docker.sock'));
});

afterAll(async () => {
	await engine[Symbol.asyncDispose]();
	await simulation.close();
	await rm(folder, {recursive: true});
});

/** A screen that keeps every byte that was written to it. */
class RecordingScreen extends PtyScreen {
	readonly #written: string[] = [];

	get written(): string {
		return this.#written.join('');
	}

	protected override receive(bytes: string): void {
		this.#written.push(bytes);
		super.receive(bytes);
	}
}

const literally = (text: string): RegExp => new RegExp(text.replace(/[[\]?]/g, '\\$&'), 'g');

/** All that the program itself writes besides text: see frame-writer, row-writer, scroll, modes and background. */
const own = [
	// A whole new frame.
	/\u001b\[\?7l\u001b\[r\u001b\[m\u001b\[H\u001b\[J/g,
	// Rows that moved, inside a scroll region.
	/\u001b\[\d+;\d+r\u001b\[\d+H\u001b\[\d*[LM]\u001b\[r/g,
	// What terminals are asked: their background and what they are.
	/(?:\u001b\]11;\?\u001b\\)?\u001b\[c/g,
	// What the reader copies.
	/\u001b\]52;c;[\w+/=]+\u0007/g,
	// Modes, when the screen is entered and left, and around each frame.
	...[enterScreen, leaveScreen, mouseOn, mouseOff].map(literally),
	/\u001b\[\?2026[hl]/g,
	// Where to write, and blanks.
	/\u001b\[\d+(?:;\d+)?H|\u001b\[\d+G|\r|\u001b\[\d+X|\u001b\[K/g,
	// Colours.
	/\u001b\[[\d;]*m/g,
];
const pictograph = '\\p{Extended_Pictographic}[\\uFE0F\\p{Emoji_Modifier}]?';
const emoji = new RegExp(
	`${pictograph}(?:\\u200D${pictograph})+|\\p{Extended_Pictographic}\\uFE0F|[#*0-9]\\uFE0F?\\u20E3`,
	'gu',
);
const foreign =
	/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Bidi_Control}\p{Noncharacter_Code_Point}]/u;
const control = /[^\P{Cc}\t\n]/u;

/** What is left of the bytes without the program's own: the foreign ones, with what stands around them. */
function foreignIn(written: string, ownBytes: readonly RegExp[]): string[] {
	const rest = ownBytes.reduce((text, pattern) => text.replace(pattern, ''), written).replace(emoji, '');
	return [...rest.matchAll(new RegExp(foreign, 'gu'))].map(({index}) =>
		JSON.stringify(rest.slice(Math.max(0, index - 20), index + 20)),
	);
}

describe('a hostile swarm', () => {
	it('gets no byte of its own to the terminal, on any screen', async () => {
		await using screen = new RecordingScreen({
			command: process.execPath,
			args: ['dist/cli.js', '-H', `unix://${engine.socket}`],
			columns: 160,
			rows: 45,
			env: {CI: undefined, XDG_CONFIG_HOME: folder},
		});
		await screen.waitFor(/2 services 4/, {deadlineMs: 15_000});
		/** Presses keys and waits until the screen shows it. */
		const see = async (wanted: RegExp, ...keys: readonly string[]): Promise<void> => {
			await screen.press(...keys);
			await screen.waitFor(wanted, {deadlineMs: 10_000});
		};
		/** A key right behind Esc would be Alt with that key. */
		const back = async (from: RegExp): Promise<void> => {
			await screen.press('escape');
			await screen.waitFor((shown) => !from.test(shown.text()), {deadlineMs: 10_000});
		};
		await see(/services 4 ↑name/, '2', 'o');
		await see(/4 logs of [\s\S]*textcurly/, 'g', 'l');
		await see(/4 logs of [\s\S]*forged line/, 'g');
		for (const key of ['w', 't', 'P', 'J', 'pagedown', 'pageup']) await screen.press(key);
		await see(/filter owned \d/, '&', ...'owned', 'enter');
		await see(/stream +stdout/, 'enter');
		await back(/stream +stdout/);
		await see(/sent to the clipboard/, 'c');
		await back(/filter owned/);
		await back(/┏━ 4 logs/);
		// This engine has no volumes: there is nothing to inspect.
		const views = {
			1: 'nodes',
			2: 'services',
			3: 'tasks',
			0: 'overview',
			5: 'stacks',
			6: 'networks',
			7: 'secrets',
			8: 'configs',
		};
		for (const [key, name] of Object.entries({...views, e: 'events'})) {
			await see(new RegExp(`━ (?:\\d )?${name} [\\s\\S]*▸`), key);
			await see(/[━─] inspect /, 'i');
			await screen.press('pagedown');
			await back(/[━─] inspect /);
		}
		await see(/why plain/, '2', 'w');
		await back(/why plain/);
		await see(/Scale /, 's', '9', 'enter');
		await screen.waitFor('[ Cancel ]', {deadlineMs: 15_000});
		await see(/The engine refused/, 'y');
		await see(/[━─] activity[\s\S]*forged/, 'A');
		await back(/[━─] activity/);
		await see(/▸w1/, ':', ...'node w1');
		await back(/▸w1/);
		await screen.press('ctrl-c');
		expect(await screen.exit).toEqual({code: 0, signal: 0});
		expect(screen.written).toContain('forged line');
		const copied = [...screen.written.matchAll(/\u001b\]52;c;([^\u0007]+)\u0007/g)].map(([, text]) => `${text}`);
		expect(copied.map((text) => Buffer.from(text, 'base64').toString())).toEqual([expect.stringContaining('owned')]);
		expect(foreignIn(screen.written, own)).toEqual([]);
		const ours = `${enterScreen}${leaveScreen}\u001b[?2026h`;
		const telling = hostileLines.filter(({raw}) => control.test(raw) && !ours.includes(raw));
		for (const {raw} of telling) expect(screen.written).not.toContain(raw);
	}, 60_000);

	it.each([
		['get services', 0],
		['get nodes -o wide', 0],
		['get tasks -o yaml', 0],
		['logs plain', 1],
	])('gets none past %s on a terminal', async (line, code) => {
		await using screen = new RecordingScreen({
			command: process.execPath,
			args: ['dist/cli.js', ...line.split(' '), '-H', `unix://${engine.socket}`],
			columns: 160,
			rows: 45,
			env: {CI: undefined},
		});
		expect(await screen.exit).toMatchObject({code});
		// YAML leaves a tab inside of a text as it is.
		expect(foreignIn(screen.written, [/\u001b\[[\d;]*m/g, /\r\n/g, /[\n\t]/g])).toEqual([]);
	});
});

it('the corpus is hostile', () => {
	expect(hostileLines.filter(({raw}) => foreignIn(raw, own).length > 0).length).toBeGreaterThan(45);
});
