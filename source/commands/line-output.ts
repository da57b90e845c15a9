import {once} from 'node:events';
import type {Writable} from 'node:stream';

/** Lines to a stream that may be slow or closed by its reader: a command before `| head` ends quietly. */
export class LineOutput {
	readonly #stream: Writable;
	#isClosed = false;
	#onClosed: () => void = () => undefined;

	constructor(stream: Writable) {
		this.#stream = stream;
		stream.on('error', (error: NodeJS.ErrnoException) => {
			if (error.code !== 'EPIPE') throw error;
			this.#isClosed = true;
			this.#onClosed();
		});
	}

	write(text: string): void {
		if (!this.#isClosed) this.#stream.write(text);
	}

	onClosed(call: () => void): void {
		this.#onClosed = call;
		if (this.#isClosed) call();
	}

	async flushed(): Promise<void> {
		if (!this.#isClosed && this.#stream.writableNeedDrain) await once(this.#stream, 'drain');
	}
}
