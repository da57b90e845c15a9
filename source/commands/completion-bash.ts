import {connectionSpellings} from './command-line/connection-flags.ts';
import {type CommandDeclaration, spellings, type Words} from './command-line/declaration.ts';

/** Completions for bash 4 and later. */

export function bashCompletion(commands: readonly CommandDeclaration[]): string {
	return `${head}
${lookUp('_swarmtop_value', "what the value of a command's flag can be; fails where it has none", values(commands))}

${lookUp('_swarmtop_place', 'what the word at a place of a command can be', places(commands))}

${lookUp('_swarmtop_flags', 'the flags of a command', flags(commands))}

${connects}

${reply}

${main(commands)}

complete -F _swarmtop swarmtop
`;
}

const head = `# Completions of swarmtop for bash. Load them with
#   source <(swarmtop completion bash)
# or for good, where bash-completion is installed:
#   swarmtop completion bash > ~/.local/share/bash-completion/completions/swarmtop
`;

type Entry = readonly [pattern: string, answer: string];

/** A function that puts an answer into REPLY by its arguments. */
function lookUp(name: string, purpose: string, entries: readonly Entry[]): string {
	const cases = entries.map(([pattern, answer]) => `\t\t${pattern}) REPLY='${answer}' ;;`);
	return `# ${purpose}
${name}() {
	case "$*" in
${cases.join('\n')}
		*) return 1 ;;
	esac
}`;
}

function values(commands: readonly CommandDeclaration[]): Entry[] {
	return commands.flatMap(({name, flags: own}) =>
		Object.entries(own).flatMap(([long, flag]): Entry[] => {
			if (flag.value === undefined) return [];
			const patterns = spellings(long, flag).map((spelling) => `'${name} ${spelling}'`);
			return [[patterns.join(' | '), answer(flag.completes ?? {kind: 'any'})]];
		}),
	);
}

function places(commands: readonly CommandDeclaration[]): Entry[] {
	return commands.flatMap(({name, words}) =>
		words.map((word, index): Entry => {
			const place = index === words.length - 1 && index > 0 ? `'${name} '*` : `'${name} ${index}'`;
			return [place, answer(word)];
		}),
	);
}

function flags(commands: readonly CommandDeclaration[]): Entry[] {
	return commands.map(({name, flags: own}) => [
		`'${name}'`,
		Object.entries(own)
			.flatMap(([long, flag]) => spellings(long, flag))
			.join(' '),
	]);
}

function answer(words: Words): string {
	if (words.kind === 'words') return ['words', ...words.words].join(' ');
	return words.kind === 'live' ? `live ${words.list}` : words.kind;
}

const connects = `# whether a flag says which engine is meant
_swarmtop_connects() {
	case $1 in
		${[...connectionSpellings.withValue, ...connectionSpellings.alone].join(' | ')}) ;;
		*) return 1 ;;
	esac
}`;

/** Uses the caller's variables: bash has them all in scope. */
const reply = `# fills COMPREPLY by what REPLY says
_swarmtop_reply() {
	local typed=$1 name
	case $REPLY in
		words\\ *) mapfile -t COMPREPLY < <(compgen -W "\${REPLY#words }" -- "$typed") ;;
		live*)
			local list=\${REPLY#live }
			[[ $REPLY == live-of-first ]] && list=$first
			for list in \${list//+/ }; do
				while read -r name; do
					[[ $name == "$typed"* ]] && COMPREPLY+=("$name")
				done < <("\${words[0]}" get "$list" -o name "\${connection[@]}" 2> /dev/null < /dev/null)
			done
			;;
		file | directory)
			compopt -o filenames 2> /dev/null
			mapfile -t COMPREPLY < <(compgen -A "$REPLY" -- "$typed")
			;;
	esac
	[[ \${COMPREPLY[0]} == */ ]] && compopt -o nospace 2> /dev/null
	# Readline breaks words at colons and only replaces what stands behind the last one.
	[[ $typed == *:* ]] && COMPREPLY=("\${COMPREPLY[@]#"\${typed%"\${typed##*:}"}"}")
	return 0
}`;

function main(commands: readonly CommandDeclaration[]): string {
	const names = commands.map(({name}) => name).filter((name) => name !== '');
	return `_swarmtop() {
	local line=\${COMP_LINE:0:COMP_POINT} command='' flag='' first='' count=0 index=1 word REPLY=''
	local -a words connection=()
	COMPREPLY=()
	read -ra words <<< "$line"
	[[ $line == *[[:space:]] ]] && words+=('')
	local last=$((\${#words[@]} - 1))
	local typed=\${words[last]}
	if ((last > 1)) && [[ \${words[1]} =~ ^(${names.join('|')})$ ]]; then
		command=\${words[1]} index=2
	fi
	for (( ; index < last; index++)); do
		word=\${words[index]}
		if [[ -n $flag ]]; then
			_swarmtop_connects "$flag" && connection+=("$flag" "$word")
			flag=''
		elif [[ $word == -*=* ]]; then
			_swarmtop_connects "\${word%%=*}" && connection+=("$word")
		elif [[ $word == -* ]] && _swarmtop_value "$command" "$word"; then
			flag=$word
		elif [[ $word == -* ]]; then
			_swarmtop_connects "$word" && connection+=("$word")
		else
			[[ -z $first ]] && first=$word
			count=$((count + 1))
		fi
	done
	if [[ -n $flag ]]; then
		_swarmtop_value "$command" "$flag" && _swarmtop_reply "$typed"
	elif [[ $typed == -*=* ]]; then
		_swarmtop_value "$command" "\${typed%%=*}" && _swarmtop_reply "\${typed#*=}"
	elif [[ $typed == -* ]]; then
		_swarmtop_flags "$command" && REPLY="words $REPLY" && _swarmtop_reply "$typed"
	elif ((last == 1)); then
		REPLY='words ${names.join(' ')}' && _swarmtop_reply "$typed"
	else
		_swarmtop_place "$command" "$count" && _swarmtop_reply "$typed"
	fi
}`;
}
