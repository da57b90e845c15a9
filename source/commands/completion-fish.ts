import {connectionSpellings} from './command-line/connection-flags.ts';
import {type CommandDeclaration, type FlagDeclaration, spellings, type Words} from './command-line/declaration.ts';

/** Completions for fish, with descriptions. */

export function fishCompletion(commands: readonly CommandDeclaration[]): string {
	return `# Completions of swarmtop for fish. Load them with
#   swarmtop completion fish | source
# or for good: swarmtop completion fish > ~/.config/fish/completions/swarmtop.fish

# the words before the cursor that are no flags and no values of flags: the command, then its own
function __swarmtop_words
	set -l line (commandline -opc)
	set -l valued ${valuedOf(commands, '')}
	switch "$line[2]"
${commands
	.filter(({name}) => name !== '')
	.map(({name}) => `\t\tcase ${name}\n\t\t\tset valued ${valuedOf(commands, name)}`)
	.join('\n')}
	end
	set -l is_value 0
	for word in $line[2..-1]
		if test $is_value -eq 1
			set is_value 0
		else if contains -- $word $valued
			set is_value 1
		else if not string match -q -- '-*' $word
			echo $word
		end
	end
end

# whether the cursor is at that place of a command: at PLACE -eq 0 right behind it
function __swarmtop_at
	string match -q -- '-*' (commandline -ct); and return 1
	set -l words (__swarmtop_words)
	test "$words[1]" = "$argv[1]"; and test (math (count $words) - 1) $argv[2] $argv[3]
end

function __swarmtop_in
	set -l words (__swarmtop_words)
	test "$words[1]" = "$argv[1]"
end

# the names of a list, of the engine that the line names; without a list: of the one that is the first word
function __swarmtop_live
	set -l line (commandline -opc)
	set -l connection
	for index in (seq 2 (count $line))
		switch $line[$index]
			case ${connectionSpellings.withValue.join(' ')}
				test $index -lt (count $line); and set -a connection $line[$index] $line[(math $index + 1)]
			case ${[...connectionSpellings.withValue.filter((flag) => flag.startsWith('--')).map((flag) => `'${flag}=*'`), ...connectionSpellings.alone].join(' ')}
				set -a connection $line[$index]
		end
	end
	set -l list $argv[1]
	test -z "$list"; and set list (__swarmtop_words)[2]
	for each in (string split + $list)
		$line[1] get $each -o name $connection 2>/dev/null </dev/null
	end
end

complete -c swarmtop -f
${commands.map(commandLines).join('\n')}
`;
}

function commandLines(command: CommandDeclaration): string {
	const {name, title, flags, words} = command;
	const lines =
		name === ''
			? []
			: [`complete -c swarmtop -n 'test (count (__swarmtop_words)) -eq 0' -a ${name} -d ${quoted(title)}`];
	for (const [long, flag] of Object.entries(flags)) lines.push(flagLine(name, long, flag));
	for (const [index, word] of words.entries()) {
		const comparison = index === words.length - 1 && index > 0 ? '-ge' : '-eq';
		const offer = offerOf(word);
		if (offer !== '') lines.push(`complete -c swarmtop -n '__swarmtop_at ${name} ${comparison} ${index}' ${offer}`);
	}
	return lines.join('\n');
}

function flagLine(command: string, name: string, flag: FlagDeclaration): string {
	const {short, title, value, completes = {kind: 'any'}} = flag;
	const where = command === '' ? "-n 'test (count (__swarmtop_words)) -eq 0'" : `-n '__swarmtop_in ${command}'`;
	const shortOption = short === undefined ? '' : ` -s ${short}`;
	const offer =
		value === undefined ? '' : ` ${completes.kind === 'file' ? '-r' : '-x'} ${offerOf(completes)}`.trimEnd();
	return `complete -c swarmtop ${where}${shortOption} -l ${name}${offer} -d ${quoted(title)}`;
}

function offerOf(words: Words): string {
	switch (words.kind) {
		case 'words':
			return `-a ${quoted(words.words.join(' '))}`;
		case 'live':
			return `-a '(__swarmtop_live ${words.list})'`;
		case 'live-of-first':
			return "-a '(__swarmtop_live)'";
		case 'file':
			return '-F';
		case 'directory':
			return "-a '(__fish_complete_directories)'";
		case 'any':
			return '';
	}
}

function valuedOf(commands: readonly CommandDeclaration[], name: string): string {
	const flags = commands.find((command) => command.name === name)?.flags ?? {};
	return Object.entries(flags)
		.filter(([, {value}]) => value !== undefined)
		.flatMap(([long, flag]) => spellings(long, flag))
		.join(' ');
}

const quoted = (text: string): string => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
