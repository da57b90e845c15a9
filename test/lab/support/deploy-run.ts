import {readFileSync} from 'node:fs';
import {runPlan, runVerb} from '../../../source/commands/change/change.ts';
import type {ChangeIo} from '../../../source/commands/change/io.ts';
import {runRedeploy} from '../../../source/commands/redeploy/redeploy.ts';
import {runStack} from '../../../source/commands/stack.ts';
import {runWait} from '../../../source/commands/wait/wait.ts';
import {systemClock} from '../../../source/runtime/clock.ts';

export type DeployRun = {readonly status: number; readonly out: string; readonly err: string};

export type DeployRunOptions = {
	readonly environment?: Readonly<Record<string, string>>;
	/** What the person answers; nobody is there to be asked without it. */
	readonly answer?: string;
	/** What comes on standard input. */
	readonly input?: string;
	/** The questions are kept here. */
	readonly asked?: string[];
	/** Hears each thing that is printed, as it is. */
	readonly onOut?: (text: string) => void;
	readonly interrupted?: ChangeIo['interrupted'];
	/** The time of a swarm that is simulated faster; default the machine's. */
	readonly pace?: ChangeIo['pace'];
};

const ownCommands: Readonly<Record<string, (argv: readonly string[], io: ChangeIo) => Promise<number>>> = {
	plan: runPlan,
	redeploy: runRedeploy,
	stack: runStack,
	wait: runWait,
};

/** Runs `swarmtop VERB …`, `swarmtop plan …`, `swarmtop redeploy` or `swarmtop stack` as a shell would. */
export async function deploy(
	[command = '', ...argv]: readonly string[],
	{
		environment = {},
		answer,
		input = '',
		asked = [],
		onOut,
		interrupted = new Promise(() => undefined),
		pace = systemClock(),
	}: DeployRunOptions = {},
): Promise<DeployRun> {
	const out: string[] = [];
	const err: string[] = [];
	const io: ChangeIo = {
		out: (text) => {
			out.push(text);
			onOut?.(text);
		},
		err: (text) => err.push(text),
		interrupted,
		pace,
		terminal: undefined,
		surroundings: {environment: {PATH: process.env['PATH'], ...environment}, homeDirectory: '/nonexistent'},
		ask:
			answer === undefined
				? undefined
				: async (question) => {
						asked.push(question);
						return answer;
					},
		read: (file) => (file === '-' ? Buffer.from(input) : readFileSync(file)),
	};
	const own = ownCommands[command];
	const status = await (own ? own(argv, io) : runVerb(command, argv, io));
	return {status, out: out.join('\n'), err: err.join('\n')};
}
