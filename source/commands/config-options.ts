import {failed, ok, type Result} from '../runtime/result.ts';
import {type CommandDeclaration, helpFlag, words} from './command-line/declaration.ts';
import {readCommandLine} from './command-line/read.ts';

/** The command line of `swarmtop config`. */

const topics = ['path', 'check', 'show', 'schema'] as const;
type ConfigTopic = (typeof topics)[number];
export type ConfigOptions = {readonly topic: ConfigTopic; readonly file: string | undefined};

export const configCommand = {
	name: 'config',
	title: 'the configuration',
	usage: ['config path', 'config check [FILE]', 'config show [FILE]', 'config schema'],
	about: [
		'path     print where the configuration is read from\ncheck    say what is wrong with it, one line for each problem\nshow     print all settings in force, with the defaults of those that the file leaves out\nschema   print its JSON schema, for editors: also published as docs/config.schema.json',
		'The settings are described in docs/config.md.',
	],
	flags: helpFlag,
	words: [words(...topics), {kind: 'file'}],
} as const satisfies CommandDeclaration;

/** Reads what follows `swarmtop config`; an error is one sentence for the user. */
export function parseConfigOptions(argv: readonly string[]): Result<ConfigOptions | 'help', string> {
	const line = readCommandLine(configCommand, argv);
	if (!line.ok) return line;
	if (line.value.flags.help) return ok('help');
	const [word, file, ...others] = line.value.words;
	const topic = topics.find((each) => each === word);
	if (!topic)
		return failed(
			word === undefined ? 'What should it do? path, check, show or schema.' : `There is no "config ${word}".`,
		);
	const isTooMuch = others.length > 0 || (file !== undefined && topic !== 'check' && topic !== 'show');
	return isTooMuch ? failed(`"${[file, ...others].join(' ')}" is too much.`) : ok({topic, file});
}
