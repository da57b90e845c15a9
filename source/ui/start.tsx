/** Puts the dashboard onto a terminal and takes it off again. */
import type {Actions} from '../cluster/intent.ts';
import type {ClusterStore, Sync} from '../cluster/model.ts';
import type {LogDefaults} from '../config/config.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import {queryBackground} from '../terminal/background.ts';
import {capabilitiesOf} from '../terminal/capabilities.ts';
import {copySequence} from '../terminal/clipboard.ts';
import {mountInk} from '../terminal/ink-root.ts';
import {guardProcess} from '../terminal/process-guard.ts';
import {TerminalSession} from '../terminal/terminal-session.ts';
import {bytes} from '../text/format.ts';
import {type SafeText, safe} from '../text/safe-text.ts';
import {Screen} from './app/screen.ts';
import {App} from './components/App.tsx';
import type {LogFeed} from './logs/log-feed.ts';
import {themeFor} from './theme/themes.ts';

export type DashboardParts = {
	readonly store: ClusterStore;
	readonly actions: Actions;
	readonly sync: Pick<Sync, 'show' | 'showInventory' | 'lookAt' | 'refresh'>;
	readonly feed: LogFeed;
	/** How logs open. */
	readonly logs?: LogDefaults;
	readonly clock: Clock;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	/** A theme's ID; `auto` and nothing leave it to the terminal's background. */
	readonly themeId?: string;
};

export type RunningDashboard = {
	/** Takes the terminal and draws. Until then nothing is written to it. */
	readonly enter: () => void;
	/** Gives the terminal back. Safe at any time. */
	readonly leave: () => void;
	/** Resolves when the user quits; rejects with what a component threw. */
	readonly done: Promise<void>;
};

/** @param process whose terminal, environment and signals it lives with */
export function startDashboard(parts: DashboardParts, process: NodeJS.Process): RunningDashboard {
	const {clock} = parts;
	const session = new TerminalSession({input: process.stdin, output: process.stdout, clock});
	const guard = guardProcess({session, process, clock});
	const quit = Promise.withResolvers<void>();
	const {colours} = capabilitiesOf(process.env);
	const wanted = {colours, environment: process.env, chosen: parts.themeId};
	const theme = themeFor(wanted);
	const screen = new Screen({
		...parts,
		theme,
		size: session.size,
		copy(text) {
			const sequence = copySequence(text, process.env);
			if (!sequence.ok) return failed(safe`Too long for the clipboard: ${bytes(sequence.error.bytes)}; Ctrl-S saves.`);
			session.write(sequence.value);
			return ok(undefined);
		},
		onRedraw: () => session.redraw(),
		onSuspend: guard.suspend,
		onQuit: () => quit.resolve(),
	});
	session.onInput((event) => screen.handle(event));
	session.onResize((size) => screen.resize(size));
	const root = mountInk(<App screen={screen} />, session, {clock, colours});
	root.done.catch(quit.reject);
	return {
		enter() {
			if (session.isEntered) return;
			session.enter();
			if (colours === 'none') return;
			void queryBackground(session, clock).then((background) => {
				if (background !== undefined) screen.setTheme(themeFor({...wanted, background}));
			});
		},
		leave() {
			screen.close();
			root.unmount();
			session.leave();
			guard.release();
		},
		done: quit.promise,
	};
}
