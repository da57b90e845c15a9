import type {LogStream, SwarmClient} from '../engine/client.ts';
import type {EngineError} from '../engine/error.ts';
import {failed, ok} from '../runtime/result.ts';
import type {TaskState} from '../wire/task.ts';
import {missingFrom} from './line-reader.ts';
import {stampToSince} from './log-line.ts';
import type {LogOpener, LogProblem, LogRequest, LogResponse} from './log-opener.ts';

/** Bytes that may wait for the reader before the engine is held back. */
const highWaterBytes = 1 << 20;

/**
 * Followed responses at a time. Over ssh each is a process and one of the sessions that sshd allows (MaxSessions, 10 by
 * default), of which requests, events and the readings of history need some.
 */
const mostFollowed = {unix: 32, tcp: 32, ssh: 3} as const;

/** Tasks in these states have said nothing: the engine refuses to read them, or never answers. */
const withoutContainer: ReadonlySet<TaskState> = new Set<TaskState>([
	'new',
	'allocated',
	'pending',
	'assigned',
	'accepted',
	'preparing',
	'ready',
	'starting',
	'rejected',
]);

/** Asks an engine for logs: timestamps and details always, because order and origin hang on them. */
export function engineLogOpener(client: SwarmClient): LogOpener {
	return {
		mostFollowed: mostFollowed[client.endpoint.transport.kind],
		async open(request, signal) {
			const queue = new ChunkQueue();
			const {target, isFollowing, tail, since} = request;
			const options = {
				follow: isFollowing,
				timestamps: true,
				details: true,
				signal,
				...(tail === undefined ? {} : {tail}),
				...(since === undefined ? {} : {since: stampToSince(since)}),
				onData: (chunk: Buffer) => queue.push(chunk),
			};
			const answer = await (target.kind === 'service'
				? client.serviceLogs(target.id, options)
				: client.taskLogs(target.id, options));
			if (!answer.ok) return failed(toProblem(answer.error, request));
			return ok(toResponse(answer.value, queue));
		},
		async tasksOf(serviceId, signal) {
			const answer = await client.tasks({filters: {service: [serviceId]}, signal});
			if (!answer.ok) return failed({message: answer.error.message, isRetryable: true});
			const tasks = answer.value.filter(({Status}) => !withoutContainer.has(Status.State));
			return ok(tasks.flatMap(({ID, NodeID, Slot}) => (NodeID ? [{id: ID, nodeId: NodeID, slot: Slot}] : [])));
		},
	};
}

function toResponse(stream: LogStream, queue: ChunkQueue): LogResponse {
	queue.attach(stream);
	return {chunks: queue, isRaw: !stream.isFramed, close: () => stream.close()};
}

/** A refusal of the request itself stays one however often it is asked. */
function toProblem(error: EngineError, {target}: LogRequest): LogProblem {
	const isFinal = ['not-found', 'rejected', 'forbidden', 'engine-too-old'].includes(error.kind);
	const message = error.kind === 'not-found' ? `the ${target.kind} is gone, and its log with it` : error.message;
	// Some refuse the whole request where others end it with an error frame (moby#35011, moby#37336).
	const missingNodeIds = missingFrom(error.message).nodes;
	return {message, isRetryable: !isFinal, ...(missingNodeIds.length > 0 && {missingNodeIds})};
}

/** Between a stream that pushes and a reader that pulls: the stream is paused while the reader is behind. */
class ChunkQueue implements AsyncIterable<Uint8Array> {
	readonly #chunks: Uint8Array[] = [];
	#bytes = 0;
	#stream: LogStream | undefined;
	#isPaused = false;
	#isEnded = false;
	#error: Error | undefined;
	#wake: () => void = () => undefined;

	push(chunk: Uint8Array): void {
		this.#chunks.push(chunk);
		this.#bytes += chunk.length;
		if (this.#bytes > highWaterBytes && this.#stream && !this.#isPaused) {
			this.#isPaused = true;
			this.#stream.pause();
		}
		this.#wake();
	}

	attach(stream: LogStream): void {
		this.#stream = stream;
		void stream.ended.then((error) => {
			this.#isEnded = true;
			if (error && error.kind !== 'aborted') this.#error = new Error(error.message);
			this.#wake();
		});
	}

	async *[Symbol.asyncIterator](): AsyncIterator<Uint8Array> {
		for (;;) {
			const chunk = this.#chunks.shift();
			if (chunk) {
				this.#bytes -= chunk.length;
				if (this.#isPaused && this.#bytes < highWaterBytes / 2) {
					this.#isPaused = false;
					this.#stream?.resume();
				}
				yield chunk;
			} else if (this.#isEnded) {
				if (this.#error) throw this.#error;
				return;
			} else {
				await new Promise<void>((resolve) => {
					this.#wake = resolve;
				});
			}
		}
	}
}
