import type {Duplex} from 'node:stream';
import type {EngineEvent} from '../../../wire/event.ts';
import {bool, field, optional, slice, string, strings, structFor, uint16} from '../../../wire/spec/go-types.ts';
import type {Container} from '../../contract.ts';
import type {ShellSession} from '../../inside-container.ts';
import {type Answer, bodyOf, type Call, empty, type Handler, json, param} from '../call.ts';
import {containerOf} from '../containers/find.ts';
import {ExecTerminal} from '../exec-terminal.ts';
import type {ExecInstance} from '../local-state.ts';
import {head} from '../logs/frames.ts';
import {badRequest, notFound, Refused} from '../refusal.ts';
import {type Route, route} from '../router.ts';

/** `docker exec`: made on a container, started on a connection of its own, asked for its exit code (moby daemon/exec.go). */

type ExecBody = {
	User: string;
	Privileged: boolean;
	Tty: boolean;
	AttachStdin: boolean;
	AttachStderr: boolean;
	AttachStdout: boolean;
	Detach: boolean;
	DetachKeys: string;
	Env: string[];
	WorkingDir: string;
	Cmd: string[];
};

const execRequest = structFor<ExecBody>('types.ExecConfig', {
	User: field(string),
	Privileged: field(bool),
	Tty: field(bool),
	AttachStdin: field(bool),
	AttachStderr: field(bool),
	AttachStdout: field(bool),
	Detach: field(bool),
	DetachKeys: field(string),
	Env: field(strings),
	WorkingDir: field(string),
	Cmd: field(strings),
});

const startRequest = structFor<{Detach: boolean; Tty: boolean; ConsoleSize?: number[]}>('types.ExecStartCheck', {
	Detach: field(bool),
	Tty: field(bool),
	ConsoleSize: optional(slice(uint16)),
});

const create: Handler = async (call) => {
	const sent = await bodyOf(call, execRequest);
	const container = containerOf(call);
	const command = (sent.Cmd ?? []).map((word) => word ?? '');
	if (command.length === 0) throw badRequest('No exec command specified');
	requireRunning(container);
	const exec: ExecInstance = {
		id: call.host.seeded.hex64(`exec/${container.id}/${call.local.nextExecNumber()}`),
		containerId: container.id,
		command,
		environment: (sent.Env ?? []).map((pair) => pair ?? ''),
		directory: sent.WorkingDir ?? '',
		tty: sent.Tty ?? false,
		wantsStdin: sent.AttachStdin ?? false,
		wantsStdout: sent.AttachStdout ?? false,
		wantsStderr: sent.AttachStderr ?? false,
		state: 'created',
		exitCode: undefined,
		size: undefined,
		shell: undefined,
	};
	call.local.addExec(exec);
	publish(call, container, `exec_create: ${command.join(' ')}`, {execID: exec.id});
	return json({Id: exec.id}, 201);
};

function requireRunning({id, state}: Container): void {
	if (state !== 'running') throw new Refused(409, `container ${id} is not running`);
}

function execOf(call: Call): ExecInstance {
	const id = param(call, 'id');
	const exec = call.local.execs.get(id);
	if (!exec) throw notFound(`No such exec instance: ${id}`);
	return exec;
}

const start: Handler = async (call) => {
	const sent = await bodyOf(call, startRequest);
	const exec = execOf(call);
	const container = call.host.containers.find(exec.containerId);
	if (!container) throw notFound(`No such container: ${exec.containerId}`);
	requireRunning(container);
	if (exec.state !== 'created') return alreadyRun(exec, sent.Detach ?? false);
	exec.state = 'running';
	publish(call, container, `exec_start: ${exec.command.join(' ')}`, {execID: exec.id});
	if (sent.Detach) {
		runOut(call, exec, container);
		return empty();
	}
	// Only a connection that was upgraded is told of the frames.
	const isNamed = !exec.tty && call.minor >= 42 && call.headers.upgrade !== undefined;
	return {
		kind: 'hijack',
		contentType: isNamed ? 'application/vnd.docker.multiplexed-stream' : 'application/vnd.docker.raw-stream',
		run: (connection) => runAttached(call, exec, container, connection),
	};
};

/** The connection has been taken over by then: the complaint comes as output. */
function alreadyRun({id, state}: ExecInstance, isDetached: boolean): Answer {
	const complaint = `Error: Exec command ${id} ${state === 'ended' ? 'has already run' : 'is already running'}`;
	if (isDetached) throw new Refused(409, complaint);
	const bytes = Buffer.from(`${complaint}\r\n`);
	return {
		kind: 'hijack',
		contentType: 'application/vnd.docker.raw-stream',
		run: (connection) => write(connection, [head('stdout', bytes.length), bytes]),
	};
}

function runOut(
	call: Call,
	exec: ExecInstance,
	container: Container,
	input?: string,
): {stdout: string; stderr: string} {
	const {environment, directory} = exec;
	const around = {environment, directory, ...(input !== undefined && {input})};
	const {stdout, stderr, exitCode} = container.exec(exec.command, around);
	ended(call, exec, container, exitCode);
	return {stdout, stderr};
}

