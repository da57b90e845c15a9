import type {LinePart, LogLine} from './log-line.ts';

/** Lines longer than this are kept up to here: a container may write gigabytes without a newline. */
const longestLineBytes = 8 << 20;

type Open = {parts: Buffer[]; bytes: number; first: LinePart};

/**
 * Joins the 16 KiB parts of long lines again. Parts of one line follow each other within their task and stream, and carry
 * the same timestamp; another timestamp means that the line before had no end.
 */
export class LineJoiner {
	readonly #open = new Map<string, Open>();
	#parts = 0;
	#first: LinePart | undefined;

	get hasOpenLine(): boolean {
		return this.#open.size > 0;
	}

	/**
	 * Where so many parts were asked for, so many have come, and the first of them was not a whole line: that line, by its
	 * origin and time. What was before that part the engine has left out.
	 */
	cutBy(tail: number | undefined): Pick<LogLine, 'origin' | 'stamp'> | undefined {
		return this.#parts === tail && this.#first?.endsLine === false ? this.#first : undefined;
	}

	/** The lines that are whole with this part. */
	push(part: LinePart): LogLine[] {
		this.#parts++;
		this.#first ??= part;
		return this.#join(part);
	}

	#join(part: LinePart): LogLine[] {
		const key = `${part.origin.taskId} ${part.stream}`;
		const open = this.#open.get(key);
		if (!open) {
			if (part.endsLine) return [toLine(part, part.bytes)];
			this.#open.set(key, {parts: [part.bytes], bytes: part.bytes.length, first: part});
			return [];
		}
		if (open.first.stamp !== part.stamp) {
			this.#open.delete(key);
			return [close(open), ...this.#join(part)];
		}
		if (open.bytes < longestLineBytes) open.parts.push(part.bytes);
		open.bytes += part.bytes.length;
		if (!part.endsLine) return [];
		this.#open.delete(key);
		return [close(open)];
	}

	/** Takes the lines that have no end yet. */
	end(): LogLine[] {
		const lines = [...this.#open.values()].map(close);
		this.#open.clear();
		return lines;
	}
}

const close = (open: Open): LogLine => toLine(open.first, Buffer.concat(open.parts));

function toLine(part: LinePart, bytes: Buffer): LogLine {
	const end = bytes[bytes.length - 1] === 0x0d ? bytes.length - 1 : bytes.length;
	return {
		stamp: part.stamp,
		stream: part.stream,
		origin: part.origin,
		text: bytes.toString('utf8', 0, end),
		isLate: false,
	};
}
