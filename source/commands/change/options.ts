import {parseDuration} from '../../config/duration.ts';
import type {ConnectionFlags} from '../../connection/resolve.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from '../command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagDeclarations, helpFlag, words} from '../command-line/declaration.ts';
import {readCommandLine} from '../command-line/read.ts';
import {closest} from '../command-line/suggest.ts';
import {exitStatus} from '../open-client.ts';
import type {ChangeIo} from './io.ts';
import {noTime, nothingWatched, notPlanned, planWhat, unknownFormat} from './messages.ts';
import type {Refusal} from './session.ts';
import type {ReadVerb, Verb} from './verb.ts';
import {commandVerbs, verbs} from './verbs/registry.ts';

/** The command lines of the verbs, and of `swarmtop plan` with each of them. */

const formats = ['text', 'json'] as const;
const planFormats = ['text', 'json', 'markdown'] as const;
export type Format = (typeof planFormats)[number];

export type ChangeOptions = {
	readonly verb: Verb;
	readonly read: ReadVerb;
	/** The plan alone: nothing is changed. */
	readonly isDryRun: boolean;
	/** Nobody is asked. */
	readonly isConsented: boolean;
	readonly waits: boolean;
	readonly timeoutMs: number;
	readonly rollsBack: boolean;
	/** How long it must stay as it is to count; 0: not watched. */
	readonly flappingMs: number;
	readonly format: Format;
	readonly auditPath: string | undefined;
	readonly connection: ConnectionFlags;
};

const {context, ...otherConnectionFlags} = connectionFlags;
const {short: _, ...contextFlag} = context;

/** -c is the stack file of some verbs, as it is with docker stack deploy. */
const engineFlags = {...otherConnectionFlags, context: contextFlag, ...helpFlag} as const;

const output = (known: readonly string[]) =>
	({short: 'o', title: 'the format', detail: known.join(', '), value: 'FORMAT', completes: words(...known)}) as const;

const changeFlags = {
	yes: {short: 'y', title: "don't ask"},
	detach: {short: 'd', title: "don't wait until it has converged"},
	'no-wait': {title: 'the same as --detach'},
	timeout: {title: 'give up waiting after this time', detail: '10m by default', value: 'TIME'},
	'rollback-on-failure': {title: 'roll back services that do not converge'},
	'detect-flapping': {title: 'wait this long, and fail if a task fails meanwhile', value: 'TIME'},
	audit: {title: 'append each action to a file, how it ended included', value: 'FILE', completes: {kind: 'file'}},
	output: output(formats),
	...engineFlags,
} as const;

const planFlags = {output: output(planFormats), ...engineFlags} as const;

/** `swarmtop VERB`. */
export const verbCommand = (verb: Verb): CommandDeclaration => ({
	name: verb.name,
	title: verb.title,
	usage: [`${verb.name} ${verb.operands} [--yes]`],
	about: [verb.about, 'Says what will happen, asks, and waits until everything has converged or failed.'],
	flags: {...verb.flags, ...changeFlags},
	notes: [
		'Exit codes: 0 done or nothing to do, 1 failed, 2 wrong use, 3 no engine.',
		`  swarmtop ${verb.example}`,
		`swarmtop plan ${verb.name} says what it would do.`,
	],
	words: verb.words,
});

/** `swarmtop plan VERB`. */
const planVerbCommand = (verb: Verb): CommandDeclaration => ({
	name: `plan ${verb.name}`,
	title: verb.title,
	usage: [`plan ${verb.name} ${verb.operands}`],
	about: verb.isOnlyPlanned ? [verb.about] : [`Prints what swarmtop ${verb.name} would do. Changes nothing.`],
	flags: {...verb.flags, ...planFlags},
	notes: [planNote, `  swarmtop plan ${verb.example.replace(' --yes', '')}`],
	words: verb.words,
});

const planNote =
	'Exit codes: 0 nothing would change, 10 something would, 11 it would with danger, 1 failed, 2 wrong use, 3 no engine.';

export const verbCommands: readonly CommandDeclaration[] = commandVerbs.map(verbCommand);

