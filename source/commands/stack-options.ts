import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop stack`. */

export type StackCommandOptions = {readonly name: string; readonly connection: ConnectionFlags};

export const stackCommand = {
	name: 'stack',
	title: 'a stack that runs, as a stack file',
	usage: ['stack export NAME'],
	about: [
		'Prints a stack file that makes what runs: deployed back, it changes nothing. Networks and volumes of the stack are declared;\nsecrets and configs are named as external, since what a secret holds is never told.',
		'What no file can say, and would be changed by it, is told on standard error.',
	],
	flags: {...connectionFlags, ...helpFlag},
	notes: [
		'Exit codes: 0 fine, 1 there is no such stack, 2 wrong use, 3 no engine.',
		'  swarmtop stack export shop > shop.yaml && swarmtop plan deploy -c shop.yaml shop',
	],
	words: [words('export'), {kind: 'live', list: 'stacks'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop stack`; an error is one sentence for the user. */
export function parseStackOptions(argv: readonly string[]): Result<StackCommandOptions | 'help', string> {
	const line = readCommandLine(stackCommand, argv);
	if (!line.ok) return line;
	if (line.value.flags.help) return ok('help');
	const [word, name, ...others] = line.value.words;
	if (word !== 'export')
		return failed(word === undefined ? 'Do what? export.' : `There is no "stack ${word}": it is export.`);
	if (name === undefined) return failed('Name the stack.');
	if (others.length > 0) return failed(`One stack at a time: "${others.join(' ')}" is too much.`);
	return ok({name, connection: toConnectionFlags(line.value.flags)});
}
