/**
 * Screens of the demo swarm, as they look: every size, every theme, with colours. `npm run screens` writes the files anew;
 * read what changed before it is committed.
 */
import {afterAll, beforeAll, describe, expect, it} from 'vitest';
import {questionFor} from '../../source/cluster/forecast/forecast-input.ts';
import {forecastLines} from '../../source/cluster/forecast/forecast-lines.ts';
import type {Intent, Plan} from '../../source/cluster/intent.ts';
import type {ClusterState} from '../../source/cluster/model.ts';
import {planFor} from '../../source/cluster/pipeline/plan.ts';
import {forecast} from '../../source/swarmkit/forecast/forecast.ts';
import {themes} from '../../source/ui/theme/themes.ts';
import {asNew, type Dashboard, openDashboard} from '../ui/support/dashboard.tsx';
import {noon} from '../ui/support/entities.ts';
import {demoState} from './support/demo-state.ts';
import type {InkScreen} from './support/ink-screen.ts';

/** w4 has been down for a while, the recommender crashes, the trainer waits for a GPU, the web tier has been updated. */
const momentMs = 110_000;

const sizes = [
	[80, 24],
	[120, 40],
	[200, 50],
] as const;

let state: ClusterState;

beforeAll(async () => {
	state = await demoState(momentMs);
});

/** The real plan, its forecast made here and now. */
function planOf(intent: Intent): Plan {
	const question = questionFor(intent, state, noon);
	if (!question) throw new Error('nothing can be foreseen');
	const moves = forecast(question.input, question.changes);
	return planFor(intent, state, {
		isReadOnly: false,
		foreseen: {lines: forecastLines(moves, question.changes, state), moves},
	});
}

const nodeCalled = (name: string): string =>
	[...state.nodes.values()].find(({hostname}) => hostname === name)?.id ?? '';

type Play = {readonly name: string; readonly play: (shown: Dashboard) => Promise<void>};

/** One after the other on the same screen; each begins at home. */
const plays: readonly Play[] = [
	{
		name: 'panes',
		async play(shown) {
			await shown.press('2', 'g', 'j', 'j');
			await shown.pass(300);
			for (let line = 1; line <= 12; line++)
				shown.feed.last?.say(`shop_web.${(line % 3) + 1}@w${(line % 3) + 1}`, `GET /products/${line} 200`);
			await shown.pass(100);
		},
	},
	{name: 'overview', play: (shown) => shown.press('0')},
	{name: 'why', play: (shown) => shown.press('2', 'g', 'j', 'w')},
	{name: 'topology', play: (shown) => shown.press('t', 'g', 'j', 'right')},
	{
		name: 'drain',
		async play(shown) {
			const drain = {action: 'node.availability', nodeId: nodeCalled('w1'), availability: 'drain'} as const;
			shown.actions.answer = {...planOf(drain), consent: {kind: 'dialog'}};
			await shown.press('1', 'g', ...Array<string>(4).fill('j'), 'd');
		},
	},
	{name: 'inspect', play: (shown) => shown.press('2', 'i', 'j', 'j')},
];

/** Every row's text, then for each theme the runs of its styles: the style's letter and the cells that it covers. */
function textOf({emulator}: InkScreen): string {
	return Array.from({length: emulator.rows}, (_, y) => emulator.row(y)).join('\n');
}

function stylesOf(terminal: InkScreen): string {
	const letters = new Map<string, string>();
	const letterOf = (style: string): string => {
		const known = letters.get(style);
		if (known !== undefined) return known;
		const next = String.fromCodePoint('a'.charCodeAt(0) + letters.size);
		letters.set(style, next);
		return next;
	};
	const rows = Array.from({length: terminal.emulator.rows}, (_, y) => {
		const runs = terminal.styles(y).map(({style, cells}) => `${style === '' ? '.' : letterOf(style)}${cells}`);
		return `${String(y + 1).padStart(2)} ${runs.join(' ')}`;
	});
	const legend = [...letters].map(([style, letter]) => `${letter}=${style}`).join('  ');
	return `${legend}\n${rows.filter((row) => / [a-z]/.test(row)).join('\n')}`;
}

describe.each(sizes)('the demo swarm at %ix%i', (columns, rows) => {
	let shown: Dashboard;

	beforeAll(async () => {
		shown = openDashboard({columns, rows, state, memory: asNew()});
		await shown.pass(0);
	});
	afterAll(async () => {
		shown.screen.close();
		await shown.terminal.close();
	});

	it.each(plays)('$name', async ({name, play}) => {
		for (let presses = 0; presses < 6; presses++) await shown.press('escape');
		// By then the next key wipes what Esc had to say.
		await shown.pass(5000);
		shown.actions.answer = {};
		await play(shown);
		const parts = [textOf(shown.terminal)];
		for (const theme of themes) {
			shown.screen.setTheme(theme);
			await shown.pass(0);
			parts.push(`── ${theme.id}`, stylesOf(shown.terminal));
		}
		const [first] = themes;
		if (first) shown.screen.setTheme(first);
		await expect(`${parts.join('\n')}\n`).toMatchFileSnapshot(`snapshots/${name}-${columns}x${rows}.txt`);
	});
});
