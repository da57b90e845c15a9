/**
 * What a configuration file may say. Descriptions and defaults here are what docs/config.md and the published JSON
 * schema say; what the program's tables have to say about it comes as a {@link Vocabulary}.
 */
import {z} from 'zod';
import {parseChord} from './chord.ts';
import {allColourNames, foregroundStyle} from './colour.ts';
import {durationPattern, parseDuration} from './duration.ts';
import {everywhereScope, type Vocabulary} from './vocabulary.ts';

export type ConfigFile = z.output<ReturnType<typeof configSchema>>;

const fastestAllowedMs = 1000;

export function configSchema(vocabulary: Vocabulary) {
	return z.strictObject({
		theme: z
			.enum(['auto', ...vocabulary.themes])
			.default('auto')
			.describe("`auto` goes by the terminal's background, and by NO_COLOR."),
		glyphs: z
			.enum(['auto', 'unicode', 'ascii'])
			.default('auto')
			.describe('What lines and signs are drawn with; `auto` goes by the locale.'),
		mouse: z
			.boolean()
			.default(true)
			.describe(
				'Clicks, wheel and column titles. Off, and over texts and zoomed logs, the terminal selects by itself; `m` switches it.',
			),
		notify: z
			.enum(['off', 'bell', 'osc9', 'osc777'])
			.default('off')
			.describe(
				'What happens when an action has converged or failed while the terminal is not looked at: the bell, or a notification of the desktop (`osc9`: iTerm2, kitty, WezTerm, Windows Terminal; `osc777`: urxvt, foot, Ghostty).',
			),
		keys: keys(vocabulary),
		columns: columns(vocabulary),
		refresh: refresh(),
		logs: logs(),
		contexts: contexts(),
		nodes: nodes(),
		shell: z
			.array(z.string().min(1), {error: 'write a list: the program and its arguments'})
			.default([])
			.describe(
				'What `S` starts in a container, such as `[zsh, -l]`; empty is the first that exists of `bash` and `sh`.',
			),
		ignore: z
			.array(z.string().regex(/^[a-z*-]+(=.+)?$/, {error: 'write RULE, or RULE=OBJECT'}))
			.default([])
			.describe(
				'Rules that the doctor leaves out, see doctor.md: `RULE`, or `RULE=OBJECT` for what is called so; `*` stands for any characters.',
			),
		commands: z
			.array(customCommand(vocabulary))
			.default([])
			.describe('Your own programs, on a key, with the fields of the selected object.'),
	});
}

/** Says that the value at `path` is not right. */
export type Report = (path: (string | number)[], message: string) => void;

const chord = z.string({error: 'write a key, such as s or ctrl-d'}).superRefine((text, context) => {
	const parsed = parseChord(text);
	if (!parsed.ok) context.addIssue({code: 'custom', message: parsed.error});
});

function keys(vocabulary: Vocabulary) {
	return z
		.record(
			z.string(),
			z.union([chord, z.array(chord)], {error: 'write a key, such as s or ctrl-d, or a list of keys'}),
		)
		.default({})
		.meta({
			description:
				'Other keys for actions, by the names in keys.md: one key or a list, `[]` for none. They replace the default ones.',
			propertyNames: {enum: vocabulary.actions.map(({id}) => id)},
		});
}

