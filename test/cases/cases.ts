/** The stack files that are held against the docker CLI. */
import {mkdirSync, readdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';

/** What a case gives the CLI: one file or several, in a folder of their own. */
export type Case = {
	/** `one-feature/caps.yml`, `own/mounts: bind with nocopy`. */
	readonly name: string;
	/** Where the files lie; relative paths in them begin here. */
	readonly directory: string;
	readonly files: readonly string[];
};

/** The shell's variables while a case is read. */
export const shell: Readonly<Record<string, string>> = {
	HOME: '/home/me',
	TOKEN: 'abc',
	FROMSHELL: 'from the shell',
	EMPTY: '',
	NUMBER: '7',
};

const stacks = path.join(import.meta.dirname, 'stacks');
const own = path.join(import.meta.dirname, 'own');

/** Every case; those of `own/` are written below a folder, since they stand several to a file. */
export function listCases(scratch: string): Case[] {
	const inFolder = (folder: string): Case[] =>
		readdirSync(path.join(stacks, folder))
			.filter((file) => file.endsWith('.yml'))
			.map((file) => ({name: path.posix.join(folder, file), directory: path.join(stacks, folder), files: [file]}));
	return [...inFolder('.'), ...inFolder('one-feature'), ...listOwn(scratch)];
}

/**
 * Each file of own/ holds cases after lines of `=== NAME`; a line of `--- FILE` inside a case begins another file: a second
 * stack file where it ends in .yml, else one that the stack file names.
 */
function listOwn(scratch: string): Case[] {
	return readdirSync(own)
		.toSorted()
		.flatMap((file) => {
			const group = file.replace(/\.txt$/, '');
			const [, ...parts] = `\n${readFileSync(path.join(own, file), 'utf8')}`.split(/\n=== /);
			return parts.map((part, index) => {
				const end = part.indexOf('\n');
				const title = part.slice(0, end);
				const directory = path.join(scratch, group, String(index));
				mkdirSync(directory, {recursive: true});
				const [first = '', ...more] = part.slice(end + 1).split(/^--- (?=\S+$)/m);
				const files = ['stack.yml'];
				writeFileSync(path.join(directory, 'stack.yml'), withBytes(first));
				for (const each of more) {
					const at = each.indexOf('\n');
					const name = each.slice(0, at);
					writeFileSync(path.join(directory, name), withBytes(each.slice(at + 1)));
					if (name.endsWith('.yml')) files.push(name);
				}
				return {name: `own/${group}: ${title}`, directory, files};
			});
		});
}

/** Bytes that an editor would not keep are written `{tab}`, `{cr}`, `{bom}`, `{nul}`. */
function withBytes(text: string): string {
	const characters: Record<string, string> = {tab: '\t', cr: '\r', bom: '\uFEFF', nul: '\0'};
	return text.replace(/\{(tab|cr|bom|nul)\}/g, (_, name: string) => characters[name] ?? '');
}
