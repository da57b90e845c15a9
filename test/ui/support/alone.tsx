/** One component of the dashboard, drawn by ink-testing-library over a screen with fakes behind it. */
import {Box} from 'ink';
import {render} from 'ink-testing-library';
import type {ReactElement} from 'react';
import {onTestFinished} from 'vitest';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {ok} from '../../../source/runtime/result.ts';
import {type StyledText, stripStyles, toSafeText} from '../../../source/text/safe-text.ts';
import {Screen} from '../../../source/ui/app/screen.ts';
import {ScreenContext} from '../../../source/ui/hooks/useScreen.ts';
import {themes} from '../../../source/ui/theme/themes.ts';
import {cluster, noon, shop} from './entities.ts';
import {FakeActions, FakeEditor, FakeFeed, FakeStore, FakeSync} from './fakes.ts';

export type FakeScreen = {
	readonly screen: Screen;
	readonly store: FakeStore;
	readonly actions: FakeActions;
	readonly feed: FakeFeed;
	readonly clock: ManualClock;
};

/** A screen without a terminal. */
export function fakeScreen({columns = 100, rows = 30, state = cluster(shop()), isReadOnly = false} = {}): FakeScreen {
	const [store, actions, feed, clock] = [
		new FakeStore(state),
		new FakeActions(),
		new FakeFeed(),
		new ManualClock(noon),
	];
	const [theme] = themes;
	if (!theme) throw new Error('no theme');
	const screen = new Screen({
		store,
		actions,
		sync: new FakeSync(),
		feed,
		clock,
		theme,
		size: {columns, rows},
		label: toSafeText('demo'),
		isReadOnly,
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

/** Ink alone draws it: what it looks like, line by line and without colours, and the screen that it reads. */
export function alone(element: ReactElement, fake = fakeScreen()): FakeScreen & {lines: () => string[]} {
	const {columns, rows} = fake.screen.getSnapshot().state.size;
	const {lastFrame, unmount} = render(
		<ScreenContext value={fake.screen}>
			<Box flexDirection="column" width={columns} height={rows}>
				{element}
			</Box>
		</ScreenContext>,
	);
	onTestFinished(() => {
		unmount();
		fake.screen.close();
	});
	const lines = (): string[] =>
		(lastFrame() ?? '').split('\n').map((line) => stripStyles(line as StyledText).trimEnd());
	return {...fake, lines};
}
