import {readFileSync} from 'node:fs';
import path from 'node:path';
import type {LogLine} from '../../source/logs/log-line.ts';
import type {LogOpener, LogRequest} from '../../source/logs/log-opener.ts';
import {failed, ok} from '../../source/runtime/result.ts';

/** A log stream's body as a real engine 26.1 sent it. */
export const recordedLog = (name: string): Buffer =>
	readFileSync(path.join(import.meta.dirname, '../../fixtures/recorded/logs', `${name}.bin`));

export function line(
	stamp: string,
	text: string,
	{task = 'task1', node = 'node1', stream = 'stdout' as 'stdout' | 'stderr'} = {},
): LogLine {
	return {stamp, stream, origin: {taskId: task, nodeId: node, serviceId: 'service1'}, text, isLate: false};
}

/** The n-th nanosecond of a minute, as a stamp. */
export const stampAt = (n: number): string =>
	`2026-11-21T00:00:${String(Math.floor(n / 1e9)).padStart(2, '0')}.${String(n % 1e9).padStart(9, '0')}Z`;

export function frame(source: LogLine, endsLine = true): Buffer {
	const {taskId, nodeId, serviceId} = source.origin;
	const details = `com.docker.swarm.node.id=${nodeId},com.docker.swarm.service.id=${serviceId},com.docker.swarm.task.id=${taskId}`;
	const payload = Buffer.from(`${source.stamp} ${details} ${source.text}${endsLine ? '\n' : ''}`);
	const head = Buffer.alloc(8);
	head[0] = source.stream === 'stderr' ? 2 : 1;
	head.writeUInt32BE(payload.length, 4);
	return Buffer.concat([head, payload]);
}

export function errorFrame(message: string): Buffer {
	const head = Buffer.alloc(8);
	head[0] = 3;
	head.writeUInt32BE(Buffer.byteLength(message), 4);
	return Buffer.concat([head, Buffer.from(message)]);
}

/** An engine's logs held in memory: lines can be written, streams broken, silenced, refused. */
export class MemoryLogs implements LogOpener {
	mostFollowed = 8;
	readonly lines: LogLine[] = [];
	readonly requests: LogRequest[] = [];
	/** What each line is sent as, where it is not one frame. */
	parts: readonly string[] | undefined;
	/** The words of the error frame that ends streams without follow. */
	missing: string | undefined;
	isRefusing = false;
	/** Services' logs are refused because of this node; those of tasks on other nodes are given. */
	lostNode: string | undefined;
	/** Followed streams leave lines with this text out, as engines 20.10 do now and then. */
	loses: string | undefined;
	/** Followed streams that begin with more lines than this bring nothing after them (moby#33183). */
	stallsAfter = Number.POSITIVE_INFINITY;
	/** Responses without follow bring their lines, but never end: a node is waited for. */
	isHanging = false;
	/** Followed streams that are open, each with what wakes and what ends it. */
	readonly #open = new Set<{wake: () => void; end: () => void; isSilent: boolean; next: number}>();

	get openStreams(): number {
		return this.#open.size;
	}

	write(...lines: readonly LogLine[]): void {
		this.lines.push(...lines);
		for (const stream of this.#open) if (!stream.isSilent) stream.wake();
	}

	/** Ends every followed stream, as an engine that stops does. */
	breakStreams(): void {
		for (const stream of [...this.#open]) stream.end();
	}

	/** Open streams stay open, but nothing comes through them any more. */
	silence(): void {
		for (const stream of this.#open) stream.isSilent = true;
	}

	open(request: LogRequest, signal: AbortSignal): ReturnType<LogOpener['open']> {
		this.requests.push(request);
		if (this.isRefusing) return Promise.resolve(failed({message: 'nothing listens there', isRetryable: true}));
		if (this.lostNode !== undefined && request.target.kind === 'service') {
			const message = refusal(this.lostNode);
			return Promise.resolve(failed({message, isRetryable: true, missingNodeIds: [this.lostNode]}));
		}
		const isLost =
			this.lostNode !== undefined &&
			this.lines.some(({origin}) => origin.taskId === request.target.id && origin.nodeId === this.lostNode);
		if (isLost) return Promise.resolve(ok({chunks: this.#lost(signal), isRaw: false, close: () => undefined}));
		const backlog = this.#backlog(request);
		const chunks = request.isFollowing ? this.#follow(request, backlog, signal) : this.#once(backlog, signal);
		return Promise.resolve(ok({chunks, isRaw: false, close: () => undefined}));
	}

	tasksOf(): ReturnType<LogOpener['tasksOf']> {
		const nodes = new Map(this.lines.map(({origin}) => [origin.taskId, origin.nodeId]));
		return Promise.resolve(ok([...nodes].map(([id, nodeId]) => ({id, nodeId}))));
	}

	#backlog({since = '', tail, target}: LogRequest): LogLine[] {
		const from = this.lines.filter((candidate) => isOf(candidate, target) && candidate.stamp >= since);
		if (tail === undefined) return from;
		const tasks = new Set(from.map((candidate) => candidate.origin.taskId));
		return [...tasks].flatMap((task) =>
			tail === 0 ? [] : from.filter((candidate) => candidate.origin.taskId === task).slice(-tail),
		);
	}

	async *#lost(signal: AbortSignal): AsyncIterable<Uint8Array> {
		yield errorFrame(`Error grabbing logs: rpc error: code = Unknown desc = ${refusal(this.lostNode)}`);
		if (this.isHanging) await new Promise((resolve) => signal.addEventListener('abort', resolve));
	}

	async *#once(lines: readonly LogLine[], signal: AbortSignal): AsyncIterable<Uint8Array> {
		for (const each of lines) {
			for (const [at, text] of (this.parts ?? [each.text]).entries())
				yield frame({...each, text}, at === (this.parts?.length ?? 1) - 1);
		}
		if (this.isHanging) await new Promise((resolve) => signal.addEventListener('abort', resolve));
		if (this.missing !== undefined) yield errorFrame(this.missing);
	}

	async *#follow({target}: LogRequest, backlog: readonly LogLine[], signal: AbortSignal): AsyncIterable<Uint8Array> {
		let isEnded = false;
		let wake: () => void = () => undefined;
		const stream = {
			wake: () => wake(),
			end: () => {
				isEnded = true;
				wake();
			},
			isSilent: backlog.length > this.stallsAfter,
			next: this.lines.length,
		};
		this.#open.add(stream);
		signal.addEventListener('abort', stream.end);
		for (const each of backlog) yield frame(each);
		while (!isEnded) {
			while (!stream.isSilent && stream.next < this.lines.length) {
				const each = this.lines[stream.next++];
				if (each && isOf(each, target) && each.text !== this.loses) yield frame(each);
			}
			if (isEnded) break;
			await new Promise<void>((resolve) => {
				wake = resolve;
			});
		}
		this.#open.delete(stream);
	}
}

const refusal = (node: string | undefined): string =>
	`warning: incomplete log stream. some logs could not be retrieved for the following reasons: node ${node} is not available`;

const isOf = ({origin}: LogLine, {kind, id}: LogRequest['target']): boolean =>
	kind === 'service' || origin.taskId === id;
