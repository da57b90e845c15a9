import {faultUsages} from '../simulator/world/faults.ts';
import {listingIds} from '../ui/registry/listings.ts';
import {formats} from './get-options.ts';

/** What can stand on the command line, for the completions of all shells. */

/** What the next word can be. */
export type Words =
	| {readonly kind: 'words'; readonly words: readonly string[]}
	/** Names of what there is now, by the kind of list. */
	| {readonly kind: 'live'; readonly list: string}
	/** Names of the kind that the word before says: `get svc …`. */
	| {readonly kind: 'live-of-first'}
	| {readonly kind: 'file'}
	| {readonly kind: 'directory'}
	| {readonly kind: 'any'};

export type Flag = {
	/** Without the dashes. */
	readonly name: string;
	readonly short?: string;
	readonly title: string;
	/** What follows it; undefined for a flag that stands alone. */
	readonly value?: Words;
	/** It says which engine: whoever completes names from there has to be told the same. */
	readonly isConnection?: true;
};

export type Command = {
	/** '' for the dashboard. */
	readonly name: string;
	readonly title: string;
	readonly flags: readonly Flag[];
	/** Word by word; the last one repeats. */
	readonly words: readonly Words[];
};

const any: Words = {kind: 'any'};
const services: Words = {kind: 'live', list: 'services'};
const file: Words = {kind: 'file'};
const words = (...list: readonly string[]): Words => ({kind: 'words', words: list});

const help: Flag = {name: 'help', short: 'h', title: 'how it is used'};

const connection: readonly Flag[] = (
	[
		{
			name: 'host',
			short: 'H',
			title: 'the engine: unix://, tcp:// or ssh://',
			value: words('unix://', 'tcp://', 'ssh://'),
		},
		{name: 'context', short: 'c', title: 'a docker context', value: {kind: 'live', list: 'contexts'}},
		{name: 'tls', title: 'encrypted, without knowing by whom'},
		{name: 'tlsverify', title: 'encrypted, with a certificate that is checked'},
		{name: 'tlscacert', title: 'whom to trust', value: file},
		{name: 'tlscert', title: 'the own certificate', value: file},
		{name: 'tlskey', title: 'its key', value: file},
	] satisfies Flag[]
).map((flag) => ({...flag, isConnection: true}));

const fixtures = ['demo', 'large', 'empty'];
const faults = faultUsages.map((usage) => usage.split(' ')[0] ?? '');

export const commands: readonly Command[] = [
	{
		name: '',
		title: 'the dashboard',
		flags: [
			...connection,
			{name: 'read-only', title: 'change nothing'},
			{name: 'demo', title: 'a simulated swarm', value: words(...fixtures)},
			{name: 'speed', title: 'simulated seconds in a real one', value: any},
			{name: 'seed', title: 'the same seed, the same swarm', value: any},
			help,
			{name: 'version', title: 'which version it is'},
		],
		words: [],
	},
	{
		name: 'get',
		title: 'print a list',
		flags: [
			{name: 'output', short: 'o', title: 'the format', value: words(...formats)},
			{name: 'filter', short: 'f', title: 'words, !without, field=value', value: any},
			{name: 'watch', short: 'w', title: 'again at every change'},
			{name: 'all', short: 'a', title: 'also what is past or local'},
			{name: 'sort', title: 'by a column', value: any},
			{name: 'reverse', short: 'r', title: 'the other way round'},
			{name: 'no-headings', title: 'rows alone'},
			...connection,
			help,
		],
		words: [words(...listingIds), {kind: 'live-of-first'}],
	},
	{
		name: 'logs',
		title: 'print merged logs',
		flags: [
			{name: 'follow', short: 'f', title: 'go on with what comes'},
			{name: 'timestamps', short: 't', title: 'the time before each line'},
			{name: 'since', title: '10m, 14:05 or a date', value: any},
			{name: 'tail', short: 'n', title: 'the last lines', value: any},
			{name: 'grep', title: 'only lines that fit', value: any},
			{name: 'output', short: 'o', title: 'the format', value: words('text', 'json')},
			...connection,
			help,
		],
		words: [services, services],
	},
	{
		name: 'simulate',
		title: 'serve a simulated swarm',
		flags: [
			{name: 'sockets', title: 'the folder of the sockets', value: {kind: 'directory'}},
			{name: 'listen', title: 'a TCP address', value: words('tcp://127.0.0.1:23750')},
			{name: 'speed', title: 'how much faster its clock runs', value: any},
			{name: 'seed', title: 'the same seed, the same swarm', value: any},
			{name: 'api', title: 'the API version to pose with', value: any},
			{name: 'insecure-listen-anywhere', title: 'let others reach it'},
			help,
		],
		words: [words('fault', ...fixtures), words(...faults), any],
	},
	{
		name: 'config',
		title: 'the configuration',
		flags: [help],
		words: [words('path', 'check', 'show', 'schema'), file],
	},
	{name: 'completion', title: 'completions for a shell', flags: [help], words: [words('bash', 'zsh', 'fish')]},
];

/** The flag as it is typed: `--output`, `-o`. */
export const spellings = ({name, short}: Flag): string[] => [
	`--${name}`,
	...(short === undefined ? [] : [`-${short}`]),
];

/** The connection flags, which are the same for every command that has them. */
export const connectionSpellings = {
	withValue: connection.filter(({value}) => value !== undefined).flatMap(spellings),
	alone: connection.filter(({value}) => value === undefined).flatMap(spellings),
};
