import {type Outcome, runNow} from './run-now.ts';
import {Leave} from './shell/interpreter.ts';
import {parseScript} from './shell/parser.ts';
import type {Call, Routine} from './shell/routine.ts';
import {Shell} from './shell/shell.ts';
import {type Script, ShellSyntaxError} from './shell/syntax.ts';

/** What a line of a shell waits for at most: a program that runs longer is cut off there. */
const longestLineMs = 10_000;

/** A shell that somebody types into, line by line: variables, functions and the folder stay. */
export class InteractiveShell {
	readonly #shell: Shell;
	readonly #isBash: boolean;
	/** `exit`, or its input has ended. */
	isOver = false;

	constructor(call: Call) {
		this.#isBash = call.argv[0]?.endsWith('bash') ?? false;
		this.#shell = new Shell(call.around, {environment: call.environment, name: call.argv[0] ?? 'sh', positional: []});
		this.#shell.directory = call.directory || '/';
	}

	get exitCode(): number {
		return this.#shell.status;
	}

	/** As busybox and bash ask for the next line. */
	get prompt(): string {
		const {directory, around} = this.#shell;
		return this.#isBash ? `root@${around.hostname}:${directory}# ` : `${directory} # `;
	}

	/** The terminal has that size from now on. */
	resize(columns: number, rows: number): void {
		for (const [name, value] of [
			['COLUMNS', columns],
			['LINES', rows],
		] as const) {
			this.#shell.variables.set(name, String(value));
			this.#shell.exported.add(name);
		}
	}

	run(line: string): Outcome {
		let script: Script;
		try {
			script = parseScript(line);
		} catch (error) {
			if (!(error instanceof ShellSyntaxError)) throw error;
			this.#shell.status = 2;
			return {stdout: '', stderr: `${this.#shell.name}: ${error.message}\n`, exitCode: 2, tookMs: 0};
		}
		const outcome = runNow(this.#untilExit(script), longestLineMs);
		this.#shell.status = outcome.exitCode;
		return outcome;
	}

	*#untilExit(script: Script): Routine {
		try {
			return yield* this.#shell.list(script);
		} catch (error) {
			if (!(error instanceof Leave)) throw error;
			this.isOver = error.what === 'exit';
			return error.amount;
		}
	}
}
