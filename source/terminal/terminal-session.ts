/**
 * Owns the real terminal from the first screen to the last: its modes, its size, what comes in and what goes out. It is
 * given back as it was found, whatever ends the program.
 */
import type {Clock} from '../runtime/clock.ts';
import type {ScreenSize} from './frame-writer.ts';
import type {InputEvent} from './input-events.ts';
import {type InputSource, InputStream} from './input-stream.ts';
import {Listeners, type Unsubscribe} from './listeners.ts';
import {enterScreen, focusReportsOn, leaveScreen, mouseOff, mouseOn} from './modes.ts';

/** What the session needs of a `tty.ReadStream`. */
export type TerminalInput = InputSource & {
	setRawMode(isRaw: boolean): unknown;
	resume(): unknown;
	pause(): unknown;
	ref?(): unknown;
	unref?(): unknown;
};

/** What it needs of a `tty.WriteStream`. */
export type TerminalOutput = {
	readonly columns?: number;
	readonly rows?: number;
	write(data: string): boolean;
	on(event: 'resize' | 'drain', listener: () => void): unknown;
	off(event: 'resize' | 'drain', listener: () => void): unknown;
};

type SessionOptions = {
	readonly input: TerminalInput;
	readonly output: TerminalOutput;
	readonly clock: Clock;
	readonly isMouseOn?: boolean;
	/** Whether it wants to know that the terminal is looked at, or no longer. */
	readonly hasFocusReports?: boolean;
};

/** How a write went, for who paces frames. */
export type WriteOutcome = {
	/** Writing to a terminal blocks this process while the terminal, or the link to it, takes no more. */
	readonly blockedMs: number;
	/** More should wait for {@link TerminalSession.onDrain}. */
	readonly isFull: boolean;
};

/** Every terminal answers this (DA1), and in order: with its answer here, those to all that was asked before have come. */
const askAttributes = '\u001b[c';
/** How long after the question its answer is waited for: some terminals never give one. */
const answerMs = 1000;

/** Where the standard library can't say (a terminal that was never given a size). */
const fallbackSize: ScreenSize = {columns: 80, rows: 24};

export class TerminalSession {
	readonly #input: TerminalInput;
	readonly #output: TerminalOutput;
	readonly #clock: Clock;
	readonly #hasFocusReports: boolean;
	readonly #inputListeners = new Listeners<InputEvent>();
	readonly #resizeListeners = new Listeners<ScreenSize>();
	readonly #redrawListeners = new Listeners<void>();
	readonly #drainListeners = new Listeners<void>();
	#stream: InputStream | undefined;
	#isMouseOn: boolean;
	#isEntered = false;
	/** Questions whose answers have not come. */
	#unanswered = 0;
	#askedAt = 0;
	/** While answers are awaited before the terminal is given back: what is typed then is for nobody. */
	#settled: (() => void) | undefined;
	/** When the terminal was given back last: it may have another size afterwards. */
	#sizeLeft: ScreenSize | undefined;

	constructor({input, output, clock, isMouseOn = false, hasFocusReports = false}: SessionOptions) {
		this.#hasFocusReports = hasFocusReports;
		this.#input = input;
		this.#output = output;
		this.#clock = clock;
		this.#isMouseOn = isMouseOn;
	}

	get size(): ScreenSize {
		const {columns = 0, rows = 0} = this.#output;
		return {columns: columns > 0 ? columns : fallbackSize.columns, rows: rows > 0 ? rows : fallbackSize.rows};
	}

	get isEntered(): boolean {
		return this.#isEntered;
	}

	get isMouseOn(): boolean {
		return this.#isMouseOn;
	}

