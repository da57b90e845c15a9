/** A whole dashboard on an emulated screen, over fakes. */

import {onTestFinished} from 'vitest';
import type {ClusterState, TaskEntity} from '../../../source/cluster/model.ts';
import {defaultConfig, type LogDefaults} from '../../../source/config/config.ts';
import type {Invocation} from '../../../source/config/custom-command.ts';
import {emptyState, type State} from '../../../source/config/state.ts';
import {ManualClock} from '../../../source/runtime/manual-clock.ts';
import {ok} from '../../../source/runtime/result.ts';
import type {TerminalSession} from '../../../source/terminal/terminal-session.ts';
import {type SafeText, toSafeText} from '../../../source/text/safe-text.ts';
import type {RunProgram} from '../../../source/ui/app/custom-commands.ts';
import {forgetful, type Memory} from '../../../source/ui/app/memory.ts';
import {Screen} from '../../../source/ui/app/screen.ts';
import type {ScreenConfig} from '../../../source/ui/app/screen-config.ts';
import {topOverlay} from '../../../source/ui/app/state.ts';
import {App} from '../../../source/ui/components/App.tsx';
import {questionOf} from '../../../source/ui/dialog/question.ts';
import type {SimulatedSwarm} from '../../../source/ui/simulator/simulated-swarm.ts';
import type {Theme} from '../../../source/ui/theme/theme.ts';
import {themes} from '../../../source/ui/theme/themes.ts';
import {type InkScreen, renderScreen} from '../../screens/support/ink-screen.ts';
import {cluster, noon, type Swarm, shop} from './entities.ts';
import {FakeActions, FakeEditor, FakeFeed, FakeStore, FakeSync} from './fakes.ts';

export type Dashboard = {
	readonly terminal: InkScreen;
	readonly screen: Screen;
	readonly store: FakeStore;
	readonly actions: FakeActions;
	readonly sync: FakeSync;
	readonly feed: FakeFeed;
	readonly clock: ManualClock;
	readonly editor: FakeEditor;
	readonly quits: number[];
	/** What who is not looking was told. */
	readonly notices: string[];
	/** What went to the clipboard. */
	readonly copies: string[];
	/** Contexts that were asked to be shown. */
	readonly switches: string[];
	/** Programs of custom commands that were run. */
	readonly runs: {readonly invocation: Invocation; readonly where: 'beside' | 'terminal'}[];
	/** Presses keys and lets what they cause happen, as who reads a question before answering it. */
	press(...chords: readonly string[]): Promise<void>;
	/** The cluster is in another state now, and it was looked at. */
	become(state: ClusterState): Promise<void>;
	/** Lets time pass. */
	pass(ms: number): Promise<void>;
};

export type DashboardOptions = {
	readonly columns?: number;
	readonly rows?: number;
	readonly swarm?: Swarm;
	readonly state?: ClusterState;
	readonly isReadOnly?: boolean;
	readonly theme?: string;
	readonly logs?: Partial<LogDefaults>;
	readonly config?: Partial<ScreenConfig>;
	/** How custom commands end. Default: well, without a word. */
	readonly runProgram?: RunProgram;
	/** Default: lists stand in the order that columns give them, so that a test knows which row is which. */
	readonly memory?: Memory;
	/** What is said of where a copy went. */
	readonly copied?: SafeText;
	/** The swarm is a simulated one. */
	readonly simulated?: SimulatedSwarm;
	/** Told whose usage is on the screen. */
	readonly watchUsage?: (tasks: readonly TaskEntity[]) => void;
};

/** As somebody leaves the lists who likes names and slots better than what is worst. */
function inOrder(): Memory {
	const by = (columnId: string): State['views'][string] => ({sorting: {columnId, isDescending: false}, filter: ''});
	return forgetful({
		...emptyState,
		views: {nodes: by('role'), services: by('name'), tasks: by('task'), stacks: by('name')},
	});
}

/** Lists as they open for who has never used the program. */
export const asNew = (): Memory => forgetful(emptyState);

const frameMs = 35;
/** After so long a question that has been drawn takes an answer. */
const readingMs = 300;

