/** Cuts the raw stream of a TTY service into lines: no frames there, lines end with CRLF, both streams in one. */
type RawLine = {readonly kind: 'line'; readonly payload: Buffer} | {readonly kind: 'error'; readonly message: string};

const newline = 0x0a;
const carriageReturn = 0x0d;
const errorWords = 'Error grabbing logs: ';

export class RawDecoder {
	#pending: Buffer = Buffer.alloc(0);

	get hasOpenLine(): boolean {
		return this.#pending.length > 0;
	}

	push(chunk: Uint8Array): RawLine[] {
		this.#pending = this.#pending.length === 0 ? Buffer.from(chunk) : Buffer.concat([this.#pending, chunk]);
		const lines: RawLine[] = [];
		let from = 0;
		for (let at = this.#pending.indexOf(newline); at !== -1; at = this.#pending.indexOf(newline, from)) {
			lines.push(toLine(this.#pending.subarray(from, at + 1)));
			from = at + 1;
		}
		this.#pending = this.#pending.subarray(from);
		return lines;
	}

	/** Takes the line that has no end yet. */
	end(): RawLine[] {
		const rest = this.#pending;
		this.#pending = Buffer.alloc(0);
		return rest.length === 0 ? [] : [toLine(rest)];
	}
}

/** The payload ends with a bare newline where the line had any end. */
function toLine(bytes: Buffer): RawLine {
	if (bytes.toString('latin1', 0, errorWords.length) === errorWords) {
		return {kind: 'error', message: bytes.toString('utf8').trimEnd()};
	}
	const length = bytes.length;
	if (bytes[length - 1] !== newline || bytes[length - 2] !== carriageReturn) return {kind: 'line', payload: bytes};
	let end = length - 2;
	while (bytes[end - 1] === carriageReturn) end--;
	return {kind: 'line', payload: Buffer.concat([bytes.subarray(0, end), bytes.subarray(length - 1)])};
}
