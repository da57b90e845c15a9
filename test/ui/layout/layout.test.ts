import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {
	type Layout,
	type LayoutPreferences,
	layoutPanes,
	paneIds,
	type Rect,
} from '../../../source/ui/layout/layout.ts';

const preferences: LayoutPreferences = {focus: 'services', isZoomed: false, bannerLines: 0, nodeCount: 5};

function panes(columns: number, rows: number, rest: Partial<LayoutPreferences> = {}): Record<string, string> {
	const layout = layoutPanes({columns, rows}, {...preferences, ...rest});
	if (layout.kind !== 'panes') return {};
	return Object.fromEntries(
		layout.panes.map(({id, x, y, width, height, frame}) => [id, `${width}x${height} at ${x},${y} ${frame}`]),
	);
}

describe('where the panes lie', () => {
	it('puts two beside each other above the logs at 200x50', () => {
		expect(panes(200, 50)).toEqual({
			nodes: '100x8 at 0,1 box',
			services: '100x23 at 0,9 box',
			tasks: '100x31 at 100,1 box',
			logs: '200x16 at 0,32 box',
		});
	});

	it('stacks them at 80x24, the one in focus larger than the others', () => {
		expect(panes(80, 24)).toEqual({
			nodes: '80x3 at 0,1 bar',
			services: '80x11 at 0,4 bar',
			tasks: '80x3 at 0,15 bar',
			logs: '80x4 at 0,18 bar',
		});
		expect(panes(80, 24, {focus: 'logs'})['logs']).toBe('80x11 at 0,11 bar');
	});

	it('shows one at a time below 60x16, and when zoomed', () => {
		expect(panes(59, 40)).toEqual({services: '59x37 at 0,1 bar'});
		expect(panes(80, 15, {focus: 'tasks'})).toEqual({tasks: '80x12 at 0,1 bar'});
		expect(panes(200, 50, {isZoomed: true})).toEqual({services: '200x47 at 0,1 bar'});
	});

	it('gives up below 20x5', () => {
		expect(layoutPanes({columns: 19, rows: 5}, preferences).kind).toBe('tooSmall');
		expect(layoutPanes({columns: 20, rows: 4}, preferences).kind).toBe('tooSmall');
		expect(layoutPanes({columns: 20, rows: 5}, preferences).kind).toBe('panes');
	});

	it('makes room for a banner', () => {
		expect(panes(80, 24, {bannerLines: 2})['nodes']).toBe('80x3 at 0,3 bar');
	});

	it('covers every cell of the screen exactly once, at every size', () => {
		const size = fc.record({columns: fc.integer({min: 20, max: 260}), rows: fc.integer({min: 5, max: 90})});
		const anyPreferences = fc.record({
			focus: fc.constantFrom(...paneIds),
			isZoomed: fc.boolean(),
			bannerLines: fc.integer({min: 0, max: 2}),
			nodeCount: fc.integer({min: 0, max: 1000}),
		});
		fc.assert(
			fc.property(size, anyPreferences, ({columns, rows}, wanted) => {
				const covered = cellsOf(layoutPanes({columns, rows}, wanted));
				expect(covered.length).toBe(columns * rows);
				expect(new Set(covered).size).toBe(columns * rows);
				expect(Math.max(...covered)).toBe(columns * rows - 1);
			}),
			{numRuns: 150},
		);

		function cellsOf(layout: Layout): number[] {
			if (layout.kind !== 'panes') return [];
			const rects: readonly Rect[] = [layout.header, layout.banner, layout.message, layout.footer, ...layout.panes];
			const width = layout.header.width;
			return rects.flatMap((rect) =>
				Array.from({length: rect.width * rect.height}, (_, cell) => {
					const x = rect.x + (cell % rect.width);
					const y = rect.y + Math.floor(cell / rect.width);
					return y * width + x;
				}),
			);
		}
	});
});
