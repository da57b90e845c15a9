import {parseDuration} from '../config/duration.ts';
import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagValues, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command lines of `swarmtop deploy` and `swarmtop plan`. */

const resolveModes = ['always', 'changed', 'never'] as const;
const formats = ['text', 'json'] as const;

export type DeployCommandOptions = {
	readonly stack: string;
	readonly files: readonly string[];
	readonly resolveImage: (typeof resolveModes)[number];
	readonly sendsLogin: boolean;
	readonly isPruning: boolean;
	/** The plan alone: nothing is changed. */
	readonly isDryRun: boolean;
	/** Nobody is asked. */
	readonly isConsented: boolean;
	readonly waits: boolean;
	readonly timeoutMs: number;
	readonly format: (typeof formats)[number];
	readonly auditPath: string | undefined;
	readonly connection: ConnectionFlags;
};

const {context, ...otherConnectionFlags} = connectionFlags;
const {short: _, ...contextFlag} = context;

const stackFlags = {
	'compose-file': {
		short: 'c',
		title: 'the stack file',
		detail: '- for standard input; given several times, the later ones come on top',
		value: 'FILE',
		completes: {kind: 'file'},
		isMultiple: true,
	},
	'resolve-image': {
		title: 'when to ask registries for digests',
		detail: 'always, changed, never',
		value: 'MODE',
		completes: words(...resolveModes),
	},
	'with-registry-auth': {title: 'send your registry login to the nodes'},
	prune: {title: 'remove services that the file no longer has'},
	output: {short: 'o', title: 'the format', detail: 'text, json', value: 'FORMAT', completes: words(...formats)},
} as const;

// -c is the stack file here, as it is with docker stack deploy.
const engineFlags = {...otherConnectionFlags, context: contextFlag, ...helpFlag} as const;

export const deployCommand = {
	name: 'deploy',
	title: 'deploy a stack, and wait until it runs',
	usage: ['deploy -c FILE [-c FILE...] [--yes] STACK'],
	about: [
		'Does what docker stack deploy does, as far as it changes anything: says what will happen, asks,\nand waits until every service has converged or failed.',
	],
	flags: {
		...stackFlags,
		yes: {short: 'y', title: "don't ask"},
		detach: {short: 'd', title: "don't wait for the services"},
		'no-wait': {title: 'the same as --detach'},
		timeout: {title: 'give up waiting after this time', detail: '10m by default', value: 'TIME'},
		audit: {title: 'append each finished action to a file', value: 'FILE', completes: {kind: 'file'}},
		...engineFlags,
	},
	notes: [
		'Exit codes: 0 deployed or nothing to do, 1 failed, 2 wrong use, 3 no engine.',
		'  swarmtop deploy -c shop.yaml -c shop.prod.yaml --yes shop',
	],
	words: [{kind: 'live', list: 'stacks'}],
} as const satisfies CommandDeclaration;

export const planCommand = {
	name: 'plan',
	title: 'say what a deployment would do',
	usage: ['plan deploy -c FILE [-c FILE...] STACK'],
	about: ['Prints what swarmtop deploy would do. Changes nothing.'],
	flags: {...stackFlags, ...engineFlags},
	notes: [
		'Exit codes: 0 nothing would change, 10 something would, 11 it would with danger, 1 failed, 2 wrong use, 3 no engine.',
		'  swarmtop plan deploy -c shop.yaml -o json shop',
	],
	words: [words('deploy'), {kind: 'live', list: 'stacks'}],
} as const satisfies CommandDeclaration;

const usualTimeout = '10m';

/** Reads what follows `swarmtop deploy`; an error is one sentence for the user. */
export function parseDeployOptions(argv: readonly string[]): Result<DeployCommandOptions | 'help', string> {
	const line = readCommandLine(deployCommand, argv);
	if (!line.ok) return line;
	const {flags} = line.value;
	if (flags.help) return ok('help');
	const common = commonOptions(flags, line.value.words);
	if (!common.ok) return common;
	const timeoutMs = parseDuration(flags.timeout ?? usualTimeout);
	if (timeoutMs === undefined) return failed(`--timeout ${flags.timeout}: a time is 30s, 5m or 1h.`);
	return ok({
		...common.value,
		isDryRun: false,
		isConsented: flags.yes ?? false,
		waits: !flags.detach && !flags['no-wait'],
		timeoutMs,
		auditPath: flags.audit,
	});
}

/** Reads what follows `swarmtop plan`; an error is one sentence for the user. */
export function parsePlanOptions(argv: readonly string[]): Result<DeployCommandOptions | 'help', string> {
	const line = readCommandLine(planCommand, argv);
	if (!line.ok) return line;
	const {flags} = line.value;
	if (flags.help) return ok('help');
	const [what, ...names] = line.value.words;
	if (what !== 'deploy')
		return failed(what === undefined ? 'Plan what? deploy.' : `"plan ${what}" is not known: deploy.`);
	const common = commonOptions(flags, names);
	if (!common.ok) return common;
	return ok({...common.value, isDryRun: true, isConsented: false, waits: false, timeoutMs: 0, auditPath: undefined});
}

type Common = Pick<
	DeployCommandOptions,
	'stack' | 'files' | 'resolveImage' | 'sendsLogin' | 'isPruning' | 'format' | 'connection'
>;

function commonOptions(
	flags: FlagValues<typeof stackFlags & typeof engineFlags>,
	[stack, ...more]: readonly string[],
): Result<Common, string> {
	if (stack === undefined) return failed('Name the stack.');
	if (more.length > 0) return failed(`One stack at a time: "${more.join(' ')}" is too much.`);
	if (!isStackName(stack)) return failed(`"${stack}" is no stack's name: letters, digits, - and _.`);
	const files = flags['compose-file'] ?? [];
	if (files.length === 0) return failed('Name the stack file: -c FILE.');
	if (files.filter((file) => file === '-').length > 1)
		return failed('Standard input can be read once: -c - is given twice.');
	const resolveImage = resolveModes.find((mode) => mode === (flags['resolve-image'] ?? 'always'));
	if (!resolveImage) return failed(`--resolve-image ${flags['resolve-image']}: it is always, changed or never.`);
	const format = formats.find((each) => each === (flags.output ?? 'text'));
	if (!format) return failed(`-o ${flags.output}: the formats are ${formats.join(', ')}.`);
	return ok({
		stack,
		files,
		resolveImage,
		sendsLogin: flags['with-registry-auth'] ?? false,
		isPruning: flags.prune ?? false,
		format,
		connection: toConnectionFlags(flags),
	});
}

const isStackName = (name: string): boolean => /^[a-z0-9][a-z0-9_-]*$/i.test(name);
