import {parseArgs} from 'node:util';
import type {ConnectionFlags} from '../connection/resolve.ts';
import {type LogFilter, parseLogFilter} from '../logs/log-filter.ts';
import {type LogStart, parseSince} from '../logs/log-since.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionOptions, connectionUsage, toConnectionFlags} from './connection-options.ts';

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

export const logsUsage = `swarmtop logs TARGET... [-f] [-t] [--since TIME] [-n LINES] [--grep TEXT] [-o text|json]

Prints the logs of services, tasks, nodes and stacks as one stream in the order of time.
A TARGET is a name or an ID; service/NAME, task/NAME, node/NAME and stack/NAME say which is meant.

  -f, --follow       go on with what comes
  -t, --timestamps   the time before each line
      --since TIME   10m, 2h, 14:05 or 2026-11-21T14:05:00Z
  -n, --tail LINES   the last lines of the whole, or "all" (all)
      --grep TEXT    text, /regular expression/, !without, one|other, @node or @web.3
  -o, --output KIND  text or json, one object per line
${connectionUsage}`;

const optionTypes = {
	follow: {type: 'boolean', short: 'f'},
	timestamps: {type: 'boolean', short: 't'},
	since: {type: 'string'},
	tail: {type: 'string', short: 'n'},
	grep: {type: 'string'},
	output: {type: 'string', short: 'o'},
	help: {type: 'boolean', short: 'h'},
	...connectionOptions,
} as const;

/** Reads what follows `swarmtop logs`; an error is one sentence for the user. */
export function parseLogsOptions(argv: readonly string[], nowMs: number): Result<LogsOptions | 'help', string> {
	const parsed = tryParse(argv);
	if (!parsed.ok) return parsed;
	const {values, positionals} = parsed.value;
	if (values.help) return ok('help');
	if (positionals.length === 0) return failed('Whose logs? Name a service, a task, a node or a stack.');
	const start = readStart(values.tail, values.since, nowMs);
	if (!start.ok) return start;
	const filter = parseLogFilter(values.grep ?? '');
	if (!filter.ok) return failed(`--grep: ${filter.error}.`);
	const format = values.output ?? 'text';
	if (format !== 'text' && format !== 'json') return failed(`-o ${format}: the formats are text and json.`);
	return ok({
		targets: positionals,
		isFollowing: values.follow ?? false,
		hasTimestamps: values.timestamps ?? false,
		start: start.value,
		filter: filter.value,
		format,
		connection: toConnectionFlags(values),
	});
}

function tryParse(argv: readonly string[]) {
	try {
		return ok(parseArgs({args: [...argv], options: optionTypes, allowPositionals: true}));
	} catch (error) {
		if (error instanceof TypeError) return failed(`${error.message.split('. ')[0]}.`);
		throw error;
	}
}

/** `since` bounds what is asked for, `tail` counts in the merged whole. */
function readStart(tail: string | undefined, since: string | undefined, nowMs: number): Result<LogStart, string> {
	const from = parseSince(since ?? 'all', nowMs);
	if (!from.ok) return failed(`--since: ${from.error}.`);
	if (tail === undefined || tail === 'all') return ok({tail: undefined, since: from.value});
	if (!/^\d+$/.test(tail)) return failed(`-n ${tail}: write a number of lines, or "all".`);
	return ok({tail: Number(tail), since: from.value});
}
