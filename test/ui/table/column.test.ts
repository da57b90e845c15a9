import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {toSafeText} from '../../../source/text/safe-text.ts';
import {kindIds, kindOf} from '../../../source/ui/kinds/registry.ts';
import {type Column, columnGap, fitColumns} from '../../../source/ui/table/column.ts';

const column = (id: string, rest: Partial<Column<unknown>>): Column<unknown> => ({
	id,
	title: toSafeText(id.toUpperCase()),
	width: 10,
	priority: 0,
	value: () => toSafeText(id),
	...rest,
});

const widths = (
	columns: readonly Column<unknown>[],
	available: number,
	needs: Readonly<Record<string, number>> = {},
): Record<string, number> =>
	Object.fromEntries(
		fitColumns(columns, available, new Map(Object.entries(needs))).map(({column, width}) => [column.id, width]),
	);

describe('fitting columns', () => {
	it('drops the least important ones first and keeps the order of the rest', () => {
		const columns = [column('name', {priority: 0}), column('address', {priority: 2}), column('state', {priority: 1})];
		expect(widths(columns, 34)).toEqual({name: 10, address: 10, state: 10});
		expect(widths(columns, 33)).toEqual({name: 10, state: 10});
		expect(widths(columns, 21)).toEqual({name: 10});
	});

	it('lets a column shrink to its least width before another one is dropped', () => {
		const columns = [column('name', {min: 6}), column('state', {priority: 1})];
		expect(widths(columns, 18)).toEqual({name: 6, state: 10});
	});

	it('gives a column what its content needs, within its limits, and never less than its title', () => {
		const columns = [column('name', {min: 6, max: 30}), column('id', {min: 2, priority: 1})];
		expect(widths(columns, 80, {name: 22, id: 1})).toEqual({name: 22, id: 3});
		expect(widths(columns, 80, {name: 50, id: 1})).toEqual({name: 30, id: 3});
	});

	it('gives what is left to those that grow', () => {
		const columns = [column('name', {}), column('error', {priority: 1, grow: 3})];
		expect(widths(columns, 60)).toEqual({name: 10, error: 60 - 10 - columnGap});
	});

	it('cuts the most important column rather than showing none', () => {
		expect(widths([column('name', {})], 4)).toEqual({name: 4});
	});

	it('never takes more than there is', () => {
		const arbitraryColumn = fc
			.record({
				width: fc.integer({min: 1, max: 30}),
				shrink: fc.integer({min: 0, max: 20}),
				grow: fc.integer({min: 0, max: 3}),
				priority: fc.integer({min: 0, max: 6}),
			})
			.map(({width, shrink, grow, priority}) => column('c', {width, min: Math.max(1, width - shrink), grow, priority}));
		fc.assert(
			fc.property(fc.array(arbitraryColumn, {maxLength: 10}), fc.integer({min: 1, max: 250}), (columns, available) => {
				const fitted = fitColumns(columns, available, new Map());
				const total = fitted.reduce((sum, {width}) => sum + width + columnGap, -columnGap);
				expect(Math.max(0, total)).toBeLessThanOrEqual(available);
			}),
		);
	});

	it('shows everything of every kind at 200 columns in one pane, and what matters at 80', () => {
		for (const id of kindIds) {
			const kind = kindOf(id);
			// The topology is drawn, not tabled.
			if (kind.columns.length === 0) continue;
			expect(fitColumns(kind.columns, 197, new Map())).toHaveLength(kind.columns.length);
			expect(fitColumns(kind.columns, 77, new Map()).length).toBeGreaterThanOrEqual(4);
		}
	});
});
