/** Texts in the person's own editor: $VISUAL or $EDITOR, on a file that only they can read. */
import {spawn} from 'node:child_process';
import {mkdtemp, readFile, rm, writeFile} from 'node:fs/promises';
import path from 'node:path';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../text/safe-text.ts';

export interface TextEditor {
	/** Why no editor can be opened; undefined when one can. */
	readonly problem: SafeText | undefined;
	/** Keeps the text in a new file whose name ends in `fileName`; gives its path. */
	create(fileName: string, text: string): Promise<Result<string, SafeText>>;
	/** Opens the file; gives the text as it was saved when the editor has ended. */
	open(file: string): Promise<Result<string, SafeText>>;
	/** The text is not needed any more. */
	discard(file: string): Promise<void>;
}

type EditorOptions = {
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** Where files go; each gets a folder of its own there. */
	readonly folder: string;
	/** Gives the terminal away for as long as the editor runs. */
	readonly lend: <T>(use: () => Promise<T>) => Promise<T>;
};

const ownerOnly = 0o600;

/** File systems take 255 bytes. */
const longestName = 120;

export function createTextEditor({environment, folder, lend}: EditorOptions): TextEditor {
	const command = [environment['VISUAL'], environment['EDITOR']].find((value) => value !== undefined && value !== '');
	return {
		problem:
			command === undefined
				? toSafeText('No editor is set: export EDITOR=vi (or VISUAL) in the shell, then start swarmtop again.')
				: undefined,
		create: (fileName, text) =>
			attempted(async () => {
				const name = fileName.replaceAll(/[^\w.-]/g, '_').slice(-longestName);
				const file = path.join(await mkdtemp(path.join(folder, 'swarmtop-')), name);
				await writeFile(file, text, {mode: ownerOnly});
				return file;
			}),
		async open(file) {
			const status = await lend(() => run(command ?? '', file));
			if (status !== 0) return failed(safe`${toSafeText(command ?? '')} ended with ${toSafeText(String(status))}.`);
			return attempted(() => readFile(file, 'utf8'));
		},
		discard: async (file) => {
			await rm(path.dirname(file), {recursive: true, force: true});
		},
	};
}

/** Through the shell, as git does it: the variable may hold flags (`code --wait`). @returns its status, or the signal that ended it */
function run(command: string, file: string): Promise<number | string> {
	const child = spawn('/bin/sh', ['-c', `${command} "$@"`, command, file], {stdio: 'inherit'});
	return new Promise((resolve) => {
		child.once('error', ({message}) => resolve(message));
		child.once('exit', (status, signal) => resolve(status ?? signal ?? 1));
	});
}

/** What the file system refuses is a sentence. */
async function attempted(use: () => Promise<string>): Promise<Result<string, SafeText>> {
	try {
		return ok(await use());
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return failed(safe`The text could not be kept in a file: ${toSafeText(error.message)}.`);
	}
}
