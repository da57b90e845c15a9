import os from 'node:os';
import type {Surroundings} from '../connection/resolve.ts';
import {LineOutput} from './line-output.ts';

export type Interruption = 'SIGINT' | 'SIGTERM' | 'closed';

/** What `swarmtop get` talks to, so that a test can stand in for it. */
export type GetIo = {
	/** One line, or several. */
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	/** Resolves when the user interrupts, or when nobody reads any more: by what. */
	readonly interrupted: Promise<Interruption>;
	/** Undefined when the output goes to a file or a pipe. */
	readonly terminal: {readonly columns: number} | undefined;
	readonly surroundings: Surroundings;
};

export function processIo(): GetIo {
	const output = new LineOutput(process.stdout);
	return {
		out: (text) => output.write(`${text}\n`),
		err: (text) => void process.stderr.write(`${text}\n`),
		interrupted: new Promise((resolve) => {
			output.onClosed(() => resolve('closed'));
			for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
		}),
		terminal: process.stdout.isTTY ? {columns: process.stdout.columns || 80} : undefined,
		surroundings: {environment: process.env, homeDirectory: os.homedir()},
	};
}
