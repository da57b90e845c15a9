import {evaluate} from './arithmetic.ts';
import type {Step} from './routine.ts';
import type {Script, Word} from './syntax.ts';

/** What expansions need of the shell that does them. */
export interface Scope {
	/** A variable or special parameter; undefined when unset. */
	parameter(name: string): string | undefined;
	assign(name: string, value: string): void;
	readonly positional: readonly string[];
	/** What the commands print, without closing newlines. */
	substitute(script: Script): Generator<Step, string, number>;
}

/** `${name:?message}`: the shell stops with the message. */
export class ExpansionError extends Error {}

/** A word's fields after parameter, command and arithmetic expansion and field splitting (XCU 2.6). */
export function* expandFields(word: Word, scope: Scope): Generator<Step, string[], number> {
	const fields: string[] = [];
	let current: string | undefined;
	for (const part of word) {
		if (part.kind === 'text') {
			current = (current ?? '') + part.text;
			continue;
		}
		if (part.kind === 'parameter' && part.isQuoted && part.name === '@') {
			const [first, ...others] = scope.positional;
			if (first === undefined) continue;
			current = (current ?? '') + first;
			for (const other of others) {
				fields.push(current);
				current = other;
			}
			continue;
		}
		const value = yield* expandPart(part, scope);
		if (part.isQuoted) {
			current = (current ?? '') + value;
			continue;
		}
		current = splitInto(fields, current, value);
	}
	if (current !== undefined) fields.push(current);
	return fields;
}

/** Adds an unquoted value's fields; gives back the one that is still open. */
function splitInto(fields: string[], open: string | undefined, value: string): string | undefined {
	if (value === '') return open;
	const pieces = value.split(/[ \t\n]+/);
	let current = open;
	pieces.forEach((piece, index) => {
		if (index > 0 && current !== undefined) {
			fields.push(current);
			current = undefined;
		}
		if (piece !== '') current = (current ?? '') + piece;
	});
	return current;
}

/** A word as one string: assignments, redirect targets, `case` subjects. */
export function* expandText(word: Word, scope: Scope): Generator<Step, string, number> {
	let text = '';
	for (const part of word) text += part.kind === 'text' ? part.text : yield* expandPart(part, scope);
	return text;
}

function* expandPart(part: Exclude<Word[number], {kind: 'text'}>, scope: Scope): Generator<Step, string, number> {
	if (part.kind === 'command') return yield* scope.substitute(part.script);
	if (part.kind === 'arithmetic') {
		const expression = yield* expandText(part.expression, scope);
		const variables = {get: (name: string) => scope.parameter(name) ?? '', set: scope.assign.bind(scope)};
		return String(evaluate(expression, variables));
	}
	const value = scope.parameter(part.name);
	if (part.operator === undefined) return value ?? '';
	if (part.operator === 'length') return String([...(value ?? '')].length);
	return yield* applyOperator(part.name, part.operator, part.operand ?? [], value, scope);
}

function* applyOperator(
	name: string,
	operator: string,
	operand: Word,
	value: string | undefined,
	scope: Scope,
): Generator<Step, string, number> {
	if (/^[#%]/.test(operator)) return trim(value ?? '', yield* expandText(operand, scope), operator);
	const isMissing = value === undefined || (operator.startsWith(':') && value === '');
	switch (operator.at(-1)) {
		case '+':
			return isMissing ? '' : yield* expandText(operand, scope);
		case '-':
			return isMissing ? yield* expandText(operand, scope) : value;
		case '=': {
			if (!isMissing) return value;
			const text = yield* expandText(operand, scope);
			scope.assign(name, text);
			return text;
		}
		default: {
			if (!isMissing) return value;
			const message = yield* expandText(operand, scope);
			throw new ExpansionError(`${name}: ${message || 'parameter not set'}`);
		}
	}
}

/** `${name#pattern}` and its kin: the shortest (`#`, `%`) or longest (`##`, `%%`) match cut off. */
function trim(value: string, pattern: string, operator: string): string {
	const source = patternSource(pattern);
	const isPrefix = operator.startsWith('#');
	const whole = new RegExp(`^${source}$`, 's');
	const lengths = Array.from({length: value.length + 1}, (_, length) => length);
	if (operator.length === 2) lengths.reverse();
	for (const length of lengths) {
		const piece = isPrefix ? value.slice(0, length) : value.slice(value.length - length);
		if (whole.test(piece)) return isPrefix ? value.slice(length) : value.slice(0, value.length - length);
	}
	return value;
}

/** A shell pattern (`*`, `?`, `[…]`) as the source of a regular expression. */
export function patternSource(pattern: string): string {
	return pattern.replace(/\[!?[^\]]+\]|[\s\S]/g, (piece) => {
		if (piece === '*') return '.*';
		if (piece === '?') return '.';
		if (piece.length > 1) return piece.replace(/^\[!/, '[^').replace(/\\/g, '\\\\');
		return piece.replace(/[.+^${}()|[\]\\/]/, '\\$&');
	});
}
