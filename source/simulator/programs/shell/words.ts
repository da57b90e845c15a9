import type {Scanner} from './scanner.ts';
import {type Part, type Script, ShellSyntaxError, type Word} from './syntax.ts';

/** Reads words: quotes, parameters, command substitutions and arithmetic (XCU 2.2, 2.6). */

/** Reads the commands up to an unmatched `)`: the inside of a command substitution. */
type ReadList = (scanner: Scanner) => Script;

const parameterPattern = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+|[@*#?$!-])/;
const operatorPattern = /^(?::?[-=+?]|##?|%%?)/;

export function readWord(scanner: Scanner, readList: ReadList): Word {
	const parts: Part[] = [];
	const start = scanner.at;
	while (!scanner.isAtWordEnd) readPiece(scanner, readList, parts);
	if (scanner.at === start) throw scanner.unexpected();
	return parts;
}

/** Text in which only `$` and backquotes mean something: a here-document, an arithmetic expression. */
export function readExpandedText(scanner: Scanner, readList: ReadList): Word {
	const parts: Part[] = [{kind: 'text', text: '', isQuoted: true}];
	while (!scanner.isAtEnd) readInsideQuotes(scanner, readList, parts, false);
	return parts;
}

/** One character, quotation or expansion of a word that stands outside double quotes. */
function readPiece(scanner: Scanner, readList: ReadList, parts: Part[]): void {
	const {character} = scanner;
	if (character === "'") parts.push(singleQuoted(scanner));
	else if (character === '"') doubleQuoted(scanner, readList, parts);
	else if (character === '\\') escaped(scanner, parts);
	else if (character === '$') parts.push(dollar(scanner, readList, false));
	else if (character === '`') parts.push(backquoted(scanner, readList, false));
	else {
		scanner.at++;
		addText(parts, character, false);
	}
}

function singleQuoted(scanner: Scanner): Part {
	const end = scanner.text.indexOf("'", scanner.at + 1);
	if (end < 0) throw unterminated();
	const text = scanner.text.slice(scanner.at + 1, end);
	scanner.at = end + 1;
	return {kind: 'text', text, isQuoted: true};
}

function doubleQuoted(scanner: Scanner, readList: ReadList, parts: Part[]): void {
	scanner.at++;
	addText(parts, '', true);
	while (!scanner.take('"')) {
		if (scanner.isAtEnd) throw unterminated();
		readInsideQuotes(scanner, readList, parts, true);
	}
}

function readInsideQuotes(scanner: Scanner, readList: ReadList, parts: Part[], escapesQuote: boolean): void {
	const {character} = scanner;
	const next = scanner.text[scanner.at + 1] ?? '';
	if (character === '$') parts.push(dollar(scanner, readList, true));
	else if (character === '`') parts.push(backquoted(scanner, readList, true));
	else if (character === '\\' && (/[$`\\\n]/.test(next) || (escapesQuote && next === '"'))) {
		if (next !== '\n') addText(parts, next, true);
		scanner.at += 2;
	} else {
		addText(parts, character, true);
		scanner.at++;
	}
}

function escaped(scanner: Scanner, parts: Part[]): void {
	const next = scanner.text[scanner.at + 1] ?? '';
	scanner.at += 2;
	if (next !== '\n' && next !== '') addText(parts, next, true);
}

function dollar(scanner: Scanner, readList: ReadList, isQuoted: boolean): Part {
	scanner.at++;
	if (scanner.peek('((')) return arithmetic(scanner, readList, isQuoted);
	if (scanner.take('(')) {
		const script = readList(scanner);
		scanner.skipSeparators();
		scanner.need(')');
		return {kind: 'command', script, isQuoted};
	}
	if (scanner.take('{')) return braced(scanner, readList, isQuoted);
	const name = scanner.match(/^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/);
	return name ? {kind: 'parameter', name, isQuoted} : {kind: 'text', text: '$', isQuoted};
}

function arithmetic(scanner: Scanner, readList: ReadList, isQuoted: boolean): Part {
	scanner.at += 2;
	const start = scanner.at;
	for (let depth = 0; !scanner.isAtEnd; scanner.at++) {
		const {character} = scanner;
		if (character === '(') depth++;
		if (character === ')' && depth === 0 && scanner.peek('))')) break;
		if (character === ')') depth--;
	}
	const inner = scanner.inside(start, scanner.at);
	scanner.need('))');
	return {kind: 'arithmetic', expression: readExpandedText(inner, readList), isQuoted};
}

function braced(scanner: Scanner, readList: ReadList, isQuoted: boolean): Part {
	if (scanner.peek('#') && !scanner.peek('#}')) {
		scanner.at++;
		const name = scanner.match(parameterPattern);
		scanner.need('}');
		return {kind: 'parameter', name, operator: 'length', isQuoted};
	}
	const name = scanner.match(parameterPattern);
	if (!name) throw new ShellSyntaxError('syntax error: bad substitution');
	if (scanner.take('}')) return {kind: 'parameter', name, isQuoted};
	const operator = scanner.match(operatorPattern);
	if (!operator) throw new ShellSyntaxError('syntax error: bad substitution');
	const operand: Part[] = [];
	while (!scanner.take('}')) {
		if (scanner.isAtEnd) throw new ShellSyntaxError("syntax error: missing '}'");
		readPiece(scanner, readList, operand);
	}
	return {kind: 'parameter', name, operator, operand, isQuoted};
}

function backquoted(scanner: Scanner, readList: ReadList, isQuoted: boolean): Part {
	const end = scanner.text.indexOf('`', scanner.at + 1);
	if (end < 0) throw new ShellSyntaxError('syntax error: EOF in backquote substitution');
	const inner = scanner.inside(scanner.at + 1, end);
	scanner.at = end + 1;
	const script = readList(inner);
	if (!inner.isAtEnd) throw inner.unexpected();
	return {kind: 'command', script, isQuoted};
}

const unterminated = () => new ShellSyntaxError('syntax error: unterminated quoted string');

function addText(parts: Part[], text: string, isQuoted: boolean): void {
	const last = parts.at(-1);
	if (last?.kind === 'text' && last.isQuoted === isQuoted) {
		parts[parts.length - 1] = {kind: 'text', text: last.text + text, isQuoted};
	} else {
		parts.push({kind: 'text', text, isQuoted});
	}
}
