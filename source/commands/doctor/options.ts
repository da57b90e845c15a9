import {type Severity, severities} from '../../cluster/doctor/rule.ts';
import type {ConnectionFlags} from '../../connection/resolve.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from '../command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from '../command-line/declaration.ts';
import {readCommandLine} from '../command-line/read.ts';
import {noObjects, unknownFormat, unknownSeverity} from './messages.ts';

/** The command line of `swarmtop doctor`. */

const formats = ['text', 'json', 'markdown', 'junit'] as const;
export type Format = (typeof formats)[number];

export type DoctorOptions = {
	readonly format: Format;
	/** What is as grave as that, or graver, ends with exit code 1. */
	readonly failsOn: Severity | undefined;
	readonly ignoring: readonly string[];
	/** Every node's own engine is asked, where a way leads there. */
	readonly asksNodes: boolean;
	/** The ports of the swarm are tried, from this machine. */
	readonly triesPorts: boolean;
	readonly connection: ConnectionFlags;
};

export const doctorCommand = {
	name: 'doctor',
	title: 'say what is wrong with the swarm, and what will be',
	usage: ['doctor [-o FORMAT] [--fail-on SEVERITY] [--nodes]'],
	about: [
		'Judges the swarm as it stands: its managers, capacity, services, leftovers and nodes. Each finding says what\nwas seen, why it matters, and the command that mends it. Changes nothing.',
	],
	flags: {
		output: {
			short: 'o',
			title: 'the format',
			detail: formats.join(', '),
			value: 'FORMAT',
			completes: words(...formats),
		},
		'fail-on': {
			title: 'exit with 1 where something as grave is found',
			detail: severities.join(', '),
			value: 'SEVERITY',
			completes: words(...severities),
		},
		ignore: {
			title: 'leave out a rule',
			detail: 'RULE or RULE=OBJECT, with * for any characters; several times for several',
			value: 'RULE',
			completes: {kind: 'any'},
			isMultiple: true,
		},
		nodes: {title: "ask each node's own engine as well, where a way leads there"},
		ports: {title: 'try the ports of the swarm from this machine, which has to be a manager'},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		'Exit codes: 0 fine, 1 failed or found with --fail-on, 2 wrong use, 3 no engine. The rules: docs/doctor.md.',
		'ignore: in the configuration and the label swarmtop.ignore=RULE,... on an object leave findings out as well.',
	],
	words: [{kind: 'any'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop doctor`; an error is one sentence for the user. */
export function parseDoctorOptions(argv: readonly string[]): Result<DoctorOptions | 'help', string> {
	const line = readCommandLine(doctorCommand, argv);
	if (!line.ok) return line;
	const {flags, words: extra} = line.value;
	if (flags.help) return ok('help');
	const [word] = extra;
	if (word !== undefined) return failed(noObjects(word));
	const format = formats.find((each) => each === (flags.output ?? 'text'));
	if (!format) return failed(unknownFormat(flags.output ?? '', formats));
	const wanted = flags['fail-on'];
	const failsOn = severities.find((each) => each === wanted);
	if (wanted !== undefined && failsOn === undefined) return failed(unknownSeverity(wanted, severities));
	return ok({
		format,
		failsOn,
		ignoring: flags.ignore ?? [],
		asksNodes: flags.nodes ?? false,
		triesPorts: flags.ports ?? false,
		connection: toConnectionFlags(flags),
	});
}
