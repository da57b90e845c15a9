import type {Config} from '../config/config.ts';
import {settingsFor} from '../config/contexts.ts';
import type {SwarmClient} from '../engine/client.ts';
import {sentencesOf} from '../engine/error.ts';
import {type ExecIo, runExec} from '../nodes/exec.ts';
import {type ExecTarget, findExecTargets} from '../nodes/exec-targets.ts';
import type {NodeEngines} from '../nodes/node-engines.ts';
import {systemClock} from '../runtime/clock.ts';
import {failed, ok, type Result} from '../runtime/result.ts';
import {toSafeText} from '../text/safe-text.ts';
import {helpOf} from './command-line/help.ts';
import {seeHelp} from './command-line/messages.ts';
import {type ExecCommandIo, processExecIo} from './exec-io.ts';
import {type ExecOptions, execCommand, parseExecOptions} from './exec-options.ts';
import {readNodeAccess} from './node-access.ts';
import {exitStatus, openClient} from './open-client.ts';
import {readStrictConfig} from './strict-config.ts';
import {connectedTo} from './swarm-session.ts';

/** `swarmtop exec`: a command in a container of the swarm. Gives the command's exit status. */
export async function runExecCommand(argv: readonly string[], io: ExecCommandIo = processExecIo()): Promise<number> {
	const complain = (status: number, message: string): number => {
		io.err(`swarmtop: ${message}`);
		return status;
	};
	const options = parseExecOptions(argv, io.surroundings.environment);
	if (!options.ok) return complain(exitStatus.wrongUse, `${options.error} ${seeHelp('exec')}`);
	if (options.value === 'help') {
		await io.write({stream: 'stdout', bytes: Buffer.from(`${helpOf(execCommand)}\n`)});
		return exitStatus.fine;
	}
	const {isInteractive, isTty} = options.value;
	if (isTty && isInteractive && !io.isTerminal) return complain(exitStatus.failed, notATerminal);
	const config = await readStrictConfig(io.surroundings);
	if (!config.ok) return complain(exitStatus.wrongUse, config.error);
	const client = await openClient(options.value.connection, io.surroundings);
	if (!client.ok) return complain(client.error.status, client.error.message);
	try {
		const status = await run(client.value, options.value, config.value, io);
		return status.ok ? status.value : complain(exitStatus.failed, status.error);
	} finally {
		await client.value.close();
	}
}

const clock = systemClock();

const notATerminal = '-t gives the command a terminal, and the input is none: leave out -t.';

async function run(
	client: SwarmClient,
	options: ExecOptions,
	config: Config,
	io: ExecCommandIo,
): Promise<Result<number, string>> {
	const {isReadOnly} = settingsFor(config.contexts, connectedTo(client.endpoint));
	const {surroundings} = io;
	const access = await readNodeAccess({client, rules: config.nodes, isReadOnly, surroundings, clock});
	try {
		const targets = await findExecTargets(options.target, client, access.engines);
		if (!targets.ok) return failed(sentencesOf(targets.error));
		if (options.isForAll) return ok(await inAll(targets.value, options, access.engines, io));
		const [target] = targets.value;
		if (!target) return failed(`${options.target} has no running container.`);
		return await inOne(target, options, access.engines, io);
	} finally {
		await access.close();
	}
}

function requestFor({containerId}: ExecTarget, {command, isTty, user, environment, directory}: ExecOptions) {
	return {containerId, command, isTty, user, environment, directory};
}

async function inOne(
	target: ExecTarget,
	options: ExecOptions,
	engines: NodeEngines,
	io: ExecCommandIo,
): Promise<Result<number, string>> {
	const lease = await engines.lease(target.node, {isFresh: true});
	if (!lease.ok) return failed(sentencesOf(lease.error));
	const giveBack = options.isTty && options.isInteractive ? io.takeKeys() : () => undefined;
	const {size, onResize, onClosed, write} = io;
	const around: ExecIo = {write, size, onResize, onClosed, ...(options.isInteractive && {input: io.input})};
	try {
		const end = await runExec(lease.value.engine, requestFor(target, options), around, clock);
		return end.ok ? ok(end.value.exitCode) : failed(sentencesOf(end.error));
	} finally {
		giveBack();
		lease.value.release();
	}
}

const atATime = 4;

/** A few run at a time; what they print comes task by task. The first exit status that is not 0 is the whole's. */
async function inAll(
	targets: readonly ExecTarget[],
	options: ExecOptions,
	engines: NodeEngines,
	io: ExecCommandIo,
): Promise<number> {
	const runs: Promise<Output>[] = [];
	let status = 0;
	for (const [index, target] of targets.entries()) {
		runs.push((runs[index - atATime] ?? Promise.resolve()).then(() => collect(target, options, engines)));
	}
	for (const [index, target] of targets.entries()) {
		const output = await runs[index];
		await io.write({stream: 'stdout', bytes: Buffer.from(`${target.name} on ${toSafeText(target.node.hostname)}:\n`)});
		for (const piece of output?.pieces ?? []) await io.write(piece);
		if (output?.problem !== undefined) io.err(`swarmtop: ${output.problem}`);
		else if (output?.exitCode !== 0) io.err(`exit status ${output?.exitCode}`);
		status ||= output?.exitCode ?? exitStatus.failed;
	}
	return status;
}

type Output = {
	readonly pieces: readonly {readonly stream: 'stdout' | 'stderr'; readonly bytes: Buffer}[];
	readonly exitCode: number;
	readonly problem?: string;
};

async function collect(target: ExecTarget, options: ExecOptions, engines: NodeEngines): Promise<Output> {
	const pieces: Output['pieces'][number][] = [];
	const end = await engines.ask(
		target.node,
		(engine) => runExec(engine, requestFor(target, options), {write: (piece) => pieces.push(piece)}, clock),
		{isFresh: true},
	);
	if (!end.ok) return {pieces, exitCode: exitStatus.failed, problem: sentencesOf(end.error)};
	return {pieces, exitCode: end.value.exitCode};
}
