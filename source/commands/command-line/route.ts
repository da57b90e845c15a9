import {connectionSpellings} from './connection-flags.ts';

/** Which command is meant: found before any command is imported, so that the first words are on the screen within a blink. */

export const commandNames = [
	'get',
	'logs',
	'exec',
	'top',
	'plan',
	'deploy',
	'scale',
	'update',
	'restart',
	'rollback',
	'drain',
	'pause',
	'activate',
	'promote',
	'demote',
	'remove',
	'redeploy',
	'wait',
	'doctor',
	'stack',
	'simulate',
	'config',
	'completion',
] as const;
type CommandName = (typeof commandNames)[number];

type Route = {
	/** Undefined for the dashboard. */
	readonly command: CommandName | undefined;
	/** What belongs to the command: connection flags before its name, too, where docker has them. */
	readonly argv: readonly string[];
};

/** Finds the command in what follows `swarmtop`. `help X` and `version` are read as `X --help` and `--version`. */
export function routeOf(argv: readonly string[]): Route {
	const place = placeOfCommand(argv);
	const word = argv[place];
	const others = [...argv.slice(0, place), ...argv.slice(place + 1)];
	if (word === 'version') return {command: undefined, argv: ['--version']};
	if (word === 'help') return {command: asCommand(argv[place + 1]), argv: ['--help']};
	const command = asCommand(word);
	return command === undefined ? {command, argv} : {command, argv: others};
}

const asCommand = (word: string | undefined): CommandName | undefined => commandNames.find((name) => name === word);

/** Behind connection flags and their values; any other flag is the dashboard's. */
function placeOfCommand(argv: readonly string[]): number {
	let index = 0;
	for (; index < argv.length; index++) {
		const word = argv[index] ?? '';
		if (connectionSpellings.withValue.includes(word)) index++;
		else if (!isConnectionFlag(word)) break;
	}
	return index;
}

const isConnectionFlag = (word: string): boolean =>
	connectionSpellings.alone.includes(word) ||
	connectionSpellings.withValue.some((flag) => word.startsWith(flag.startsWith('--') ? `${flag}=` : flag));