	/** Takes the terminal: alternate screen, raw keys. Asks all listeners for a redraw. Does nothing when it has it. */
	enter(): void {
		if (this.#isEntered) return;
		this.#isEntered = true;
		this.#takeModes();
		this.#output.on('resize', this.#resized);
		this.#output.on('drain', this.#drained);
		this.#stream = new InputStream({
			source: this.#input,
			clock: this.#clock,
			onEvent: (event) => {
				if (isAttributes(event)) this.#unanswered = Math.max(0, this.#unanswered - 1);
				if (!this.#settled) this.#inputListeners.notify(event);
				else if (this.#unanswered === 0) this.#settled();
			},
		});
		this.#input.ref?.();
		this.#input.resume();
		const left = this.#sizeLeft;
		const {columns, rows} = this.size;
		if (left && (left.columns !== columns || left.rows !== rows)) this.#resizeListeners.notify(this.size);
		this.redraw();
	}

	/** Gives the terminal back. Safe at any time, also twice, also when the terminal is gone. */
	leave(): void {
		if (!this.#isEntered) return;
		this.#isEntered = false;
		this.#sizeLeft = this.size;
		this.#stream?.close();
		this.#output.off('resize', this.#resized);
		this.#output.off('drain', this.#drained);
		this.#input.pause();
		this.#input.unref?.();
		this.#withoutTerminalErrors(() => this.#output.write(leaveScreen));
		this.#withoutTerminalErrors(() => this.#input.setRawMode(false));
	}

	/** Sends a question, and one more that every terminal answers. */
	ask(question: string): void {
		this.write(question + askAttributes);
		this.#unanswered++;
		this.#askedAt = this.#clock.now();
	}

	/**
	 * Calls once nothing more is to come of what the terminal was asked or reports by itself: what came after {@link leave}
	 * would stand on the shell's prompt. At once where nothing is; never later than the terminal's patience.
	 */
	settle(then: () => void): void {
		// What the mouse did before it heard of it.
		if (this.#isEntered && this.#isMouseOn) this.ask(mouseOff);
		const restMs = this.#askedAt + answerMs - this.#clock.now();
		if (!this.#isEntered || this.#unanswered === 0 || restMs <= 0) {
			then();
			return;
		}
		const go = (): void => {
			this.#settled = undefined;
			timer.cancel();
			then();
		};
		const timer = this.#clock.after(restMs, go);
		this.#settled = go;
	}

	/** After the shell had the terminal without our knowing (SIGSTOP and `fg`): sets every mode again and redraws. */
	reclaim(): void {
		if (!this.#isEntered) return;
		// Node remembers raw mode and would not set it a second time.
		this.#input.setRawMode(false);
		this.#takeModes();
		this.#resizeListeners.notify(this.size);
		this.redraw();
	}

	/** Asks who draws for a whole frame, as Ctrl-L does. */
	redraw(): void {
		this.#redrawListeners.notify();
	}

	/** Sends bytes to the terminal; those that come after {@link leave} are dropped. */
	write(bytes: string): WriteOutcome {
		if (!this.#isEntered || bytes === '') return {blockedMs: 0, isFull: false};
		const startMs = this.#clock.now();
		const hasRoom = this.#output.write(bytes);
		return {blockedMs: this.#clock.now() - startMs, isFull: !hasRoom};
	}

	setMouse(isOn: boolean): void {
		this.#isMouseOn = isOn;
		this.write(isOn ? mouseOn : mouseOff);
	}

	onInput(listener: (event: InputEvent) => void): Unsubscribe {
		return this.#inputListeners.add(listener);
	}

	onResize(listener: (size: ScreenSize) => void): Unsubscribe {
		return this.#resizeListeners.add(listener);
	}

	/** The screen's content is not known any more: whoever draws sends a whole frame. */
	onRedraw(listener: () => void): Unsubscribe {
		return this.#redrawListeners.add(listener);
	}

	/** The terminal takes more after a write that was full. */
	onDrain(listener: () => void): Unsubscribe {
		return this.#drainListeners.add(listener);
	}

	#takeModes(): void {
		this.#input.setRawMode(true);
		this.#output.write(enterScreen + (this.#isMouseOn ? mouseOn : '') + (this.#hasFocusReports ? focusReportsOn : ''));
	}

	readonly #resized = (): void => {
		this.#resizeListeners.notify(this.size);
	};

	readonly #drained = (): void => {
		this.#drainListeners.notify();
	};

	/** A terminal that was closed (EIO, EBADF, EPIPE) has no modes left to restore. */
	#withoutTerminalErrors(restore: () => void): void {
		try {
			restore();
		} catch (error) {
			const code = error instanceof Error && 'code' in error ? error.code : undefined;
			if (code !== 'EIO' && code !== 'EBADF' && code !== 'EPIPE' && code !== 'ENOTTY') throw error;
		}
	}
}

const isAttributes = (event: InputEvent): boolean =>
	event.type === 'reply' && event.kind === 'csi' && event.text.endsWith('c');
