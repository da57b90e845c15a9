import type {Writable} from 'node:stream';

/** What a command prints, to a stream that may be slow or closed by its reader: a command before `| head` ends quietly. */
export class LineOutput {
	readonly #stream: Writable;
	#isClosed = false;
	#problem: string | undefined;
	readonly #onClosed = new Set<() => void>();

	constructor(stream: Writable) {
		this.#stream = stream;
		stream.on('error', (error: NodeJS.ErrnoException) => {
			// A reader that has had enough is no problem; a full disk is.
			if (error.code !== 'EPIPE') this.#problem = error.message.replace(/^[A-Z]+: |, write$/g, '');
			this.#close();
		});
		stream.on('close', () => this.#close());
	}

	/** Why no more could be written; undefined where the reader has gone. */
	get problem(): string | undefined {
		return this.#problem;
	}

	write(text: string | Uint8Array): void {
		if (!this.#isClosed) this.#stream.write(text);
	}

	/** Calls once nobody reads any more. */
	onClosed(call: () => void): void {
		if (this.#isClosed) call();
		else this.#onClosed.add(call);
	}

	/** Once the reader has taken most of what was written, or has gone. */
	async flushed(): Promise<void> {
		if (this.#isClosed || !this.#stream.writableNeedDrain) return;
		await new Promise<void>((resolve) => {
			const isOver = (): void => {
				this.#stream.off('drain', isOver);
				this.#onClosed.delete(isOver);
				resolve();
			};
			this.#stream.on('drain', isOver);
			this.#onClosed.add(isOver);
		});
	}

	/** Once all that was written has left this process, or can't. */
	async handedOver(): Promise<void> {
		if (this.#isClosed) return;
		await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
		// What a write failed with is told after the write itself has been answered.
		await new Promise<void>((resolve) => setImmediate(resolve));
	}

	#close(): void {
		if (this.#isClosed) return;
		this.#isClosed = true;
		for (const call of [...this.#onClosed]) call();
	}
}
