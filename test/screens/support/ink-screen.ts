/** Renders an Ink component onto an emulated screen in this process, on the very path that the program uses. */
import {EventEmitter} from 'node:events';
import type {ReactNode} from 'react';
import {type Clock, systemClock} from '../../../source/runtime/clock.ts';
import type {ColourDepth} from '../../../source/terminal/capabilities.ts';
import {type InkRoot, mountInk} from '../../../source/terminal/ink-root.ts';
import {type TerminalInput, type TerminalOutput, TerminalSession} from '../../../source/terminal/terminal-session.ts';
import {Screen} from './screen.ts';

type RenderScreenOptions = {
	/** Default 100. */
	readonly columns?: number;
	/** Default 30. */
	readonly rows?: number;
	readonly clock?: Clock;
	readonly colours?: ColourDepth;
};

class FakeInput extends EventEmitter implements TerminalInput {
	isRaw = false;

	setRawMode(isRaw: boolean): void {
		this.isRaw = isRaw;
	}

	resume(): void {
		this.emit('resume');
	}

	pause(): void {
		this.emit('pause');
	}
}

class FakeOutput extends EventEmitter implements TerminalOutput {
	columns: number;
	rows: number;
	readonly #onWrite: (bytes: string) => void;

	constructor(columns: number, rows: number, onWrite: (bytes: string) => void) {
		super();
		this.columns = columns;
		this.rows = rows;
		this.#onWrite = onWrite;
	}

	write(bytes: string): boolean {
		this.#onWrite(bytes);
		return true;
	}
}

export class InkScreen extends Screen {
	readonly session: TerminalSession;
	readonly root: InkRoot;
	/** Every write to the terminal, in order. */
	readonly writes: string[] = [];
	/** How many frames Ink has drawn, whether they looked any different or not. */
	frames = 0;
	readonly input: FakeInput;
	readonly #output: FakeOutput;

	constructor(
		element: ReactNode | ((session: TerminalSession) => ReactNode),
		{columns = 100, rows = 30, clock = systemClock({unref: true}), colours = 'truecolor'}: RenderScreenOptions = {},
	) {
		super({columns, rows});
		this.input = new FakeInput();
		this.#output = new FakeOutput(columns, rows, (bytes) => {
			this.writes.push(bytes);
			this.receive(bytes);
		});
		this.session = new TerminalSession({input: this.input, output: this.#output, clock});
		this.session.enter();
		this.root = mountInk(typeof element === 'function' ? element(this.session) : element, this.session, {
			clock,
			colours,
			translate: (frame) => {
				this.frames++;
				return frame;
			},
		});
	}

	rerender(element: ReactNode): void {
		this.root.rerender(element);
	}

	resize(columns: number, rows: number): void {
		this.emulator.resize(columns, rows);
		this.#output.columns = columns;
		this.#output.rows = rows;
		this.#output.emit('resize');
	}

	async close(): Promise<void> {
		this.root.unmount();
		this.session.leave();
	}

	protected send(bytes: string): void {
		this.input.emit('data', bytes);
	}
}

/** Shows `element`. Elements that listen to keys take the session: `renderScreen((session) => <App session={session} />)`. */
export function renderScreen(
	element: ReactNode | ((session: TerminalSession) => ReactNode),
	options?: RenderScreenOptions,
): InkScreen {
	return new InkScreen(element, options);
}
