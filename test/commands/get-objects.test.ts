import {describe, expect, it} from 'vitest';
import {ChangeLog, objectText} from '../../source/commands/get-objects.ts';

describe('objects as text', () => {
	const value = {Name: 'web', Error: '\u001b[2J', Ports: [80]};

	it('are JSON and YAML', () => {
		expect(JSON.parse(objectText(value, 'json', false))).toEqual(value);
		expect(objectText({Name: 'web', Ports: [80]}, 'yaml', false)).toBe('Name: web\nPorts:\n  - 80');
	});

	it('never move a cursor', () => {
		for (const format of ['json', 'yaml'] as const)
			expect(objectText({a: '\u009b2J\u202e'}, format, true)).not.toMatch(/[\u009b\u202e]/);
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
