import type {LogBehaviour} from '../catalogue.ts';
import {emptyTape, type Tape} from '../process.ts';

/** The log of a server program. */
export function logTape(
	_log: LogBehaviour,
	_fraction: (context: string) => number,
	_crash?: {at: number; exitCode: number},
): Tape {
	return emptyTape;
}
