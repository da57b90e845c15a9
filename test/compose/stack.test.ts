import {readFileSync} from 'node:fs';
import path from 'node:path';
import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parsePorts} from '../../source/compose/load/ports.ts';
import {splitWords} from '../../source/compose/load/words.ts';
import {readStack} from '../../source/compose/stack.ts';
import {parseBytes, parseCpus, parseDuration} from '../../source/compose/units.ts';
import {describeProblem} from '../../source/documents/document.ts';

const recorded = path.join(import.meta.dirname, '../../fixtures/recorded/stack');
const read = (text: string, variables: Record<string, string> = {}) =>
	readStack([{name: 'stack.yml', text}], {name: 'st', directory: '/tmp/cap', variables});

/** What differs by nature: IDs that the CLI looked up, and an empty word where the engine puts the default. */
function comparable(spec: unknown): unknown {
	return JSON.parse(JSON.stringify(spec), (key, value: unknown) => {
		if (key === 'Secrets' && Array.isArray(value)) return value.map((each) => JSON.stringify(each)).toSorted();
		if (key === 'SecretID' || key === 'ConfigID') return '';
		if (key === 'Privileges') return {};
		return key === 'Order' && value === '' ? 'stop-first' : value;
	});
}

/** A variable as stack files write it; kept apart so that it isn't taken for a template of this file. */
const variable = (inside: string): string => `$\{${inside}}`;

describe('a stack file', () => {
	it('becomes the very specs that docker stack deploy sends', () => {
		const stack = read(readFileSync(path.join(recorded, 'everything.yml'), 'utf8'));
		const sent = JSON.parse(readFileSync(path.join(recorded, 'everything.services.json'), 'utf8')) as Record<
			string,
			unknown
		>;
		expect(stack.ok).toBe(true);
		if (!stack.ok) return;
		expect(stack.value.services.map((service) => service.Name)).toEqual(Object.keys(sent).sort());
		for (const service of stack.value.services) expect(comparable(service)).toEqual(comparable(sent[service.Name]));
		expect(stack.value.warnings).toEqual([
			'Ignoring unsupported options: build, restart',
			'Ignoring deprecated options: container_name: Setting the container name is not supported.',
		]);
	});

	it.each([
		['services:\n  web:\n    imag: nginx', 'stack.yml:3: services.web.imag: there is no such key'],
		[
			'services:\n  web:\n    image: a\n    ports: ["a:b"]',
			'stack.yml:4: services.web.ports.0: "a:b" is no port: write 80, 8080:80 or 8080:80/udp',
		],
		[
			'services:\n  web:\n    image: a\n    networks: [nowhere]',
			'stack.yml:4: services.web.networks.nowhere: undefined network "nowhere"',
		],
		[
			'services:\n  web:\n    image: a\n    deploy:\n      mode: sometimes',
			'stack.yml:5: services.web.deploy.mode: unknown mode: sometimes',
		],
		[
			'services:\n  web:\n    image: a\n    volumes: ["data:/x"]',
			'stack.yml:4: services.web.volumes.0: undefined volume "data"',
		],
		['services:\n\tweb: 1', 'stack.yml:2: Tabs are not allowed as indentation'],
		[
			`services:\n  web:\n    image: ${variable('IMAGE:?say which')}`,
			'stack.yml:3: services.web.image: IMAGE must be set: say which',
		],
	])('that is wrong is told where: %j', (text, sentence) => {
		const stack = read(text);
		expect(stack.ok ? [] : stack.error.map(describeProblem)).toContain(sentence);
	});

	it('fills variables in', () => {
		const stack = read(`services:\n  web:\n    image: "${variable('NAME:-nginx')}:$TAG"\n    command: echo $$HOME`, {
			TAG: '1',
		});
		const container = stack.ok ? stack.value.services[0]?.TaskTemplate.ContainerSpec : undefined;
		expect(container).toMatchObject({Image: 'nginx:1', Args: ['echo', '$HOME']});
	});
});

describe('units', () => {
	it.each([
		['1m30s', 90e9],
		['1.5h', 5400e9],
		['250ms', 250e6],
		['0', 0],
		['10', undefined],
		['soon', undefined],
	])('a duration of %s is %s ns', (text, ns) => expect(parseDuration(text)).toBe(ns));

	it.each([
		['64M', 64 << 20],
		['1.5g', 1.5 * (1 << 30)],
		['512kb', 512 << 10],
		['7', 7],
		['x', undefined],
	])('%s is %s bytes', (text, bytes) => expect(parseBytes(text)).toBe(bytes));

	it('reads CPUs', () => expect([parseCpus('0.5'), parseCpus('x')]).toEqual([5e8, undefined]));

	it.each([
		['80', [[80, 0]]],
		['8080:80', [[80, 8080]]],
		['127.0.0.1:8001:8000', [[8000, 8001]]],
		[
			'3000-3001',
			[
				[3000, 0],
				[3001, 0],
			],
		],
		[
			'9090-9091:8080-8081',
			[
				[8080, 9090],
				[8081, 9091],
			],
		],
	])('the port %s', (text, pairs) => {
		const ports = parsePorts(text);
		expect(ports.ok && ports.value.map(({target, published}) => [target, published])).toEqual(pairs);
	});
});

describe('words', () => {
	it.each([
		[`sh -c "echo 'a b'"`, ['sh', '-c', "echo 'a b'"]],
		[`a\\ b 'c d'e ""`, ['a b', 'c de', '']],
		[`a "b\\c" # d`, ['a', 'bc']],
		['a#b #c\nd', ['a#b', 'd']],
		[`"open`, undefined],
		['open\\', undefined],
	])('%s', (line, words) => expect(splitWords(line)).toEqual(words));

	it('come back from their quoted form', () => {
		fc.assert(
			fc.property(fc.array(fc.string()), (words) => {
				const line = words.map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
				expect(splitWords(line)).toEqual(words);
			}),
		);
	});
});
