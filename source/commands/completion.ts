import {processSurroundings, type Surroundings} from '../connection/resolve.ts';
import {commands} from './command-line/commands.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {complain} from './complain.ts';
import {bashCompletion} from './completion-bash.ts';
import {fishCompletion} from './completion-fish.ts';
import {installCompletion} from './completion-install.ts';
import {completionCommand, parseCompletionOptions, type Shell} from './completion-options.ts';
import {zshCompletion} from './completion-zsh.ts';
import {exitStatus} from './open-client.ts';

const writers = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion} as const;

/** `swarmtop completion`: gives the exit status. */
export async function runCompletion(
	argv: readonly string[],
	surroundings: Surroundings = processSurroundings(),
): Promise<number> {
	const options = parseCompletionOptions(argv, surroundings.environment['SHELL']);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('completion')}`);
	if (options.value === 'help') return print(helpOf(completionCommand));
	const {shell, isInstalled} = options.value;
	const text = completionFor(shell);
	if (!isInstalled) return print(text.trimEnd());
	const said = await installCompletion(shell, text, surroundings);
	return said.ok ? print(said.value) : complain(exitStatus.failed, said.error);
}

function print(text: string): number {
	process.stdout.write(`${text}\n`);
	return exitStatus.fine;
}

export const completionFor = (shell: Shell): string => writers[shell](commands);
