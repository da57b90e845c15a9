import {Lexer, type Node} from 'yaml';
import {YamlRefusal} from './expansion.ts';

/** What go-yaml's parser, which is libyaml's, refuses and the one that is used here takes. */

/** Refuses tabs where an indentation may be, names of anchors with odd characters, and texts in brackets that begin with a colon. */
export function checkTokens(text: string): void {
	const scan = new Scan();
	let documents = 0;
	for (const token of new Lexer().lex(text)) {
		if (token === '\u0002' && ++documents > 1) return;
		scan.take(token);
	}
}

/** Tokens that stand for no characters: the beginning of a document, of a scalar, the end of a broken collection. */
const marks: readonly string[] = ['\u0002', '\u0018', '\u001f', '\uFEFF'];

class Scan {
	#offset = 0;
	#depth = 0;
	/** Whether nothing but spaces and list marks stands before this in the line. */
	#isIndentation = true;
	#isScalar = false;
	/** Of a block scalar: `|`, `>-`, `|2`. */
	#header = '';
	/** How far the line is indented that the scalar begins in. */
	#column = 0;

	take(token: string): void {
		if (marks.includes(token)) {
			this.#isScalar = token === '\u001f';
			return;
		}
		this.#check(token);
		this.#offset += token.length;
		this.#isScalar = false;
	}

	#check(token: string): void {
		if (this.#isScalar) {
			this.#checkScalar(token);
			return;
		}
		if (/^[ \t]+$/.test(token)) {
			if (token.includes('\t') && this.#isIndentation && this.#depth === 0)
				this.#refuse('a tab stands where only spaces may');
			if (this.#isIndentation) this.#column += token.length;
			return;
		}
		if (token === '\n') {
			this.#isIndentation = true;
			this.#column = 0;
			return;
		}
		if (/^[&*]/.test(token) && !/^[&*][\w-]+$/.test(token)) {
			this.#refuse(`${token} is no name for an anchor: it has letters, digits, _ and -`);
		}
		if (token === '{' || token === '[') this.#depth++;
		if (token === '}' || token === ']') this.#depth--;
		if (/^[|>]/.test(token)) this.#header = token;
		const isListMark = token === '-' || token === '?';
		if (this.#isIndentation && isListMark && this.#depth === 0) this.#column++;
		else this.#isIndentation = false;
	}

	#checkScalar(token: string): void {
		const header = this.#header;
		this.#header = '';
		this.#isIndentation = header !== '';
		if (header !== '') this.#column = 0;
		if (header === '') {
			if (this.#depth > 0 && token.startsWith(':')) this.#refuse('a text that begins with a colon needs quotes here');
			const tab = /\n( *)\t/.exec(token);
			if (tab && this.#depth === 0 && (tab[1] ?? '').length <= this.#column)
				this.#refuse('a tab stands where only spaces may');
		} else if (!/\d/.test(header) && /^(?: *\n)* *\t/.test(token)) this.#refuse('a tab stands where only spaces may');
	}

	#refuse(message: string): never {
		throw new YamlRefusal(this.#offset, message);
	}
}

/** A key without a `?` before it stands in one line, of 1024 characters at most. */
export function checkKey(text: string, key: Node | null, at: number): void {
	const end = key?.range?.[1] ?? at;
	const written = text.slice(at, end);
	const isShort = written.length <= 1024 && !written.trimEnd().includes('\n');
	if (isShort || !/^\s*:/.test(text.slice(end, end + 100)) || /\?\s*$/.test(text.slice(Math.max(0, at - 100), at)))
		return;
	throw new YamlRefusal(at, 'a key stands in one line, of 1024 characters at most');
}

/** Escapes that are refused: `\/` and halves of a pair. */
export function checkEscapes(written: string, at: number): void {
	for (const [found] of written.matchAll(/\\(?:u[\da-fA-F]{4}|.)/gs)) {
		const code = found.startsWith('\\u') ? Number.parseInt(found.slice(2), 16) : 0;
		const isHalf = code >= 0xd800 && code <= 0xdfff;
		if (isHalf || found === '\\/') throw new YamlRefusal(at, `there is no escape ${found} in double quotes`);
	}
}
