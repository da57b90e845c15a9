/** Texts in the person's own editor: $VISUAL or $EDITOR, else vi or nano, on a file that only they can read. */
import {spawn} from 'node:child_process';
import {accessSync, constants, rmSync} from 'node:fs';
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
	/** The program ends: no file is left behind. */
	close(): void;
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
	const named = [environment['VISUAL'], environment['EDITOR']].find((value) => value !== undefined && value !== '');
	const command = named ?? usualEditors.find((name) => isOnPath(name, environment['PATH'] ?? ''));
	const files = new Set<string>();
	return {
		problem:
			command === undefined
				? toSafeText(
						'There is no editor: vi and nano are not installed, and EDITOR is not set. Set it in the shell and start swarmtop again.',
					)
				: undefined,
		create: (fileName, text) =>
			attempted(async () => {
				const name = fileName.replaceAll(/[^\w.-]/g, '_').slice(-longestName);
				const file = path.join(await mkdtemp(path.join(folder, 'swarmtop-')), name);
				files.add(file);
				await writeFile(file, text, {mode: ownerOnly});
				return file;
			}),
		async open(file) {
			const status = await lend(() => run(command ?? '', file));
			if (status !== 0) return failed(safe`${toSafeText(command ?? '')} ended with ${toSafeText(String(status))}.`);
			return attempted(() => readFile(file, 'utf8'));
		},
		discard: async (file) => {
			files.delete(file);
			await rm(path.dirname(file), {recursive: true, force: true});
		},
		close() {
			for (const file of files) rmSync(path.dirname(file), {recursive: true, force: true});
			files.clear();
		},
	};
}

/** What to take where nobody has said, in this order. */
const usualEditors = ['vi', 'nano'];

function isOnPath(name: string, searchPath: string): boolean {
	return searchPath.split(path.delimiter).some((directory) => {
		if (directory === '') return false;
		try {
			accessSync(path.join(directory, name), constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
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