export function openDashboard(options: DashboardOptions = {}): Dashboard {
	const {columns = 160, rows = 36, swarm = shop(), isReadOnly = false} = options;
	const theme: Theme = themes.find(({id}) => id === (options.theme ?? 'dark')) ?? fail('no such theme');
	const store = new FakeStore(options.state ?? cluster(swarm));
	const actions = new FakeActions();
	const sync = new FakeSync();
	const feed = new FakeFeed();
	const clock = new ManualClock(noon);
	const quits: number[] = [];
	const copies: string[] = [];
	const notices: string[] = [];
	const runs: Dashboard['runs'] = [];
	const editor = new FakeEditor();
	const switches: string[] = [];
	const build = (session: TerminalSession): Screen => {
		const screen = new Screen({
			store,
			actions,
			sync,
			feed,
			clock,
			logs: {...defaultConfig.logs, ...options.logs},
			theme,
			isReadOnly,
			notify: (text) => notices.push(text),
			size: session.size,
			label: toSafeText('demo'),
			copy(text) {
				copies.push(text);
				return ok(options.copied ?? toSafeText(''));
			},
			config: {...defaultConfig, ...options.config},
			access: {context: 'default', host: 'unix:///swarm.sock', environment: {DOCKER_HOST: 'unix:///swarm.sock'}},
			async runProgram(invocation, where) {
				runs.push({invocation, where});
				return options.runProgram ? options.runProgram(invocation, where) : ok({status: 0, output: ''});
			},
			memory: options.memory ?? inOrder(),
			simulated: options.simulated,
			watchUsage: options.watchUsage,
			contexts: {
				read: () => undefined,
				ask: () => undefined,
				async show(name) {
					switches.push(name);
					return ok(undefined);
				},
			},
			chooseTheme: () => undefined,
			isMouseOn: true,
			setMouse: (isOn) => session.setMouse(isOn),
			editor,
			onRedraw: () => session.redraw(),
			onSuspend: () => undefined,
			onQuit: () => quits.push(clock.now()),
		});
		return screen;
	};
	const built: Screen[] = [];
	const terminal = renderScreen(
		(session) => {
			const screen = build(session);
			built.push(screen);
			return <App screen={screen} input={session} />;
		},
		{columns, rows, clock},
	);
	const screen = built[0] ?? fail('not rendered');
	/** Time for a frame to be drawn: the same clock paces frames and holds back a lone ESC. */
	const settle = async (): Promise<void> => {
		await new Promise((resolve) => setImmediate(resolve));
		clock.advance(frameMs);
		await new Promise((resolve) => setImmediate(resolve));
		await terminal.waitFor(() => true);
	};
	const question = (): object | undefined => {
		const top = topOverlay(screen.getSnapshot().state);
		return top && questionOf(top);
	};
	/** Takes the time to read a question that this puts onto the screen. */
	const reading = async (act: () => Promise<void>): Promise<void> => {
		const before = question();
		await act();
		const after = question();
		if (after === undefined || after === before) return;
		clock.advance(readingMs);
		await settle();
	};
	return {
		terminal,
		screen,
		store,
		actions,
		sync,
		feed,
		clock,
		editor,
		quits,
		copies,
		notices,
		runs,
		switches,
		async press(...chords) {
			for (const chord of chords) {
				await reading(async () => {
					await terminal.press(chord);
					await settle();
				});
			}
		},
		async become(state) {
			await reading(async () => {
				store.set(state);
				clock.advance(50);
				await settle();
			});
		},
		async pass(ms) {
			clock.advance(ms);
			await settle();
		},
	};
}

/** The same within a test: its first frame is on the screen, and the end of the test closes it. */
export async function showDashboard(options: DashboardOptions = {}): Promise<Dashboard> {
	const opened = openDashboard(options);
	onTestFinished(async () => {
		opened.screen.close();
		await opened.terminal.close();
	});
	await opened.pass(0);
	return opened;
}

function fail(reason: string): never {
	throw new Error(reason);
}

/** The first row of the screen that holds this text, '' when none does. */
export function rowOf({terminal}: Dashboard, text: string): string {
	return (
		terminal
			.text()
			.split('\n')
			.find((row) => row.includes(text)) ?? ''
	);
}
