import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {stringify} from 'yaml';
import {defaultConfig} from '../../source/config/config.ts';
import {parseConfig} from '../../source/config/parse.ts';
import {toConfig} from '../../source/config/to-config.ts';
import {describeProblem} from '../../source/documents/document.ts';
import {vocabulary} from './vocabulary.ts';

const problems = (text: string) => {
	const parsed = parseConfig(text, 'config.yaml', vocabulary);
	return parsed.ok ? [] : parsed.error.map(describeProblem);
};

function read(text: string) {
	const parsed = parseConfig(text, 'config.yaml', vocabulary);
	if (!parsed.ok) throw new Error(parsed.error.map(describeProblem).join('\n'));
	return toConfig(parsed.value);
}

describe('a configuration', () => {
	it('may be empty, or have sections with nothing in them', () => {
		expect(read('')).toEqual(defaultConfig);
		expect(read('# nothing\nlogs:\n  # tail: 5\nkeys:\n')).toEqual(defaultConfig);
	});

	it('fills in what it leaves out', () => {
		const config = read('theme: light\nlogs: {tail: 50, timestamps: off}\nrefresh: {slowest: 1.5m}\n');
		expect(config).toEqual({
			...defaultConfig,
			theme: 'light',
			logs: {...defaultConfig.logs, tail: 50},
			refresh: {fastestMs: 1000, slowestMs: 90_000},
		});
	});

	it('reads how logs open and what is kept of them', () => {
		const {logs} = read('logs: {since: 15m, lines: 1000, megabytes: 4096, json: true, follow: false}\n');
		expect(logs).toEqual({
			...defaultConfig.logs,
			sinceMs: 900_000,
			lines: 1000,
			bytes: 4096 * 1024 * 1024,
			json: true,
			follow: false,
		});
	});

	it('binds keys, one or several or none, in one spelling', () => {
		const {keys} = read('keys:\n  service.scale: Ctrl-S\n  service.remove: [Del, X]\n  node.drain: []\n');
		expect([...keys]).toEqual([
			['service.scale', ['ctrl-s']],
			['service.remove', ['delete', 'X']],
			['node.drain', []],
		]);
	});

	it('lets two actions exchange their keys', () => {
		expect(problems('keys:\n  service.scale: r\n  service.restart: s\n')).toEqual([]);
	});

	it('gives a pane its own meaning of a key that lists have', () => {
		expect(problems('keys:\n  service.scale: j\n')).toEqual([]);
	});

	it('reads contexts, arranged columns and commands', () => {
		const config = read(`
contexts:
  prod: {accent: bright-red, protected: true}
  '*.example.com': {accent: '#d7005f', readOnly: true}
columns:
  services: {order: [image], hidden: [mode]}
commands:
  - {key: Ctrl-O, scope: services, title: Open, run: 'xdg-open {name}'}
`);
		expect(config.contexts).toEqual([
			{pattern: 'prod', accent: '91', isReadOnly: undefined, isProtected: true},
			{pattern: '*.example.com', accent: '38;2;215;0;95', isReadOnly: true, isProtected: undefined},
		]);
		expect([...config.columns]).toEqual([['services', {order: ['image'], hidden: ['mode']}]]);
		const defaults = {confirm: false, background: false, changes: true};
		expect(config.commands).toEqual([
			{...defaults, key: 'ctrl-o', scope: 'services', title: 'Open', run: 'xdg-open {name}'},
		]);
	});
});

