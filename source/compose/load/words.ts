/**
 * Splits a command line as the docker CLI does (google/shlex): quotes, backslashes and comments, no expansion. A backslash in
 * double quotes takes the next character as it is, whatever that is. Undefined for a quote or a backslash that nothing follows.
 */
export function splitWords(line: string): string[] | undefined {
	const words: string[] = [];
	const characters = [...line];
	let word: string | undefined;
	let quote = '';
	for (let i = 0; i < characters.length; i++) {
		const character = characters[i] ?? '';
		if (quote === "'") {
			if (character === "'") quote = '';
			else word += character;
		} else if (character === '\\') {
			const next = characters[++i];
			if (next === undefined) return undefined;
			word = (word ?? '') + next;
		} else if (quote === '"') {
			if (character === '"') quote = '';
			else word += character;
		} else if (character === '"' || character === "'") {
			quote = character;
			word ??= '';
		} else if (/[ \t\r\n]/.test(character)) {
			if (word !== undefined) words.push(word);
			word = undefined;
		} else if (character === '#' && word === undefined) {
			while (i < characters.length && characters[i] !== '\n') i++;
		} else word = (word ?? '') + character;
	}
	if (quote !== '') return undefined;
	return word === undefined ? words : [...words, word];
}
