import {isIP} from 'node:net';
import {failed, ok, type Result} from '../runtime/result.ts';
import {poses} from '../simulator/api/version.ts';
import {builtInFixtures} from '../simulator/fixtures/built-in.ts';
import {faultUsages} from '../simulator/fixtures/fault.ts';
import {type CommandDeclaration, type FlagValues, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop simulate` and `swarmtop simulate fault`. */

type Tcp = {readonly host: string; readonly port: number};

export type SimulateOptions = {
	/** A built-in fixture's name or a file. */
	readonly fixture: string | undefined;
	readonly sockets: string | undefined;
	readonly listen: Tcp | undefined;
	/** Undefined: what the fixture says. */
	readonly speed: number | undefined;
	readonly seed: number | undefined;
	readonly apiVersion: string | undefined;
};

export type FaultOptions = {readonly words: readonly string[]; readonly sockets: string};

export const simulateCommand = {
	name: 'simulate',
	title: 'serve a simulated swarm',
	usage: [
		'simulate [FIXTURE] --sockets DIR | --listen tcp://127.0.0.1:23750',
		'simulate fault FAULT [NODE] --sockets DIR',
	],
	about: [
		'Serves a simulated swarm for any Engine client, until it is interrupted; or does something to a simulator that runs.',
	],
	flags: {
		sockets: {title: "serve each node's engine at DIR/NODE/docker.sock", value: 'DIR', completes: {kind: 'directory'}},
		listen: {
			title: 'serve at TCP ports of this machine',
			detail: 'the first node at that port, the others at the ports after it',
			value: 'URL',
			completes: words('tcp://127.0.0.1:23750'),
		},
		speed: {title: "run the swarm's clock N times as fast", value: 'N'},
		seed: {title: 'the same seed and the same requests give the same swarm', value: 'N'},
		api: {title: 'pose as an engine of that API version', value: 'VERSION'},
		'insecure-listen-anywhere': {
			title: 'let --listen take an address that others can reach',
			detail: 'whoever reaches it controls the simulator',
		},
		...helpFlag,
	},
	notes: ['Faults:', ...faultUsages.map((usage) => `  ${usage}`)],
	words: [
		words('fault', ...builtInFixtures),
		words(...faultUsages.map((usage) => usage.split(' ')[0] ?? '')),
		{kind: 'any'},
	],
} as const satisfies CommandDeclaration;

type SimulateCommand =
	| {readonly kind: 'help'}
	| {readonly kind: 'serve'; readonly options: SimulateOptions}
	| {readonly kind: 'fault'; readonly options: FaultOptions};

/** Reads what follows `swarmtop simulate`; an error is one sentence for the user. */
export function parseSimulate(argv: readonly string[]): Result<SimulateCommand, string> {
	const line = readCommandLine(simulateCommand, argv);
	if (!line.ok) return line;
	const {flags: values, words: positionals} = line.value;
	if (values.help) return ok({kind: 'help'});
	if (positionals[0] === 'fault') {
		if (values.sockets === undefined) return failed('Which simulator? Name its folder with --sockets DIR.');
		return ok({kind: 'fault', options: {words: positionals.slice(1), sockets: values.sockets}});
	}
	if (positionals.length > 1) return failed(`One fixture at a time: "${positionals.slice(1).join(' ')}" is too much.`);
	return serveOptions(positionals[0], values);
}

type Values = FlagValues<typeof simulateCommand.flags>;

function serveOptions(fixture: string | undefined, values: Values): Result<SimulateCommand, string> {
	const {sockets, api} = values;
	if (sockets === undefined && values.listen === undefined) {
		return failed('Where to serve it? Give --sockets DIR or --listen tcp://127.0.0.1:PORT.');
	}
	if (sockets !== undefined && values.listen !== undefined) {
		return failed('Serve it with --sockets or with --listen, not with both.');
	}
	const speed = values.speed === undefined ? undefined : Number(values.speed);
	if (speed !== undefined && !(speed > 0 && speed <= 1000))
		return failed(`--speed takes a number above 0 and up to 1000, not "${values.speed}".`);
	const seed = values.seed === undefined ? undefined : Number(values.seed);
	if (seed !== undefined && (!Number.isSafeInteger(seed) || seed < 0 || values.seed === '')) {
		return failed(`--seed takes a whole number, not "${values.seed}".`);
	}
	if (api !== undefined && !poses.includes(api)) {
		return failed(`--api takes a version from ${poses[0]} to ${poses.at(-1)}, not "${api}".`);
	}
	const listen = parseListen(values.listen, values['insecure-listen-anywhere'] === true);
	if (!listen.ok) return listen;
	return ok({kind: 'serve', options: {fixture, sockets, listen: listen.value, speed, seed, apiVersion: api}});
}

function parseListen(text: string | undefined, anywhere: boolean): Result<Tcp | undefined, string> {
	if (text === undefined) return ok(undefined);
	const match = /^tcp:\/\/(\[[0-9a-fA-F:.]+\]|[^:/[\]]+):(\d{1,5})\/?$/.exec(text);
	const host = match?.[1]?.replace(/^\[|\]$/g, '') ?? '';
	const port = Number(match?.[2]);
	if (!match || port > 65_535) return failed(`--listen takes tcp://ADDRESS:PORT, not "${text}".`);
	if (!isLoopback(host) && !anywhere) {
		return failed(`--listen ${text} could be reached by others: use 127.0.0.1, or add --insecure-listen-anywhere.`);
	}
	return ok({host, port});
}

const isLoopback = (host: string): boolean =>
	host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
