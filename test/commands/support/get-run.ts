import {runGet} from '../../../source/commands/get.ts';
import type {GetIo, Interruption} from '../../../source/commands/get-io.ts';

/** What a run of `swarmtop get` printed. Lines of each stream. */
export type Run = {readonly status: number; readonly out: readonly string[]; readonly err: readonly string[]};

export type RunOptions = {
	/** The command line, where spaces in its words matter. */
	readonly words?: readonly string[];
	/** A terminal of that width; a pipe without it. */
	readonly columns?: number;
	readonly environment?: Readonly<Record<string, string>>;
	readonly homeDirectory?: string;
};

/** Runs the command against an engine (`-H`), as a shell would. */
export async function get(line: string, options: RunOptions = {}): Promise<Run> {
	const watching = startGet(line, options);
	return {status: await watching.status, out: watching.out, err: watching.err};
}

/** A run under way: with `--watch` it goes on until it is interrupted. */
export function startGet(
	line: string,
	{columns, environment = {}, homeDirectory = '/nonexistent', words = line.split(' ').filter(Boolean)}: RunOptions = {},
) {
	const out: string[] = [];
	const err: string[] = [];
	let interrupt = (_by: Interruption): void => undefined;
	const io: GetIo = {
		out: (text) => out.push(...text.split('\n')),
		err: (text) => err.push(text),
		interrupted: new Promise((resolve) => {
			interrupt = resolve;
		}),
		terminal: columns === undefined ? undefined : {columns},
		surroundings: {environment: {TERM: 'xterm-256color', LANG: 'C.UTF-8', ...environment}, homeDirectory},
	};
	return {
		out,
		err,
		interrupt: (by: Interruption = 'SIGINT') => interrupt(by),
		status: runGet(words, io),
	};
}
