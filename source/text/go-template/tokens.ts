import {TemplateError} from './syntax.ts';

/** The words of what stands between `{{` and `}}`. */
export type Token =
	| {readonly kind: 'field' | 'variable' | 'word' | 'mark'; readonly text: string}
	| {readonly kind: 'literal'; readonly value: string | number};

/** Text as it stands, or the inside of an action. */
export type Piece = {readonly kind: 'text'; readonly text: string} | {readonly kind: 'action'; readonly text: string};

/** Splits a template; the marks that trim white space have done their work then, and comments are gone. */
export function piecesOf(template: string): Piece[] {
	const pieces: Piece[] = [];
	let isTrimmed = false;
	let at = 0;
	for (;;) {
		const start = template.indexOf('{{', at);
		const text = template.slice(at, start === -1 ? undefined : start);
		const isTrimming = start !== -1 && /^\{\{-\s/.test(template.slice(start));
		const before = isTrimmed ? text.trimStart() : text;
		pieces.push({kind: 'text', text: isTrimming ? before.trimEnd() : before});
		if (start === -1) return pieces;
		const from = start + (isTrimming ? 3 : 2);
		const end = endOfAction(template, from);
		const inside = template.slice(from, end);
		isTrimmed = /\s-$/.test(inside);
		const action = (isTrimmed ? inside.slice(0, -1) : inside).trim();
		if (!/^\/\*[\s\S]*\*\/$/.test(action)) pieces.push({kind: 'action', text: action});
		at = end + 2;
	}
}

/** Where the `}}` is that closes it: not one inside quotes. */
function endOfAction(template: string, from: number): number {
	const quotedOrEnd = /"(?:[^"\\]|\\.)*"|`[^`]*`|\/\*[\s\S]*?\*\/|\}\}/g;
	quotedOrEnd.lastIndex = from;
	for (let match = quotedOrEnd.exec(template); match; match = quotedOrEnd.exec(template)) {
		if (match[0] === '}}') return match.index;
	}
	throw new TemplateError('an action is not closed: }} is missing');
}

const word =
	/\s*(?:(?<field>\.[\p{L}_][\p{L}\p{N}_]*)|(?<variable>\$[\p{L}\p{N}_]*)|(?<word>[\p{L}_][\p{L}\p{N}_]*)|(?<quoted>"(?:[^"\\]|\\.)*")|(?<raw>`[^`]*`)|(?<number>[+-]?\d[\d._]*(?:e[+-]?\d+)?|0x[\da-f]+)|(?<mark>:=|[=|(),.]))(?<gap>\s*)/iuy;

/** A token, and whether white space stands behind it: `.A .B` are two fields, `.A.B` is a way. */
export type Placed = {readonly token: Token; readonly isApart: boolean};

export function tokensOf(action: string): Placed[] {
	const tokens: Placed[] = [];
	word.lastIndex = 0;
	while (word.lastIndex < action.length) {
		const at = word.lastIndex;
		const found = word.exec(action)?.groups;
		if (!found) throw new TemplateError(`"${action.slice(at).trim()}" is not understood`);
		tokens.push({token: tokenOf(found), isApart: found['gap'] !== ''});
	}
	return tokens;
}

function tokenOf({field, variable, word, quoted, raw, number, mark}: Record<string, string | undefined>): Token {
	if (field !== undefined) return {kind: 'field', text: field.slice(1)};
	if (variable !== undefined) return {kind: 'variable', text: variable};
	if (word !== undefined) return {kind: 'word', text: word};
	if (quoted !== undefined) return {kind: 'literal', value: unquoted(quoted)};
	if (raw !== undefined) return {kind: 'literal', value: raw.slice(1, -1)};
	if (number !== undefined) return {kind: 'literal', value: numberOf(number)};
	return {kind: 'mark', text: mark ?? ''};
}

function numberOf(text: string): number {
	const value = Number(text.replaceAll('_', ''));
	if (Number.isNaN(value)) throw new TemplateError(`${text} is no number`);
	return value;
}

const escapes: Readonly<Record<string, string>> = {n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v'};

/** Go's escapes. */
const unquoted = (text: string): string =>
	text
		.slice(1, -1)
		.replaceAll(
			/\\(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8})|([\s\S]))/g,
			(_, ...parts: (string | undefined)[]) => {
				const [two, four, eight, letter = ''] = parts;
				const code = two ?? four ?? eight;
				return code === undefined ? (escapes[letter] ?? letter) : String.fromCodePoint(Number.parseInt(code, 16));
			},
		);
