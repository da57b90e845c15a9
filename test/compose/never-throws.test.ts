import {readdirSync, readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {readStack} from '../../source/compose/stack.ts';
import {readYaml} from '../../source/documents/stack-yaml/read.ts';

/** Whatever a document holds, reading it ends with a stack or with problems that say where. */

const options = {
	name: 'st',
	directory: '/stacks',
	variables: {TOKEN: 'abc'},
	readFile: (): Uint8Array => new Uint8Array([65, 61, 49]),
};

function isAnswered(text: string | Uint8Array): void {
	const stack = readStack([{name: 'stack.yml', text}], options);
	if (stack.ok) return;
	expect(stack.error.length).toBeGreaterThan(0);
	for (const {line, message} of stack.error) {
		expect(line).toBeGreaterThanOrEqual(1);
		expect(message).not.toBe('');
	}
}

const folder = path.join(import.meta.dirname, '../cases/stacks/one-feature');
const files = readdirSync(folder)
	.filter((file) => file.endsWith('.yml'))
	.map((file) => readFileSync(path.join(folder, file), 'utf8'));

describe('a document', () => {
	it('of any bytes is read or refused', () => {
		fc.assert(fc.property(fc.uint8Array({maxLength: 200}), isAnswered));
	});

	it('of any characters that mean something in YAML is read or refused', () => {
		const pieces = [
			...'{}[]:,-?&*!|>\'"#%@`~<=\n\t \r',
			'a',
			'1',
			'<<',
			'&a ',
			'*a',
			': ',
			'- ',
			'\n  ',
			'!!int ',
			'${',
			'$',
		];
		fc.assert(
			fc.property(fc.array(fc.constantFrom(...pieces), {maxLength: 60}), (parts) => isAnswered(parts.join(''))),
			{numRuns: 300},
		);
	});

	it('that was a stack file until somebody changed it is read or refused', () => {
		const edit = fc.record({at: fc.nat(), length: fc.nat({max: 8}), text: fc.string({maxLength: 8})});
		fc.assert(
			fc.property(fc.constantFrom(...files), fc.array(edit, {minLength: 1, maxLength: 3}), (text, edits) => {
				let changed = text;
				for (const {at, length, text: put} of edits) {
					const from = at % (changed.length + 1);
					changed = changed.slice(0, from) + put + changed.slice(from + length);
				}
				isAnswered(changed);
			}),
			{numRuns: 300},
		);
	});

	it('of any values where others are wanted is read or refused', () => {
		const {value} = fc.letrec((tie) => ({
			value: fc.oneof(
				{depthSize: 'small'},
				fc.constantFrom(null, true, -1, 0, 1.5, 2 ** 70, '', 'a', '80:80', '1s', '$TOKEN', '/a:/b', '2020-01-01'),
				fc.array(tie('value'), {maxLength: 3}),
				fc.dictionary(fc.constantFrom('source', 'target', 'type', 'name', 'external', 'test', 'a'), tie('value'), {
					maxKeys: 3,
				}),
			),
		}));
		const keys = [
			'image',
			'command',
			'ports',
			'volumes',
			'networks',
			'secrets',
			'configs',
			'deploy',
			'environment',
			'env_file',
			'labels',
			'healthcheck',
			'logging',
			'ulimits',
			'credential_spec',
			'extra_hosts',
			'build',
			'x-a',
			'cap_add',
			'stop_grace_period',
		];
		fc.assert(
			fc.property(fc.dictionary(fc.constantFrom(...keys), value, {maxKeys: 4}), value, (service, network) => {
				isAnswered(
					JSON.stringify({services: {web: {image: 'a', ...service}}, networks: {a: network}, volumes: {a: network}}),
				);
			}),
			{numRuns: 300},
		);
	});

	it('may name an anchor as often as it likes', () => {
		const services = Array.from({length: 500}, (_, i) => `  s${i}: {image: a, logging: *log}`).join('\n');
		const stack = readStack([{name: 'stack.yml', text: `x-log: &log {driver: none}\nservices:\n${services}`}], options);
		expect(stack.ok && stack.value.services).toHaveLength(500);
	});

	it('is refused when its anchors stand for too much', () => {
		const levels = Array.from({length: 30}, (_, i) =>
			i === 0
				? 'x-0: &a0 [x, x, x, x, x, x, x, x]'
				: `x-${i}: &a${i} [${Array(9)
						.fill(`*a${i - 1}`)
						.join(', ')}]`,
		);
		const stack = readStack([{name: 'stack.yml', text: levels.join('\n')}], options);
		expect(stack.ok ? [] : stack.error.map(({message}) => message)).toEqual([
			'its anchors stand for too much: more than 99 % of it comes from them',
		]);
	});

	it.each([
		['in brackets', '['.repeat(100_000)],
		['in mappings', '{a: '.repeat(50_000)],
		['in lists', '- '.repeat(50_000)],
	])('that is nested too deeply %s is refused', (_, text) => expect(readYaml(text, 'stack.yml').ok).toBe(false));
});

describe('what is wrong', () => {
	const problem = (...texts: string[]) => {
		const documents = texts.map((text, index) => ({name: `${index + 1}.yml`, text}));
		const stack = readStack(documents, options);
		return stack.ok ? '' : stack.error.map(({file, line, key}) => `${file}:${line} ${key}`).join(' ');
	};

	it('is told at its line behind an anchor', () => {
		expect(problem('x-a: &a\n  image: a\n  foo: 1\nservices:\n  web:\n    <<: *a')).toBe('1.yml:3 services.web.foo');
		expect(problem('x-a: &a\n  - b:b\nservices:\n  web:\n    image: a\n    ports: *a')).toBe(
			'1.yml:2 services.web.ports.0',
		);
	});

	it('is told in the file that has it', () => {
		const base = 'services:\n  web:\n    image: a\n';
		expect(problem(base, 'services:\n  web:\n\n    networks: [n]')).toBe('2.yml:4 services.web.networks.n');
		expect(problem(base, 'services:\n  web: {foo: 1}')).toBe('2.yml:2 services.web.foo');
		expect(problem('services:\n  web:\n    networks: [n]', base)).toBe('1.yml:3 services.web.networks.n');
		expect(problem(base, '- a')).toBe('2.yml:1 ');
	});

	it('is told at its line below brackets that close too far left', () => {
		expect(problem('services:\n  web:\n    command: [\n  a,\n]\n    image: a\n    foo: 1')).toBe(
			'1.yml:7 services.web.foo',
		);
	});
});
