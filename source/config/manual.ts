/** docs/config.md, made from the schema: every setting with what it means, what it may be and what holds without it. */
import {fieldsOf} from './command-checks.ts';
import {durationPattern} from './duration.ts';
import {configJsonSchema, type JsonSchema} from './json-schema.ts';
import {everywhereScope, type Vocabulary} from './vocabulary.ts';

/** @param example a whole configuration file, shown as it is */
export function configManual(vocabulary: Vocabulary, example: string): string {
	const {properties = {}} = configJsonSchema(vocabulary);
	const sections = Object.entries(properties).map(([key, schema]) => section(key, schema));
	return [introduction(example), ...sections, fieldsPart(vocabulary)].join('\n\n').concat('\n');
}

const introduction = (example: string): string => `# Configuration

Generated from the schema (\`source/config/schema.ts\`); don't edit it by hand.

\`$XDG_CONFIG_HOME/swarmtop/config.yaml\`, else \`~/.config/swarmtop/config.yaml\`. Every setting may be left out.

\`\`\`sh
swarmtop config path    # where it is read from
swarmtop config check   # what is wrong with it: file, line, key
swarmtop config show    # what holds, defaults included
swarmtop config schema  # its JSON schema, also in config.schema.json
\`\`\`

What the program remembers by itself (the last view, sorting, filters) is not here but in
\`$XDG_STATE_HOME/swarmtop/state.json\`, else \`~/.local/state/swarmtop/state.json\`; it can be deleted at any time.

An example:

\`\`\`yaml
${example.trimEnd()}
\`\`\``;

function section(key: string, schema: JsonSchema): string {
	const parts = [`## ${key}`, description(schema)];
	const rows = settingsOf(schema);
	if (rows) parts.push(table(rows), ...sharedSettings(rows));
	else parts.push(`${capitalised(valuesOf(schema))}. Default: ${defaultOf(schema)}.`);
	return parts.join('\n\n');
}

/** Where every row is a group of the same settings: these, once for all. */
function sharedSettings(rows: readonly Row[]): string[] {
	const [inner] = rows.map(([, schema]) => settingsOf(schema));
	return inner && rows.every(([, schema]) => settingsOf(schema)) ? [`In each of them:\n\n${table(inner)}`] : [];
}

type Row = readonly [key: string, schema: JsonSchema, isRequired: boolean];

/** The settings in a section: its own, those of each entry by name, or those of each item. */
function settingsOf(schema: JsonSchema): Row[] | undefined {
	const entries = typeof schema.additionalProperties === 'object' ? schema.additionalProperties : undefined;
	const holder = [schema, entries, schema.items].find((each) => each?.properties);
	if (!holder?.properties) return undefined;
	const {required = []} = holder;
	return Object.entries(holder.properties).map(([key, value]) => [key, value, required.includes(key)]);
}

function table(rows: readonly Row[]): string {
	const lines = rows.map(([key, schema, isRequired]) => {
		const fallback = isRequired ? 'needed' : defaultOf(schema);
		return `| \`${key}\` | ${description(schema)} | ${valuesOf(schema)} | ${fallback} |`;
	});
	return ['| setting | what it is | values | default |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

const description = (schema: JsonSchema): string => schema.description ?? '';

/** What a value may be, as few words. */
function valuesOf(schema: JsonSchema): string {
	if (schema.enum) return schema.enum.map((value) => `\`${String(value)}\``).join(', ');
	if (schema.anyOf) return [...new Set(schema.anyOf.map(valuesOf))].join(' or ');
	const {properties, items} = schema;
	switch (schema.type) {
		case 'boolean':
			return '`true`, `false`';
		case 'integer':
			return `a number, ${schema['minimum']} to ${schema['maximum']}`;
		case 'array':
			return items?.enum ? 'a list of columns' : 'a list';
		case 'object':
			return properties
				? Object.keys(properties)
						.map((key) => `\`${key}\``)
						.join(', ')
				: 'names with values';
		default:
			return schema['pattern'] === durationPattern.source ? 'a duration' : 'a text';
	}
}

function defaultOf(schema: JsonSchema): string {
	if (schema.default === undefined) return '–';
	return `\`${typeof schema.default === 'string' ? schema.default : JSON.stringify(schema.default)}\``;
}

const capitalised = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function fieldsPart(vocabulary: Vocabulary): string {
	const scopes = [...Object.keys(vocabulary.views), everywhereScope];
	const rows = scopes.map((scope) => {
		const fields = fieldsOf(scope, vocabulary).map((field) => `\`{${field}}\``);
		return `| ${scope} | ${fields.join(' ')} |`;
	});
	return `### Fields

What \`run\` can name, by view; the same names work in filters (\`state=failing\`). \`{{…}}\` and \`\${…}\` are left as they are. \`{context}\`
and \`{host}\` work everywhere: docker's name for the swarm on the screen, and where its engine is.

The program acts on the swarm on the screen: it gets \`DOCKER_HOST\` or \`DOCKER_CONTEXT\` and docker's TLS variables for it, whatever the shell
had that swarmtop was started from; \`SWARMTOP_HOST\`, \`SWARMTOP_CONTEXT\`, and \`SWARMTOP_READ_ONLY=1\` where nothing may be changed.
Certificates that lie under other names than docker's are in \`SWARMTOP_TLS_CA_CERT\`, \`SWARMTOP_TLS_CERT\` and \`SWARMTOP_TLS_KEY\`.

What a field holds is never taken for anything else:

- In a list, each field is one argument, or a part of one. In a line for the shell, each is in a variable, and is quoted where it stands: bare, in
  single quotes or in double ones.
- A field that begins with \`-\` at the start of an argument is refused unless \`--\` stands before it. Write it wherever the program knows it, as
  in the example.
- Programs that read their arguments anew (\`sh -c\`, \`ssh\`, \`eval\`, \`xargs\`, \`watch\`, \`awk\`, \`python\` and such, wherever in the command they
  stand) are only given fields that are plain words: letters, digits and \`_ . : @ / + , = -\`. Whatever else a field holds, the command is
  refused and says which. A script of your own that hands its arguments to a shell must quote them itself.
- No field can say which program runs.

${['| view | fields |', '| --- | --- |', ...rows].join('\n')}`;
}
