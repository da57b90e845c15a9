import {readFileSync} from 'node:fs';
import readline from 'node:readline/promises';
import {type Clock, systemClock} from '../../runtime/clock.ts';
import {type GetIo, processIo} from '../get-io.ts';

/** What the commands that change something talk to, so that a test can stand in for it. */
export type ChangeIo = GetIo & {
	/** Undefined where nobody sits at a terminal who could be asked. */
	readonly ask: ((question: string) => Promise<string>) | undefined;
	/** A file, or standard input for `-`. Throws as node:fs does. */
	readonly read: (file: string) => Buffer;
	/** The swarm's time, by which it is followed: faster than the machine's where the swarm is simulated so. */
	readonly pace: Clock;
};

export function processChangeIo(): ChangeIo {
	const io = processIo();
	return {
		...io,
		ask: process.stdin.isTTY && process.stdout.isTTY ? askOnTerminal : undefined,
		read: (file) => readFileSync(file === '-' ? 0 : file),
		pace: systemClock(),
	};
}

/** The end of the input is no. */
async function askOnTerminal(question: string): Promise<string> {
	const terminal = readline.createInterface({input: process.stdin, output: process.stdout});
	const closed = new Promise<string>((resolve) => terminal.once('close', () => resolve('')));
	try {
		return await Promise.race([terminal.question(question), closed]);
	} finally {
		terminal.close();
	}
}
