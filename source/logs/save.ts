import {createWriteStream} from 'node:fs';
import {Readable} from 'node:stream';
import {pipeline} from 'node:stream/promises';
import {failed, ok, type Result} from '../runtime/result.ts';

type SaveProblem =
	| {readonly kind: 'exists'}
	/** The system's own word: `EACCES: permission denied, …`. */
	| {readonly kind: 'failed'; readonly message: string};

/** So many lines become one write. */
const batchLines = 2000;

/**
 * Writes lines, each with its end, to a file. A file that is there is left alone unless it may be overwritten.
 * @param lines made only as they are written: a log may be larger than what should be in memory twice
 */
export async function saveLines(
	path: string,
	lines: Iterable<string>,
	{mayOverwrite}: {readonly mayOverwrite: boolean},
): Promise<Result<void, SaveProblem>> {
	try {
		await pipeline(Readable.from(batches(lines)), createWriteStream(path, {flags: mayOverwrite ? 'w' : 'wx'}));
		return ok(undefined);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		if ((error as NodeJS.ErrnoException).code === 'EEXIST') return failed({kind: 'exists'});
		return failed({kind: 'failed', message: error.message});
	}
}

function* batches(lines: Iterable<string>): Generator<string> {
	let batch: string[] = [];
	for (const line of lines) {
		batch.push(line);
		if (batch.length < batchLines) continue;
		yield batch.join('');
		batch = [];
	}
	if (batch.length > 0) yield batch.join('');
}
