import {describe, expect, it} from 'vitest';
import {arranged, withOwnKeys} from '../../source/config/apply.ts';

describe('the keymap with own keys', () => {
	it('replaces the keys of an action, and keeps an action without keys', () => {
		const bindings = [
			{id: 'a', keys: ['x'], run: 1},
			{id: 'b', keys: ['y'], run: 2},
			{id: 'c', keys: ['z'], run: 3},
		];
		const keys = new Map([
			['a', ['A', 'f1']],
			['b', []],
		]);
		expect(withOwnKeys(bindings, {keys})).toEqual([
			{id: 'a', keys: ['A', 'f1'], run: 1},
			{id: 'b', keys: [], run: 2},
			{id: 'c', keys: ['z'], run: 3},
		]);
	});
});

describe('columns', () => {
	const columns = ['name', 'mode', 'image', 'ports'].map((id) => ({id}));
	const ids = (order: string[], hidden: string[]) => arranged(columns, {order, hidden}).map(({id}) => id);

	it('come in the order that is asked for, the others behind', () => {
		expect(ids(['ports', 'name'], [])).toEqual(['ports', 'name', 'mode', 'image']);
	});

	it('can be left out, but for the one that says what the row is', () => {
		expect(ids([], ['mode', 'ports', 'name'])).toEqual(['name', 'image']);
	});

	it('are as they are without an arrangement', () => {
		expect(arranged(columns, undefined)).toBe(columns);
	});
});
