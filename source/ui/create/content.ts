/** Where what a secret or a config holds comes from: a file, what was typed, the editor. */
import {readFileSync, statSync} from 'node:fs';
import {data} from '../../cluster/create/messages.ts';
import {type StoreKind, sizeProblem} from '../../cluster/create/new-stored.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import {expandHome} from '../prompt/paths.ts';

/** What is wrong with a file, before it is read. */
export function fileProblem(kind: StoreKind, name: string): SafeText | undefined {
	if (name === '') return data.fileMissing;
	try {
		const found = statSync(expandHome(name), {throwIfNoEntry: false});
		if (!found) return data.noFile(name);
		return found.isDirectory() ? data.isFolder(name) : sizeProblem(kind, found.size);
	} catch (error) {
		return data.unreadable(name, codeOf(error));
	}
}

/** What is in it goes to the engine and nowhere else. */
export function readContent(kind: StoreKind, name: string): Result<Buffer, SafeText> {
	try {
		const content = readFileSync(expandHome(name));
		const problem = sizeProblem(kind, content.length);
		return problem === undefined ? ok(content) : failed(problem);
	} catch (error) {
		return failed(data.unreadable(name, codeOf(error)));
	}
}

/** `EACCES`: what the file system says in its own words may hold anything. */
function codeOf(error: unknown): string {
	if (!(error instanceof Error)) throw error;
	return 'code' in error && typeof error.code === 'string' ? error.code : error.message;
}
