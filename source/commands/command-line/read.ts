import meow from 'meow';
import {failed, ok, type Result} from '../../runtime/result.ts';
import type {CommandDeclaration, FlagDeclaration, FlagDeclarations, FlagValues} from './declaration.ts';
import {flagNeedsValue, flagTakesNoValue, unknownFlag} from './messages.ts';
import {closest} from './suggest.ts';

/** A command line as it was typed. */
type CommandLine<F extends FlagDeclarations> = {
	readonly flags: FlagValues<F>;
	/** The words that are no flags, in their order; all that follows `--` among them. */
	readonly words: readonly string[];
};

/**
 * Reads what follows a command by what the command declares. An error is one sentence for the user. Nothing is printed and
 * nothing exits here: meow's own help, version and complaints are off.
 */
export function readCommandLine<F extends FlagDeclarations>(
	command: CommandDeclaration<F>,
	argv: readonly string[],
): Result<CommandLine<F>, string> {
	const declared = Object.entries<FlagDeclaration>(command.flags);
	const separated = separateValues(argv, declared);
	const problem = misuseOf(separated, declared);
	if (problem !== undefined) return failed(problem);
	const title = process.title;
	const {flags, input} = meow({
		argv: complete(separated, declared),
		importMeta: import.meta,
		pkg: {name: 'swarmtop'},
		autoHelp: false,
		autoVersion: false,
		booleanDefault: undefined,
		flags: Object.fromEntries(declared.map(([name, flag]) => [camelCase(name), meowFlag(flag)])),
	});
	process.title = title;
	const named = separated.slice(0, separated.includes('--') ? separated.indexOf('--') : undefined);
	const isNamed = (name: string): boolean => named.some((word) => word === `--${name}` || word === `--${name}=`);
	const values = declared.map(([name, flag]) => [name, valueIn(flag, flags[camelCase(name)], isNamed(name))]);
	return ok({flags: Object.fromEntries(values.filter(([, value]) => value !== undefined)), words: input});
}

/** Every value is taken as a list: of a flag that is given twice meow would take the process down. */
const meowFlag = ({short, value}: FlagDeclaration) => ({
	...(value === undefined ? ({type: 'boolean'} as const) : ({type: 'string', isMultiple: true} as const)),
	...(short === undefined ? {} : {shortFlag: short}),
});

function valueIn({value, isMultiple}: FlagDeclaration, read: unknown, isNamed: boolean): unknown {
	if (value === undefined || !Array.isArray(read)) return read;
	// meow drops empty values, and gives an empty list for a flag that is not there.
	if (read.length === 0) return isNamed ? (isMultiple ? [''] : '') : undefined;
	return isMultiple ? read : read.at(-1);
}

/** Flags that stand alone get a value too: meow takes `--no-headings` for the opposite of `--headings`. */
function complete(argv: readonly string[], declared: readonly [string, FlagDeclaration][]): string[] {
	const end = argv.indexOf('--');
	const alone = declared.filter(([, {value}]) => value === undefined).map(([name]) => `--${name}`);
	return argv.map((word, index) => (alone.includes(word) && (end === -1 || index < end) ? `${word}=true` : word));
}

/** As in `data-path-addr`, whose key in meow is `dataPathAddr`. */
const camelCase = (name: string): string => name.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());

/**
 * Writes every flag in its long form with its value behind an equals sign: `-wo json` becomes `--watch --output=json`. meow's
 * parser takes the letters behind `-o` for flags of their own, where docker and getopt take them for the value of `-o`.
 */
function separateValues(argv: readonly string[], declared: readonly [string, FlagDeclaration][]): string[] {
	const found: string[] = [];
	for (let index = 0; index < argv.length; index++) {
		const word = argv[index] ?? '';
		if (word === '--') return [...found, ...argv.slice(index)];
		const letters = /^-([^-].*)$/s.exec(word)?.[1];
		const flags = letters === undefined ? [word] : spellOut(letters, declared);
		const last = flags.at(-1) ?? '';
		const flag = declared.find(([name]) => last === `--${name}`)?.[1];
		const next = argv[index + 1];
		if (flag?.value !== undefined && next !== undefined && isValue(next, flag)) {
			found.push(...flags.slice(0, -1), `${last}=${next}`);
			index++;
		} else found.push(...flags);
	}
	return found;
}

/** What begins with a dash is a flag; `-` alone is standard input, and a negative number a value. */
const isValue = (word: string, {isValueOptional}: FlagDeclaration): boolean =>
	!word.startsWith('-') || word === '-' || (!isValueOptional && /^-\d/.test(word));

function spellOut(letters: string, declared: readonly [string, FlagDeclaration][]): string[] {
	const found: string[] = [];
	for (const [index, letter] of [...letters].entries()) {
		const entry = declared.find(([, {short}]) => short === letter);
		if (!entry) return [...found, `-${letter}`];
		const rest = [...letters].slice(index + 1).join('');
		if (entry[1].value !== undefined && rest !== '') return [...found, `--${entry[0]}=${rest.replace(/^=/, '')}`];
		found.push(`--${entry[0]}`);
	}
	return found;
}

function misuseOf(argv: readonly string[], declared: readonly [string, FlagDeclaration][]): string | undefined {
	for (const word of argv) {
		if (word === '--') return undefined;
		if (!word.startsWith('-') || word === '-') continue;
		const [spelling = '', value] = word.split(/=(.*)/s, 2);
		const entry = declared.find(([name]) => spelling === `--${name}`);
		if (!entry)
			return unknownFlag(
				spelling,
				closest(
					spelling,
					declared.map(([name]) => `--${name}`),
				),
			);
		const [, flag] = entry;
		if (flag.value !== undefined && value === undefined && !flag.isValueOptional)
			return flagNeedsValue(spelling, flag.value);
		if (flag.value === undefined && value !== undefined && !/^(true|false)$/.test(value))
			return flagTakesNoValue(spelling);
	}
	return undefined;
}
