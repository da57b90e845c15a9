import {failed, ok, type Result} from '../runtime/result.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';
import {unknownShell, whichShell} from './completion-messages.ts';

/** The command line of `swarmtop completion`. */

const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const completionCommand = {
	name: 'completion',
	title: 'print completions for a shell',
	usage: ['completion bash|zsh|fish', 'completion install [bash|zsh|fish]'],
	about: [
		'Prints completions for a shell, or installs them where your shell looks for them.',
		'Names of services, nodes and contexts are asked of the engine as they are needed.',
	],
	flags: helpFlag,
	notes: [
		'  source <(swarmtop completion bash)          into ~/.bashrc',
		'  source <(swarmtop completion zsh)           into ~/.zshrc, after compinit',
		'  swarmtop completion fish | source           into ~/.config/fish/config.fish',
	],
	words: [words(...shells, 'install'), words(...shells)],
} as const satisfies CommandDeclaration;

export type CompletionOptions = {readonly shell: Shell; readonly isInstalled: boolean};

/**
 * Reads what follows `swarmtop completion`; an error is one sentence for the user.
 * @param loginShell the user's, `/bin/bash`: what is installed without a name
 */
export function parseCompletionOptions(
	argv: readonly string[],
	loginShell: string | undefined,
): Result<CompletionOptions | 'help', string> {
	const line = readCommandLine(completionCommand, argv);
	if (!line.ok) return line;
	if (line.value.flags.help) return ok('help');
	const isInstalled = line.value.words[0] === 'install';
	const [word = isInstalled ? loginShell?.split('/').at(-1) : undefined, ...others] = line.value.words.slice(
		isInstalled ? 1 : 0,
	);
	if (word === undefined || others.length > 0) return failed(whichShell);
	const shell = shells.find((each) => each === word);
	return shell === undefined ? failed(unknownShell(word)) : ok({shell, isInstalled});
}
