import {appendFileSync, closeSync, openSync} from 'node:fs';
import {failed, ok, type Result} from '../runtime/result.ts';

/** The file of --audit: appended to, created for its owner alone. It is opened first, so that no action goes unrecorded. */
export type AuditFile = {
	readonly write: (line: string) => void;
	/** @returns the sentence that says what could not be written, if anything */
	readonly close: () => string | undefined;
};

export function openAuditFile(path: string): Result<AuditFile, string> {
	let file: number;
	try {
		file = openSync(path, 'a', 0o600);
	} catch (cause) {
		return failed(`--audit: ${wordsOf(cause)}.`);
	}
	const problems: string[] = [];
	return ok({
		write(line) {
			try {
				appendFileSync(file, line);
			} catch (cause) {
				// A full disk must not end the screen; it is told when the screen is gone.
				problems.push(wordsOf(cause));
			}
		},
		close() {
			closeSync(file);
			const [first] = problems;
			return first && `--audit: ${problems.length} finished actions are missing in ${path}: ${first}.`;
		},
	});
}

const wordsOf = (cause: unknown): string => (cause instanceof Error ? cause.message : String(cause));
