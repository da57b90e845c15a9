import {execFileSync} from 'node:child_process';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {invocationOf, shellQuoted} from '../../source/config/custom-command.ts';

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
		const field = fc.string({unit: 'binary', maxLength: 20}).filter((text) => !/[\0\ud800-\udfff]/.test(text));
		fc.assert(
			fc.property(field, (name) => {
				expect(run('printf "%s" {name} "" ""', {name})).toBe(name);
				expect(run(`printf %s ${shellQuoted(name)}`, {})).toBe(name);
			}),
			{numRuns: 25},
		);
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
