/** Custom commands: programs of the user's own that a key runs with the fields of the selected object. */
import {failed, ok, type Result} from '../runtime/result.ts';
import {isSayable, shellLine, shellWord} from '../text/shell-words.ts';

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

/** What to start: `environment` is to be added to the program's own, without what is undefined in it. */
export type Invocation = {
	readonly file: string;
	readonly args: readonly string[];
	readonly environment: Readonly<Record<string, string | undefined>>;
	/** The same as a line that could be typed into a shell: for dialogs and the activity. */
	readonly shown: string;
};

/** Fields of the swarm on the screen, whatever is selected. */
export const swarmFields: readonly string[] = ['context', 'host'];

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
 * program. What a field holds is refused where it would be read as an option, and where the command hands it to a program
 * that reads its arguments anew, if it is more than a plain word.
 */
export function invocationOf(
	run: CustomCommand['run'],
	fields: Readonly<Record<string, string>>,
): Result<Invocation, string> {
	const used = [...new Set(fieldsIn(run))];
	const missing = used.find((name) => fields[name] === undefined);
	if (missing !== undefined) return failed(`there is no field {${missing}} here`);
	const unsayable = used.find((name) => !isSayable(fields[name] ?? ''));
	if (unsayable !== undefined) return failed(`{${unsayable}} holds what no program can be given`);
	const reader = readerIn(run);
	const strange = used.find((name) => reader !== undefined && !isPlain(fields[name] ?? ''));
	if (strange !== undefined) {
		return failed(`{${strange}} is not a plain word, and ${reader} would read it anew: ${fields[strange] ?? ''}`);
	}
	const option = typeof run === 'string' ? optionInLine(run, fields) : optionInList(run, fields);
	if (option !== undefined) {
		return failed(`{${option}} would be read as an option: ${fields[option] ?? ''}; write -- before it`);
	}
	if (typeof run === 'string') return ok(shellInvocation(run, fields));
	const [file = '', ...args] = run.map((text) => filled(text, (name) => fields[name] ?? ''));
	return ok({file, args, environment: {}, shown: shellLine([file, ...args])});
}

/** Whether a field would decide which program runs; the name of that field. */
export function programField(run: CustomCommand['run']): string | undefined {
	const start = typeof run === 'string' ? run.trimStart().replace(/^["']+/, '') : (run[0] ?? '');
	const [match] = typeof run === 'string' ? [/^\{([a-z][a-zA-Z]*)\}/.exec(start)] : [...start.matchAll(placeholder)];
	return match?.[1];
}

/** Nothing in it that any shell, here or far away, would take for more than a word, nor any program for an option. */
const isPlain = (text: string): boolean => /^[A-Za-z0-9_/][\w.:@/+,=-]*$/.test(text);

/** Programs that read what they are given a second time: shells, what hands a line to one, and languages. */
const readers: ReadonlySet<string> = new Set([
	...[
		'sh',
		'bash',
		'dash',
		'ash',
		'zsh',
		'ksh',
		'mksh',
		'fish',
		'csh',
		'tcsh',
		'busybox',
		'eval',
		'let',
		'su',
		'runuser',
	],
	...[
		'ssh',
		'mosh',
		'autossh',
		'sshpass',
		'rsh',
		'scp',
		'sftp',
		'rsync',
		'xargs',
		'parallel',
		'watch',
		'tmux',
		'screen',
	],
	...[
		'awk',
		'gawk',
		'mawk',
		'sed',
		'perl',
		'python',
		'python3',
		'ruby',
		'php',
		'lua',
		'jq',
		'yq',
		'make',
		'psql',
		'mysql',
	],
]);

/** The first of them, or a construct of the shell's that does the same. */
function readerIn(run: CustomCommand['run']): string | undefined {
	const words = typeof run === 'string' ? run.split(/[\s'"`;|&()<>$]+/) : run;
	const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1));
	const name = names.find((each, index) => readers.has(each) || (each === 'node' && isEvaluation(names[index + 1])));
	if (name !== undefined || typeof run !== 'string') return name;
	return ['((', '[['].find((construct) => run.includes(construct));
}

/** `node -e`; docker has a `node` of its own. */
const isEvaluation = (word: string | undefined): boolean => /^(?:-[ep]+|--eval|--print)$/.test(word ?? '');

/** The field that begins an argument with a dash, where no `--` before says that options are over. */
function optionInList(run: readonly string[], fields: Readonly<Record<string, string>>): string | undefined {
	const end = run.indexOf('--');
	const open = end === -1 ? run : run.slice(0, end);
	for (const text of open) {
		const [match] = text.matchAll(placeholder);
		const name = match?.[1];
		// An option that is written there is meant; but one that only its field makes is not.
		if (name === undefined || /^--?[^-{]/.test(text)) continue;
		if (filled(text, (each) => fields[each] ?? '').startsWith('-')) return name;
	}
	return undefined;
}

/** The same for a line: a field that begins a word, of a command in which no `--` stands before. */
function optionInLine(line: string, fields: Readonly<Record<string, string>>): string | undefined {
	for (const match of line.matchAll(placeholder)) {
		const name = match[1] ?? '';
		const before = line.slice(0, match.index);
		const command = before.slice(before.search(/[^;|&\n(]*$/));
		const start = /(?:^|[\s;|&(])["']*(-{0,2})$/.exec(before);
		const isOption = start?.[1] !== '' || (fields[name] ?? '').startsWith('-');
		if (start && isOption && !/\s--\s/.test(command)) return name;
	}
	return undefined;
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
			return quotes === 'none' ? shellWord(value) : value;
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
