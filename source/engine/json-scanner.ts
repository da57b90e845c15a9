/** Finds the structure of JSON in bytes that come in pieces, without parsing it. */

const quote = 0x22;
const comma = 0x2c;
const backslash = 0x5c;
const openBracket = 0x5b;
const closeBracket = 0x5d;
const openBrace = 0x7b;
const closeBrace = 0x7d;

/**
 * Steps from one structural byte (brackets, braces, commas) to the next, passing over strings; remembers where it stands
 * between pieces. What lies between is not looked at: JSON.parse judges that later.
 */
class JsonScanner {
	/** Open brackets and braces after the byte that was found last. */
	depth = 0;
	#isInString = false;
	#isEscaped = false;

	/** The index of the next structural byte at or after `from`, -1 when the piece holds no more. */
	next(bytes: Uint8Array, from: number): number {
		const {length} = bytes;
		let index = this.#isInString ? this.#afterString(bytes, from) : from;
		while (index < length) {
			const byte = bytes[index];
			switch (byte) {
				case quote:
					index = this.#afterString(bytes, index + 1);
					continue;
				case openBracket:
				case openBrace:
					this.depth++;
					return index;
				case closeBracket:
				case closeBrace:
					this.depth--;
					return index;
				case comma:
					return index;
			}
			index++;
		}
		return -1;
	}

	/** Where the string ends that `from` lies in; the piece's length when it goes on beyond. */
	#afterString(bytes: Uint8Array, from: number): number {
		const {length} = bytes;
		let index = this.#isEscaped ? from + 1 : from;
		for (; index < length; index++) {
			const byte = bytes[index];
			if (byte === backslash) index++;
			else if (byte === quote) {
				this.#isInString = false;
				this.#isEscaped = false;
				return index + 1;
			}
		}
		this.#isInString = true;
		this.#isEscaped = index > length;
		return length;
	}
}

/** The largest objects that an engine has, tasks with all their environment, are a hundredth of this. */
const elementLimitBytes = 16 * 1024 * 1024;

const nothing = Buffer.alloc(0);
const [arrayBegin, arrayEnd] = [Buffer.from('['), Buffer.from(']')];

/** Bytes that came in pieces, as one text: put together only when it is asked for. Throws when they are too many. */
class Pieces {
	#pieces: Uint8Array[] = [];
	#length = 0;

	add(piece: Uint8Array): void {
		if (piece.length === 0) return;
		this.#length += piece.length;
		if (this.#length > elementLimitBytes) {
			this.#pieces = [];
			throw new SyntaxError(`one object of it is larger than ${elementLimitBytes >> 20} MB`);
		}
		this.#pieces.push(piece);
	}

	take(before = nothing, after = nothing): string {
		const text = Buffer.concat([before, ...this.#pieces, after]).toString('utf8');
		this.#pieces = [];
		this.#length = 0;
		return text;
	}
}

/**
 * Parses the elements of one big JSON array as its bytes come in, so that neither the text nor the whole array ever has
 * to be in memory at once. Throws SyntaxError for what is no JSON array; `null` counts as an empty one, for Go writes
 * a nil slice so.
 */
export class JsonArrayParser {
	readonly #scanner = new JsonScanner();
	readonly #rest = new Pieces();
	#state: 'before' | 'inside' | 'after' = 'before';
	#isEmptySoFar = true;

	/** The elements that are complete with this piece. */
	push(bytes: Uint8Array): unknown[] {
		let elements: unknown[] = [];
		let start = 0;
		let cut = -1;
		for (let at = this.#scanner.next(bytes, 0); at >= 0; at = this.#scanner.next(bytes, at + 1)) {
			const {depth} = this.#scanner;
			if (this.#state === 'before') {
				this.#enter(bytes, at);
				start = at + 1;
			} else if (this.#state === 'after') {
				throw new SyntaxError('more than one JSON value');
			} else if (depth === 1 && bytes[at] === comma) {
				cut = at;
			} else if (depth === 0) {
				if (bytes[at] !== closeBracket) throw new SyntaxError('the JSON array is not closed as it was opened');
				this.#state = 'after';
				cut = -1;
				elements = this.#parse(bytes.subarray(start, at), true);
				start = at + 1;
			}
		}
		if (cut >= 0) {
			elements = this.#parse(bytes.subarray(start, cut), false);
			start = cut + 1;
		}
		this.#rest.add(bytes.subarray(start));
		return elements;
	}

	/** Throws unless the array was complete and nothing but white space followed. */
	end(): void {
		const rest = this.#rest.take().trim();
		if (this.#state === 'before' && rest === 'null') return;
		if (this.#state === 'before') throw new SyntaxError('not a JSON array');
		if (this.#state === 'inside') throw new SyntaxError('the JSON array breaks off');
		if (rest !== '') throw new SyntaxError('more than one JSON value');
	}

	#enter(bytes: Uint8Array, at: number): void {
		this.#rest.add(bytes.subarray(0, at));
		if (bytes[at] !== openBracket || this.#rest.take().trim() !== '') throw new SyntaxError('not a JSON array');
		this.#state = 'inside';
	}

	/** Elements are parsed as many as there are at once: a few long texts cost less than many short ones. */
	#parse(bytes: Uint8Array, isLast: boolean): unknown[] {
		this.#rest.add(bytes);
		const text = this.#rest.take(arrayBegin, arrayEnd);
		// `[1,]` is no JSON, but its last element would be empty text like that of `[]`.
		const isEmpty = text.slice(1, -1).trim() === '';
		if (isEmpty && !(isLast && this.#isEmptySoFar)) throw new SyntaxError('an element is missing');
		this.#isEmptySoFar = false;
		return JSON.parse(text) as unknown[];
	}
}

/**
 * Parses JSON objects that follow each other, with or without line breaks between them: the event stream. Throws
 * SyntaxError for what is no JSON.
 */
export class JsonStreamParser {
	readonly #scanner = new JsonScanner();
	readonly #rest = new Pieces();

	/** The objects that are complete with this piece. */
	push(bytes: Uint8Array): unknown[] {
		const values: unknown[] = [];
		let start = 0;
		for (let at = this.#scanner.next(bytes, 0); at >= 0; at = this.#scanner.next(bytes, at + 1)) {
			if (this.#scanner.depth > 0) continue;
			this.#rest.add(bytes.subarray(start, at + 1));
			values.push(JSON.parse(this.#rest.take()));
			start = at + 1;
		}
		this.#rest.add(bytes.subarray(start));
		return values;
	}
}