/** Those of every verb at once would fill more than a screen. */
const listedFlags = ({flags, name}: Verb): FlagDeclarations =>
	Object.fromEntries(
		Object.entries(flags).map(([flag, declared]) => [flag, {...declared, listedUnder: `Of plan ${name}:`}]),
	);

/** For help, manual and completions: its flags are those of the verb that follows. */
export const planCommand: CommandDeclaration = {
	name: 'plan',
	title: 'say what a change would do',
	usage: verbs.map(({name, operands}) => `plan ${name} ${operands}`),
	about: ['Prints what the command of that name would do. Changes nothing. swarmtop plan VERB --help has its flags.'],
	flags: {...Object.assign({}, ...verbs.map(listedFlags)), ...planFlags},
	notes: [planNote],
	words: [words(...verbs.map(({name}) => name)), {kind: 'any'}],
};

const wrongUse = (message: string): Result<never, Refusal> => failed({status: exitStatus.wrongUse, message});

/** Reads what follows `swarmtop VERB`; the error is what to print. 'help' where that was asked for. */
export function parseVerb(verb: Verb, argv: readonly string[], io: ChangeIo): Result<ChangeOptions | 'help', Refusal> {
	const line = readCommandLine({...verbCommand(verb), flags: {...verb.flags, ...changeFlags}}, argv);
	if (!line.ok) return wrongUse(line.error);
	const {flags} = line.value;
	if (flags.help) return ok('help');
	const format = formats.find((each) => each === (flags.output ?? 'text'));
	if (!format) return wrongUse(unknownFormat(flags.output ?? '', formats));
	const times = {
		timeout: parseDuration(flags.timeout ?? '10m'),
		flapping: parseDuration(flags['detect-flapping'] ?? '0s'),
	};
	if (times.timeout === undefined) return wrongUse(noTime('timeout', flags.timeout ?? ''));
	if (times.flapping === undefined) return wrongUse(noTime('detect-flapping', flags['detect-flapping'] ?? ''));
	const waits = !flags.detach && !flags['no-wait'];
	if (!waits && (flags['rollback-on-failure'] || times.flapping > 0)) return wrongUse(nothingWatched);
	const read = verb.read(flags, line.value.words, io);
	if (!read.ok) return read;
	return ok({
		verb,
		read: read.value,
		isDryRun: false,
		isConsented: flags.yes ?? false,
		waits,
		timeoutMs: times.timeout,
		rollsBack: flags['rollback-on-failure'] ?? false,
		flappingMs: times.flapping,
		format,
		auditPath: flags.audit,
		connection: toConnectionFlags(flags),
	});
}

/** Reads what follows `swarmtop plan`; `help` says of which verb, of all when undefined. */
export function parsePlan(
	argv: readonly string[],
	io: ChangeIo,
): Result<ChangeOptions | {readonly help: CommandDeclaration}, Refusal> {
	const names = verbs.map(({name}) => name);
	const place = argv.findIndex((word) => names.includes(word));
	const verb = verbs.find(({name}) => name === argv[place]);
	if (!verb) {
		const line = readCommandLine({...planCommand, flags: planFlags}, argv);
		if (line.ok && line.value.flags.help) return ok({help: planCommand});
		const word = argv.find((each) => !each.startsWith('-'));
		return wrongUse(word === undefined ? planWhat(names) : notPlanned(word, names, closest(word, names)));
	}
	const declaration = planVerbCommand(verb);
	const rest = [...argv.slice(0, place), ...argv.slice(place + 1)];
	const line = readCommandLine({...declaration, flags: {...verb.flags, ...planFlags}}, rest);
	if (!line.ok) return wrongUse(line.error);
	const {flags} = line.value;
	if (flags.help) return ok({help: declaration});
	const format = planFormats.find((each) => each === (flags.output ?? 'text'));
	if (!format) return wrongUse(unknownFormat(flags.output ?? '', planFormats));
	const read = verb.read(flags, line.value.words, io);
	if (!read.ok) return read;
	return ok({
		verb,
		read: read.value,
		isDryRun: true,
		isConsented: false,
		waits: false,
		timeoutMs: 0,
		rollsBack: false,
		flappingMs: 0,
		format,
		auditPath: undefined,
		connection: toConnectionFlags(flags),
	});
}
