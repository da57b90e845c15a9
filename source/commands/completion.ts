import {commands} from './command-line/commands.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {complain} from './complain.ts';
import {bashCompletion} from './completion-bash.ts';
import {fishCompletion} from './completion-fish.ts';
import {completionCommand, parseCompletionOptions, type Shell} from './completion-options.ts';
import {zshCompletion} from './completion-zsh.ts';
import {exitStatus} from './open-client.ts';

const writers = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion} as const;

/** `swarmtop completion`: gives the exit status. */
export function runCompletion(argv: readonly string[]): number {
	const shell = parseCompletionOptions(argv);
	if (!shell.ok) return complain(exitStatus.wrongUse, `${shell.error} ${seeHelp('completion')}`);
	const text = shell.value === 'help' ? `${helpOf(completionCommand)}\n` : completionFor(shell.value);
	process.stdout.write(text);
	return exitStatus.fine;
}

export const completionFor = (shell: Shell): string => writers[shell](commands);
