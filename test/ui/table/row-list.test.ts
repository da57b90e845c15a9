import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {compareNatural} from '../../../source/ui/table/natural.ts';
import {RowList, type RowQuery} from '../../../source/ui/table/row-list.ts';

type Row = {readonly id: string; readonly rank: number; readonly word: string};

const compare = (a: Row, b: Row): number => a.rank - b.rank || compareNatural(a.id, b.id);

function query(source: ReadonlyMap<string, Row>, rest: Partial<RowQuery<Row>> = {}): RowQuery<Row> {
	return {
		source,
		include: () => true,
		includeKey: 'all',
		compare,
		orderKey: 'rank',
		filter: () => true,
		filterKey: '',
		isNarrower: false,
		...rest,
	};
}

const mapOf = (rows: readonly Row[]): ReadonlyMap<string, Row> => new Map(rows.map((row) => [row.id, row]));
const row = (id: string, rank: number, word = 'a'): Row => ({id, rank, word});
const ids = (list: RowList<Row>): string[] => list.rows.map(({id}) => id);

describe('the rows of a list', () => {
	it('gives the same array while nothing changes, so that nothing is drawn', () => {
		const list = new RowList<Row>();
		const source = mapOf([row('b', 2), row('a', 1)]);
		list.update(query(source));
		const {rows} = list;
		list.update(query(source));
		expect(list.rows).toBe(rows);
		expect(ids(list)).toEqual(['a', 'b']);
	});

	it('moves one changed row without asking how the others compare among each other', () => {
		const rows = Array.from({length: 1000}, (_, index) => row(`r${index}`, index));
		const list = new RowList<Row>();
		list.update(query(mapOf(rows)));
		let comparisons = 0;
		const counting = (a: Row, b: Row): number => {
			comparisons++;
			return compare(a, b);
		};
		list.update(query(mapOf([...rows.slice(1), row('r0', 500.5)]), {compare: counting}));
		expect(list.indexOf('r0', 0)).toBe(500);
		expect(comparisons).toBeLessThan(30);
	});

	it('finds a row by its ID, and says when it is not shown', () => {
		const list = new RowList<Row>();
		const source = mapOf([row('a', 1), row('b', 2, 'x'), row('c', 3)]);
		list.update(query(source, {filter: ({word}) => word === 'a', filterKey: 'a'}));
		expect(list.indexOf('c', 0)).toBe(1);
		expect(list.indexOf('b', 1)).toBe(-1);
		expect(list.indexOf('gone', 0)).toBe(-1);
		expect(list.total).toBe(3);
	});

	it('always equals filtering and sorting everything afresh', () => {
		const arbitraryRow = fc.record({
			id: fc.integer({min: 0, max: 30}).map((number) => `r${number}`),
			rank: fc.integer({min: 0, max: 5}),
			word: fc.constantFrom('a', 'b', 'ab'),
		});
		const arbitraryStep = fc.record({
			rows: fc.uniqueArray(arbitraryRow, {selector: ({id}) => id, maxLength: 20}),
			letter: fc.constantFrom('', 'a', 'b', 'ab'),
			isDescending: fc.boolean(),
			least: fc.constantFrom(0, 2),
		});
		fc.assert(
			fc.property(fc.array(arbitraryStep, {minLength: 1, maxLength: 8}), (steps) => {
				const list = new RowList<Row>();
				let before: ReadonlyMap<string, Row> = new Map();
				let typed = '';
				for (const {rows, letter, isDescending, least} of steps) {
					// Rows that did not change keep their identity, as the store has it.
					const source = mapOf(
						rows.map((next) => {
							const old = before.get(next.id);
							return old && old.rank === next.rank && old.word === next.word ? old : next;
						}),
					);
					const order = isDescending ? (a: Row, b: Row) => compare(b, a) : compare;
					const include = ({rank}: Row): boolean => rank >= least;
					const filter = ({word}: Row): boolean => word.includes(letter);
					list.update(
						query(source, {
							compare: order,
							orderKey: String(isDescending),
							include,
							includeKey: String(least),
							filter,
							filterKey: letter,
							isNarrower: letter.startsWith(typed),
						}),
					);
					const expected = [...source.values()].filter(include).filter(filter).sort(order);
					expect(ids(list)).toEqual(expected.map(({id}) => id));
					for (const [index, {id}] of expected.entries()) expect(list.indexOf(id, 0)).toBe(index);
					before = source;
					typed = letter;
				}
			}),
		);
	});
});

describe('natural order', () => {
	it('takes numbers in names as numbers', () => {
		const names = ['w10', 'w2', 'W1', 'w1', 'w', 'web.10', 'web.9', 'a01', 'a1'];
		expect(names.toSorted(compareNatural)).toEqual(['a01', 'a1', 'w', 'W1', 'w1', 'w2', 'w10', 'web.9', 'web.10']);
	});

	it('is a total order', () => {
		const name = fc.string({unit: fc.constantFrom('a', 'B', 'b', '0', '1', '9', '.'), maxLength: 6});
		fc.assert(
			fc.property(name, name, name, (a, b, c) => {
				expect(Math.sign(compareNatural(a, b))).toBe(-Math.sign(compareNatural(b, a)) + 0);
				expect(compareNatural(a, b) === 0).toBe(a === b);
				if (compareNatural(a, b) < 0 && compareNatural(b, c) < 0) expect(compareNatural(a, c)).toBeLessThan(0);
			}),
			{numRuns: 2000},
		);
	});
});
