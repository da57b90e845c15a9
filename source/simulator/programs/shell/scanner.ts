import {ShellSyntaxError} from './syntax.ts';

const reserved = new Set([
	'if',
	'then',
	'elif',
	'else',
	'fi',
	'while',
	'until',
	'for',
	'do',
	'done',
	'case',
	'esac',
	'in',
]);
const punctuation = new Set(['{', '}', '!']);

/** A place in a script's text, with what every part of the grammar asks of it. */
export class Scanner {
	readonly text: string;
	at = 0;
	/** Here-documents that were read when their line was: skipped when the line ends. */
	readonly #skips: {readonly from: number; readonly to: number}[] = [];

	constructor(text: string) {
		this.text = text;
	}

	get isAtEnd(): boolean {
		return this.at >= this.text.length;
	}

	/** The character here, '' at the end. */
	get character(): string {
		return this.text[this.at] ?? '';
	}

	peek(symbol: string): boolean {
		return this.text.startsWith(symbol, this.at);
	}

	take(symbol: string): boolean {
		if (!this.peek(symbol)) return false;
		this.at += symbol.length;
		return true;
	}

	need(symbol: string): void {
		if (!this.take(symbol)) throw this.unexpected(symbol);
	}

	/** What the pattern finds here, consumed; '' when it finds nothing. */
	match(pattern: RegExp): string {
		const found = pattern.exec(this.rest())?.[0] ?? '';
		this.at += found.length;
		return found;
	}

	rest(): string {
		return this.text.slice(this.at);
	}

	atReserved(word: string): boolean {
		if (!(reserved.has(word) || punctuation.has(word)) || !this.peek(word)) return false;
		const next = this.text[this.at + word.length];
		return next === undefined || /[\s;|&()<>]/.test(next);
	}

	takeReserved(word: string): boolean {
		if (!this.atReserved(word)) return false;
		this.at += word.length;
		return true;
	}

	needReserved(word: string): void {
		this.skipSeparators();
		if (!this.takeReserved(word)) throw this.unexpected(word);
	}

	/** Whether no word can begin here: the end of a simple command. */
	get isAtBreak(): boolean {
		return this.isAtEnd || /[\n;|&()]/.test(this.character);
	}

	get isAtWordEnd(): boolean {
		return this.isAtEnd || /[\s;|&()<>]/.test(this.character);
	}

	skipBlanks(): void {
		for (;;) {
			if (/[ \t\r]/.test(this.character)) this.at++;
			else if (this.peek('\\\n')) this.at += 2;
			else if (this.character === '#' && (this.at === 0 || /[\s;&|(]/.test(this.text[this.at - 1] ?? ''))) {
				const end = this.text.indexOf('\n', this.at);
				this.at = end < 0 ? this.text.length : end;
			} else return;
		}
	}

	skipNewlines(): void {
		for (this.skipBlanks(); this.peek('\n'); this.skipBlanks()) this.#newline();
	}

	/** Blanks, newlines and single semicolons. */
	skipSeparators(): void {
		for (;;) {
			this.skipBlanks();
			if (this.peek('\n')) this.#newline();
			else if (this.peek(';') && !this.peek(';;')) this.at++;
			else return;
		}
	}

	/** The lines below this one up to the one that is `delimiter`, which the end of this line will skip. */
	takeHereDocument(delimiter: string, stripsTabs: boolean): string {
		const lineEnd = this.text.indexOf('\n', this.at);
		if (lineEnd < 0) return '';
		const lines: string[] = [];
		let at = lineEnd + 1;
		while (at < this.text.length) {
			const newline = this.text.indexOf('\n', at);
			const end = newline < 0 ? this.text.length : newline;
			const line = stripsTabs ? this.text.slice(at, end).replace(/^\t+/, '') : this.text.slice(at, end);
			at = end + 1;
			if (line === delimiter) break;
			lines.push(line);
		}
		this.#skips.push({from: lineEnd + 1, to: Math.min(at, this.text.length)});
		return lines.map((line) => `${line}\n`).join('');
	}

	/** A scanner of its own for a stretch of this text. */
	inside(from: number, to: number): Scanner {
		return new Scanner(this.text.slice(from, to));
	}

	unexpected(expected?: string): ShellSyntaxError {
		const wanted = expected ? ` (expecting "${expected}")` : '';
		const found = /^(?:;;|&&|\|\||[;|&()<>\n]|[^\s;|&()<>]+)/.exec(this.rest())?.[0];
		const what = found === undefined ? 'end of file' : found === '\n' ? 'newline' : `"${found}"`;
		return new ShellSyntaxError(`syntax error: unexpected ${what}${wanted}`);
	}

	#newline(): void {
		this.at++;
		const skip = this.#skips.find((known) => known.from === this.at);
		if (skip) this.at = skip.to;
	}
}
