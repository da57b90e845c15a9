import {mkdir, writeFile} from 'node:fs/promises';
import path from 'node:path';
import type {Surroundings} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {installed, notWritable} from './completion-messages.ts';
import type {Shell} from './completion-options.ts';

/** `swarmtop completion install`: puts the completions where the user's shell looks for them by itself. */

type Place = {
	readonly file: string;
	/** What has to be in the shell's own file, where it does not look there by itself. */
	readonly line?: string;
};

function placeOf(shell: Shell, {environment, homeDirectory}: Surroundings): Place {
	const data = environment['XDG_DATA_HOME'] || path.join(homeDirectory, '.local/share');
	const config = environment['XDG_CONFIG_HOME'] || path.join(homeDirectory, '.config');
	switch (shell) {
		case 'bash':
			return {file: path.join(data, 'bash-completion/completions/swarmtop')};
		case 'fish':
			return {file: path.join(config, 'fish/completions/swarmtop.fish')};
		case 'zsh': {
			const folder = path.join(data, 'zsh/site-functions');
			return {file: path.join(folder, '_swarmtop'), line: `fpath=(${folder} $fpath)`};
		}
	}
}

/** Writes them; gives the sentence that says where, or why not. */
export async function installCompletion(
	shell: Shell,
	text: string,
	surroundings: Surroundings,
): Promise<Result<string, string>> {
	const {file, line} = placeOf(shell, surroundings);
	try {
		await mkdir(path.dirname(file), {recursive: true});
		await writeFile(file, text);
	} catch (error) {
		if (!(error instanceof Error)) throw error;
		return failed(notWritable(file, error.message));
	}
	return ok(installed(file, line));
}
