import type {Surroundings} from '../connection/resolve.ts';
import {processSurroundings} from '../connection/resolve.ts';
import {LineOutput} from './line-output.ts';

/** What `swarmtop logs` reads and writes, so that a test can hand it its own. */
export type LogsIo = {
	readonly output: LineOutput;
	/** One line on standard error. */
	readonly err: (line: string) => void;
	/** Log lines go to a terminal: what could spoil it is made harmless. */
	readonly isTerminal: boolean;
	/** Resolves once somebody has had enough. */
	readonly interrupted: () => Promise<void>;
	readonly surroundings: Surroundings;
};

export function processIo(): LogsIo {
	return {
		output: new LineOutput(process.stdout),
		err: (line) => void process.stderr.write(`${line}\n`),
		isTerminal: process.stdout.isTTY,
		interrupted: () =>
			new Promise((resolve) => {
				for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
			}),
		surroundings: processSurroundings(),
	};
}
