import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {parse} from 'yaml';
import {ChangeLog, objectText} from '../../source/commands/get-objects.ts';
import {hostileLines} from '../text/hostile-lines.ts';

/** C0 but tab and line break, DEL, C1, and what semaphore the order of letters round. */
const obeyed = /(?![\t])[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029]/u;

describe('objects as text', () => {
	const value = {Name: 'web', Error: '\u001b[2J', Ports: [80]};

	it('are JSON and YAML', () => {
		expect(JSON.parse(objectText(value, 'json'))).toEqual(value);
		expect(objectText({Name: 'web', Ports: [80]}, 'yaml')).toBe('Name: web\nPorts:\n  - 80');
	});

	it('hold nothing that a terminal obeys, and mean what they meant', () => {
		const text = fc.string({unit: 'binary', maxLength: 20}).filter((each) => each.isWellFormed());
		const hostile = fc.oneof(text, fc.constantFrom(...hostileLines.map(({raw}) => raw)));
		fc.assert(
			fc.property(hostile, hostile, (name, label) => {
				const object = {Name: name, Labels: [{[`k${name}`]: label}], Lines: `two\n${label}`};
				const json = objectText(object, 'json');
				const yaml = objectText(object, 'yaml');
				for (const line of [...json.split('\n'), ...yaml.split('\n')]) expect(line).not.toMatch(obeyed);
				expect(JSON.parse(json)).toEqual(object);
				expect(parse(yaml)).toEqual(object);
			}),
		);
	});

	it('keep lines and pictures as they are', () => {
		expect(objectText({a: 'one\ntwo\n', b: '👩‍💻 é'}, 'yaml')).toBe('a: |\n  one\n  two\nb: 👩‍💻 é');
	});
});

describe('what became of a list', () => {
	it('is told once for each change', () => {
		const log = new ChangeLog();
		const a = {ID: 'a', n: 1};
		const b = {ID: 'b', n: 1};
		const list = (...objects: {ID: string; n: number}[]) => new Map(objects.map((object) => [object.ID, object]));
		expect(log.changes(list(a, b))).toEqual([
			{Change: 'added', Object: a},
			{Change: 'added', Object: b},
		]);
		expect(log.changes(list({...a}, b))).toEqual([]);
		expect(log.changes(list({...a, n: 2}))).toEqual([
			{Change: 'changed', Object: {ID: 'a', n: 2}},
			{Change: 'removed', Object: b},
		]);
		expect(log.changes(list())).toEqual([{Change: 'removed', Object: {ID: 'a', n: 2}}]);
	});
});
