import type {CommandDeclaration, FlagDeclaration} from './declaration.ts';

/** Manual pages in man(7)'s language, from the same declarations as the help. */

type ManualFacts = {readonly version: string; readonly commands: readonly CommandDeclaration[]};

/** The page's name: `swarmtop`, `swarmtop-get`. */
export const manualName = ({name}: CommandDeclaration): string => (name === '' ? 'swarmtop' : `swarmtop-${name}`);

export function manualOf(command: CommandDeclaration, {version, commands}: ManualFacts): string {
	const name = manualName(command);
	const lines = [
		`.TH ${name.toUpperCase()} 1 "" "swarmtop ${version}" "swarmtop"`,
		'.SH NAME',
		`${escaped(name)} \\- ${escaped(command.title)}`,
		'.SH SYNOPSIS',
		'.nf',
		...command.usage.map((usage) => `.B ${escaped(`swarmtop ${usage}`.trimEnd())}`),
		'.fi',
		'.SH DESCRIPTION',
		...command.about.flatMap((paragraph) => ['.PP', '.nf', ...paragraph.split('\n').map(line), '.fi']),
		'.SH OPTIONS',
		...Object.entries<FlagDeclaration>(command.flags).flatMap(([long, flag]) => option(long, flag)),
	];
	if (command.notes) lines.push('.SH NOTES', '.nf', ...command.notes.map(line), '.fi');
	lines.push('.SH EXIT STATUS', '0 fine, 1 failed, 2 wrong use, 3 no engine or not a manager.');
	const others = commands.filter((each) => each !== command).map((each) => `.BR ${escaped(manualName(each))} (1)`);
	return `${[...lines, '.SH SEE ALSO', ...others].join('\n')}\n`;
}

function option(name: string, {short, value, title, detail, isValueOptional}: FlagDeclaration): string[] {
	const spelled = [...(short === undefined ? [] : [`-${short}`]), `--${name}`].map(
		(each) => `\\fB${escaped(each)}\\fR`,
	);
	const shown = value === undefined ? '' : isValueOptional ? ` [\\fI${value}\\fR]` : ` \\fI${value}\\fR`;
	return ['.TP', `${spelled.join(', ')}${shown}`, line(detail === undefined ? `${title}.` : `${title}: ${detail}.`)];
}

/** A line that begins with a dot or a quote would be a command of man's. */
const line = (text: string): string => (/^[.']/.test(text) ? `\\&${escaped(text)}` : escaped(text));

const escaped = (text: string): string => text.replaceAll('\\', '\\e').replaceAll('-', '\\-');
