/** Custom commands: programs of the user's own that a key runs with the fields of the selected object. */
import {failed, ok, type Result} from '../runtime/result.ts';

export type CustomCommand = {
	/** In the keymap's spelling. */
	readonly key: string;
	/** A view's ID, or `everywhere`. */
	readonly scope: string;
	readonly title: string;
	/** A line for /bin/sh, or a program with its arguments. */
	readonly run: string | readonly string[];
	/** Asks before it runs. */
	readonly confirm: boolean;
	/** Runs without taking the terminal; its output is shown when it ends. */
	readonly background: boolean;
	/** It may change the swarm: off in read-only mode, where the program can't hold it back otherwise. */
	readonly changes: boolean;
};

/** What to start: `environment` is to be added to the program's own. */
export type Invocation = {
	readonly file: string;
	readonly args: readonly string[];
	readonly environment: Readonly<Record<string, string>>;
	/** The same as a line that could be typed into a shell: for dialogs and the activity. */
	readonly shown: string;
};

/** Go templates (`{{.Name}}`), shell variables (`${HOME}`) and braces around anything else than a word are left alone. */
const placeholder = /(?<![{$])\{([a-z][a-zA-Z]*)\}(?!\})/g;

/** The fields that a command's texts name. */
export function fieldsIn(run: CustomCommand['run']): string[] {
	const texts = typeof run === 'string' ? [run] : run;
	return texts.flatMap((text) => [...text.matchAll(placeholder)].map((match) => match[1] ?? ''));
}

/**
 * Fills in the fields. Arguments get them as they are. A shell gets them in its environment and reads them from there
 * inside double quotes, wherever they stand in the line: whatever a field holds, it is never read as a part of the
 * program.
 */
export function invocationOf(
	run: CustomCommand['run'],
	fields: Readonly<Record<string, string>>,
): Result<Invocation, string> {
	const missing = fieldsIn(run).find((name) => fields[name] === undefined);
	if (missing !== undefined) return failed(`there is no field {${missing}} here`);
	if (typeof run === 'string') return ok(shellInvocation(run, fields));
	const [file = '', ...args] = run.map((text) => filled(text, (name) => fields[name] ?? ''));
	return ok({file, args, environment: {}, shown: [file, ...args].map(shellQuoted).join(' ')});
}

/** A word that a shell reads as this very text. */
export function shellQuoted(text: string): string {
	return /^[\w%+,./:=@-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

function filled(text: string, textOf: (name: string) => string): string {
	return text.replace(placeholder, (_, name: string) => textOf(name));
}

function shellInvocation(line: string, fields: Readonly<Record<string, string>>): Invocation {
	const used = [...new Set(fieldsIn(line))];
	return {
		file: '/bin/sh',
		args: ['-c', filledInShell(line, (name, quotes) => quotedVariable(variableOf(name), quotes))],
		environment: Object.fromEntries(used.map((name) => [variableOf(name), fields[name] ?? ''])),
		shown: filledInShell(line, (name, quotes) => {
			const value = fields[name] ?? '';
			return quotes === 'none' ? shellQuoted(value) : value;
		}),
	};
}

/** `nodeName` is $SWARMTOP_NODE_NAME. */
const variableOf = (field: string): string => `SWARMTOP_${field.replace(/[A-Z]/g, '_$&').toUpperCase()}`;

type Quotes = 'none' | 'single' | 'double';

/** `{id}`, `"x {id}"` and `'x {id}'` all do what they say: what stands for a field depends on the quotes around it. */
function filledInShell(line: string, textOf: (name: string, quotes: Quotes) => string): string {
	let output = '';
	let quotes: Quotes = 'none';
	let end = 0;
	for (const match of line.matchAll(placeholder)) {
		const between = line.slice(end, match.index);
		quotes = quotesAfter(between, quotes);
		output += between + textOf(match[1] ?? '', quotes);
		end = match.index + match[0].length;
	}
	return output + line.slice(end);
}

function quotedVariable(variable: string, quotes: Quotes): string {
	if (quotes === 'double') return `\${${variable}}`;
	return quotes === 'single' ? `'"$${variable}"'` : `"$${variable}"`;
}

/** Which quotes are open after `text`, by POSIX shell's rules for `'`, `"` and the backslash. */
function quotesAfter(text: string, before: Quotes): Quotes {
	let quotes = before;
	for (let index = 0; index < text.length; index++) {
		const character = text[index];
		if (character === '\\' && quotes !== 'single') index++;
		else if (character === "'" && quotes !== 'double') quotes = quotes === 'single' ? 'none' : 'single';
		else if (character === '"' && quotes !== 'single') quotes = quotes === 'double' ? 'none' : 'double';
	}
	return quotes;
}
