/** Runs a program in a real pseudo-terminal, with an emulator as its screen. */
import path from 'node:path';
import {type IPty, spawn} from '@lydell/node-pty';
import {Screen} from './screen.ts';

export type OpenScreenOptions = {
	readonly command: string;
	readonly args?: readonly string[];
	/** Default 200. */
	readonly columns?: number;
	/** Default 50. */
	readonly rows?: number;
	/** Added to the environment; undefined takes a variable away. */
	readonly env?: Readonly<Record<string, string | undefined>>;
	readonly cwd?: string;
};

/** How the program ended: its exit code, or the number of the signal that ended it. */
export type PtyExit = {readonly code: number; readonly signal: number};

const root = path.resolve(import.meta.dirname, '../../..');
const killAfterMs = 2000;

export class PtyScreen extends Screen {
	/** Resolves when the program has ended and all it wrote is on the screen. */
	readonly exit: Promise<PtyExit>;
	readonly #pty: IPty;
	#hasEnded = false;

	constructor({command, args = [], columns = 200, rows = 50, env = {}, cwd = root}: OpenScreenOptions) {
		super({columns, rows});
		this.#pty = spawn(command, [...args], {name: 'xterm-256color', cols: columns, rows, cwd, env: environment(env)});
		this.#pty.onData((bytes) => this.receive(bytes));
		// What a terminal answers to questions (device attributes, cursor position).
		this.emulator.terminal.onData((answer) => this.send(answer));
		this.exit = new Promise((resolve) => {
			this.#pty.onExit(({exitCode, signal = 0}) => {
				this.#hasEnded = true;
				resolve({code: exitCode, signal});
			});
		});
	}

	get pid(): number {
		return this.#pty.pid;
	}

	resize(columns: number, rows: number): void {
		this.emulator.resize(columns, rows);
		this.#pty.resize(columns, rows);
	}

	kill(signal: NodeJS.Signals): void {
		if (!this.#hasEnded) this.#pty.kill(signal);
	}

	/** Hangs up, as a terminal does whose window is closed. */
	async close(): Promise<void> {
		this.kill('SIGHUP');
		const timer = setTimeout(() => this.kill('SIGKILL'), killAfterMs);
		await this.exit;
		clearTimeout(timer);
	}

	protected send(bytes: string): void {
		if (!this.#hasEnded) this.#pty.write(bytes);
	}
}

/** Starts a program on a screen of its own. Use it with `await using`, or close it. */
export function openScreen(options: OpenScreenOptions): PtyScreen {
	return new PtyScreen(options);
}

/** The tests' environment without what they set for themselves, as a terminal with UTF-8 and colours gives it. */
function environment(added: OpenScreenOptions['env']): Record<string, string> {
	const bin = path.join(root, 'node_modules/.bin');
	const {CI, COLUMNS, LINES, FORCE_COLOR, NO_COLOR, NODE_ENV, VITEST, TMUX, ...inherited} = process.env;
	const wanted = {
		...inherited,
		PATH: `${bin}:${inherited['PATH'] ?? ''}`,
		TERM: 'xterm-256color',
		LANG: 'C.UTF-8',
		LC_ALL: 'C.UTF-8',
		// Nothing to remember from another test, and nothing to leave for the next.
		XDG_STATE_HOME: '/dev/null',
		...added,
	};
	// node-pty would pass on the word "undefined".
	return Object.fromEntries(
		Object.entries(wanted).filter((entry): entry is [string, string] => entry[1] !== undefined),
	);
}
