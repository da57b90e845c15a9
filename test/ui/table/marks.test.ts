import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type MarkAction, type Marks, noMarks, reduceMarks} from '../../../source/ui/table/marks.ts';
import type {TableRows} from '../../../source/ui/table/table-state.ts';

const rowsOf = (ids: readonly string[]): TableRows => ({
	length: ids.length,
	idAt: (index) => ids[index],
	indexOf: (id) => ids.indexOf(id),
});

const letters = [...'abcdef'];

function play(ids: readonly string[], ...actions: MarkAction[]): Marks {
	return actions.reduce((marks, action) => reduceMarks(marks, action, rowsOf(ids)), noMarks);
}

const idsOf = ({ids}: Marks): string[] => [...ids];

describe('marks', () => {
	it('come and go one by one', () => {
		expect(idsOf(play(letters, {type: 'toggle', id: 'c'}, {type: 'toggle', id: 'a'}))).toEqual(['c', 'a']);
		expect(idsOf(play(letters, {type: 'toggle', id: 'c'}, {type: 'toggle', id: 'c'}))).toEqual([]);
	});

	it('reach from the last mark to here, in either direction', () => {
		expect(idsOf(play(letters, {type: 'toggle', id: 'b'}, {type: 'range', id: 'd'}))).toEqual(['b', 'c', 'd']);
		expect(idsOf(play(letters, {type: 'toggle', id: 'd'}, {type: 'range', id: 'b'})).sort()).toEqual(['b', 'c', 'd']);
	});

	it('reach only to here when what was marked last is not in the list', () => {
		const before = play(letters, {type: 'toggle', id: 'b'});
		expect(idsOf(reduceMarks(before, {type: 'range', id: 'e'}, rowsOf(['d', 'e'])))).toEqual(['b', 'e']);
		expect(idsOf(play(letters, {type: 'range', id: 'e'}))).toEqual(['e']);
	});

	it('take in all that is shown, and none', () => {
		const filtered = reduceMarks(play(letters, {type: 'toggle', id: 'a'}), {type: 'all'}, rowsOf(['e', 'f']));
		expect(idsOf(filtered)).toEqual(['a', 'e', 'f']);
		expect(reduceMarks(filtered, {type: 'none'}, rowsOf(letters))).toBe(noMarks);
	});

	it('survive another order and another filter, and go with their object', () => {
		fc.assert(
			fc.property(fc.subarray(letters), fc.shuffledSubarray(letters), fc.subarray(letters), (marked, shown, alive) => {
				const before = play(letters, ...marked.map((id): MarkAction => ({type: 'toggle', id})));
				const after = reduceMarks(before, {type: 'keep', exists: (id) => alive.includes(id)}, rowsOf(shown));
				expect(idsOf(after)).toEqual(marked.filter((id) => alive.includes(id)));
				if (marked.every((id) => alive.includes(id))) expect(after).toBe(before);
			}),
		);
	});
});
