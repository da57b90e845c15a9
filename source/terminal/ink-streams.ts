/** The streams that Ink is given in place of the terminal's: it draws into one and never reads the other by itself. */
import {PassThrough, Writable} from 'node:stream';
import type {ScreenSize} from './frame-writer.ts';

/** Cursor, paste and screen modes that Ink sets by itself: the session owns these. */
const controlOnly = /^(?:\u001b\[[?\d;]*[A-Za-z])*$/;

/** Ink's stdout. With `debug: true` Ink writes every commit as one whole frame, which goes to `onFrame`. */
export class FrameStream extends Writable {
	readonly isTTY = true;
	columns: number;
	rows: number;
	readonly #onFrame: (frame: string) => void;

	constructor(size: ScreenSize, onFrame: (frame: string) => void) {
		super({decodeStrings: false});
		this.columns = size.columns;
		this.rows = size.rows;
		this.#onFrame = onFrame;
	}

	/** Ink listens to `resize` as on a `tty.WriteStream`, and lays out again. */
	resize({columns, rows}: ScreenSize): void {
		this.columns = columns;
		this.rows = rows;
		this.emit('resize');
	}

	override _write(chunk: string | Buffer, _encoding: string, done: () => void): void {
		const text = chunk.toString();
		if (!controlOnly.test(text)) this.#onFrame(text);
		done();
	}
}

/**
 * Ink's stdin: a terminal in which nobody types but us. What Ink components read with `useInput` is what is written here.
 */
export class QuietInput extends PassThrough {
	readonly isTTY = true;

	setRawMode(): this {
		return this;
	}

	ref(): this {
		return this;
	}

	unref(): this {
		return this;
	}
}
