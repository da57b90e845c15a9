import {failed, ok, type Result} from '../runtime/result.ts';

/**
 * Splits a line into words as a shell does, without expanding anything: blanks part, quotes keep together, a backslash takes
 * the next character as it is. An error is one sentence.
 */
export function parseWords(line: string): Result<string[], string> {
	const words: string[] = [];
	let word: string | undefined;
	let quote: '"' | "'" | undefined;
	const characters = [...line];
	for (let index = 0; index < characters.length; index++) {
		const character = characters[index] ?? '';
		if (quote === "'" ? character === "'" : quote === '"' && character === '"') quote = undefined;
		else if (quote === undefined && (character === '"' || character === "'")) {
			quote = character;
			word ??= '';
		} else if (character === '\\' && quote !== "'") {
			index++;
			if (index >= characters.length) return failed('Nothing follows the last backslash.');
			const next = characters[index] ?? '';
			const isKept = quote === '"' && !'"\\$`'.includes(next);
			word = `${word ?? ''}${isKept ? '\\' : ''}${next}`;
		} else if (quote === undefined && /\s/.test(character)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else word = `${word ?? ''}${character}`;
	}
	if (quote !== undefined) return failed(`The quote ${quote} is not closed.`);
	return ok(word === undefined ? words : [...words, word]);
}
