/**
 * Takes the engine's multiplexed log stream apart: frames of an 8-byte head (stream, three zeros, length as big-endian
 * 32 bits) and one log line each (moby daemon/server/httputils/logstream). Chunks may cut it anywhere. A damaged head costs
 * the line it belongs to, never an intact one: the decoder looks for the next head that is followed by a timestamp, which
 * is why streams are always asked with timestamps.
 */

export type LogFrame = {
	/** `error` is the engine's own word about lines that it could not get (stream type 3). */
	readonly stream: 'stdout' | 'stderr' | 'error';
	readonly payload: Buffer;
};

const headBytes = 8;
const streams = ['stdout', 'stdout', 'stderr', 'error'] as const;

/** `2026-11-21T03:01:56.740831754Z `: what every line of a stream asked with timestamps begins with. */
const timestampBytes = 31;

/** The engine splits lines at 16 KiB; the rest is timestamp and details. More than this is a damaged length. */
const longestPayload = 1 << 17;

const newline = 0x0a;

export class FrameDecoder {
	#pending: Buffer = Buffer.alloc(0);
	/** Bytes that belonged to no intact frame. */
	#skippedBytes = 0;

	get skippedBytes(): number {
		return this.#skippedBytes;
	}

	/** The frames that are complete with this chunk, in order. */
	push(chunk: Uint8Array): LogFrame[] {
		this.#pending = this.#pending.length === 0 ? viewOf(chunk) : Buffer.concat([this.#pending, chunk]);
		return this.#take(false);
	}

	/** Something has come that is held until what follows it proves it right. */
	get isWaiting(): boolean {
		return this.#pending.length > 0;
	}

	/** Nothing has followed for long: whole frames are believed without. */
	believe(): LogFrame[] {
		return this.#take(true);
	}

