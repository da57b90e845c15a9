/**
 * JSON text as Go's encoding/json reads it: the same values, the same words for what is wrong, and the position where the
 * value ended, since the engine looks for further content itself. Numbers keep their literal, which Go's error messages
 * quote and whose range the target type decides.
 */

export class GoNumber {
	readonly literal: string;

	constructor(literal: string) {
		this.literal = literal;
	}
}

/** Members in the order they came; a name may come twice, and the later one counts. */
export class GoObject {
	readonly members: readonly (readonly [string, GoValue])[];

	constructor(members: readonly (readonly [string, GoValue])[]) {
		this.members = members;
	}
}

export type GoValue = string | boolean | null | GoNumber | GoObject | readonly GoValue[];

/** `kind` tells an empty input (Go's io.EOF) from one that is cut off or malformed. */
export class GoSyntaxError extends Error {
	override readonly name = 'GoSyntaxError';
	readonly kind: 'empty' | 'malformed';
	/** What Go 1.27 says instead, where it says something else. */
	readonly newerMessage: string | undefined;

	constructor(kind: 'empty' | 'malformed', message: string, newerMessage?: string) {
		super(message);
		this.kind = kind;
		this.newerMessage = newerMessage;
	}
}

/** Reads the first value of `text`; `end` is the index behind it. */
export function readGoJson(text: string): {readonly value: GoValue; readonly end: number} {
	const reader = new Reader(text);
	reader.skipBlanks();
	if (reader.atEnd) throw new GoSyntaxError('empty', 'EOF');
	const value = reader.value();
	return {value, end: reader.position};
}

/** Whether anything but blanks follows. */
export const hasMore = (text: string, position: number): boolean => /[^ \t\r\n]/.test(text.slice(position));

const blanks = new Set([' ', '\t', '\r', '\n']);
const escapes: Readonly<Record<string, string>> = {
	'"': '"',
	'\\': '\\',
	'/': '/',
	b: '\b',
	f: '\f',
	n: '\n',
	r: '\r',
	t: '\t',
};

class Reader {
	position = 0;
	readonly #text: string;

	constructor(text: string) {
		this.#text = text;
	}

	get atEnd(): boolean {
		return this.position >= this.#text.length;
	}

	skipBlanks(): void {
		while (blanks.has(this.#text.charAt(this.position))) this.position++;
	}

	value(): GoValue {
		this.skipBlanks();
		const first = this.#peek();
		if (first === '{') return this.#object();
		if (first === '[') return this.#array();
		if (first === '"') return this.#string();
		if (first === 't') return this.#literal('true', true);
		if (first === 'f') return this.#literal('false', false);
		if (first === 'n') return this.#literal('null', null);
		if (first === '-' || isDigit(first)) return this.#number();
		throw this.#unexpected('looking for beginning of value');
	}

	#object(): GoObject {
		const members: [string, GoValue][] = [];
		this.position++;
		this.skipBlanks();
		if (this.#peek() === '}') {
			this.position++;
			return new GoObject(members);
		}
		for (;;) {
			this.skipBlanks();
			if (this.#peek() !== '"') throw this.#unexpected('looking for beginning of object key string');
			const name = this.#string();
			this.skipBlanks();
			if (this.#peek() !== ':') throw this.#unexpected('after object key');
			this.position++;
			members.push([name, this.value()]);
			this.skipBlanks();
			const next = this.#peek();
			if (next !== ',' && next !== '}') throw this.#unexpected('after object key:value pair');
			this.position++;
			if (next === '}') return new GoObject(members);
		}
	}

	#array(): GoValue[] {
		const elements: GoValue[] = [];
		this.position++;
		this.skipBlanks();
		if (this.#peek() === ']') {
			this.position++;
			return elements;
		}
		for (;;) {
			elements.push(this.value());
			this.skipBlanks();
			const next = this.#peek();
			if (next !== ',' && next !== ']') throw this.#unexpected('after array element');
			this.position++;
			if (next === ']') return elements;
		}
	}

	#string(): string {
		let text = '';
		let from = ++this.position;
		for (;;) {
			const character = this.#peek();
			if (character === '"') {
				text += this.#text.slice(from, this.position++);
				return text;
			}
			if (character < ' ') throw this.#unexpected('in string literal');
			if (character !== '\\') {
				this.position++;
				continue;
			}
			text += this.#text.slice(from, this.position++);
			text += this.#escape();
			from = this.position;
		}
	}

	#escape(): string {
		const code = this.#peek();
		if (code !== 'u') {
			const meant = escapes[code];
			if (meant === undefined) {
				throw this.#unexpected('in string escape code', `invalid escape sequence \`\\${code}\` in string`);
			}
			this.position++;
			return meant;
		}
		this.position++;
		let digits = '';
		while (digits.length < 4) {
			const digit = this.#peek();
			if (!/[0-9a-fA-F]/.test(digit)) throw this.#unexpected('in \\u hexadecimal character escape');
			digits += digit;
			this.position++;
		}
		return String.fromCharCode(Number.parseInt(digits, 16));
	}

	#literal<T>(word: string, value: T): T {
		for (let i = 0; i < word.length; i++) {
			if (this.#peek() !== word[i]) throw this.#unexpected(`in literal ${word} (expecting ${quoted(word[i] ?? '')})`);
			this.position++;
		}
		return value;
	}

	#number(): GoNumber {
		const from = this.position;
		if (this.#peek() === '-') this.position++;
		if (this.#text[this.position] === '0') this.position++;
		else this.#digits('in numeric literal');
		if (this.#text[this.position] === '.') {
			this.position++;
			this.#digits('after decimal point in numeric literal');
		}
		if (/[eE]/.test(this.#text.charAt(this.position))) {
			this.position++;
			if (/[+-]/.test(this.#text.charAt(this.position))) this.position++;
			this.#digits('in exponent of numeric literal');
		}
		return new GoNumber(this.#text.slice(from, this.position));
	}

	#digits(where: string): void {
		if (!isDigit(this.#peek())) throw this.#unexpected(where);
		while (isDigit(this.#text.charAt(this.position))) this.position++;
	}

	#peek(): string {
		if (this.atEnd) throw new GoSyntaxError('malformed', 'unexpected EOF');
		return this.#text.charAt(this.position);
	}

	#unexpected(where: string, newerMessage?: string): GoSyntaxError {
		const point = String.fromCodePoint(this.#text.codePointAt(this.position) ?? 0);
		return new GoSyntaxError('malformed', `invalid character ${quoted(firstByte(point))} ${where}`, newerMessage);
	}
}

const isDigit = (character: string): boolean => character >= '0' && character <= '9' && character.length === 1;

/** Go's scanner works on bytes: of a character beyond ASCII it names the first byte, read as Latin-1. */
const firstByte = (character: string): string => String.fromCharCode(Buffer.from(character)[0] ?? 0);

const named: Readonly<Record<string, string>> = {
	"'": "\\'",
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\b': '\\b',
	'\f': '\\f',
	'\v': '\\v',
	'\u0007': '\\a',
	'\\': '\\\\',
};

/** A character as Go's error messages show it (encoding/json scanner.go quoteChar). */
function quoted(character: string): string {
	const name = named[character];
	if (name) return `'${name}'`;
	const code = character.charCodeAt(0);
	if (code < 0x20 || code === 0x7f) return `'\\x${code.toString(16).padStart(2, '0')}'`;
	if (code >= 0x80 && code < 0xa1) return `'\\u${code.toString(16).padStart(4, '0')}'`;
	return `'${character}'`;
}
