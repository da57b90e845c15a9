import {connectionSpellings} from './command-line/connection-flags.ts';
import type {CommandDeclaration, FlagDeclaration, Words} from './command-line/declaration.ts';

/** Completions for zsh, with descriptions. */

export function zshCompletion(commands: readonly CommandDeclaration[]): string {
	const named = commands.filter(({name}) => name !== '');
	const [dashboard] = commands.filter(({name}) => name === '');
	return `#compdef swarmtop
# Completions of swarmtop for zsh. Load them with
#   source <(swarmtop completion zsh)
# or for good: swarmtop completion zsh > a file named _swarmtop in a folder of $fpath

# the names of a list, of the engine that the line names; _arguments puts options for compadd before it
_swarmtop_live() {
	local -a names
	local list
	for list in \${(s:+:)@[-1]}; do
		names+=(\${(f)"$("$all[1]" get $list -o name $connection 2> /dev/null < /dev/null)"})
	done
	compadd "\${@[1,-2]}" -a names
}

_swarmtop() {
	local -a all connection line
	local index state
	all=("\${words[@]}")
	for ((index = 2; index < CURRENT; index++)); do
		case $all[index] in
			(${connectionSpellings.withValue.join('|')})
				((index + 1 < CURRENT)) && connection+=("$all[index]" "$all[index + 1]")
				((index++))
				;;
			(${connectionSpellings.withValue
				.filter((flag) => flag.startsWith('--'))
				.map((flag) => `${flag}=*`)
				.concat(connectionSpellings.alone)
				.join('|')})
				connection+=("$all[index]")
				;;
		esac
	done
	if ((CURRENT == 2)) && [[ $words[2] != -* ]]; then
		local -a commands
		commands=(
${named.map(({name, title}) => `\t\t\t${quoted(`${name}:${title}`)}`).join('\n')}
		)
		_describe command commands
		return
	fi
	case $words[2] in
${named.map(({name, ...rest}) => `\t\t(${name})\n\t\t\tshift words\n\t\t\t((CURRENT--))\n${argumentsOf(rest)}\n\t\t\t;;`).join('\n')}
		(*)
${dashboard ? argumentsOf(dashboard) : ''}
			;;
	esac
	[[ $state == names ]] && _swarmtop_live "$line[1]"
}

if [[ $funcstack[1] == _swarmtop ]]; then
	_swarmtop "$@"
else
	compdef _swarmtop swarmtop
fi
`;
}

function argumentsOf({flags, words}: Pick<CommandDeclaration, 'flags' | 'words'>): string {
	const specs = [
		...Object.entries(flags).map(([name, flag]) => flagSpec(name, flag)),
		...words.map((word, index) => {
			const place = index === words.length - 1 && index > 0 ? '*' : String(index + 1);
			return quoted(`${place}:${labelOf(word)}:${action(word)}`);
		}),
	];
	return ['\t\t\t_arguments -C -s', ...specs.map((spec) => `\t\t\t\t${spec}`)].join(' \\\n');
}

/** `'(-o --output)'{-o+,--output=}'[the format]:value:(json yaml)'` */
function flagSpec(name: string, {short, title, value, completes = {kind: 'any'}}: FlagDeclaration): string {
	const tail = quoted(
		`[${title.replace(/[[\]]/g, '\\$&')}]${value === undefined ? '' : `:${labelOf(completes)}:${action(completes)}`}`,
	);
	const long = `--${name}${value === undefined ? '' : '='}`;
	if (short === undefined) return `${long}${tail}`;
	return `'(-${short} --${name})'{-${short}${value === undefined ? '' : '+'},${long}}${tail}`;
}

function action(words: Words): string {
	switch (words.kind) {
		case 'words':
			return `(${words.words.map((word) => word.replaceAll(':', '\\:')).join(' ')})`;
		case 'live':
			return `_swarmtop_live ${words.list}`;
		case 'live-of-first':
			return '->names';
		case 'file':
			return '_files';
		case 'directory':
			return '_files -/';
		case 'any':
			return ' ';
	}
}

const labelOf = (words: Words): string =>
	words.kind === 'live' ? words.list : words.kind === 'live-of-first' ? 'name' : 'value';

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;
