import type {Readable} from 'node:stream';
import type {Worker} from 'node:worker_threads';
import {startWorker} from '../runtime/program-files.ts';
import {JsonArrayParser} from './json-scanner.ts';
import type {FromJsonWorker, ToJsonWorker} from './json-worker.ts';
import {BadJsonError, orBadJson} from './read-answer.ts';
import {readerOf, type Shape, type ShapeName} from './shapes.ts';

/** What is smaller is parsed where it arrives: two milliseconds at most, little more than the way to a thread and back. */
const atOnceBytes = 256 * 1024;

/** What the worker gets and answers at a time: about forty tasks, half a millisecond of the main loop. */
const blockBytes = 64 * 1024;

/** Blocks that the worker has and not answered yet; with more to send the source has to wait. */
const maxBlocksInFlight = 2;

/** Of which only a part comes back from the worker: a copy of whole objects takes the main loop longer than their JSON. */
const cutDown: ReadonlySet<ShapeName> = new Set(['taskRow']);

/**
 * Reads JSON arrays of any size without holding up the main loop: small ones at once, big ones block by block as their bytes
 * come. Where objects are cut down a worker thread does it, which starts with the first big list. Elements come in batches
 * of a block's worth, some dozens each.
 */
export class JsonLists {
	readonly #jobs = new Map<number, WorkerJob>();
	#worker: Worker | undefined;
	#lastJob = 0;

	/**
	 * Feeds `onBatch` until the source ends; `onChunk` is told of every sign of life. Rejects with BadJsonError for what is
	 * no such list, and with the source's own error when that breaks off: `onBatch` may have had a part of it by then.
	 */
	async read<Name extends ShapeName>(
		source: Readable,
		shape: Name,
		onBatch: (elements: readonly Shape<Name>[]) => void,
		onChunk: () => void = () => undefined,
	): Promise<void> {
		if (!cutDown.has(shape)) return readHere(source, shape, onBatch, onChunk);
		const collector = new BlockCollector();
		let job: WorkerJob | undefined;
		try {
			for await (const chunk of source as AsyncIterable<Buffer>) {
				onChunk();
				collector.add(chunk);
				if (collector.length < (job ? blockBytes : atOnceBytes)) continue;
				job ??= this.#open(shape, onBatch as BatchSink);
				await job.send(collector.take(), false);
			}
			if (!job) return onBatch(parseAtOnce(collector.take(), shape));
			await job.send(collector.take(), true);
			await job.settled();
		} finally {
			if (job) this.#drop(job);
		}
	}

	async close(): Promise<void> {
		await this.#worker?.terminate();
	}

	#open(shape: ShapeName, onBatch: BatchSink): WorkerJob {
		this.#worker ??= this.#start();
		const worker = this.#worker;
		const job = new WorkerJob(++this.#lastJob, (message, transfer) => worker.postMessage(message, transfer), onBatch);
		this.#jobs.set(job.id, job);
		worker.postMessage({kind: 'open', job: job.id, shape} satisfies ToJsonWorker);
		return job;
	}

	#drop(job: WorkerJob): void {
		this.#jobs.delete(job.id);
		this.#worker?.postMessage({kind: 'drop', job: job.id} satisfies ToJsonWorker);
	}

	#start(): Worker {
		const worker = startWorker('json', new URL('./json-worker.ts', import.meta.url), {
			// What it makes lives for one block only; a bigger nursery would only let garbage lie for longer.
			resourceLimits: {maxYoungGenerationSizeMb: 8},
		});
		// Between lists it is no reason to stay alive, and while one is read its source is.
		worker.unref();
		worker.on('message', (message: FromJsonWorker) => this.#jobs.get(message.job)?.onAnswer(message));
		worker.on('error', (cause) => this.#onWorkerEnd(`the parser failed: ${cause.message}`));
		worker.on('exit', () => this.#onWorkerEnd('the parser ended'));
		return worker;
	}

	/** The next big list starts a new one. */
	#onWorkerEnd(reason: string): void {
		this.#worker = undefined;
		for (const job of this.#jobs.values()) job.onAnswer({kind: 'bad', job: job.id, reason});
	}
}

type BatchSink = (elements: readonly unknown[]) => void;
type Post = (message: ToJsonWorker, transfer?: ArrayBuffer[]) => void;

/** One list on its way through the worker. */
class WorkerJob {
	readonly id: number;
	readonly #post: Post;
	readonly #onBatch: BatchSink;
	#inFlight = 0;
	#problem: string | undefined;
	#wake: () => void = () => undefined;

	constructor(id: number, post: Post, onBatch: BatchSink) {
		this.id = id;
		this.#post = post;
		this.#onBatch = onBatch;
	}

	/** Hands the block over, as soon as there is room for it; its buffer is the worker's from then on. */
	async send(bytes: Uint8Array<ArrayBuffer>, isLast: boolean): Promise<void> {
		await this.#until(() => this.#inFlight < maxBlocksInFlight);
		this.#inFlight++;
		this.#post({kind: 'block', job: this.id, bytes, isLast}, [bytes.buffer]);
	}

	/** Once every block is answered. */
	settled(): Promise<void> {
		return this.#until(() => this.#inFlight === 0);
	}

	onAnswer(message: FromJsonWorker): void {
		this.#inFlight--;
		if (message.kind === 'bad') this.#problem ??= message.reason;
		else this.#onBatch(message.elements);
		this.#wake();
	}

	async #until(isSo: () => boolean): Promise<void> {
		while (this.#problem === undefined && !isSo()) {
			await new Promise<void>((resolve) => {
				this.#wake = resolve;
			});
		}
		if (this.#problem !== undefined) throw new BadJsonError(this.#problem);
	}
}

/** Puts chunks together into blocks that are worth a message. */
class BlockCollector {
	#chunks: Buffer[] = [];
	#length = 0;

	get length(): number {
		return this.#length;
	}

	add(chunk: Buffer): void {
		this.#chunks.push(chunk);
		this.#length += chunk.length;
	}

	/**
	 * All that is there, as a copy: Node's buffers share their memory with each other, and giving one away to a thread
	 * would pull it from under the rest.
	 */
	take(): Uint8Array<ArrayBuffer> {
		const block = Buffer.allocUnsafeSlow(this.#length);
		let at = 0;
		for (const chunk of this.#chunks) at += chunk.copy(block, at);
		this.#chunks = [];
		this.#length = 0;
		return block;
	}
}

async function readHere<Name extends ShapeName>(
	source: Readable,
	shape: Name,
	onBatch: (elements: readonly Shape<Name>[]) => void,
	onChunk: () => void,
): Promise<void> {
	const parser = new JsonArrayParser();
	const read = readerOf(shape);
	for await (const chunk of source as AsyncIterable<Buffer>) {
		onChunk();
		const elements = orBadJson(() => parser.push(chunk).map(read));
		if (elements.length > 0) onBatch(elements);
	}
	orBadJson(() => parser.end());
}

function parseAtOnce<Name extends ShapeName>(bytes: Uint8Array, shape: Name): Shape<Name>[] {
	return orBadJson(() => {
		const parser = new JsonArrayParser();
		const elements = parser.push(bytes).map(readerOf(shape));
		parser.end();
		return elements;
	});
}
