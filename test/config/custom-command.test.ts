import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {invocationOf, programField} from '../../source/config/custom-command.ts';
import {isSayable} from '../../source/text/shell-words.ts';
import {hostileLines} from '../text/hostile-lines.ts';

const hostile = `it's "$(touch /tmp/pwned)" \`id\` $HOME \\ ; rm -rf * | & <>`;

/** What the command prints. */
function run(line: string | readonly string[], fields: Record<string, string>): string {
	const invocation = invocationOf(line, fields);
	if (!invocation.ok) throw new Error(invocation.error);
	const {file, args, environment} = invocation.value;
	return execFileSync(file, args, {env: {PATH: process.env['PATH'], ...environment}, encoding: 'utf8'});
}

describe('a custom command', () => {
	it('gets the fields as arguments as they are', () => {
		expect(run(['printf', '%s|', '{name}', 'id={id}'], {name: hostile, id: '1 2'})).toBe(`${hostile}|id=1 2|`);
	});

	it.each([
		['printf "%s|" {name} x', `${hostile}|x|`],
		['printf "%s|" "a {name}" x', `a ${hostile}|x|`],
		["printf '%s|' 'a {name}' x", `a ${hostile}|x|`],
		['printf "%s|" it\\\'s {name}', `it's|${hostile}|`],
		['printf "%s|" a{name}b', `a${hostile}b|`],
		['cat <<E\n{name}\nE', `"${hostile}"\n`],
	])('gives a shell the field as one word in %j', (line, printed) => {
		expect(run(line, {name: hostile})).toBe(printed);
	});

	it('is never changed by what a field holds, however the line quotes', () => {
		const field = fc.string({unit: 'binary', maxLength: 20}).filter((text) => isSayable(text) && !text.startsWith('-'));
		fc.assert(
			fc.property(field, (name) => {
				expect(run('printf "%s" {name} "" ""', {name})).toBe(name);
			}),
			{numRuns: 25},
		);
	});

	it.each<[string, string | readonly string[]]>([
		['a list', ['ssh', '{name}', 'docker', 'ps']],
		['a list, in front of more', ['ping', '{name}.example']],
		['an option that its field makes', ['docker', '--{name}']],
		['a line', 'docker inspect {name}'],
		['a quoted field of a line', 'docker inspect "{name}" || true'],
		['a command of a line', 'a -- b; docker inspect {name}'],
	])('takes no option out of a field: %s', (_, command) => {
		const invocation = invocationOf(command, {name: '-oProxyCommand=touch X'});
		expect(invocation.ok).toBe(false);
	});

	it.each<[string, string | readonly string[], boolean]>([
		['behind --', ['docker', 'inspect', '--', '{name}'], true],
		['behind -- in a line', 'docker inspect -- {name}', true],
		['as an option’s value', ['docker', 'ps', '--filter=name={name}'], true],
		['where a far shell reads it', ['ssh', '--', 'm1', 'docker', 'inspect', '--', '{name}'], false],
	])('gives one that begins with a dash %s', (_, command, isGiven) => {
		expect(invocationOf(command, {name: '-x;y'}).ok).toBe(isGiven);
	});

	it.each<[string, string | readonly string[]]>([
		['sh -c in a list', ['sh', '-c', 'echo {name}']],
		['sh -c in a line', "sh -c 'echo {name}'"],
		['a shell by its path', ['/usr/bin/bash', '-c', 'echo {name}']],
		['a shell in a container', ['docker', 'exec', 'x', 'sh', '-c', 'echo {name}']],
		['ssh, behind sudo', ['sudo', 'ssh', '--', 'm1', 'echo', '{name}']],
		['eval', 'eval echo {name}'],
		['arithmetic', 'echo $(( {name} + 1 ))'],
		['another language', ['node', '-e', 'console.log("{name}")']],
	])('hands nothing but plain words to what reads them anew: %s', (_, command) => {
		for (const name of ['w1', 'web.example_1', 'a/b:c@d']) expect(invocationOf(command, {name}).ok).toBe(true);
		const strange = ['$(touch X)', '`id`', 'a;b', "a'b", 'a b', '"', 'a\nb', 'a[$(id)]', '-x', '~', '*', ''];
		for (const name of [...strange, ...hostileLines.map(({raw}) => raw)])
			expect([name, invocationOf(command, {name}).ok]).toEqual([name, false]);
	});

	it('lets docker’s own node command have any name', () => {
		expect(invocationOf(['docker', 'node', 'inspect', '--', '{name}'], {name: 'a b'}).ok).toBe(true);
	});

	it('says what it refuses', () => {
		const words = (command: string | readonly string[], name: string) => {
			const invocation = invocationOf(command, {name});
			return invocation.ok ? '' : invocation.error;
		};
		expect(words(['ssh', '{name}'], '$(x)')).toBe('{name} is not a plain word, and ssh would read it anew: $(x)');
		expect(words(['ping', '{name}'], '-f')).toBe('{name} would be read as an option: -f; write -- before it');
		expect(words(['ping', '{name}'], 'a\0b')).toBe('{name} holds what no program can be given');
	});

	it('never lets a field say which program runs', () => {
		expect([programField('{name} x'), programField('"{name}"'), programField(['{name}'])]).toEqual([
			'name',
			'name',
			'name',
		]);
		expect([programField('echo {name}'), programField(['echo', '{name}'])]).toEqual([undefined, undefined]);
	});

	it('leaves Go templates, variables and other braces alone', () => {
		const line = `docker ps --format '{{.Names}} {{name}}' "\${name}" {a,b} '{ print $1 }'`;
		const invocation = invocationOf(line, {});
		expect(invocation.ok && invocation.value.args).toEqual(['-c', line]);
	});

	it('is shown as it could be typed', () => {
		const shown = (line: string | readonly string[]) => {
			const invocation = invocationOf(line, {name: "o'clock", nodeName: 'w1'});
			return invocation.ok ? invocation.value.shown : invocation.error;
		};
		expect(shown('open {name} "{nodeName}"')).toBe(`open 'o'\\''clock' "w1"`);
		expect(shown(['open', '{name}', '-x', '{nodeName}'])).toBe(`open 'o'\\''clock' -x w1`);
		expect(shown('open {other}')).toBe('there is no field {other} here');
	});
});
