import fc from 'fast-check';
import {createElement} from 'react';
import {describe, expect, it} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {ok} from '../../../source/runtime/result.ts';
import {
	characterKey,
	type InputEvent,
	type NamedKey,
	namedKey,
	noModifiers,
} from '../../../source/terminal/input-events.ts';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {Screen} from '../../../source/ui/app/screen.ts';
import {App} from '../../../source/ui/components/App.tsx';
import {keymap} from '../../../source/ui/keys/keymap.ts';
import {themes} from '../../../source/ui/theme/themes.ts';
import {type InkScreen, renderScreen} from '../../screens/support/ink-screen.ts';
import {cluster, noon, shop} from '../support/entities.ts';
import {FakeActions, FakeEditor, FakeFeed, FakeStore, FakeSync, line} from '../support/fakes.ts';
import {problemsOf} from '../support/view-problems.ts';

type Step =
	| {readonly kind: 'key'; readonly event: InputEvent}
	| {readonly kind: 'resize'; readonly columns: number; readonly rows: number}
	| {readonly kind: 'change'; readonly without: number}
	| {readonly kind: 'time'; readonly ms: number};

const named: readonly NamedKey[] = [
	'up',
	'down',
	'left',
	'right',
	'home',
	'end',
	'pageup',
	'pagedown',
	'enter',
	'tab',
	'escape',
	'backspace',
	'space',
];
const letters = [
	...new Set(keymap.flatMap(({keys}) => keys).filter((key) => key.length === 1)),
	'e',
	'é',
	'漢',
	'👩‍🚀',
];

const key = fc.oneof(
	{weight: 6, arbitrary: fc.constantFrom(...letters).map((letter) => characterKey(letter))},
	{weight: 4, arbitrary: fc.constantFrom(...named).map((name) => namedKey(name))},
	{
		weight: 1,
		arbitrary: fc
			.constantFrom('d', 'u', 'w', 'r', 'f', 'b')
			.map((letter) => characterKey(letter, {...noModifiers, ctrl: true})),
	},
	{weight: 1, arbitrary: fc.constant<InputEvent>({type: 'paste', text: 'pasted\ntext'})},
);

const step = fc.oneof<fc.WeightedArbitrary<Step>[]>(
	{weight: 20, arbitrary: key.map((event) => ({kind: 'key', event}))},
	{
		weight: 1,
		arbitrary: fc.record({
			kind: fc.constant('resize' as const),
			columns: fc.integer({min: 10, max: 220}),
			rows: fc.integer({min: 2, max: 60}),
		}),
	},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('change' as const), without: fc.integer({min: 0, max: 5})})},
	{weight: 2, arbitrary: fc.record({kind: fc.constant('time' as const), ms: fc.integer({min: 1, max: 90_000})})},
);

type Opened = {
	readonly screen: Screen;
	readonly store: FakeStore;
	readonly actions: FakeActions;
	readonly feed: FakeFeed;
	readonly clock: ManualClock;
};

function open(): Opened {
	const store = new FakeStore(cluster(shop()));
	const actions = new FakeActions();
	actions.answer = {
		consent: {kind: 'dialog'},
		lines: [line('danger', 'something long happens to '.repeat(8)), line('plain', 'and more')],
	};
	const feed = new FakeFeed();
	const clock = new ManualClock(noon);
	const screen = new Screen({
		store,
		actions,
		sync: new FakeSync(),
		feed,
		clock,
		theme: themes[0] ?? fail(),
		size: {columns: 120, rows: 40},
		label: toSafeText('demo'),
		isReadOnly: false,
		editor: new FakeEditor(),
		copy: () => ok(toSafeText('')),
		access: {context: 'default', host: 'unix:///swarm.sock', environment: {}},
		runProgram: async () => ok({status: 0, output: ''}),
		contexts: {read: () => undefined, ask: () => undefined, show: async () => ok(undefined)},
		chooseTheme: () => undefined,
		isMouseOn: true,
		setMouse: () => undefined,
		onRedraw: () => undefined,
		onSuspend: () => undefined,
		onQuit: () => undefined,
	});
	return {screen, store, actions, feed, clock};
}

/** On an emulated terminal. */
function draw({screen, clock}: Opened): InkScreen {
	return renderScreen((session) => createElement(App, {screen, input: session}), {columns: 120, rows: 40, clock});
}

function fail(): never {
	throw new Error('no theme');
}

function play(steps: readonly Step[], {screen, store, clock}: Opened): Promise<void> {
	for (const move of steps) {
		if (move.kind === 'key') screen.handle(move.event);
		if (move.kind === 'resize') screen.resize(move);
		if (move.kind === 'time') clock.advance(move.ms);
		if (move.kind === 'change') {
			const {nodes, services, tasks} = shop();
			const part = <Row>(rows: readonly Row[]): Row[] => rows.filter((_, index) => index !== move.without);
			store.set(cluster({nodes: part(nodes), services: part(services), tasks: part(tasks)}));
			clock.advance(100);
		}
	}
	return new Promise((resolve) => setImmediate(resolve));
}

describe('whatever is pressed', () => {
	it('never crashes, never draws beside its place, and Esc always leads back to the lists', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(step, {minLength: 1, maxLength: 60}), async (steps) => {
				const opened = open();
				await using terminal = draw(opened);
				await play(steps, opened);
				expect(problemsOf(opened.screen, terminal)).toEqual([]);
				const escapes = Array.from({length: 12}, (): Step => ({kind: 'key', event: namedKey('escape')}));
				await play([{kind: 'resize', columns: 120, rows: 40}, ...escapes], opened);
				const {state, layout} = opened.screen.getSnapshot();
				expect(state.overlays).toEqual([]);
				expect(layout.kind === 'panes' && layout.panes.length).toBe(4);
				expect(problemsOf(opened.screen, terminal)).toEqual([]);
				opened.screen.close();
			}),
			{numRuns: 60},
		);
	});

	it('lets go of everything when it is closed, even in the middle of a key', async () => {
		const opened = open();
		const {screen, clock, feed} = opened;
		const terminal = draw(opened);
		clock.advance(500);
		screen.handle(characterKey('G'));
		screen.close();
		await terminal.close();
		await new Promise((resolve) => setImmediate(resolve));
		clock.advance(500);
		expect(clock.isIdle).toBe(true);
		expect(feed.opened.filter(({isClosed}) => !isClosed)).toEqual([]);
	});

	it('asks before anything that can not be taken back', async () => {
		await fc.assert(
			fc.asyncProperty(fc.array(key, {maxLength: 40}), async (events) => {
				const opened = open();
				const withoutConsent = events.filter(
					(event) =>
						event.type === 'key' &&
						!['y', 'enter', 'space', 'tab', 'left', 'right', 'up', 'down', 'j', 'k', 'h', 'l'].includes(event.name),
				);
				await play(
					withoutConsent.map((event) => ({kind: 'key', event})),
					opened,
				);
				expect(opened.actions.acted).toEqual([]);
				opened.screen.close();
			}),
			{numRuns: 200},
		);
	});
});
