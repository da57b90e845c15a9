import {parseArgs} from 'node:util';
import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type Filter, parseFilter} from '../ui/filter/filter.ts';
import {findListing, type ListingId, listingIds, listingOf, shortNames} from '../ui/registry/listings.ts';
import {connectionOptions, connectionUsage, toConnectionFlags} from './connection-options.ts';

/** The command line of `swarmtop get`. */

export const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;
export type Format = (typeof formats)[number];

export type GetOptions = {
	readonly kind: ListingId;
	/** Names or IDs; none: all. */
	readonly words: readonly string[];
	readonly format: Format;
	readonly filter: Filter;
	/** A column's ID; undefined for the list's own order. */
	readonly sortBy: string | undefined;
	readonly isReversed: boolean;
	readonly isWatching: boolean;
	readonly isAll: boolean;
	readonly hasHeadings: boolean;
	readonly connection: ConnectionFlags;
};

const kindLines = listingIds.map((id) => `  ${id.padEnd(11)}${[listingOf(id).singular, ...shortNames[id]].join(', ')}`);

export const getUsage = `swarmtop get KIND [NAME...] [-o table|wide|json|yaml|name] [-f FILTER] [-w]

Prints what the screen shows: of the whole swarm, or what is named. Changes nothing.

KIND is one of these, or short:
${kindLines.join('\n')}

  -o, --output FORMAT
                     table: as wide as the terminal; wide: all columns, uncut, with IDs;
                     json, yaml: the engine's own objects; name: names alone
  -f, --filter FILTER
                     words, !without, field=value, ~letters: as / on the screen
  -w, --watch        again whenever something has changed; in JSON and YAML the changes alone
  -a, --all          tasks: the older ones too; networks, events: also the engine's own
      --sort COLUMN  by a column's title;  -r, --reverse  the other way round
      --no-headings  rows alone
${connectionUsage}

  swarmtop get svc -f state=failing
  swarmtop get ps web -o wide
  swarmtop get no -o json | jq -r '.[].Description.Hostname'`;

const optionTypes = {
	output: {type: 'string', short: 'o'},
	filter: {type: 'string', short: 'f', multiple: true},
	watch: {type: 'boolean', short: 'w'},
	all: {type: 'boolean', short: 'a'},
	sort: {type: 'string'},
	reverse: {type: 'boolean', short: 'r'},
	'no-headings': {type: 'boolean'},
	help: {type: 'boolean', short: 'h'},
	...connectionOptions,
} as const;

/** Reads what follows `swarmtop get`; an error is one sentence for the user. */
export function parseGetOptions(argv: readonly string[]): Result<GetOptions | 'help', string> {
	const parsed = tryParse(argv);
	if (!parsed.ok) return parsed;
	const {values, positionals} = parsed.value;
	if (values.help) return ok('help');
	const [kindWord, ...words] = positionals;
	if (kindWord === undefined) return failed(`Get what? ${listingIds.join(', ')}.`);
	const kind = findListing(kindWord);
	if (!kind) return failed(`There is no kind "${kindWord}": ${listingIds.join(', ')}.`);
	const format = formats.find((each) => each === (values.output ?? 'table'));
	if (!format) return failed(`-o ${values.output}: the formats are ${formats.join(', ')}.`);
	const sortBy = readSort(kind, values.sort);
	if (!sortBy.ok) return sortBy;
	return ok({
		kind,
		words,
		format,
		filter: parseFilter((values.filter ?? []).join(' ')),
		sortBy: sortBy.value,
		isReversed: values.reverse ?? false,
		isWatching: values.watch ?? false,
		isAll: values.all ?? false,
		hasHeadings: !values['no-headings'],
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

/** A column by its ID or its title, in any case. */
function readSort(kind: ListingId, word: string | undefined): Result<string | undefined, string> {
	if (word === undefined) return ok(undefined);
	const sortable = listingOf(kind).columns.filter(({compare}) => compare !== undefined);
	const wanted = word.toLowerCase();
	const column = sortable.find(({id, title}) => id === wanted || title.toLowerCase() === wanted);
	if (column) return ok(column.id);
	return failed(`--sort ${word}: the columns of ${kind} are ${sortable.map(({id}) => id).join(', ')}.`);
}
