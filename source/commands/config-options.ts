import {parseArgs} from 'node:util';
import {failed, ok, type Result} from '../runtime/result.ts';

/** The command line of `swarmtop config`. */

export const configUsage = `swarmtop config path | check [FILE] | show [FILE] | schema

  path               where the configuration is read from
  check              says what is wrong with it, a line per problem
  show               all settings as they hold, with the defaults of those that the file leaves out
  schema             its JSON schema, for editors: also published as docs/config.schema.json

The settings are described in docs/config.md.`;

const topics = ['path', 'check', 'show', 'schema'] as const;
type ConfigTopic = (typeof topics)[number];
export type ConfigOptions = {readonly topic: ConfigTopic; readonly file: string | undefined};

/** Reads what follows `swarmtop config`; an error is one sentence for the user. */
export function parseConfigOptions(argv: readonly string[]): Result<ConfigOptions | 'help', string> {
	const parsed = tryParse(argv);
	if (!parsed.ok) return parsed;
	const {values, positionals} = parsed.value;
	if (values.help) return ok('help');
	const [word, file, ...others] = positionals;
	const topic = topics.find((each) => each === word);
	if (!topic) return failed(word === undefined ? 'What about the configuration?' : `There is no "config ${word}".`);
	const isTooMuch = others.length > 0 || (file !== undefined && topic !== 'check' && topic !== 'show');
	return isTooMuch ? failed(`"${[file, ...others].join(' ')}" is too much.`) : ok({topic, file});
}

function tryParse(argv: readonly string[]) {
	try {
		const options = {help: {type: 'boolean', short: 'h'}} as const;
		return ok(parseArgs({args: [...argv], options, allowPositionals: true}));
	} catch (error) {
		if (error instanceof TypeError) return failed(`${error.message.split('. ')[0]}.`);
		throw error;
	}
}
