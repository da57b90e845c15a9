import type {Readable} from 'node:stream';
import {processSurroundings, type Surroundings} from '../connection/resolve.ts';
import type {ExecPiece} from '../engine/exec-stream.ts';
import type {TerminalSize} from '../engine/node-engine.ts';
import {LineOutput} from './line-output.ts';

/** What `swarmtop exec` reads and writes, so that a test can hand it its own. */
export type ExecCommandIo = {
	readonly input: Readable;
	/** Whether the input is a terminal. */
	readonly isTerminal: boolean;
	/** Resolves when the reader takes more. */
	readonly write: (piece: ExecPiece) => Promise<void>;
	/** Calls once nobody reads what the command prints any more. */
	readonly onClosed: (listener: () => void) => void;
	readonly err: (line: string) => void;
	readonly size: () => TerminalSize;
	readonly onResize: (listener: () => void) => () => void;
	/** The terminal gives keys as they come, until what this gives back is called. */
	readonly takeKeys: () => () => void;
	readonly surroundings: Surroundings;
};

export function processExecIo(): ExecCommandIo {
	const {stdin, stdout, stderr} = process;
	const outputs = {stdout: new LineOutput(stdout), stderr: new LineOutput(stderr)};
	return {
		input: stdin,
		isTerminal: stdin.isTTY === true,
		async write({stream, bytes}) {
			outputs[stream].write(bytes);
			await outputs[stream].flushed();
		},
		onClosed: (listener) => outputs.stdout.onClosed(listener),
		err: (line) => void stderr.write(`${line}\n`),
		size: () => ({columns: stdout.columns ?? 80, rows: stdout.rows ?? 24}),
		onResize(listener) {
			stdout.on('resize', listener);
			return () => stdout.off('resize', listener);
		},
		takeKeys() {
			if (!stdin.isTTY) return () => undefined;
			const restore = (): void => void stdin.setRawMode(false);
			stdin.setRawMode(true);
			process.once('exit', restore);
			return () => {
				process.off('exit', restore);
				restore();
			};
		},
		surroundings: processSurroundings(),
	};
}