function columns(vocabulary: Vocabulary) {
	const views = Object.entries(vocabulary.views).map(([id, view]) => {
		const column = z.enum(view.columns);
		const arrangement = z.strictObject({
			order: z.array(column).default([]).describe('These come first, in this order.'),
			hidden: z.array(column).default([]).describe('These are left out.'),
		});
		return [
			id,
			arrangement.optional().describe(`Of ${view.columns.map((each) => `\`${each}\``).join(', ')}.`),
		] as const;
	});
	return z
		.strictObject(Object.fromEntries(views))
		.prefault({})
		.describe('Columns of the lists, on the screen and of `swarmtop get`. The first one always stays.');
}

const duration = (defaultText: string) =>
	z
		.string({error: 'write a duration, such as 500ms, 2s or 1m'})
		.regex(durationPattern, {error: 'write a duration, such as 500ms, 2s or 1m'})
		.default(defaultText);

function refresh() {
	return z
		.strictObject({
			fastest: duration('1s').describe('Never polls more often; at least `1s`.'),
			slowest: duration('1m').describe('Never polls less often, even when nothing happens.'),
		})
		.superRefine(({fastest, slowest}, context) => {
			const fastestMs = parseDuration(fastest) ?? 0;
			const slowestMs = parseDuration(slowest) ?? 0;
			const complain = (key: string, message: string) => context.addIssue({code: 'custom', path: [key], message});
			if (fastestMs < fastestAllowedMs) complain('fastest', 'at least 1s: the engine has other work to do');
			else if (slowestMs < fastestMs) complain('slowest', `shorter than fastest, which is ${fastest}`);
		})
		.prefault({})
		.describe(
			'How often the engine is polled for what no event tells. Between these two, the pace follows what is going on.',
		);
}

function logs() {
	return z
		.strictObject({
			tail: z.number().int().min(0).max(1_000_000).default(500).describe('Lines to begin with.'),
			since: z
				.string()
				.regex(durationPattern, {error: 'write a duration, such as 15m or 2h'})
				.optional()
				.describe('Begin with what was written in that time, such as `15m`, instead of with a number of lines.'),
			lines: z.number().int().min(100).max(10_000_000).default(50_000).describe('Lines kept in memory.'),
			megabytes: z
				.number()
				.int()
				.min(1)
				.max(4096)
				.default(64)
				.describe('Memory for them: with long lines fewer are kept.'),
			timestamps: z.enum(['off', 'time', 'full', 'relative']).default('off').describe('The time before each line.'),
			prefix: z
				.enum(['full', 'short', 'none'])
				.default('full')
				.describe('Whose line it is: `web.3@w1`, `3@w1` or nothing.'),
			follow: z.boolean().default(true).describe('Stay at the newest line.'),
			wrap: z.boolean().default(false).describe('Long lines go on below, instead of past the edge.'),
			json: z.boolean().default(false).describe('JSON lines as level, message and fields.'),
		})
		.prefault({})
		.describe('How logs open; keys change it while they are open.');
}

function contexts() {
	const colour = z
		.string({error: 'write a colour, such as red or #d7005f'})
		.refine((text) => foregroundStyle(text) !== undefined, {
			error: `no such colour: ${allColourNames.join(', ')}, or #rrggbb`,
		});
	const settings = z.strictObject({
		accent: colour.optional().describe('Colour of the header and the borders: a name such as `red`, or `#rrggbb`.'),
		readOnly: z.boolean().optional().describe('As `--read-only`: nothing can be changed.'),
		protected: z.boolean().optional().describe('Everything dangerous asks for a typed word.'),
	});
	return z
		.record(z.string(), settings)
		.default({})
		.describe(
			'Settings for the swarms whose docker context, address or host fits; `*` stands for any characters. All that fit hold, of two that differ the later one.',
		);
}

const engineWords = 'write unix:///path/docker.sock, tcp://host:2376 or ssh://user@host';
const nodeFields = /^(hostname|address|id|label\..+)$/;

function nodes() {
	const engine = z
		.string({error: engineWords})
		.regex(/^(unix|tcp|ssh|https?):\/\/./, {error: engineWords})
		.superRefine((text, context) => {
			const unknown = [...text.matchAll(/\{([^{}]*)\}/g)].find(([, field = '']) => !nodeFields.test(field));
			if (unknown === undefined) return;
			context.addIssue({
				code: 'custom',
				message: `${unknown[0]} is no field: write {hostname}, {address}, {id} or {label.X}`,
			});
		});
	const rule = z.strictObject({
		match: z.string().min(1).describe("The node's name, address or ID; `*` stands for any characters."),
		engine: engine.describe(
			'Where its engine is: `ssh://ops@{address}`, `tcp://{hostname}:2376`, `unix://…`. Fields: `{hostname}`, `{address}`, `{id}`, `{label.X}`.',
		),
	});
	return z
		.array(rule)
		.default([])
		.describe(
			"The ways to the nodes' own engines, for shells, usage and containers. The first that fits a node counts.",
		);
}

const runWords = 'write a line for the shell, or a list: the program and its arguments';

function customCommand(vocabulary: Vocabulary) {
	const scopes = [...Object.keys(vocabulary.views), everywhereScope];
	return z.strictObject({
		key: chord.describe('One key that is free in that view.'),
		scope: z.enum(scopes).describe('The view that it is for.'),
		title: z.string().min(1).describe('What the help and the palette call it.'),
		run: z
			.union([z.string().min(1), z.array(z.string()).min(1, {error: runWords})], {
				error: runWords,
			})
			.describe(
				'A line for `/bin/sh`, or a list: a program and its arguments. `{name}` stands for a field of the selected object, and is quoted for the shell; see Fields below.',
			),
		confirm: z.boolean().default(false).describe('Ask before it runs.'),
		background: z
			.boolean()
			.default(false)
			.describe(
				'Keep the screen, and show the output when the program has ended. Otherwise the program has the terminal until Enter.',
			),
		changes: z
			.boolean()
			.default(true)
			.describe('It may change the swarm: off in read-only mode. Say `false` for what only looks.'),
	});
}
