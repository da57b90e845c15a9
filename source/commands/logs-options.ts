import type {ConnectionFlags} from '../connection/resolve.ts';
import {type LogFilter, parseLogFilter} from '../logs/log-filter.ts';
import {type LogStart, parseSince} from '../logs/log-since.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop logs`. */

export type LogsOptions = {
	readonly targets: readonly string[];
	readonly isFollowing: boolean;
	readonly hasTimestamps: boolean;
	readonly start: LogStart;
	readonly filter: LogFilter;
	readonly format: 'text' | 'json';
	readonly connection: ConnectionFlags;
};

const services = {kind: 'live', list: 'services'} as const;

export const logsCommand = {
	name: 'logs',
	title: 'print merged logs',
	usage: ['logs TARGET... [-f] [-t] [--since TIME] [-n LINES] [--grep TEXT] [-o FORMAT]'],
	about: [
		'Prints the logs of services, tasks, nodes and stacks as one stream in the order of time.\nA TARGET is a name or an ID; service/NAME, task/NAME, node/NAME and stack/NAME say which is meant.',
	],
	flags: {
		follow: {short: 'f', title: 'keep printing new lines'},
		timestamps: {short: 't', title: 'print the time before each line'},
		since: {title: 'only lines since then', detail: '10m, 2h, 14:05 or 2026-11-21T14:05:00Z', value: 'TIME'},
		tail: {short: 'n', title: 'the last lines of the merged stream', detail: 'a number, or all', value: 'LINES'},
		grep: {
			title: 'only lines that match',
			detail: 'text, /regular expression/, !without, one|other, @node or @web.3',
			value: 'TEXT',
		},
		output: {
			short: 'o',
			title: 'the format',
			detail: 'text, or json with one object a line',
			value: 'FORMAT',
			completes: words('text', 'json'),
		},
		...connectionFlags,
		...helpFlag,
	},
	words: [services, services],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop logs`; an error is one sentence for the user. */
export function parseLogsOptions(argv: readonly string[], nowMs: number): Result<LogsOptions | 'help', string> {
	const line = readCommandLine(logsCommand, argv);
	if (!line.ok) return line;
	const {flags: values, words: targets} = line.value;
	if (values.help) return ok('help');
	if (targets.length === 0) return failed('Whose logs? Name a service, a task, a node or a stack.');
	const start = readStart(values.tail, values.since, nowMs);
	if (!start.ok) return start;
	const filter = parseLogFilter(values.grep ?? '');
	if (!filter.ok) return failed(`--grep: ${filter.error}.`);
	const format = values.output ?? 'text';
	if (format !== 'text' && format !== 'json') return failed(`-o ${format}: the formats are text and json.`);
	return ok({
		targets,
		isFollowing: values.follow ?? false,
		hasTimestamps: values.timestamps ?? false,
		start: start.value,
		filter: filter.value,
		format,
		connection: toConnectionFlags(values),
	});
}

/** `since` bounds what is asked for, `tail` counts in the merged whole. */
function readStart(tail: string | undefined, since: string | undefined, nowMs: number): Result<LogStart, string> {
	const from = parseSince(since ?? 'all', nowMs);
	if (!from.ok) return failed(`--since: ${from.error}.`);
	if (tail === undefined || tail === 'all') return ok({tail: undefined, since: from.value});
	if (!/^\d+$/.test(tail)) return failed(`-n ${tail}: write a number of lines, or "all".`);
	return ok({tail: Number(tail), since: from.value});
}
