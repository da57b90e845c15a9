import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {commands} from '../../../source/commands/command-line/commands.ts';
import {
	type CommandDeclaration,
	type FlagDeclaration,
	spellings,
} from '../../../source/commands/command-line/declaration.ts';
import {helpOf} from '../../../source/commands/command-line/help.ts';
import {readCommandLine} from '../../../source/commands/command-line/read.ts';
import {commandNames, routeOf} from '../../../source/commands/command-line/route.ts';
import {closest} from '../../../source/commands/command-line/suggest.ts';

const sample = {
	name: 'sample',
	title: 'a sample',
	usage: ['sample WORD...'],
	about: [],
	flags: {
		output: {short: 'o', title: 'the format', value: 'FORMAT'},
		filter: {short: 'f', title: 'what to show', value: 'FILTER', isMultiple: true},
		watch: {short: 'w', title: 'again'},
		all: {short: 'a', title: 'all'},
		tail: {short: 'n', title: 'the last lines', value: 'LINES'},
		demo: {title: 'a demo', value: 'NAME', isValueOptional: true},
		'no-headings': {title: 'rows alone'},
		'read-only': {title: 'change nothing'},
	},
	words: [],
} as const satisfies CommandDeclaration;

const read = (...argv: string[]) => {
	const line = readCommandLine(sample, argv);
	if (!line.ok) throw new Error(line.error);
	return line.value;
};
const problem = (...argv: string[]) => {
	const line = readCommandLine(sample, argv);
	return line.ok ? 'none' : line.error;
};

describe('a command line', () => {
	it('takes flags in every form that docker takes, in any place', () => {
		const wide = {flags: {output: 'wide', watch: true}, words: ['x', 'y']};
		expect(read('-o', 'wide', '-w', 'x', 'y')).toEqual(wide);
		expect(read('x', '--output=wide', 'y', '--watch')).toEqual(wide);
		expect(read('-wowide', 'x', 'y')).toEqual(wide);
		expect(read('-wo', 'wide', 'x', 'y')).toEqual(wide);
		expect(read('-o=wide', '--watch=true', 'x', 'y')).toEqual(wide);
		expect(read('--no-headings', '--read-only', '--watch=false').flags).toEqual({
			'no-headings': true,
			'read-only': true,
			watch: false,
		});
	});

	it('keeps every value as it was typed', () => {
		expect(read('-n', '010', '-f', '!web', '-f', 'a=b', '--filter=', '007').flags).toEqual({
			tail: '010',
			filter: ['!web', 'a=b', ''],
		});
		expect(read('007', '1e3').words).toEqual(['007', '1e3']);
		expect(read('-n', '-5').flags).toEqual({tail: '-5'});
		expect(read('-o', 'a', '-o', 'b').flags).toEqual({output: 'b'});
	});

	it('leaves what follows -- alone, and takes - for a word', () => {
		expect(read('-w', '-', '--', '-o', '--colour')).toEqual({flags: {watch: true}, words: ['-', '-o', '--colour']});
		expect(read('--', '--demo')).toEqual({flags: {}, words: ['--demo']});
	});

	it('takes an optional value only where one stands', () => {
		expect(read('--demo').flags).toEqual({demo: ''});
		expect(read('--demo', '--watch').flags).toEqual({demo: '', watch: true});
		expect(read('--demo', 'large').flags).toEqual({demo: 'large'});
	});

	it.each([
		[['--colour'], 'There is no flag --colour.'],
		[['--outptu', 'x'], 'There is no flag --outptu. Did you mean --output?'],
		[['-wz'], 'There is no flag -z.'],
		[['-o'], '--output needs a value: --output FORMAT.'],
		[['-o', '-w'], '--output needs a value: --output FORMAT.'],
		[['--watch=maybe'], '--watch takes no value.'],
		[['--no-watch'], 'There is no flag --no-watch.'],
		[['--__proto__', 'x'], 'There is no flag --__proto__.'],
	])('refuses %j in one sentence', (argv, sentence) => {
		expect(problem(...argv)).toBe(sentence);
	});

	it('reads anything without throwing', () => {
		fc.assert(
			fc.property(
				fc.array(
					fc.oneof(fc.string(), fc.constantFrom('-', '--', '-o', '--output', '-f', '--demo', '--x.y', '-wo', '--=')),
				),
				(argv) => {
					readCommandLine(sample, argv);
				},
			),
		);
	});
});

describe('the commands', () => {
	const flagsOf = (command: CommandDeclaration): [string, FlagDeclaration][] => Object.entries(command.flags);

	it('are the ones that are found on a command line', () => {
		expect(commands.map(({name}) => name).filter(Boolean)).toEqual(commandNames);
	});

	it.each(commands.map((command) => [command.name, command] as const))(
		'%j takes each of its flags, and its help shows it',
		(_, command) => {
			for (const [name, flag] of flagsOf(command)) {
				for (const spelling of spellings(name, flag)) {
					const argv = flag.value === undefined ? [spelling] : [spelling, 'x'];
					expect(readCommandLine(command, argv), spelling).toMatchObject({
						ok: true,
						value: {flags: {[name]: flag.value === undefined ? true : flag.isMultiple ? ['x'] : 'x'}},
					});
				}
				if (name !== 'help') expect(helpOf(command)).toContain(`--${name}`);
			}
		},
	);

	it.each(commands.map((command) => [command.name, command] as const))(
		'%j has its help on one screen',
		(_, command) => {
			const lines = helpOf(command).split('\n');
			expect(lines.length).toBeLessThanOrEqual(50);
			expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(130);
		},
	);

	it.each(commands.map((command) => [command.name, command] as const))(
		'%j gives no letter to two flags',
		(_, command) => {
			const letters = flagsOf(command).flatMap(([, {short}]) => short ?? []);
			expect(new Set(letters).size).toBe(letters.length);
		},
	);
});

describe('which command is meant', () => {
	it.each([
		[[], undefined, []],
		[['get', 'nodes'], 'get', ['nodes']],
		[['-H', 'ssh://x', 'get', 'nodes'], 'get', ['-H', 'ssh://x', 'nodes']],
		[['--context=prod', '--tls', 'logs', 'web'], 'logs', ['--context=prod', '--tls', 'web']],
		[['-cprod', 'get', 'no'], 'get', ['-cprod', 'no']],
		[['--read-only', '-H', 'x'], undefined, ['--read-only', '-H', 'x']],
		[['help'], undefined, ['--help']],
		[['help', 'get'], 'get', ['--help']],
		[['version'], undefined, ['--version']],
		[['gte', 'nodes'], undefined, ['gte', 'nodes']],
		[['-H', 'get'], undefined, ['-H', 'get']],
	] as const)('in %j', (argv, command, rest) => {
		expect(routeOf(argv)).toEqual({command, argv: rest});
	});

	it('suggests the word that was meant, and only that', () => {
		expect(closest('gte', commandNames)).toBe('get');
		expect(closest('lgos', commandNames)).toBe('logs');
		expect(closest('simulat', commandNames)).toBe('simulate');
		expect(closest('frobnicate', commandNames)).toBeUndefined();
	});
});
