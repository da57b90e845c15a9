import {inspect} from 'node:util';
import {outputLost} from './command-line/messages.ts';
import {LineOutput} from './line-output.ts';

/** What is the same for every command: output that can't be written, and errors that nobody foresaw. */

/**
 * Runs a command. Its status becomes 1, with a sentence, where its output could not be written; a reader that has had
 * enough is no problem. Errors that nobody caught end the process with their own words and never with the program's text.
 * @returns the exit status
 */
export async function runWhole(process: NodeJS.Process, run: () => Promise<number>): Promise<number> {
	catchTheUnforeseen(process);
	// Nobody is left who could be told.
	process.stderr.on('error', () => undefined);
	// A terminal that is gone is for the dashboard to notice.
	if (process.stdout.isTTY) return run();
	const output = new LineOutput(process.stdout);
	const status = await run();
	await output.handedOver();
	if (status !== 0 || output.problem === undefined) return status;
	process.stderr.write(`swarmtop: ${outputLost(output.problem)}\n`);
	return 1;
}

/** Node itself would show the line where it happened: the whole program is on few of them. */
function catchTheUnforeseen(process: NodeJS.Process): void {
	const tell = (event: string) => (error: unknown) => {
		// The dashboard has its own, which gives the terminal back first.
		if (process.listenerCount(event) > 1) return;
		process.stderr.write(`swarmtop: ${inspect(error, {colors: false})}\n`);
		process.exit(1);
	};
	for (const event of ['uncaughtException', 'unhandledRejection']) process.on(event, tell(event));
}