function ended(call: Call, exec: ExecInstance, container: Container, exitCode: number): void {
	exec.state = 'ended';
	exec.exitCode = exitCode;
	exec.shell = undefined;
	publish(call, container, 'exec_die', {execID: exec.id, exitCode: String(exitCode)});
}

/** With somebody at the other end: a shell is typed into, `cat` gives back what it gets, the rest reads all input first. */
async function runAttached(call: Call, exec: ExecInstance, container: Container, connection: Duplex): Promise<void> {
	const {tty, wantsStdin, command} = exec;
	const shell = wantsStdin && tty ? container.openShell(command, exec) : undefined;
	if (shell) return typeInto(call, exec, container, {shell, connection});
	if (wantsStdin && !tty && command.join(' ').replace(/^(\/usr)?\/bin\//, '') === 'cat') {
		for await (const chunk of inputOf(connection)) {
			await write(connection, [head('stdout', chunk.length), chunk]);
		}
		return ended(call, exec, container, 0);
	}
	const input = wantsStdin && !tty ? await textOf(connection) : undefined;
	return writeOutput(connection, exec, runOut(call, exec, container, input));
}

async function typeInto(
	call: Call,
	exec: ExecInstance,
	container: Container,
	{shell, connection}: {readonly shell: ShellSession; readonly connection: Duplex},
): Promise<void> {
	const gone = new AbortController();
	const stopWatching = container.onChange(() => {
		if (container.state !== 'running') gone.abort();
	});
	exec.shell = shell;
	if (exec.size) shell.resize(exec.size.columns, exec.size.rows);
	const end = await new ExecTerminal(connection, shell).run(gone.signal);
	stopWatching();
	if (end !== undefined) ended(call, exec, container, end);
}

/** Its end is not the connection's: there is still an answer to be written. */
const inputOf = (connection: Duplex): AsyncIterable<Buffer> => connection.iterator({destroyOnReturn: false});

async function textOf(connection: Duplex): Promise<string> {
	const chunks: Buffer[] = [];
	for await (const chunk of inputOf(connection)) chunks.push(chunk);
	return Buffer.concat(chunks).toString('utf8');
}

async function writeOutput(
	connection: Duplex,
	{tty, wantsStdout, wantsStderr}: ExecInstance,
	{stdout, stderr}: {stdout: string; stderr: string},
): Promise<void> {
	const chunks: Uint8Array[] = [];
	if (tty) {
		chunks.push(Buffer.from(`${stdout}${stderr}`.replaceAll(/\r?\n/g, '\r\n')));
	} else {
		for (const [stream, text, isWanted] of [
			['stdout', stdout, wantsStdout],
			['stderr', stderr, wantsStderr],
		] as const) {
			if (text === '' || !isWanted) continue;
			const bytes = Buffer.from(text);
			chunks.push(head(stream, bytes.length), bytes);
		}
	}
	await write(connection, chunks);
}

const write = (connection: Duplex, chunks: readonly Uint8Array[]): Promise<void> =>
	new Promise((resolve) => {
		const done = (): void => {
			connection.off('close', done);
			resolve();
		};
		connection.once('close', done);
		connection.write(Buffer.concat(chunks), done);
	});

const inspect: Handler = (call) => {
	const exec = execOf(call);
	const [entrypoint = '', ...args] = exec.command;
	return json({
		ID: exec.id,
		Running: exec.state === 'running',
		ExitCode: exec.exitCode ?? null,
		ProcessConfig: {tty: exec.tty, entrypoint, arguments: args, privileged: false},
		OpenStdin: exec.wantsStdin,
		OpenStderr: exec.wantsStderr,
		OpenStdout: exec.wantsStdout,
		CanRemove: false,
		ContainerID: exec.containerId,
		DetachKeys: '',
		Pid: 0,
	});
};

const resize: Handler = (call) => {
	const exec = execOf(call);
	const [rows, columns] = [Number(call.query.get('h')), Number(call.query.get('w'))];
	exec.size = {columns, rows};
	exec.shell?.resize(columns, rows);
	return empty();
};

function publish(
	{host}: Call,
	{id, image, labels, name}: Container,
	action: string,
	extra: Record<string, string>,
): void {
	const attributes = Object.entries({...labels, image, name, ...extra}).sort(([a], [b]) => (a < b ? -1 : 1));
	host.events.publish({
		Type: 'container',
		Action: action,
		Actor: {ID: id, Attributes: Object.fromEntries(attributes)},
		scope: 'local',
		time: 0,
		timeNano: 0,
	} satisfies EngineEvent);
}

export const execRoutes: readonly Route[] = [
	route('POST', '/containers/{id}/exec', create),
	route('POST', '/exec/{id}/start', start),
	route('POST', '/exec/{id}/resize', resize),
	route('GET', '/exec/{id}/json', inspect),
];
