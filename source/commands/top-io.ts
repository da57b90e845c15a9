import {processSurroundings, type Surroundings} from '../connection/resolve.ts';
import type {Clock} from '../runtime/clock.ts';
import {systemClock} from '../runtime/clock.ts';
import {type Interruption, processIo} from './get-io.ts';

/** What `swarmtop top` talks to, so that a test can stand in for it. */
export type TopIo = {
	/** One line, or several. */
	readonly out: (text: string) => void;
	readonly err: (text: string) => void;
	/** In the place of what was shown before; only where there is a terminal. */
	readonly show: (lines: readonly string[]) => void;
	readonly interrupted: Promise<Interruption>;
	/** Undefined when the output goes to a file or a pipe. */
	readonly terminal: {readonly size: () => {readonly columns: number; readonly rows: number}} | undefined;
	readonly surroundings: Surroundings;
	readonly clock: Clock;
};

const clearScreen = '\u001B[H\u001B[2J';
const home = '\u001B[H';
const clearRest = '\u001B[K';
const clearBelow = '\u001B[J';

export function processTopIo(): TopIo {
	const {stdout} = process;
	const {out, err, interrupted} = processIo();
	let isFirst = true;
	return {
		out,
		err,
		show(lines) {
			// One piece, so that no half of it is seen.
			stdout.write(
				`${isFirst ? clearScreen : home}${lines.map((line) => `${line}${clearRest}\n`).join('')}${clearBelow}`,
			);
			isFirst = false;
		},
		interrupted,
		terminal: stdout.isTTY ? {size: () => ({columns: stdout.columns || 80, rows: stdout.rows || 24})} : undefined,
		surroundings: processSurroundings(),
		clock: systemClock(),
	};
}
