import {LineOutput} from './line-output.ts';

/** Where a command writes, and how it learns that it is to end. */
export type CommandIo = {
	readonly out: (line: string) => void;
	readonly err: (line: string) => void;
	/** Resolves when the user interrupts, or nobody reads any more. */
	readonly interrupted: () => Promise<void>;
};

export function processCommandIo(): CommandIo {
	const output = new LineOutput(process.stdout);
	return {
		out: (line) => output.write(`${line}\n`),
		err: (line) => void process.stderr.write(`${line}\n`),
		interrupted: () =>
			new Promise((resolve) => {
				output.onClosed(resolve);
				for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
			}),
	};
}
