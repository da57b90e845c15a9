import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagDeclaration, helpFlag, spellings} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop exec`: as `docker exec`, on whichever node the container is. */

export type ExecOptions = {
	readonly target: string;
	readonly command: readonly string[];
	readonly isInteractive: boolean;
	readonly isTty: boolean;
	readonly isForAll: boolean;
	readonly user: string | undefined;
	readonly environment: readonly string[];
	readonly directory: string | undefined;
	readonly connection: ConnectionFlags;
};

export const execCommand = {
	name: 'exec',
	title: 'run a command in a task, on whichever node it is',
	usage: [
		'exec [-it] [-u USER] [-e KEY=VALUE] [-w DIR] TARGET COMMAND [ARG...]',
		'exec --all SERVICE COMMAND [ARG...]',
	],
	about: [
		"Runs a command in a running container through its node's own engine, as docker exec does there. TARGET is a task\n(web.3, agent.NODE or an ID), a service (its first running task) or a container; what follows it is the command.",
	],
	flags: {
		interactive: {short: 'i', title: 'hand standard input to the command'},
		tty: {short: 't', title: 'give it a terminal'},
		all: {title: 'in all running tasks of the service, one after another in the output'},
		user: {
			short: 'u',
			title: 'as this user',
			detail: 'NAME or UID, with :GROUP',
			value: 'USER',
			completes: {kind: 'any'},
		},
		env: {
			short: 'e',
			title: 'set a variable',
			detail: 'several times for several; KEY alone takes it from here',
			value: 'KEY=VALUE',
			completes: {kind: 'any'},
			isMultiple: true,
		},
		workdir: {short: 'w', title: 'in this folder of the container', value: 'DIR', completes: {kind: 'any'}},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		"The exit status is the command's; 126 and 127 mean that it could not be run or is not there, as with docker.",
		'Ways to nodes: docs/nodes.md. With -it, ctrl-p ctrl-q leaves the command running.',
	],
	words: [{kind: 'live', list: 'services+tasks'}, {kind: 'any'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop exec`; an error is one sentence for the user. */
export function parseExecOptions(
	argv: readonly string[],
	environment: Readonly<Record<string, string | undefined>>,
): Result<ExecOptions | 'help', string> {
	const place = placeOfTarget(argv);
	const line = readCommandLine(execCommand, argv.slice(0, place));
	if (!line.ok) return line;
	const {flags} = line.value;
	if (flags.help) return ok('help');
	const [target, ...rest] = argv.slice(place);
	const command = rest[0] === '--' ? rest.slice(1) : rest;
	if (target === undefined) return failed('In which task? Name a task, a service or a container.');
	if (command.length === 0) return failed(`Which command? Write it after ${target}.`);
	const [isInteractive, isTty, isForAll] = [flags.interactive ?? false, flags.tty ?? false, flags.all ?? false];
	if (isForAll && (isInteractive || isTty)) return failed('--all runs without input: leave out -i and -t.');
	return ok({
		target,
		command,
		isInteractive,
		isTty,
		isForAll,
		user: flags.user,
		environment: (flags.env ?? []).flatMap((entry) => variable(entry, environment)),
		directory: flags.workdir,
		connection: toConnectionFlags(flags),
	});
}

/** `KEY` alone is taken from here, and left out where it is not set, as docker does. */
function variable(entry: string, environment: Readonly<Record<string, string | undefined>>): string[] {
	if (entry.includes('=')) return [entry];
	const value = environment[entry];
	return value === undefined ? [] : [`${entry}=${value}`];
}

const declared = Object.entries<FlagDeclaration>(execCommand.flags);
const withValue = declared
	.filter(([, {value}]) => value !== undefined)
	.flatMap(([name, flag]) => spellings(name, flag));

/** The first word that is neither a flag nor a flag's value: what follows belongs to the command, flags and all. */
function placeOfTarget(argv: readonly string[]): number {
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] ?? '';
		if (word === '--') return index + 1;
		if (!word.startsWith('-') || word === '-') return index;
		const letters = /^-([^-].*)$/.exec(word)?.[1];
		const taking = letters === undefined ? word : firstWithValue(letters);
		const isOpen = letters === undefined ? withValue.includes(word) : taking !== undefined && word.endsWith(taking);
		if (isOpen) index++;
	}
	return argv.length;
}

/** Of `-itu` the `u`, whose value is the next word; of `-uroot` none. */
function firstWithValue(letters: string): string | undefined {
	const index = [...letters].findIndex((letter) => withValue.includes(`-${letter}`));
	return index === letters.length - 1 ? letters[index] : undefined;
}
