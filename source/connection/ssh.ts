import {type ChildProcessWithoutNullStreams, spawn} from 'node:child_process';
import type {Socket} from 'node:net';
import {Duplex} from 'node:stream';
import type {SshTransport} from './endpoint.ts';

/** How much of what ssh complains about is kept: its last words are the ones that matter. */
const keptStderrCharacters = 4096;

/** ssh, or docker at its far end, ended before the engine said anything. */
export class SshError extends Error {
	readonly code = 'ESSH';
	/** What ssh and the far shell wrote to stderr. */
	readonly stderr: string;
	/** Undefined when ssh was ended by a signal. */
	readonly exitCode: number | undefined;

	constructor(stderr: string, exitCode: number | undefined) {
		super(`ssh ended with ${exitCode ?? 'a signal'}: ${stderr.trim()}`);
		this.stderr = stderr;
		this.exitCode = exitCode;
	}
}

/** There is no `ssh` program on this machine. */
export class NoSshProgramError extends Error {
	readonly code = 'ENOSSH';
}

/**
 * The arguments to `ssh` for an engine. `docker system dial-stdio` joins the far engine's socket to ssh's stdin and
 * stdout. BatchMode: ssh must not ask for passwords in the middle of our screen; keys come from the agent.
 */
export function sshArguments({user, host, port, socketPath, through, sharedPath}: SshTransport): string[] {
	return [
		'-T',
		...['-o', 'BatchMode=yes'],
		...(through === undefined ? [] : ['-J', through]),
		...(sharedPath === undefined ? [] : sharing(sharedPath)),
		...(user === undefined ? [] : ['-l', user]),
		...(port === undefined ? [] : ['-p', String(port)]),
		'--',
		host,
		'docker',
		// The far shell reads this line, so the path is quoted for it.
		...(socketPath === undefined ? [] : ['--host', shellQuoted(`unix://${socketPath}`)]),
		...['system', 'dial-stdio'],
	];
}

/**
 * One `ssh` process as the two-way stream that an http agent wants. The system's own ssh is used, so ~/.ssh/config,
 * known hosts, agents and jump hosts hold as everywhere else. The process ends with the stream. `answer` is emitted with
 * the first byte from the far side.
 */
export class SshConnection extends Duplex {
	/** http agents compare it with their own before they call setTimeout. */
	readonly timeout = 0;
	readonly #child: ChildProcessWithoutNullStreams;
	#stderr = '';
	#hasAnswered = false;

	constructor(transport: SshTransport, program = 'ssh') {
		super({allowHalfOpen: false});
		// A session of its own: no controlling terminal to ask questions on, and Ctrl-Z or Ctrl-C there don't reach it.
		this.#child = spawn(program, sshArguments(transport), {stdio: 'pipe', detached: true});
		const {stdin, stdout, stderr} = this.#child;
		stdout.on('data', (chunk: Buffer) => {
			if (!this.#hasAnswered) this.emit('answer');
			this.#hasAnswered = true;
			if (!this.push(chunk)) stdout.pause();
		});
		stderr.setEncoding('utf8').on('data', (text: string) => {
			this.#stderr = (this.#stderr + text).slice(-keptStderrCharacters);
		});
		// EPIPE when ssh is gone already; its end, with the reason, follows as `close`.
		stdin.on('error', () => undefined);
		this.#child.once('error', (cause) => this.destroy(startProblem(cause)));
		this.#child.once('close', (exitCode) => this.#onEnd(exitCode ?? undefined));
	}

	override _read(): void {
		this.#child.stdout.resume();
	}

	override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
		// A failed write is not reported here: ssh's own last words say more than EPIPE.
		this.#child.stdin.write(chunk, () => done());
	}

	override _final(done: () => void): void {
		this.#child.stdin.end(() => done());
	}

	override _destroy(cause: Error | null, done: (error?: Error | null) => void): void {
		this.#child.stdin.destroy();
		this.#child.stdout.destroy();
		this.#child.stderr.destroy();
		this.#child.kill();
		done(cause);
	}

	// What http agents call on a socket besides reading and writing.
	setKeepAlive(): this {
		return this;
	}

	setNoDelay(): this {
		return this;
	}

	setTimeout(): this {
		return this;
	}

	ref(): this {
		for (const end of this.#ends()) end.ref();
		return this;
	}

	/** An idle connection does not keep the program running. */
	unref(): this {
		for (const end of this.#ends()) end.unref();
		return this;
	}

	/** The process and its pipes, which Node makes as sockets. */
	#ends(): {ref(): unknown; unref(): unknown}[] {
		const {stdin, stdout, stderr} = this.#child;
		return [this.#child, ...([stdin, stdout, stderr] as unknown as Socket[])];
	}

	#onEnd(exitCode: number | undefined): void {
		if (this.destroyed) return;
		if (this.#hasAnswered && exitCode === 0) this.push(null);
		else this.destroy(new SshError(this.#stderr, exitCode));
	}
}

function startProblem(cause: Error): Error {
	return (cause as NodeJS.ErrnoException).code === 'ENOENT' ? new NoSshProgramError(cause.message) : cause;
}

/** The host as an address has it: `me@manager:2222`. */
export function sshName({user, host, port}: SshTransport): string {
	return `${user === undefined ? '' : `${user}@`}${host}${port === undefined ? '' : `:${port}`}`;
}

/** The first login stays for a moment after its last user, so that the next one finds it. */
const sharing = (path: string): string[] =>
	['ControlMaster=auto', `ControlPath=${path}`, 'ControlPersist=30'].flatMap((option) => ['-o', option]);

/** The command by which a person gets there: `ssh -p 2222 me@manager`. */
export function sshCommand({user, host, port, through}: SshTransport): string {
	return `ssh ${through === undefined ? '' : `-J ${through} `}${port === undefined ? '' : `-p ${port} `}${user === undefined ? host : `${user}@${host}`}`;
}

/** The host as ~/.ssh/known_hosts has it: `[manager]:2222` for another port than 22. */
export function knownHostName({host, port}: SshTransport): string {
	return port === undefined || port === 22 ? host : `[${host}]:${port}`;
}

function shellQuoted(text: string): string {
	return `'${text.replaceAll("'", `'\\''`)}'`;
}
