import type {ConnectionFlags} from '../connection/resolve.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {builtInFixtures} from '../simulator/fixtures/built-in.ts';
import {connectionFlags, toConnectionFlags} from './command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagValues, helpFlag, words} from './command-line/declaration.ts';
import {unknownCommand} from './command-line/messages.ts';
import {readCommandLine} from './command-line/read.ts';
import {commandNames} from './command-line/route.ts';
import {closest} from './command-line/suggest.ts';

/** The command line of the dashboard, which is swarmtop without a command. */

export type DashboardOptions = {
	readonly connection: ConnectionFlags;
	readonly isReadOnly: boolean;
	/** The file that every finished action is written to, one JSON object a line. */
	readonly auditPath: string | undefined;
	/** Set when a simulated swarm is to be shown instead of a real one. */
	readonly demo: DemoOptions | undefined;
};

export type DemoOptions = {
	/** A built-in fixture's name, or a file. */
	readonly fixture: string;
	/** Simulated seconds in a real one. */
	readonly speed: number | undefined;
	readonly seed: number | undefined;
};

export const dashboardCommand = {
	name: '',
	title: 'the dashboard',
	usage: [
		'[options]               the swarm of the current docker context',
		'--demo [FIXTURE]        a simulated swarm, no engine needed',
		'get KIND [NAME...]      the lists as tables, JSON or YAML',
		'logs TARGET...          merged logs, for pipes',
		'simulate ...            the simulated swarm alone, for any Engine client',
		'config check|path|show  the configuration',
		'completion SHELL        for bash, zsh and fish',
	],
	about: ['The dashboard for Docker Swarm: nodes, services, tasks and logs on one screen.'],
	flags: {
		'read-only': {title: 'change nothing', detail: 'only GET and HEAD requests leave'},
		audit: {
			title: 'append every finished action to FILE',
			detail: 'one JSON object a line',
			value: 'FILE',
			completes: {kind: 'file'},
		},
		demo: {
			title: 'show a simulated swarm',
			detail: `${builtInFixtures.join(', ')} or a YAML file`,
			value: 'FIXTURE',
			isValueOptional: true,
			completes: words(...builtInFixtures),
		},
		speed: {title: "run the simulated swarm's clock N times as fast", value: 'N'},
		seed: {title: 'the same seed gives the same swarm', value: 'N'},
		...connectionFlags,
		...helpFlag,
		version: {short: 'v', title: 'print the version'},
	},
	notes: [
		'  swarmtop -H ssh://me@manager',
		'  swarmtop --context prod --read-only',
		'  swarmtop --demo --speed 10',
		'',
		'swarmtop help COMMAND tells more. Exit status: 0 fine, 1 failed, 2 wrong use, 3 no engine or not a manager.',
	],
	words: [],
} as const satisfies CommandDeclaration;

/** Reads the command line of the dashboard; an error is one sentence for the user. */
export function parseDashboardOptions(argv: readonly string[]): Result<DashboardOptions | 'help' | 'version', string> {
	const line = readCommandLine(dashboardCommand, argv);
	if (!line.ok) return line;
	const {flags, words: typed} = line.value;
	if (flags.help) return ok('help');
	if (flags.version) return ok('version');
	const [unknown] = typed;
	if (unknown !== undefined) return failed(unknownCommand(unknown, commandNames, closest(unknown, commandNames)));
	if (flags.audit === '') return failed('--audit takes the name of a file.');
	const demo = readDemo(flags);
	if (!demo.ok) return demo;
	return ok({
		connection: toConnectionFlags(flags),
		isReadOnly: flags['read-only'] ?? false,
		auditPath: flags.audit,
		demo: demo.value,
	});
}

type DemoFlags = Pick<FlagValues<typeof dashboardCommand.flags>, 'demo' | 'speed' | 'seed' | 'host' | 'context'>;

function readDemo({demo, speed, seed, host, context}: DemoFlags): Result<DemoOptions | undefined, string> {
	if (speed !== undefined && !(Number(speed) > 0)) return failed('--speed takes a number above 0.');
	if (seed !== undefined && (seed === '' || !Number.isInteger(Number(seed))))
		return failed('--seed takes a whole number.');
	if (demo === undefined) {
		if (speed !== undefined || seed !== undefined) return failed('--speed and --seed belong to --demo.');
		return ok(undefined);
	}
	if (host !== undefined || context !== undefined)
		return failed('--demo shows a simulated swarm: no --host, no --context.');
	const number = (text: string | undefined) => (text === undefined ? undefined : Number(text));
	return ok({fixture: demo === '' ? builtInFixtures[0] : demo, speed: number(speed), seed: number(seed)});
}
