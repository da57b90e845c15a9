/** docs/tour.md, played: its keys on the demo swarm, what it promises on the screen. */
import {readFileSync} from 'node:fs';
import path from 'node:path';
import {describe, expect, it} from 'vitest';
import {openScreen, type PtyScreen} from '../screens/support/pty-screen.ts';

const tour = readFileSync(path.resolve(import.meta.dirname, '../../docs/tour.md'), 'utf8');

type Move = {readonly kind: 'press' | 'type'; readonly text: string};
type Step = {readonly line: string; readonly moves: readonly Move[]; readonly promises: readonly string[]};

/** Every item of a list is a step: keys and what to type before the arrow, what must come on the screen behind it. */
function stepsOf(markdown: string): Step[] {
	const items = markdown.match(/^- (?:.+\n)(?: {2}.+\n)*/gm) ?? [];
	return items.map((item) => {
		const line = item.slice(2).replaceAll(/\s+/g, ' ').trim();
		const [before = '', after = ''] = line.split(/ → (?=`)/);
		const moves = [...before.matchAll(/<kbd>(.+?)<\/kbd>|[Tt]ype `(.+?)`/g)].map(
			([, key, text = '']): Move => (key === undefined ? {kind: 'type', text} : {kind: 'press', text: key}),
		);
		return {line, moves, promises: [...after.matchAll(/`(.+?)`/g)].map(([, promise = '']) => promise)};
	});
}

const chords: Readonly<Record<string, string>> = {
	Esc: 'sure-escape',
	'→': 'right',
	'←': 'left',
	'↑': 'up',
	'↓': 'down',
};

async function play({line, moves, promises}: Step, screen: PtyScreen): Promise<void> {
	for (const {kind, text} of moves) {
		// A dialog takes its yes once it has been on the screen for a moment: then a button has the focus.
		if (text === 'y')
			await screen.waitFor(() => !/ {3}Cancel {3}/.test(screen.text()), {what: 'the dialog to be read'});
		if (kind === 'type') screen.type(text);
		else await screen.press(chords[text] ?? text);
	}
	// A text that is too long for its line goes on in the next one.
	const shown = (): string => screen.text().replaceAll(/[\s┃│]+/g, ' ');
	for (const promise of promises) {
		await screen.waitFor(() => shown().includes(promise), {deadlineMs: 30_000, what: `"${promise}" after: ${line}`});
	}
}

const steps = stepsOf(tour);

describe('the tour', () => {
	it('has steps to play, each of which promises something', () => {
		expect(steps.length).toBeGreaterThan(20);
		const silent = steps.slice(0, -1).filter(({promises}) => promises.length === 0);
		expect(silent).toEqual([]);
		expect(steps.slice(1).filter(({moves}) => moves.length === 0)).toEqual([]);
	});

	it.concurrent.each([
		[200, 50],
		[80, 24],
	])('goes as it says at %ix%i', {timeout: 180_000}, async (columns, rows) => {
		await using screen = openScreen({
			command: process.execPath,
			args: ['dist/cli.js', '--demo', '--seed', '7'],
			columns,
			rows,
			env: {CI: undefined, HOME: '/nonexistent', XDG_CONFIG_HOME: undefined, XDG_STATE_HOME: undefined},
		});
		for (const step of steps) await play(step, screen);
		expect(await screen.exit).toEqual({code: 0, signal: 0});
	});
});
