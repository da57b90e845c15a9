/** Paths in a prompt, as a shell has them: `~`, several words, and Tab. */
import {existsSync, readdirSync, statSync} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';

/** So many names are offered to choose from. */
const offeredAtMost = 12;

/** `~` and `~/…` are the person's own folder. */
export function expandHome(file: string, home: string = os.homedir()): string {
	if (file === '~') return home;
	return file.startsWith('~/') ? path.join(home, file.slice(2)) : file;
}

/** The files that a line names: one whose name has spaces as it is, else word by word, with `-c` or without. */
export function filesIn(line: string, home: string = os.homedir()): string[] {
	const whole = expandHome(line.trim(), home);
	if (!/\s/.test(whole) || existsSync(whole)) return [whole];
	return wordsOf(line)
		.filter((word) => word !== '-c' && word !== '--compose-file')
		.map((word) => expandHome(word, home));
}

/** Quotes and backslashes as a shell takes them. */
function wordsOf(line: string): string[] {
	const words = line.match(/(?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+/gu) ?? [];
	return words.map((word) =>
		word.replace(
			/'([^']*)'|"((?:\\.|[^"\\])*)"|\\(.)/gu,
			(_, single?: string, double?: string, sign?: string) =>
				single ?? double?.replace(/\\(["\\$`])/gu, '$1') ?? sign ?? '',
		),
	);
}

/** What the last word of a line can be typed on to, and what there is to choose from where that is not decided. */
export function completePath(
	line: string,
	home: string = os.homedir(),
): {readonly text: string; readonly offers: SafeText} | undefined {
	const start = existsSync(path.dirname(expandHome(line, home))) && line.includes('/') ? 0 : line.lastIndexOf(' ') + 1;
	const word = line.slice(start);
	const slash = word.lastIndexOf('/');
	const [folder, begun] = [word.slice(0, slash + 1), word.slice(slash + 1)];
	const names = namesIn(folder === '' ? '.' : expandHome(folder, home)).filter(
		(name) => name.startsWith(begun) && (begun.startsWith('.') || !name.startsWith('.')),
	);
	const [first] = names;
	if (first === undefined) return {text: line, offers: toSafeText('there is no such file')};
	const common = names.reduce((shared, name) => sharedStart(shared, name), first);
	const rest = names.length - offeredAtMost;
	const offered = names.slice(0, offeredAtMost).map(toSafeText);
	const offers =
		names.length === 1
			? toSafeText('')
			: safe`${joinSafe(offered, '  ')}${rest > 0 ? safe` and ${rest} more` : toSafeText('')}`;
	return {text: `${line.slice(0, start)}${folder}${common}`, offers};
}

/** Folders end with a slash, so that Tab goes on into them. */
function namesIn(folder: string): string[] {
	try {
		return readdirSync(folder)
			.map((name) => (isFolder(path.join(folder, name)) ? `${name}/` : name))
			.sort();
	} catch {
		return [];
	}
}

const isFolder = (file: string): boolean => statSync(file, {throwIfNoEntry: false})?.isDirectory() ?? false;

function sharedStart(a: string, b: string): string {
	let length = 0;
	while (length < a.length && a[length] === b[length]) length++;
	return a.slice(0, length);
}
