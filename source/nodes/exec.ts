import type {Readable} from 'node:stream';
import type {Answer} from '../engine/client.ts';
import type {ExecPiece, ExecStream} from '../engine/exec-stream.ts';
import type {NodeEngine, TerminalSize} from '../engine/node-engine.ts';
import type {Clock} from '../runtime/clock.ts';
import {failed, ok} from '../runtime/result.ts';
import {noExitCode} from './messages.ts';

export type ExecRequest = {
	readonly containerId: string;
	readonly command: readonly string[];
	readonly isTty: boolean;
	readonly user?: string | undefined;
	/** `KEY=value`. */
	readonly environment?: readonly string[] | undefined;
	readonly directory?: string | undefined;
};

/** Where its input comes from and its output goes. */
export type ExecIo = {
	/** Undefined for a command without input. */
	readonly input?: Readable | undefined;
	/** Takes one piece; the next comes when it resolves. */
	readonly write: (piece: ExecPiece) => unknown;
	/** Who is told when nobody takes the output any more: the command is let go of then. */
	readonly onClosed?: (listener: () => void) => void;
	/** The terminal's size, and who is told when it changes. */
	readonly size?: () => TerminalSize;
	readonly onResize?: (listener: () => void) => () => void;
};

/** How a command ended; `isDetached` when it goes on without us (ctrl-p ctrl-q). */
export type ExecEnd = {readonly exitCode: number; readonly isDetached: boolean};

/** An engine takes a moment between the end of the output and the exit code, and before a terminal can be resized. */
const momentMs = 50;
const moments = 20;

/** Runs a command in a container, as `docker exec` does: to the end of its output. */
export async function runExec(engine: NodeEngine, request: ExecRequest, io: ExecIo, clock: Clock): Answer<ExecEnd> {
	const {containerId, command, isTty, user, environment, directory} = request;
	const size = isTty ? io.size?.() : undefined;
	const created = await engine.createExec(containerId, {
		AttachStdin: io.input !== undefined,
		AttachStdout: true,
		AttachStderr: true,
		Tty: isTty,
		Cmd: [...command],
		...(user !== undefined && {User: user}),
		...(environment !== undefined && environment.length > 0 && {Env: [...environment]}),
		...(directory !== undefined && {WorkingDir: directory}),
		...(size && {ConsoleSize: [size.rows, size.columns]}),
	});
	if (!created.ok) return created;
	const {Id: id} = created.value;
	const stream = await engine.startExec(id, {isTty});
	if (!stream.ok) return stream;
	io.onClosed?.(() => stream.value.close());
	const stopFeeding = io.input ? feed(io.input, stream.value) : undefined;
	const stopResizing = isTty ? keepSize(engine, id, io, clock) : undefined;
	const broken = await stream.value.pump(io.write);
	stopFeeding?.();
	stopResizing?.();
	return broken ? failed(broken) : endOf(engine, id, clock);
}

/** Hands the input over as it is taken; its end is told. Gives back what stops it. */
function feed(input: Readable, stream: ExecStream): () => void {
	let isStopped = false;
	const onData = (chunk: Buffer): void => {
		input.pause();
		void stream.write(chunk).then(() => {
			if (!isStopped) input.resume();
		});
	};
	const onEnd = (): void => stream.end();
	input.on('data', onData).once('end', onEnd).once('error', onEnd);
	input.resume();
	return () => {
		isStopped = true;
		input.off('data', onData).off('end', onEnd).off('error', onEnd);
		input.pause();
	};
}

/** The command's terminal has the size of ours, from its start on. */
function keepSize(engine: NodeEngine, id: string, {size, onResize}: ExecIo, clock: Clock): () => void {
	if (!size) return () => undefined;
	let isOver = false;
	const tell = async (tries: number): Promise<void> => {
		if (isOver) return;
		const done = await engine.resizeExec(id, size());
		if (done.ok || tries <= 1) return;
		clock.after(momentMs, () => void tell(tries - 1));
	};
	void tell(moments);
	const stop = onResize?.(() => void tell(1));
	return () => {
		isOver = true;
		stop?.();
	};
}

async function endOf(engine: NodeEngine, id: string, clock: Clock): Answer<ExecEnd> {
	for (let left = moments; ; left--) {
		const state = await engine.exec(id);
		if (!state.ok) return state;
		const {Running: isRunning, ExitCode: code} = state.value;
		if (!isRunning && typeof code === 'number') return ok({exitCode: code, isDetached: false});
		if (left <= 1) return isRunning ? ok({exitCode: 0, isDetached: true}) : failed(noExitCode());
		await new Promise<void>((resolve) => {
			clock.after(momentMs, resolve);
		});
	}
}
