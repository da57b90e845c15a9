/** Puts the dashboard onto a terminal and takes it off again. */
import {tmpdir} from 'node:os';
import type {Actions} from '../cluster/intent.ts';
import type {ClusterStore, Sync, TaskEntity} from '../cluster/model.ts';
import type {Config} from '../config/config.ts';
import type {InsideListener} from '../nodes/contents-sync.ts';
import type {NodeEngines} from '../nodes/node-engines.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import {type Background, queryBackground} from '../terminal/background.ts';
import {type ColourDepth, capabilitiesOf} from '../terminal/capabilities.ts';
import {copyInTmux, copySequence} from '../terminal/clipboard.ts';
import {mountInk} from '../terminal/ink-root.ts';
import {notification} from '../terminal/notification.ts';
import {guardProcess} from '../terminal/process-guard.ts';
import {TerminalSession} from '../terminal/terminal-session.ts';
import {createTextEditor} from '../terminal/text-editor.ts';
import {toAscii} from '../text/ascii.ts';
import {bytes} from '../text/format.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';
import type {Style} from '../text/sgr.ts';
import type {Contexts} from './app/contexts.ts';
import type {SwarmAccess} from './app/custom-commands.ts';
import type {Memory} from './app/memory.ts';
import {Screen} from './app/screen.ts';
import type {ScreenConfig} from './app/screen-config.ts';
import {App} from './components/App.tsx';
import type {LogFeed} from './logs/log-feed.ts';
import {terminalLender} from './nodes/terminal.ts';
import {programRunner} from './run-program.ts';
import type {SimulatedSwarm} from './simulator/simulated-swarm.ts';
import {withAccent} from './theme/theme.ts';
import {themeFor} from './theme/themes.ts';

/** What stays the same whichever swarm is shown. */
export type DashboardParts = {
	readonly clock: Clock;
	/** How it looks and which keys it has. */
	readonly config: Pick<Config, 'theme' | 'glyphs' | 'mouse' | 'notify' | 'logs' | 'shell'> & ScreenConfig;
	readonly contexts: Contexts;
	/** How lists and prompts were left, and where that is kept. */
	readonly memory: Memory;
};

/** One swarm and the way to it. */
export type SwarmParts = {
	readonly store: ClusterStore;
	readonly actions: Actions;
	readonly sync: Pick<Sync, 'show' | 'showRows' | 'showInventory' | 'lookAt' | 'refresh'>;
	readonly feed: LogFeed;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	/** How programs of the user's own reach it. */
	readonly access: SwarmAccess;
	/** Set where it is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** The colour of what says whose swarm it is. */
	readonly accent: Style | undefined;
	/** The ways to the nodes' own engines. */
	readonly nodes?: NodeEngines | undefined;
	/** Tells whose usage is on the screen. */
	readonly watchUsage?: ((tasks: readonly TaskEntity[]) => void) | undefined;
	/** The inside of one node at a time. */
	readonly contents?: InsideListener | undefined;
};

export type RunningDashboard = {
	/** Takes the terminal and draws. Until then nothing is written to it. */
	readonly enter: () => void;
	/** Says what to do with simulated engines that are in no swarm yet. */
	readonly begin: () => void;
	/** Shows another swarm from now on; `words` say so. */
	readonly show: (swarm: SwarmParts, words: SafeText) => void;
	/** Gives the terminal back. Safe at any time. */
	readonly leave: () => void;
	/** The same, once the terminal has answered all that it was asked. */
	readonly end: () => Promise<void>;
	/** Resolves when the user quits; rejects with what a component threw. */
	readonly done: Promise<void>;
};

/** @param process whose terminal, environment and signals it lives with */
export function startDashboard(parts: DashboardParts, first: SwarmParts, process: NodeJS.Process): RunningDashboard {
	const {clock, config} = parts;
	const session = new TerminalSession({
		input: process.stdin,
		output: process.stdout,
		clock,
		isMouseOn: config.mouse,
		hasFocusReports: config.notify !== 'off',
	});
	const guard = guardProcess({session, process, clock});
	const quit = Promise.withResolvers<void>();
	const {colours, isUnicode} = capabilitiesOf(process.env);
	const look = {
		colours,
		environment: process.env,
		chosen: config.theme,
		background: undefined as Background | undefined,
	};
	const editor = createTextEditor({environment: process.env, folder: tmpdir(), lend: guard.lend});
	const screenOf = (swarm: SwarmParts): Screen =>
		new Screen({
			...parts,
			...swarm,
			logs: config.logs,
			theme: withAccent(themeFor(look), swarm.accent),
			runProgram: programRunner(guard, process),
			lendTerminal: terminalLender(guard, process),
			shell: config.shell,
			size: session.size,
			copy(text) {
				const sequence = copySequence(text, process.env);
				if (!sequence.ok)
					return failed(
						safe`Too long for the clipboard: ${bytes(sequence.error.bytes)}; save the logs to a file instead.`,
					);
				session.write(sequence.value);
				return ok(copyInTmux(text, process.env));
			},
			notify: (text) => session.write(notification(config.notify, 'swarmtop', text)),
			isMouseOn: session.isMouseOn,
			setMouse: (isOn) => session.setMouse(isOn),
			editor,
			chooseTheme(id) {
				look.chosen = id;
				dress();
				shown.screen.say(themeWords(id, colours));
			},
			onRedraw: () => session.redraw(),
			onSuspend: guard.suspend,
			onQuit: () => quit.resolve(),
		});
	const shown = {swarm: first, screen: screenOf(first)};
	const dress = (): void => shown.screen.setTheme(withAccent(themeFor(look), shown.swarm.accent));
	const root = mountInk(<App screen={shown.screen} input={session} />, session, {
		clock,
		colours,
		...signsFor(config.glyphs, isUnicode),
	});
	root.done.catch(quit.reject);
	/** What is typed from now on does nothing. */
	const close = (): void => {
		shown.screen.close();
		root.unmount();
	};
	const leave = (): void => {
		close();
		session.leave();
		editor.close();
		guard.release();
	};
	return {
		enter() {
			if (session.isEntered) return;
			session.enter();
			if (colours === 'none') return;
			void queryBackground(session, clock).then((background) => {
				if (background === undefined) return;
				look.background = background;
				dress();
			});
		},
		begin: () => shown.screen.begin(),
		show(swarm, words) {
			shown.screen.close();
			shown.swarm = swarm;
			shown.screen = screenOf(swarm);
			shown.screen.say(words);
			root.rerender(<App screen={shown.screen} input={session} />);
		},
		leave,
		async end() {
			close();
			await new Promise<void>((resolve) => session.settle(resolve));
			leave();
		},
		done: quit.promise,
	};
}

/** A theme that is tried out is gone with the program, unless one is told how to keep it. */
function themeWords(id: string, colours: ColourDepth): SafeText {
	if (colours === 'none') return toSafeText('No colours are shown here: NO_COLOR is set, or the terminal has none.');
	return safe`Looks ${toSafeText(id)} now; theme: ${toSafeText(id)} in config.yaml keeps it.`;
}

/** A terminal without Unicode gets ASCII alone; where only the signs are unwanted, names stay as they are. */
function signsFor(glyphs: Config['glyphs'], isUnicode: boolean): {translate?: (frame: string) => string} {
	if (!isUnicode && glyphs === 'auto') return {translate: (frame) => toAscii(frame, 'marked')};
	return glyphs === 'ascii' ? {translate: (frame) => toAscii(frame, 'kept')} : {};
}
