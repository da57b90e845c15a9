/**
 * Words as shells read them. What is copied into a terminal may hold names and values of anybody's: each comes out of bash,
 * zsh and busybox as the text that went in, and on the way there none of its characters moves a cursor.
 */
import {joinSafe, type SafeText, toSafeText} from './safe-text.ts';

/** Read as themselves by every shell, wherever in a line they stand; zsh expands a leading `=`, and jobs begin with `%`. */
const plainWord = /^[\w+,./:@-][\w%+,./:=@-]*$/;

/** A word that a shell reads as this very text; of what {@link isSayable} refuses there is none. */
export function shellWord(text: string): SafeText {
	if (plainWord.test(text)) return toSafeText(text);
	const quoted = `'${text.replaceAll("'", `'\\''`)}'`;
	const shown = toSafeText(quoted);
	return shown === quoted ? shown : toSafeText(`$'${[...text].map(byNumber).join('')}'`);
}

/** A command line of these words. */
export const shellLine = (words: readonly string[]): SafeText => joinSafe(words.map(shellWord), ' ');

/** Whether a program can be given this text as an argument: not with a NUL, nor with half a surrogate pair. */
export const isSayable = (text: string): boolean => text.isWellFormed() && !text.includes('\0');

/** Inside `$'…'`: the bytes of its UTF-8 in octal, which means the same in every shell that has such quotes. */
function byNumber(character: string): string {
	if (/^[ -~]$/.test(character) && !/['\\!]/.test(character)) return character;
	return [...Buffer.from(character, 'utf8')].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}

/**
 * The text that docker splits into these arguments (`--args`, `--entrypoint`): blanks part, quotes keep together, a
 * backslash takes what follows as it is.
 */
export function splitWords(words: readonly string[]): string {
	return words.map((text) => (/^[^\s'"\\#]+$/.test(text) ? text : quotedForSplit(text))).join(' ');
}

function quotedForSplit(text: string): string {
	if (/["\\]/.test(text) && !text.includes("'")) return `'${text}'`;
	return `"${text.replaceAll(/["\\]/g, '\\$&')}"`;
}
