import type {CommandDeclaration, FlagDeclaration} from './declaration.ts';

/** What `swarmtop COMMAND --help` prints, from the command's declaration. Without a line break at its end. */
export function helpOf(command: CommandDeclaration): string {
	const flags = Object.entries<FlagDeclaration>(command.flags).filter(([name]) => name !== 'help');
	const own = flags.filter(([, flag]) => !flag.isConnection && flag.listedUnder === undefined);
	const headings = new Set(flags.flatMap(([, {listedUnder}]) => listedUnder ?? []));
	const connection = flags.filter(([, flag]) => flag.isConnection);
	const lines = [
		...command.usage.map((usage) => `swarmtop ${usage}`.trimEnd()),
		...command.about.flatMap((paragraph) => ['', paragraph]),
	];
	if (own.length > 0) lines.push('', ...own.flatMap(([name, flag]) => flagLines(name, flag)));
	for (const heading of headings) {
		const listed = flags.filter(([, {listedUnder}]) => listedUnder === heading).map(([name]) => `--${name}`);
		lines.push('', heading, ...besides('', listed.join(', ')));
	}
	if (connection.length > 0) lines.push('', 'Which engine, as docker has it:', ...connectionLines(connection));
	if (command.notes) lines.push('', ...command.notes);
	return lines.join('\n');
}

const indent = 26;
const width = 110;

function flagLines(name: string, flag: FlagDeclaration): string[] {
	const {title, detail} = flag;
	return besides(spelledOut(name, flag), detail === undefined ? title : `${title}: ${detail}`);
}

/** `-o, --output FORMAT`, the long name in the same column for all. */
function spelledOut(name: string, {short, value, isValueOptional}: FlagDeclaration): string {
	const shown = value === undefined ? '' : isValueOptional ? ` [${value}]` : ` ${value}`;
	return `${short === undefined ? '   ' : `-${short},`} --${name}${shown}`;
}

/** Those without a letter share a line: every docker user knows them, and few need them. */
function connectionLines(flags: readonly [string, FlagDeclaration][]): string[] {
	const known = flags.filter(([, {short}]) => short !== undefined);
	const rest = flags.filter(([, {short}]) => short === undefined).map(([name]) => `--${name}`);
	return [...known.flatMap(([name, flag]) => flagLines(name, flag)), ...besides('', rest.join(', '))];
}

/** The left side, and the words beside it in as many lines as they need. */
function besides(left: string, text: string): string[] {
	const lines: string[] = [];
	let line = '';
	for (const word of text.split(' ')) {
		if (line !== '' && line.length + word.length + 1 > width - indent) {
			lines.push(line);
			line = word;
		} else line = line === '' ? word : `${line} ${word}`;
	}
	lines.push(line);
	const isTooLong = left.length + 4 > indent;
	const [first = '', ...more] = isTooLong ? ['', ...lines] : lines;
	return [`  ${left.padEnd(indent - 2)}${first}`.trimEnd(), ...more.map((each) => `${' '.repeat(indent)}${each}`)];
}