	#take(isEnded: boolean): LogFrame[] {
		const frames: LogFrame[] = [];
		let from = 0;
		for (;;) {
			const step = this.#next(from, frames, isEnded);
			if (step === from) break;
			from = step;
		}
		this.#pending = this.#pending.subarray(from);
		return frames;
	}

	/** The stream has ended: what is left of whole frames behind a damaged one. */
	end(): LogFrame[] {
		const frames: LogFrame[] = [];
		let from = 0;
		while (from < this.#pending.length) {
			const step = this.#next(from, frames, true);
			if (step !== from) {
				from = step;
				continue;
			}
			const head = findHead(this.#pending, from + 1);
			const stop = head === -1 ? this.#pending.length : head;
			this.#skippedBytes += stop - from;
			from = stop;
		}
		this.#pending = Buffer.alloc(0);
		return frames;
	}

	/** Reads one frame at `from`; gives back where the next one begins, or `from` when more bytes are needed. */
	#next(from: number, frames: LogFrame[], isEnded: boolean): number {
		const data = this.#pending;
		if (data.length - from < headBytes) return from;
		if (!isHead(data, from)) return this.#resync(from);
		const length = data.readUInt32BE(from + 4);
		const type = data[from] ?? 0;
		if (length > longestPayload) return this.#resync(from);
		const start = from + headBytes;
		if (type !== 3 && length > 0 && !couldBeTimestamp(data, start)) return this.#resync(from);
		const hidden = findHidden(data, start, Math.min(start + length, data.length));
		if (hidden !== -1) {
			// The length is damaged and reaches over further frames: the line itself ends where the first of them begins.
			const first = findHead(data, start, hidden + 1);
			this.#emit(type, start, first, frames);
			return first;
		}
		const end = start + length;
		if (data.length < end) return from;
		if (!isEnded && isUndecided(data, start, end)) return from;
		const honestEnd = isFollowedWell(data, end) ? end : findHead(data, start, end);
		this.#emit(type, start, honestEnd === -1 ? end : honestEnd, frames);
		return honestEnd === -1 ? end : honestEnd;
	}

	#emit(type: number, start: number, end: number, frames: LogFrame[]): void {
		if (end > start) frames.push({stream: streams[type] ?? 'stdout', payload: this.#pending.subarray(start, end)});
	}

	/** Skips to the next believable head; keeps what may be the beginning of one. */
	#resync(from: number): number {
		const head = findHead(this.#pending, from + 1);
		const stop = head === -1 ? Math.max(from + 1, this.#pending.length - headBytes - timestampBytes + 1) : head;
		this.#skippedBytes += stop - from;
		return stop;
	}
}

/** The same bytes, not copied: nobody writes into a chunk that a stream has given away. */
const viewOf = ({buffer, byteOffset, byteLength}: Uint8Array): Buffer => Buffer.from(buffer, byteOffset, byteLength);

function isHead(data: Buffer, at: number): boolean {
	return (data[at] ?? 255) <= 3 && data[at + 1] === 0 && data[at + 2] === 0 && data[at + 3] === 0;
}

/** False only when the bytes that are there already rule a timestamp out. */
function couldBeTimestamp(data: Buffer, at: number): boolean {
	const length = Math.min(timestampBytes, data.length - at);
	for (let i = 0; i < length; i++) if (!fitsTimestamp(data[at + i] ?? 0, i)) return false;
	return true;
}

function isTimestamp(data: Buffer, at: number): boolean {
	return data.length - at >= timestampBytes && couldBeTimestamp(data, at);
}

function fitsTimestamp(byte: number, index: number): boolean {
	const wanted = '0000-00-00T00:00:00.000000000Z '.charCodeAt(index);
	return wanted === 0x30 ? byte >= 0x30 && byte <= 0x39 : byte === wanted;
}

/** Where a head followed by a timestamp, or an error frame's head, begins at or after `from`; -1 when nowhere. */
function findHead(data: Buffer, from: number, before = data.length): number {
	for (
		let at = data.indexOf('\0\0\0', from, 'latin1');
		at !== -1 && at <= before;
		at = data.indexOf('\0\0\0', at + 1, 'latin1')
	) {
		const head = at - 1;
		if (head >= from && isBelievable(data, head)) return head;
		// Three zeros may be the last three of four: stdin's type 0 is never sent, so the head begins at the zero itself.
	}
	return -1;
}

const errorWords = 'Error grabbing logs';

function isBelievable(data: Buffer, head: number): boolean {
	if (!isHead(data, head) || data.length < head + headBytes) return false;
	if (data.readUInt32BE(head + 4) > longestPayload) return false;
	if (isTimestamp(data, head + headBytes)) return true;
	const words = data.subarray(head + headBytes, head + headBytes + errorWords.length).toString('latin1');
	return data[head] === 3 && words === errorWords;
}

/**
 * A whole head inside a payload, right behind a newline. A payload's only newline is its last byte, because the engine
 * splits at newlines, so no container can forge one by printing what looks like a head.
 */
function findHidden(data: Buffer, start: number, end: number): number {
	for (let at = data.indexOf(newline, start); at !== -1 && at + 1 < end; at = data.indexOf(newline, at + 1)) {
		if (isBelievable(data, at + 1)) return at + 1;
	}
	return -1;
}

/** Whether a payload that ends at `end` can be believed: it ends a line, or another head or the stream's end follows. */
function isFollowedWell(data: Buffer, end: number): boolean {
	return data[end - 1] === newline || end === data.length || isBelievable(data, end);
}

/**
 * Too little has come to judge the payload: a newline inside it may be followed by a head, and a payload without a newline
 * at its end is believed only when a head follows.
 */
function isUndecided(data: Buffer, start: number, end: number): boolean {
	const enough = headBytes + timestampBytes;
	if (data[end - 1] !== newline) return data.length < end + enough;
	const inner = end - 2 < start ? -1 : data.lastIndexOf(newline, end - 2);
	return inner >= start && data.length < inner + 1 + enough;
}
