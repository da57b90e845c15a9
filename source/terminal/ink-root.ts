/** Renders a React tree with Ink into a terminal session: whole frames from Ink, changed cells to the terminal. */
import {type Instance, render} from 'ink';
import {createElement, type ReactNode} from 'react';
import type {Clock} from '../runtime/clock.ts';
import type {ColourDepth} from './capabilities.ts';
import {Compositor} from './compositor.ts';
import {FramePacer} from './frame-pacer.ts';
import {FrameWriter} from './frame-writer.ts';
import {FrameStream, QuietInput} from './ink-streams.ts';
import {type GlyphLine, LineGlyphs, LineGlyphsContext} from './line-glyphs.ts';
import type {TerminalSession} from './terminal-session.ts';

export type InkRoot = {
	/** Replaces the tree. */
	readonly rerender: (element: ReactNode) => void;
	/**
	 * Hands characters to Ink's own `useInput`, for third-party components that need it. Everything else takes its keys
	 * from the session.
	 */
	readonly typeIntoInk: (text: string) => void;
	/** Every finished line that is drawn now, see line-glyphs.ts. */
	readonly lines: () => Iterable<GlyphLine>;
	/** Resolves when the tree was unmounted or called `exit()`; rejects with what a component threw. */
	readonly done: Promise<unknown>;
	readonly unmount: () => void;
};

type MountOptions = {
	readonly clock: Clock;
	readonly maxFramesPerSecond?: number;
	/** The terminal's, see capabilities.ts. Default: all. */
	readonly colours?: ColourDepth;
	/** What becomes of a whole frame before it is written: signs that the terminal has instead of those that it hasn't. */
	readonly translate?: (frame: string) => string;
};

/**
 * The session must be entered, or be entered later: the first frame is drawn then. A key or a click makes the next
 * frame urgent; other frames come at most `maxFramesPerSecond` (default 30) times a second.
 */
export function mountInk(
	element: ReactNode,
	session: TerminalSession,
	{clock, maxFramesPerSecond = 30, colours = 'truecolor', translate = (frame) => frame}: MountOptions,
): InkRoot {
	const writer = new FrameWriter(session.size, colours);
	const pacer = new FramePacer({
		clock,
		minIntervalMs: 1000 / maxFramesPerSecond,
		write: (frame) => session.write(session.isEntered ? writer.update(frame) : ''),
	});
	const glyphs = new LineGlyphs();
	const compositor = new Compositor(glyphs);
	const rooted = (tree: ReactNode): ReactNode => createElement(LineGlyphsContext, {value: glyphs}, tree);
	let lastFrame = '';
	const output = new FrameStream(session.size, (frame) => {
		lastFrame = translate(compositor.compose(frame));
		pacer.offer(lastFrame);
	});
	const input = new QuietInput();
	const subscriptions = [
		session.onInput(() => pacer.expedite()),
		session.onDrain(() => pacer.drained()),
		session.onResize((size) => {
			writer.resize(size);
			pacer.cancel();
			pacer.expedite();
			output.resize(size);
		}),
		session.onRedraw(() => {
			writer.forget();
			pacer.cancel();
			pacer.expedite();
			if (lastFrame !== '') pacer.offer(lastFrame);
		}),
	];
	const instance = renderFrames(rooted(element), output, input);
	const stop = (): void => {
		for (const unsubscribe of subscriptions) unsubscribe();
		pacer.cancel();
	};
	return {
		rerender: (tree) => instance.rerender(rooted(tree)),
		typeIntoInk: (text) => {
			input.write(text);
		},
		lines: () => glyphs.lines,
		done: instance.waitUntilExit().finally(stop),
		unmount: () => {
			stop();
			instance.unmount();
		},
	};
}

/**
 * `debug` makes Ink write each commit as one whole frame without erasing anything (test/terminal/ink-root.test.ts holds
 * it to that). `interactive` because Ink draws nothing but the last frame where it sees CI=true. Console output is left
 * alone: nothing here writes to the console while the screen is up.
 */
function renderFrames(element: ReactNode, output: FrameStream, input: QuietInput): Instance {
	return render(element, {
		stdout: output,
		stdin: input,
		debug: true,
		interactive: true,
		patchConsole: false,
		exitOnCtrlC: false,
		alternateScreen: false,
		isScreenReaderEnabled: false,
	});
}
