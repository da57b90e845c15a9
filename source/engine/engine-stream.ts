import type {IncomingMessage} from 'node:http';
import type {StreamHandle} from './client.ts';
import type {Deadline} from './deadline.ts';
import type {EngineError} from './error.ts';

/** What a stream needs of the client that opened it. */
type StreamHost = {
	/** Names what the stream died of. */
	readonly errorOf: (cause: unknown) => Promise<EngineError>;
	/** The stream is over: its deadline is given back. */
	readonly release: () => void;
};

/** A response that goes on until one side ends it. Silence is normal: only the connection's end, or its own, ends it. */
export class EngineStream implements StreamHandle {
	readonly ended: Promise<EngineError | undefined>;
	readonly #response: IncomingMessage;
	readonly #deadline: Deadline;

	/** `onChunk` may throw: the stream then ends with the error that this means. */
	constructor(response: IncomingMessage, deadline: Deadline, host: StreamHost, onChunk: (chunk: Buffer) => void) {
		this.#response = response;
		this.#deadline = deadline;
		deadline.waitForever();
		this.ended = this.#run(host, onChunk);
	}

	close(): void {
		this.#deadline.giveUp();
		this.#response.destroy();
	}

	/** Holds the engine back too, once the buffers between are full. */
	pause(): void {
		this.#response.pause();
	}

	resume(): void {
		this.#response.resume();
	}

	async #run(host: StreamHost, onChunk: (chunk: Buffer) => void): Promise<EngineError | undefined> {
		try {
			await flowed(this.#response, onChunk);
			return this.#deadline.ending === undefined ? undefined : await host.errorOf(undefined);
		} catch (cause) {
			return await host.errorOf(cause);
		} finally {
			this.#response.destroy();
			host.release();
		}
	}
}

/** Once the response has ended, or its connection with it; events rather than `for await`, so that pause() can hold. */
function flowed(response: IncomingMessage, onChunk: (chunk: Buffer) => void): Promise<void> {
	return new Promise((resolve, reject) => {
		response.on('data', (chunk: Buffer) => {
			try {
				onChunk(chunk);
			} catch (cause) {
				reject(cause);
			}
		});
		response.once('error', reject);
		response.once('close', resolve);
	});
}
