import type {Duplex} from 'node:stream';
import type {Deadline} from './deadline.ts';
import type {EngineError} from './error.ts';

/** A piece of what a command prints; with a terminal everything is stdout. */
export type ExecPiece = {readonly stream: 'stdout' | 'stderr'; readonly bytes: Buffer};

type ExecHost = {
	readonly errorOf: (cause: unknown) => Promise<EngineError>;
	readonly release: () => void;
};

const headBytes = 8;
const stderrKind = 2;

/** Takes docker's frames apart: a head of eight bytes, the stream in the first and the length in the last four. */
export class FrameReader {
	#head = Buffer.alloc(0);
	#left = 0;
	#stream: ExecPiece['stream'] = 'stdout';

	*read(chunk: Buffer): Generator<ExecPiece> {
		let rest = chunk;
		while (rest.length > 0) {
			if (this.#left === 0) {
				const taken = Math.min(headBytes - this.#head.length, rest.length);
				this.#head = Buffer.concat([this.#head, rest.subarray(0, taken)]);
				rest = rest.subarray(taken);
				if (this.#head.length < headBytes) return;
				this.#stream = this.#head[0] === stderrKind ? 'stderr' : 'stdout';
				this.#left = this.#head.readUInt32BE(4);
				this.#head = Buffer.alloc(0);
				continue;
			}
			const bytes = rest.subarray(0, this.#left);
			this.#left -= bytes.length;
			rest = rest.subarray(bytes.length);
			yield {stream: this.#stream, bytes};
		}
	}
}

/** The two-way stream of a command that runs in a container. */
export class ExecStream {
	readonly #connection: Duplex;
	readonly #deadline: Deadline;
	readonly #host: ExecHost;
	readonly #isTty: boolean;

	constructor(connection: Duplex, deadline: Deadline, host: ExecHost, isTty: boolean) {
		this.#connection = connection;
		this.#deadline = deadline;
		this.#host = host;
		this.#isTty = isTty;
		deadline.waitForever();
		deadline.signal.addEventListener('abort', () => connection.destroy(), {once: true});
		// What it dies of is what `pump` reports; a write that comes too late has nobody to tell.
		connection.on('error', () => undefined);
	}

	/** Resolves when the far side can take more; never rejects: a broken connection is what `pump` reports. */
	async write(bytes: Uint8Array): Promise<void> {
		const connection = this.#connection;
		if (connection.destroyed || connection.writableEnded || connection.write(bytes)) return;
		await new Promise<void>((resolve) => {
			const done = (): void => {
				connection.off('drain', done).off('close', done);
				resolve();
			};
			connection.once('drain', done).once('close', done);
		});
	}

	/** No more input: what reads it sees its end. */
	end(): void {
		if (!this.#connection.destroyed) this.#connection.end();
	}

	/** Lets go of the command; it goes on if it minds neither its input's end nor a closed output. */
	close(): void {
		this.#connection.destroy();
	}

	/** Hands out the output piece by piece, each when the one before was taken; resolves at its end. */
	async pump(take: (piece: ExecPiece) => unknown): Promise<EngineError | undefined> {
		const frames = new FrameReader();
		try {
			for await (const chunk of this.#connection as AsyncIterable<Buffer>) {
				if (this.#isTty) await take({stream: 'stdout', bytes: chunk});
				else for (const piece of frames.read(chunk)) await take(piece);
			}
			return this.#deadline.ending === undefined ? undefined : await this.#host.errorOf(undefined);
		} catch (cause) {
			const {code} = cause as NodeJS.ErrnoException;
			// Closed by ourselves, in the middle of reading.
			if (code === 'ERR_STREAM_PREMATURE_CLOSE' && this.#deadline.ending === undefined) return undefined;
			return await this.#host.errorOf(cause);
		} finally {
			this.#connection.destroy();
			this.#host.release();
		}
	}
}