describe('what is wrong with a configuration is said with file, line and key', () => {
	it.each([
		['theme: neon', '1: theme: invalid option: expected one of "auto"|"dark"|"light"'],
		['\nmouse: "on"', '2: mouse: invalid input: expected boolean, received string'],
		['\n\ncolour: red', '3: colour: there is no such key'],
		['logs:\n  since: soon', '2: logs.since: write a duration, such as 15m or 2h'],
		['logs:\n  tail: -1', '2: logs.tail: too small: expected number to be >=0'],
		['refresh: {fastest: 100ms}', '1: refresh.fastest: at least 1s: the engine has other work to do'],
		['refresh:\n  fastest: 10s\n  slowest: 5s', '3: refresh.slowest: shorter than fastest, which is 10s'],
		['refresh: {slowest: 5}', '1: refresh.slowest: write a duration, such as 500ms, 2s or 1m'],
		[
			'keys:\n  service.scale: r',
			"2: keys.service.scale: r is service.restart's already: give one of them another key",
		],
		[
			'keys:\n  service.scale: ctrl-c',
			"2: keys.service.scale: ctrl-c is program.interrupt's already: give one of them another key",
		],
		['keys:\n  program.quit: j', "2: keys.program.quit: j is list.down's already: give one of them another key"],
		['keys:\n  service.scale: [S, shift-s]', '2: keys.service.scale: names S twice'],
		[
			'keys:\n  services.scale: S',
			'2: keys.services.scale: there is no action of that name: docs/keys.md lists them; did you mean service.scale?',
		],
		['keys:\n  dialog.cancel: []', '2: keys.dialog.cancel: needs a key: there would be no way out'],
		['keys:\n  prompt.home: h', '2: keys.prompt.home: h could not be typed any more'],
		[
			'keys:\n  list.down: [j, ctrl-j]',
			`2: keys.list.down.1: "ctrl-j": terminals can't tell it from enter, write enter`,
		],
		['keys:\n  list.down: 5', '2: keys.list.down: write a key, such as s or ctrl-d, or a list of keys'],
		[
			'columns:\n  services:\n    hidden: [nam]',
			'3: columns.services.hidden.0: invalid option: expected one of "name"|"mode"|"replicas"|"image"',
		],
		['columns: {pods: {}}', '1: columns.pods: there is no such key'],
		[
			'contexts:\n  prod: {accent: reddish}',
			'2: contexts.prod.accent: no such colour: black, red, green, yellow, blue, magenta, cyan, white, bright-black, bright-red, bright-green, bright-yellow, bright-blue, bright-magenta, bright-cyan, bright-white, or #rrggbb',
		],
		['commands:\n  - {key: s, scope: services, title: A, run: x}', "2: commands.0.key: s is service.scale's already"],
		[
			'commands:\n  - {key: a, scope: services, title: A, run: x}\n  - {key: a, scope: services, title: B, run: x}',
			`3: commands.1.key: a is "A"'s already`,
		],
		[
			'commands:\n  - {key: a, scope: services, title: A, run: "x {nmae}"}',
			'2: commands.0.run: there is no field {nmae} in services: {id} {name} {image} {context} {host}',
		],
		[
			'commands:\n  - {key: a, scope: everywhere, title: A, run: [x, "{image}"]}',
			'2: commands.0.run: there is no field {image} in everywhere: {id} {name} {context} {host}',
		],
		['commands:\n  - {key: a, scope: services, run: x}', '2: commands.0.title: is missing'],
		[
			'commands:\n  - {key: a, scope: services, title: A, run: []}',
			'2: commands.0.run: write a line for the shell, or a list: the program and its arguments',
		],
		['theme: [', '1: Flow sequence in block collection must be sufficiently indented and end with a ]'],
		['theme: dark\ntheme: light', '2: Map keys must be unique'],
		['- a', '1: invalid input: expected object, received array'],
	])('%j', (text, expected) => {
		expect(problems(text)).toEqual([`config.yaml:${expected}`]);
	});

	it('says all of them at once', () => {
		expect(problems('theme: neon\nmouse: 3\nlogs:\n  wrap: x\n')).toHaveLength(3);
	});

	it('never throws, whatever the file holds', () => {
		const keys = fc.constantFrom(
			'theme',
			'keys',
			'columns',
			'logs',
			'contexts',
			'commands',
			'services',
			'service.scale',
			'run',
		);
		const value = fc.letrec((tie) => ({
			node: fc.oneof(
				fc.string(),
				fc.integer(),
				fc.constant(null),
				fc.boolean(),
				fc.array(tie('node'), {maxLength: 3}),
				fc.dictionary(keys, tie('node'), {maxKeys: 4}),
			),
		})).node;
		fc.assert(
			fc.property(value, (document) => {
				for (const line of problems(stringify(document))) expect(line).toMatch(/^config\.yaml:\d+: [^\n]+$/);
			}),
			{numRuns: 300},
		);
	});
});
