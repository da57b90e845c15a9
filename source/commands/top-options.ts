import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';
import {noSuchKind, noSuchOrder, noSuchTopFormat} from './top-messages.ts';

/** The command line of `swarmtop top`. */

const topKinds = ['services', 'tasks', 'nodes', 'stacks'] as const;
export type TopKind = (typeof topKinds)[number];

const shortKinds: Readonly<Record<string, TopKind>> = {
	service: 'services',
	svc: 'services',
	task: 'tasks',
	ps: 'tasks',
	node: 'nodes',
	no: 'nodes',
	stack: 'stacks',
	stk: 'stacks',
};

/** By the words that people type for them: the columns of the lists. */
export const topOrders = {
	cpu: 'cpu-used',
	mem: 'mem-used',
	limit: 'mem-of-limit',
	reserved: 'mem-of-reserved',
	net: 'net',
	disk: 'disk',
	name: undefined,
} as const;
export type TopOrder = keyof typeof topOrders;

const orders = Object.keys(topOrders) as TopOrder[];
const formats = ['table', 'json'] as const;

export type TopOptions = {
	readonly kind: TopKind;
	/** Names or IDs; none: all. */
	readonly words: readonly string[];
	readonly isOnce: boolean;
	readonly format: (typeof formats)[number];
	readonly order: TopOrder;
	readonly connection: ConnectionFlags;
};

export const topCommand = {
	name: 'top',
	title: 'show what services, tasks, nodes and stacks use',
	usage: ['top [services|tasks|nodes|stacks] [NAME...] [--once] [-o table|json] [--sort COLUMN]'],
	about: [
		"Shows CPU, memory, network and disk as the nodes' own engines count them, what uses most first, and again\nevery two seconds until Ctrl-C. Changes nothing.",
		'What no engine says is blank, and a sentence names the node that could not be reached. A service, node or\nstack has a sum once all of its running tasks are known.',
	],
	flags: {
		once: {title: 'print it once, for pipes and scripts'},
		output: {
			short: 'o',
			title: 'the format',
			detail: 'table, or json: an array in bytes, bytes a second and percent of one CPU; null is not known',
			value: 'FORMAT',
			completes: words(...formats),
		},
		sort: {
			title: 'what comes first',
			detail: 'cpu, mem, limit or reserved (memory as a share of them), net, disk, name',
			value: 'COLUMN',
			completes: words(...orders),
		},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		'  swarmtop top',
		'  swarmtop top tasks web --sort mem',
		"  swarmtop top nodes --once -o json | jq '.[] | {name, memoryBytes}'",
		'Ways to nodes: docs/nodes.md.',
	],
	words: [words(...topKinds), {kind: 'live-of-first'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop top`; an error is one sentence for the user. */
export function parseTopOptions(argv: readonly string[]): Result<TopOptions | 'help', string> {
	const line = readCommandLine(topCommand, argv);
	if (!line.ok) return line;
	const {flags} = line.value;
	if (flags.help) return ok('help');
	const [word = 'services', ...names] = line.value.words;
	const kind = topKinds.find((each) => each === word) ?? shortKinds[word];
	if (kind === undefined) return failed(noSuchKind(word, topKinds));
	const format = formats.find((each) => each === (flags.output ?? 'table'));
	if (format === undefined) return failed(noSuchTopFormat(flags.output ?? '', formats));
	const order = orders.find((each) => each === (flags.sort ?? 'cpu').toLowerCase());
	if (order === undefined) return failed(noSuchOrder(flags.sort ?? '', orders));
	return ok({
		kind,
		words: names,
		isOnce: flags.once ?? false,
		format,
		order,
		connection: toConnectionFlags(flags),
	});
}
