import {parseDuration} from '../../config/duration.ts';
import type {ConnectionFlags} from '../../connection/resolve.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from '../command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from '../command-line/declaration.ts';
import {readCommandLine} from '../command-line/read.ts';
import {type Condition, parseCondition} from './condition.ts';
import {nameWhat, noTime, unknownFormat} from './messages.ts';

/** The command line of `swarmtop wait`. */

const formats = ['text', 'json'] as const;

export type WaitOptions = {
	readonly names: readonly string[];
	readonly condition: Condition;
	readonly timeoutMs: number;
	readonly format: (typeof formats)[number];
	readonly connection: ConnectionFlags;
};

export const waitCommand = {
	name: 'wait',
	title: 'wait until services or nodes are as wanted',
	usage: ['wait SERVICE... [--until CONDITION] [--timeout TIME]', 'wait NODE... --until ready|down'],
	about: ['Waits until all of them are as wanted, and says why where they do not come to be.'],
	flags: {
		until: {
			title: 'what is waited for',
			detail: 'running=desired (default), running=N, updated or gone; of nodes ready or down',
			value: 'CONDITION',
			completes: words('running=desired', 'running=', 'updated', 'gone', 'ready', 'down'),
		},
		timeout: {title: 'give up after this time', detail: '10m by default', value: 'TIME'},
		output: {
			short: 'o',
			title: 'the format',
			detail: formats.join(', '),
			value: 'FORMAT',
			completes: words(...formats),
		},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		'Exit codes: 0 as wanted, 1 not in time or never, 2 wrong use, 3 no engine.',
		'  swarmtop wait web db --until running=desired --timeout 2m',
	],
	words: [
		{kind: 'live', list: 'services'},
		{kind: 'live', list: 'services'},
	],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop wait`; an error is one sentence for the user. */
export function parseWaitOptions(argv: readonly string[]): Result<WaitOptions | 'help', string> {
	const line = readCommandLine(waitCommand, argv);
	if (!line.ok) return line;
	const {flags, words: names} = line.value;
	if (flags.help) return ok('help');
	const condition = parseCondition(flags.until ?? 'running=desired');
	if (!condition.ok) return condition;
	const timeoutMs = parseDuration(flags.timeout ?? '10m');
	if (timeoutMs === undefined) return failed(noTime(flags.timeout ?? ''));
	const format = formats.find((each) => each === (flags.output ?? 'text'));
	if (!format) return failed(unknownFormat(flags.output ?? '', formats));
	if (names.length === 0) return failed(nameWhat);
	return ok({names, condition: condition.value, timeoutMs, format, connection: toConnectionFlags(flags)});
}
