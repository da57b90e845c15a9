import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {type Filter, parseFilter} from '../ui/filter/filter.ts';
import type {KindId} from '../ui/kinds/kind-id.ts';
import {findListing, listingIds, listingOf, wordsFor} from '../ui/kinds/listings.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagValues, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';
import {closest} from './command-line/suggest.ts';
import {readTemplate, type Template} from './get-format.ts';
import {oneFormat, unknownField, unknownKind} from './get-messages.ts';

/** The command line of `swarmtop get`. */

const formats = ['table', 'wide', 'json', 'yaml', 'name'] as const;
/** `template` is what --format asks for, `id` what --quiet does. */
export type Format = (typeof formats)[number] | 'template' | 'id';

export type GetOptions = {
	readonly kind: KindId;
	/** Names or IDs; none: all. */
	readonly words: readonly string[];
	readonly format: Format;
	/** Of the format `template`. */
	readonly template: Template | undefined;
	/** IDs, images and errors as short as docker has them, cells cut to the terminal's width. */
	readonly isTruncated: boolean;
	readonly filter: Filter;
	/** A column's ID; undefined for the list's own order. */
	readonly sortBy: string | undefined;
	readonly isReversed: boolean;
	readonly isWatching: boolean;
	readonly isAll: boolean;
	readonly hasHeadings: boolean;
	readonly connection: ConnectionFlags;
};

const kindLines = listingIds.map((id) => `  ${id.padEnd(11)}${wordsFor(id).slice(1).join(', ')}`);

export const getCommand = {
	name: 'get',
	title: 'print a list',
	usage: ['get KIND [NAME...] [-o FORMAT | --format TEMPLATE | -q] [-f FILTER] [-w]'],
	about: [
		'Prints what the screen shows: of the whole swarm, or what is named. Changes nothing.',
		`KIND is one of these, or short:\n${kindLines.join('\n')}`,
	],
	flags: {
		output: {
			short: 'o',
			title: 'the format',
			detail:
				"table (as wide as the terminal), wide (all columns, uncut, with IDs), json or yaml (the engine's own objects), name",
			value: 'FORMAT',
			completes: words(...formats),
		},
		format: {
			title: "docker's format",
			detail: "json, table, or a Go template with the fields of docker's own list: '{{.ID}} {{.Name}}'",
			value: 'TEMPLATE',
			completes: words('json', 'table'),
		},
		quiet: {short: 'q', title: 'print IDs alone'},
		'no-trunc': {title: 'cut nothing off', detail: 'IDs, images and errors whole'},
		filter: {
			short: 'f',
			title: 'words, !without, field=value, ~letters',
			detail: 'as / on the screen',
			value: 'FILTER',
			isMultiple: true,
		},
		watch: {short: 'w', title: 'print again after each change', detail: 'in JSON and YAML the changes alone'},
		all: {short: 'a', title: "also older tasks, and the engine's own networks and events"},
		sort: {title: 'sort by a column', value: 'COLUMN'},
		reverse: {short: 'r', title: 'reverse the order'},
		'no-headings': {title: 'print rows alone'},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		'  swarmtop get svc -f state=failing',
		'  swarmtop get ps web -o wide',
		"  swarmtop get no -o json | jq -r '.[].Description.Hostname'",
		"  swarmtop get svc --format 'table {{.Name}}\\t{{.Replicas}}'",
	],
	words: [words(...listingIds), {kind: 'live-of-first'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop get`; an error is one sentence for the user. */
export function parseGetOptions(argv: readonly string[]): Result<GetOptions | 'help', string> {
	const line = readCommandLine(getCommand, argv);
	if (!line.ok) return line;
	const {flags: values} = line.value;
	if (values.help) return ok('help');
	const [kindWord, ...names] = line.value.words;
	if (kindWord === undefined) return failed(`Get what? ${listingIds.join(', ')}.`);
	const kind = findListing(kindWord);
	if (!kind) return failed(unknownKind(kindWord, listingIds, closest(kindWord, listingIds)));
	const format = readFormat(kind, values);
	if (!format.ok) return format;
	const filter = readFilter(kind, values.filter ?? []);
	if (!filter.ok) return filter;
	const sortBy = readSort(kind, values.sort);
	if (!sortBy.ok) return sortBy;
	return ok({
		kind,
		words: names,
		...format.value,
		isTruncated: !values['no-trunc'],
		filter: filter.value,
		sortBy: sortBy.value,
		isReversed: values.reverse ?? false,
		isWatching: values.watch ?? false,
		isAll: values.all ?? false,
		hasHeadings: !values['no-headings'],
		connection: toConnectionFlags(values),
	});
}

type FormatFlags = Pick<FlagValues<typeof getCommand.flags>, 'output' | 'format' | 'quiet'>;

function readFormat(
	kind: KindId,
	{output, format: typed, quiet}: FormatFlags,
): Result<Pick<GetOptions, 'format' | 'template'>, string> {
	const given = [
		...(output === undefined ? [] : ['--output']),
		...(typed === undefined ? [] : ['--format']),
		...(quiet ? ['--quiet'] : []),
	];
	if (given.length > 1) return failed(oneFormat(given));
	if (quiet) return ok({format: 'id', template: undefined});
	if (typed !== undefined) {
		const template = readTemplate(kind, typed);
		return template.ok ? ok({format: 'template', template: template.value}) : template;
	}
	const format = formats.find((each) => each === (output ?? 'table'));
	if (!format) return failed(`-o ${output}: the formats are ${formats.join(', ')}.`);
	return ok({format, template: undefined});
}

/** On the screen an unknown field is a plain word, while one types it; here it is a mistake, and nothing would be found. */
function readFilter(kind: KindId, texts: readonly string[]): Result<Filter, string> {
	const filter = parseFilter(texts.join(' '));
	const fields = Object.keys(listingOf(kind).filterable.fields);
	const unknown = filter.terms.find((term) => term.kind === 'field' && !fields.includes(term.field));
	if (!unknown) return ok(filter);
	return failed(unknownField(unknown.field, kind, fields, closest(unknown.field, fields)));
}

/** A column by its ID or its title, in any case. */
function readSort(kind: KindId, word: string | undefined): Result<string | undefined, string> {
	if (word === undefined) return ok(undefined);
	const sortable = listingOf(kind).columns.filter(({compare}) => compare !== undefined);
	const wanted = word.toLowerCase();
	const column = sortable.find(({id, title}) => id === wanted || title.toLowerCase() === wanted);
	if (column) return ok(column.id);
	return failed(`--sort ${word}: the columns of ${kind} are ${sortable.map(({id}) => id).join(', ')}.`);
}
