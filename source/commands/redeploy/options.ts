import {parseDuration} from '../../config/duration.ts';
import type {ConnectionFlags} from '../../connection/resolve.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {connectionFlags, toConnectionFlags} from '../command-line/connection-flags.ts';
import {type CommandDeclaration, helpFlag, words} from '../command-line/declaration.ts';
import {readCommandLine} from '../command-line/read.ts';
import {type LabelRule, parseLabelRule, usualLabels} from './candidates.ts';
import {bothModes, noLabel, noTime, tooOften, unknownFormat} from './messages.ts';

/** The command line of `swarmtop redeploy`. */

const formats = ['json', 'text'] as const;

export type RedeployOptions = {
	readonly labels: readonly LabelRule[];
	/** Undefined: one round. */
	readonly everyMs: number | undefined;
	readonly isDryRun: boolean;
	readonly timeoutMs: number;
	readonly rollsBack: boolean;
	readonly format: (typeof formats)[number];
	/** Where digests that failed are kept; undefined: the usual place. */
	readonly stateFile: string | undefined;
	readonly connection: ConnectionFlags;
};

/** Registries count questions. */
const leastMs = 10_000;

export const redeployCommand = {
	name: 'redeploy',
	title: 'move labelled services to the newer image of their tag',
	usage: ['redeploy [--once] [--dry-run]', 'redeploy --watch [--every 5m]'],
	about: [
		"Asks the registries, through the engine, for the digest of each labelled service's tag. Where it is newer, updates the services\none after another, and waits until each has converged. A failure is left to the update settings of the service; that digest is\nnot tried again.",
		`Labels of the service: ${usualLabels.map(({text}) => text).join(' or ')}.`,
	],
	flags: {
		watch: {title: 'keep checking'},
		every: {title: 'how often with --watch', detail: '5m by default', value: 'TIME'},
		once: {title: 'look once', detail: 'the default'},
		'dry-run': {title: 'say what is newer and change nothing'},
		label: {
			title: 'services with this label instead',
			detail: 'several times for several',
			value: 'KEY[=VALUE]',
			completes: {kind: 'any'},
			isMultiple: true,
		},
		timeout: {title: 'give up waiting for a service after this time', detail: '10m by default', value: 'TIME'},
		'rollback-on-failure': {title: 'roll back what does not converge', detail: 'whatever its settings say'},
		state: {title: 'where digests that failed are kept', value: 'FILE', completes: {kind: 'file'}},
		output: {
			short: 'o',
			title: 'the format',
			detail: `${formats.join(', ')}; json, one object per line, by default`,
			value: 'FORMAT',
			completes: words(...formats),
		},
		...connectionFlags,
		...helpFlag,
	},
	notes: [
		'Exit codes: 0 done or nothing to do, 1 something failed or could not be told, 2 wrong use, 3 no engine;\n10 with --dry-run where something is newer.',
		'As a service of the swarm: docs/redeploy.md.',
	],
	words: [],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop redeploy`; an error is one sentence for the user. */
export function parseRedeployOptions(argv: readonly string[]): Result<RedeployOptions | 'help', string> {
	const line = readCommandLine(redeployCommand, argv);
	if (!line.ok) return line;
	const {flags} = line.value;
	if (flags.help) return ok('help');
	if (flags.watch && (flags.once || flags['dry-run'])) return failed(bothModes);
	const everyMs = parseDuration(flags.every ?? '5m');
	if (everyMs === undefined) return failed(noTime('every', flags.every ?? ''));
	if (everyMs < leastMs) return failed(tooOften(leastMs));
	const timeoutMs = parseDuration(flags.timeout ?? '10m');
	if (timeoutMs === undefined) return failed(noTime('timeout', flags.timeout ?? ''));
	const format = formats.find((each) => each === (flags.output ?? 'json'));
	if (!format) return failed(unknownFormat(flags.output ?? '', formats));
	const labels: LabelRule[] = [];
	for (const text of flags.label ?? []) {
		const rule = parseLabelRule(text);
		if (!rule) return failed(noLabel(text));
		labels.push(rule);
	}
	return ok({
		labels: labels.length > 0 ? labels : usualLabels,
		everyMs: flags.watch ? everyMs : undefined,
		isDryRun: flags['dry-run'] ?? false,
		timeoutMs,
		rollsBack: flags['rollback-on-failure'] ?? false,
		format,
		stateFile: flags.state,
		connection: toConnectionFlags(flags),
	});
}
