/**
 * Editing one line: what every prompt does with keys. Pure; the cursor stands between user-perceived characters, never
 * inside one. The words and keys are readline's.
 */
import {unreachable} from '../../runtime/result.ts';

export type LineEdit = {
	readonly text: string;
	/** In UTF-16 units, always at a grapheme border. */
	readonly cursor: number;
};

export type LineEditAction =
	| {readonly type: 'insert'; readonly text: string}
	| {readonly type: 'left'}
	| {readonly type: 'right'}
	| {readonly type: 'wordLeft'}
	| {readonly type: 'wordRight'}
	| {readonly type: 'home'}
	| {readonly type: 'end'}
	| {readonly type: 'backspace'}
	| {readonly type: 'delete'}
	| {readonly type: 'deleteWordBack'}
	| {readonly type: 'deleteWordForward'}
	| {readonly type: 'deleteToStart'}
	| {readonly type: 'deleteToEnd'}
	| {readonly type: 'set'; readonly text: string};

export const emptyLine: LineEdit = {text: '', cursor: 0};

/** A line with the cursor at its end. */
export function lineOf(text: string): LineEdit {
	return {text, cursor: text.length};
}

export function reduceLineEdit(line: LineEdit, action: LineEditAction): LineEdit {
	const {text, cursor} = line;
	switch (action.type) {
		case 'insert':
			return inserted(line, oneLine(action.text));
		case 'left':
			return {text, cursor: borderBefore(text, cursor)};
		case 'right':
			return {text, cursor: borderAfter(text, cursor)};
		case 'wordLeft':
			return {text, cursor: wordStart(text, cursor)};
		case 'wordRight':
			return {text, cursor: wordEnd(text, cursor)};
		case 'home':
			return {text, cursor: 0};
		case 'end':
			return {text, cursor: text.length};
		case 'backspace':
			return without(line, borderBefore(text, cursor), cursor);
		case 'delete':
			return without(line, cursor, borderAfter(text, cursor));
		case 'deleteWordBack':
			return without(line, wordStart(text, cursor), cursor);
		case 'deleteWordForward':
			return without(line, cursor, wordEnd(text, cursor));
		case 'deleteToStart':
			return without(line, 0, cursor);
		case 'deleteToEnd':
			return without(line, cursor, text.length);
		case 'set':
			return lineOf(oneLine(action.text));
		default:
			return unreachable(action);
	}
}

/** Pasted line breaks and tabs become spaces; other control characters are nothing one could have meant. */
function oneLine(text: string): string {
	return text
		.replace(/[\r\n]+$/u, '')
		.replace(/\r\n|[\r\n\t]/gu, ' ')
		.replace(/\p{Cc}/gu, '');
}

function inserted({text, cursor}: LineEdit, addition: string): LineEdit {
	const next = text.slice(0, cursor) + addition + text.slice(cursor);
	// What was inserted can combine with what follows it: the cursor then goes behind the whole character.
	return {text: next, cursor: borderAtOrAfter(next, cursor + addition.length)};
}

function without({text}: LineEdit, start: number, end: number): LineEdit {
	const next = text.slice(0, start) + text.slice(end);
	return {text: next, cursor: borderAtOrAfter(next, start)};
}

const segmenter = new Intl.Segmenter(undefined, {granularity: 'grapheme'});

function borderBefore(text: string, cursor: number): number {
	if (cursor <= 0) return 0;
	return segmenter.segment(text).containing(cursor - 1)?.index ?? 0;
}

function borderAfter(text: string, cursor: number): number {
	const segment = segmenter.segment(text).containing(cursor);
	return segment ? segment.index + segment.segment.length : text.length;
}

function borderAtOrAfter(text: string, cursor: number): number {
	const segment = segmenter.segment(text).containing(cursor);
	if (!segment || segment.index === cursor) return Math.min(cursor, text.length);
	return segment.index + segment.segment.length;
}

/** Words end at white space, as Ctrl-W in a shell has it. */
function wordStart(text: string, cursor: number): number {
	const head = text.slice(0, cursor).trimEnd();
	return borderAtOrAfter(text, head.length - (/\S*$/u.exec(head)?.[0].length ?? 0));
}

function wordEnd(text: string, cursor: number): number {
	const tail = text.slice(cursor);
	return borderAtOrAfter(text, cursor + (/^\s*\S*/u.exec(tail)?.[0].length ?? 0));
}
