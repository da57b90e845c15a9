import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	initialTable,
	reduceTable,
	type TableAction,
	type TableRows,
	type TableState,
} from '../../../source/ui/table/table-state.ts';

const rowsOf = (ids: readonly string[]): TableRows => ({
	length: ids.length,
	idAt: (index) => ids[index],
	indexOf: (id) => ids.indexOf(id),
});

const letters = [...'abcdefghijklmnopqrstuvwxyz'];
const height = 5;

function play(ids: readonly string[], ...actions: TableAction[]): TableState {
	return actions.reduce((state, action) => reduceTable(state, action, rowsOf(ids), height), initialTable);
}

describe('the selection of a list', () => {
	it('starts at the first row', () => {
		expect(play(letters, {type: 'refresh'})).toMatchObject({selectedId: 'a', top: 0});
	});

	it('moves and scrolls only as far as it must', () => {
		expect(play(letters, {type: 'refresh'}, {type: 'move', by: 4})).toMatchObject({selectedId: 'e', top: 0});
		expect(play(letters, {type: 'refresh'}, {type: 'move', by: 5})).toMatchObject({selectedId: 'f', top: 1});
		expect(play(letters, {type: 'last'})).toMatchObject({selectedId: 'z', top: 21});
		expect(play(letters, {type: 'last'}, {type: 'page', by: -1})).toMatchObject({selectedId: 'v', top: 21});
		expect(play(letters, {type: 'last'}, {type: 'first'})).toMatchObject({selectedId: 'a', top: 0});
	});

	it('stays with its object, on its screen row, when rows come and go above it', () => {
		const before = play(letters, {type: 'refresh'}, {type: 'move', by: 6}, {type: 'move', by: -2});
		expect(before).toMatchObject({selectedId: 'e', index: 4, top: 2});
		const grown = reduceTable(before, {type: 'refresh'}, rowsOf(['1', '2', '3', ...letters]), height);
		expect(grown).toMatchObject({selectedId: 'e', index: 7, top: 5});
		const sorted = reduceTable(grown, {type: 'refresh'}, rowsOf(letters.toReversed()), height);
		expect(sorted.selectedId).toBe('e');
		expect(sorted.index - sorted.top).toBe(2);
	});

	it('says so when its object vanishes, and the next key takes the neighbour', () => {
		const before = play(letters, {type: 'refresh'}, {type: 'move', by: 2});
		const rest = letters.filter((letter) => letter !== 'c');
		const missing = reduceTable(before, {type: 'refresh'}, rowsOf(rest), height);
		expect(missing).toMatchObject({selectedId: 'c', isMissing: true, index: 2});
		const selectedAfter = (action: TableAction): string | undefined =>
			reduceTable(missing, action, rowsOf(rest), height).selectedId;
		expect(selectedAfter({type: 'move', by: 1})).toBe('d');
		expect(selectedAfter({type: 'move', by: -1})).toBe('b');
		expect(selectedAfter({type: 'settle'})).toBe('d');
	});

	it('finds its object again when it comes back', () => {
		const before = play(letters, {type: 'refresh'}, {type: 'move', by: 2});
		const missing = reduceTable(before, {type: 'refresh'}, rowsOf(['a', 'b']), height);
		expect(reduceTable(missing, {type: 'refresh'}, rowsOf(letters), height)).toMatchObject({
			selectedId: 'c',
			isMissing: false,
		});
	});

	it('has nothing to select in an empty list, and takes the first row once there is one', () => {
		const empty = play([], {type: 'refresh'}, {type: 'move', by: 1}, {type: 'last'});
		expect(empty.selectedId).toBeUndefined();
		expect(reduceTable(empty, {type: 'refresh'}, rowsOf(letters), height).selectedId).toBe('a');
	});

	it('stays at the first row while the list is still coming in, until somebody has moved it', () => {
		const filling = {type: 'refresh', isFilling: true} as const;
		const early = reduceTable(initialTable, filling, rowsOf(['m', 'n']), height);
		expect(early.selectedId).toBe('m');
		const later = reduceTable(early, filling, rowsOf(letters), height);
		expect(later).toMatchObject({selectedId: 'a', top: 0});
		const chosen = reduceTable(later, {type: 'move', by: 1}, rowsOf(letters), height);
		expect(reduceTable(chosen, filling, rowsOf(['1', ...letters]), height).selectedId).toBe('b');
		expect(reduceTable(early, {type: 'refresh'}, rowsOf(letters), height).selectedId).toBe('m');
	});

	it('is the same state when a refresh changes nothing', () => {
		const state = play(letters, {type: 'last'});
		expect(reduceTable(state, {type: 'refresh'}, rowsOf(letters), height)).toBe(state);
	});

	it('never leaves the window, and never changes its object by itself', () => {
		const list = fc.uniqueArray(fc.constantFrom(...letters), {maxLength: 20});
		const action = fc.oneof<fc.Arbitrary<TableAction>[]>(
			fc.record({type: fc.constant('move' as const), by: fc.integer({min: -9, max: 9})}),
			fc.record({type: fc.constant('page' as const), by: fc.constantFrom(-1, -0.5, 0.5, 1)}),
			fc.constant({type: 'first' as const}),
			fc.constant({type: 'last' as const}),
			fc.constant({type: 'settle' as const}),
		);
		const steps = fc.array(fc.tuple(list, action, fc.integer({min: 1, max: 8})), {maxLength: 12});
		fc.assert(
			fc.property(steps, (changes) => {
				let state = initialTable;
				for (const [ids, key, rows] of changes) {
					const refreshed = reduceTable(state, {type: 'refresh'}, rowsOf(ids), rows);
					if (state.selectedId !== undefined) expect(refreshed.selectedId).toBe(state.selectedId);
					state = reduceTable(refreshed, key, rowsOf(ids), rows);
					if (!state.isMissing) expect(state.selectedId).toBe(ids[state.index]);
					expect(state.index).toBeGreaterThanOrEqual(state.top);
					expect(state.index).toBeLessThan(state.top + rows);
					expect(state.top).toBeGreaterThanOrEqual(0);
				}
			}),
		);
	});
});
