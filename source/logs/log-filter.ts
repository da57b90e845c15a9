import {failed, ok, type Result} from '../runtime/result.ts';
import {longestShown} from './display.ts';
import type {LogLine} from './log-line.ts';

/** Where something was found in a text: [start, end) in UTF-16 units. */
export type Hit = readonly [start: number, end: number];

/**
 * What is looked for in logs, by filters and searches alike: plain text in any case, `/regular expression/` (exact;
 * `/x/i` in any case), `@web.3` or `@w1` for who says it, `|` between alternatives, `!` in front for lines without.
 */
export type LogFilter = {
	readonly source: string;
	/** It has no terms, so it matches all. */
	readonly isEmpty: boolean;
	/** @param speaker `web.3@w1`; asked only where a term is about it */
	readonly matches: (text: string, speaker?: () => string) => boolean;
	/** What to highlight: nothing for a filter that is turned round. In order, none overlapping. */
	readonly hits: (text: string) => readonly Hit[];
};

type Term = {
	/** Of one alternative, with flags gi or g. */
	readonly pattern: RegExp;
	/** `@…`: what the speaker's name must hold, in lower case. */
	readonly speaker: string | undefined;
};

/** Fails with one sentence that says what is wrong with the expression. */
export function parseLogFilter(source: string): Result<LogFilter, string> {
	const trimmed = source.trim();
	const isInverse = trimmed.startsWith('!');
	const terms: Term[] = [];
	for (const alternative of splitAlternatives(isInverse ? trimmed.slice(1) : trimmed)) {
		const term = parseTerm(alternative.trim());
		if (!term.ok) return term;
		if (term.value) terms.push(term.value);
	}
	if (terms.length === 0) return ok({source, isEmpty: true, matches: () => true, hits: () => []});
	const any = (text: string, speaker?: () => string) => terms.some((term) => isFound(term, text, speaker));
	return ok({
		source,
		isEmpty: false,
		matches: isInverse ? (text, speaker) => !any(text, speaker) : any,
		hits: (text) => (isInverse ? [] : joined(terms.flatMap(({pattern}) => hitsOf(pattern, text)))),
	});
}

/** The text of a line as filters see it: without colours, and no more than what is shown of it. */
export function searchedText({text}: LogLine): string {
	const shown = text.length > longestShown ? text.slice(0, longestShown) : text;
	return withoutColours(shown);
}

export const withoutColours = (text: string): string => (text.includes('\u001b') ? text.replace(colours, '') : text);

const colours = /\u001b\[[\d;:]*m/g;

function isFound({pattern, speaker: wanted}: Term, text: string, speaker: (() => string) | undefined): boolean {
	pattern.lastIndex = 0;
	if (pattern.test(text)) return true;
	return wanted !== undefined && speaker?.().toLowerCase().includes(wanted) === true;
}

/** At every `|` outside of a /regular expression/. */
function splitAlternatives(text: string): string[] {
	const parts: string[] = [];
	let part = '';
	let isRegex = false;
	for (let i = 0; i < text.length; i++) {
		const character = text[i] ?? '';
		if (character === '\\' && isRegex) part += character + (text[++i] ?? '');
		else if (character === '|' && !isRegex) {
			parts.push(part);
			part = '';
		} else {
			if (character === '/') isRegex = isRegex ? false : part.trim() === '';
			part += character;
		}
	}
	return [...parts, part];
}

function parseTerm(wanted: string): Result<Term | undefined, string> {
	if (wanted === '') return ok(undefined);
	const speaker = /^@(\S+)$/.exec(wanted)?.[1]?.toLowerCase();
	const regex = /^\/(.+)\/(i?)$/s.exec(wanted);
	if (!regex) return ok({pattern: new RegExp(wanted.replace(special, '\\$&'), 'gi'), speaker});
	try {
		return ok({pattern: new RegExp(regex[1] ?? '', `g${regex[2]}`), speaker});
	} catch (error) {
		if (error instanceof SyntaxError) return failed(`/${regex[1]}/ is not a regular expression: ${reason(error)}`);
		throw error;
	}
}

const special = /[.*+?^${}()|[\]\\]/g;

/** `Invalid regular expression: /(/: Unterminated group` without what the reader typed himself. */
const reason = (error: SyntaxError): string => error.message.split(': ').at(-1) ?? error.message;

function hitsOf(pattern: RegExp, text: string): Hit[] {
	// matchAll goes on from where the last test of this pattern, in another text, has ended.
	pattern.lastIndex = 0;
	return [...text.matchAll(pattern)]
		.filter(([found]) => found !== '')
		.map(({index, 0: found}) => [index, index + found.length] as const);
}

/** What overlaps becomes one. */
function joined(hits: Hit[]): readonly Hit[] {
	const result: Hit[] = [];
	for (const hit of hits.sort(([a], [b]) => a - b)) {
		const last = result.at(-1);
		if (last && hit[0] < last[1]) result[result.length - 1] = [last[0], Math.max(last[1], hit[1])];
		else result.push(hit);
	}
	return result;
}
