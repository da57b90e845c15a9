/** How many keys the questions of whoever is on call take on the first screen of the demo swarm. */
import {beforeAll, describe, expect, it} from 'vitest';
import type {ClusterState} from '../../source/cluster/model.ts';
import {asNew, type Dashboard, showDashboard} from '../ui/support/dashboard.tsx';
import {demoState} from './support/demo-state.ts';

/** w4 has been down for a while, the recommender crashes, the trainer waits for a GPU, the web tier is being updated. */
const momentMs = 110_000;

let state: ClusterState;

beforeAll(async () => {
	state = await demoState(momentMs);
});

const text = ({terminal}: Dashboard): string => terminal.text().replaceAll(/[\s┃│]+/g, ' ');

type Question = {
	readonly what: string;
	readonly most: number;
	/** To the row that it is about. */
	readonly before?: readonly string[];
	readonly keys: readonly string[];
	readonly consents?: boolean;
	readonly seen: (shown: Dashboard) => void;
};

const acted = (shown: Dashboard): string[] => shown.actions.acted.map(({action}) => action);

const questions: readonly Question[] = [
	{
		what: 'what is wrong?',
		most: 0,
		keys: [],
		seen(shown) {
			expect(shown.terminal.row(0)).toContain('✗ 2 services');
			expect(shown.terminal.row(0)).toContain('w4 down');
			expect(text(shown)).toMatch(/✗ shop_recommender 0\/1 4 restarts in 1m, last exit 1/);
			expect(text(shown)).toMatch(/✗ trainer 0\/1 no node has label gpu/);
		},
	},
	{
		what: 'the full error',
		most: 0,
		keys: [],
		seen: (shown) => expect(text(shown)).toContain('task: non-zero exit (1)'),
	},
	{what: 'why?', most: 1, keys: ['w'], seen: (shown) => expect(text(shown)).toContain('why shop_recommender')},
	{
		what: 'the logs of what died',
		most: 2,
		keys: ['l'],
		seen: (shown) => expect(text(shown)).toContain('logs of shop_recommender'),
	},
	{what: 'scale', most: 3, keys: ['+'], seen: (shown) => expect(acted(shown)).toEqual(['service.step'])},
	{
		what: 'roll back',
		most: 2,
		before: ['j', 'j'],
		keys: ['b', 'y'],
		consents: true,
		seen: (shown) => expect(acted(shown)).toEqual(['service.rollback']),
	},
	{
		what: 'drain, and take it back',
		most: 4,
		keys: ['1', 'd', 'y', 'U'],
		consents: true,
		seen: (shown) => expect(acted(shown)[0]).toBe('node.availability'),
	},
	{
		what: 'why is it not placed?',
		most: 2,
		keys: ['j', 'w'],
		seen(shown) {
			expect(text(shown)).toContain('why trainer');
			expect(text(shown)).toContain('needs node.labels.gpu == a100');
		},
	},
	{
		what: "two services' logs",
		most: 4,
		keys: ['space', 'space', 'l'],
		seen: (shown) => expect(text(shown)).toContain('logs of shop_recommender, trainer'),
	},
	{what: 'jump', most: 1, keys: ['0'], seen: (shown) => expect(shown.terminal.row(1)).toContain('overview')},
	{
		what: 'remove',
		most: 4,
		keys: ['j', 'x', 'y'],
		consents: true,
		seen: (shown) => expect(acted(shown)).toEqual(['service.remove']),
	},
];

describe.each([
	[80, 24],
	[120, 40],
	[200, 50],
])('on the first screen at %ix%i', (columns, rows) => {
	it.each(questions)('$what takes $most keys at the most', async ({keys, most, before = [], consents, seen}) => {
		const shown = await showDashboard({columns, rows, state, memory: asNew()});
		shown.actions.answer = consents ? {consent: {kind: 'dialog'}} : {};
		await shown.pass(300);
		await shown.press(...before);
		expect(keys.length).toBeLessThanOrEqual(most);
		await shown.press(...keys);
		await shown.pass(300);
		seen(shown);
	});
});
