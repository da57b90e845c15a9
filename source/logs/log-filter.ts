import {failed, ok, type Result} from '../runtime/result.ts';

/**
 * The filter language of log views: plain text (any case), `/regular expression/`, `!` in front turns it round, `|` between
 * alternatives. A plain text that has capitals is still matched in any case; `/x/` is exact and `/x/i` is not.
 */
export type LogFilter = {readonly source: string; readonly matches: (text: string) => boolean};

type Term = (text: string) => boolean;

/** The empty filter matches all. Fails with one sentence that says what is wrong with the expression. */
export function parseLogFilter(source: string): Result<LogFilter, string> {
	const trimmed = source.trim();
	const isInverse = trimmed.startsWith('!');
	const terms: Term[] = [];
	for (const alternative of splitAlternatives(isInverse ? trimmed.slice(1) : trimmed)) {
		const term = parseTerm(alternative);
		if (!term.ok) return term;
		if (term.value) terms.push(term.value);
	}
	if (terms.length === 0) return ok({source, matches: () => true});
	const any = (text: string) => terms.some((term) => term(text));
	return ok({source, matches: isInverse ? (text) => !any(text) : any});
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

function parseTerm(text: string): Result<Term | undefined, string> {
	const wanted = text.trim();
	if (wanted === '') return ok(undefined);
	const regex = /^\/(.+)\/(i?)$/s.exec(wanted);
	if (!regex) {
		const needle = wanted.toLowerCase();
		return ok((line) => line.toLowerCase().includes(needle));
	}
	try {
		const expression = new RegExp(regex[1] ?? '', regex[2]);
		return ok((line) => expression.test(line));
	} catch (error) {
		if (error instanceof SyntaxError) return failed(`/${regex[1]}/ is not a regular expression: ${reason(error)}`);
		throw error;
	}
}

/** `Invalid regular expression: /(/: Unterminated group` without what the reader typed himself. */
const reason = (error: SyntaxError): string => error.message.split(': ').at(-1) ?? error.message;

/** Where a search text stands in a line, as [start, end) pairs of UTF-16 units; any case, or `/regular expression/`. */
export function findHits(text: string, search: string): (readonly [number, number])[] {
	const regex = /^\/(.+)\/(i?)$/s.exec(search);
	if (regex) return regexHits(text, regex[1] ?? '', regex[2] ?? '');
	if (search === '') return [];
	const hits: (readonly [number, number])[] = [];
	const lower = text.toLowerCase();
	// Lower-casing may change a text's length (İ); places would then be off, so such lines are searched as they are.
	const haystack = lower.length === text.length ? lower : text;
	const needle = haystack === lower ? search.toLowerCase() : search;
	for (let at = haystack.indexOf(needle); at !== -1; at = haystack.indexOf(needle, at + needle.length)) {
		hits.push([at, at + needle.length]);
	}
	return hits;
}

function regexHits(text: string, source: string, flags: string): (readonly [number, number])[] {
	try {
		return [...text.matchAll(new RegExp(source, `g${flags}`))]
			.filter((match) => match[0] !== '')
			.map((match) => [match.index, match.index + match[0].length] as const);
	} catch (error) {
		if (error instanceof SyntaxError) return [];
		throw error;
	}
}
