import {failed, ok, type Result} from '../runtime/result.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop completion`. */

const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

export const completionCommand = {
	name: 'completion',
	title: 'print completions for a shell',
	usage: ['completion bash|zsh|fish'],
	about: [
		'Prints completions for a shell; names of services, nodes and contexts are asked of the engine as they are needed.',
	],
	flags: helpFlag,
	notes: [
		'  source <(swarmtop completion bash)          into ~/.bashrc',
		'  source <(swarmtop completion zsh)           into ~/.zshrc, after compinit',
		'  swarmtop completion fish | source           into ~/.config/fish/config.fish',
	],
	words: [words(...shells)],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop completion`; an error is one sentence for the user. */
export function parseCompletionOptions(argv: readonly string[]): Result<Shell | 'help', string> {
	const line = readCommandLine(completionCommand, argv);
	if (!line.ok) return line;
	if (line.value.flags.help) return ok('help');
	const [word, ...others] = line.value.words;
	if (word === undefined || others.length > 0) return failed('For which shell? bash, zsh or fish.');
	const shell = shells.find((each) => each === word);
	return shell === undefined ? failed(`There are no completions for "${word}": bash, zsh or fish.`) : ok(shell);
}
