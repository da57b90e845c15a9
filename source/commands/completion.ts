import {parseArgs} from 'node:util';
import {failed, ok, type Result} from '../runtime/result.ts';
import {commands} from './command-table.ts';
import {complain} from './complain.ts';
import {bashCompletion} from './completion-bash.ts';
import {fishCompletion} from './completion-fish.ts';
import {zshCompletion} from './completion-zsh.ts';
import {exitStatus} from './open-client.ts';

const shells = {bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion} as const;
export type Shell = keyof typeof shells;

const completionUsage = `swarmtop completion bash|zsh|fish

Prints completions for a shell; names of services, nodes and contexts are asked of the engine as they are needed.

  source <(swarmtop completion bash)          into ~/.bashrc
  source <(swarmtop completion zsh)           into ~/.zshrc, after compinit
  swarmtop completion fish | source           into ~/.config/fish/config.fish`;

/** `swarmtop completion`: gives the exit status. */
export function runCompletion(argv: readonly string[]): number {
	const shell = parseCompletionOptions(argv);
	if (!shell.ok) return complain(exitStatus.wrongUse, `${shell.error} See swarmtop completion --help.`);
	const text = shell.value === 'help' ? `${completionUsage}\n` : completionFor(shell.value);
	process.stdout.write(text);
	return exitStatus.fine;
}

export const completionFor = (shell: Shell): string => shells[shell](commands);

/** Reads what follows `swarmtop completion`; an error is one sentence for the user. */
export function parseCompletionOptions(argv: readonly string[]): Result<Shell | 'help', string> {
	const parsed = tryParse(argv);
	if (!parsed.ok) return parsed;
	const {values, positionals} = parsed.value;
	if (values.help) return ok('help');
	const [word, ...others] = positionals;
	if (word === undefined || others.length > 0) return failed('For which shell? bash, zsh or fish.');
	return word === 'bash' || word === 'zsh' || word === 'fish'
		? ok(word)
		: failed(`There are no completions for "${word}": bash, zsh or fish.`);
}

function tryParse(argv: readonly string[]) {
	try {
		const options = {help: {type: 'boolean', short: 'h'}} as const;
		return ok(parseArgs({args: [...argv], options, allowPositionals: true}));
	} catch (error) {
		if (error instanceof TypeError) return failed(`${error.message.split('. ')[0]}.`);
		throw error;
	}
}
