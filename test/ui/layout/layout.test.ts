import fc from 'fast-check';
import {describe, expect, it} from 'vitest';
import {type Layout, layoutPanes} from '../../../source/ui/layout/layout.ts';
import {type LayoutPreferences, type PaneContents, paneIds, type Rect} from '../../../source/ui/layout/pane.ts';

const preferences: LayoutPreferences = {focus: 'services', isZoomed: false, bannerLines: 0, contents: contents()};

function contents(rest: Partial<PaneContents> = {}): PaneContents {
	return {nodes: 7, services: 14, tasks: 6, troubledNodes: 0, ...rest};
}

function panes(columns: number, rows: number, rest: Partial<LayoutPreferences> = {}): Record<string, string> {
	const layout = layoutPanes({columns, rows}, {...preferences, ...rest});
	if (layout.kind !== 'panes') return {};
	return Object.fromEntries(
		layout.panes.map(({id, x, y, width, height, frame}) => [id, `${width}x${height} at ${x},${y} ${frame}`]),
	);
}

describe('where the panes lie', () => {
	it('puts the services beside nodes and tasks at 200x50, each as high as what it holds, and gives the logs the rest', () => {
		expect(panes(200, 50)).toEqual({
			services: '128x19 at 0,1 box',
			nodes: '72x10 at 128,1 box',
			tasks: '72x9 at 128,11 box',
			logs: '200x28 at 0,20 box',
		});
	});

	it('gives a list in focus what it needs, but never so much that the others are gone', () => {
		const many = contents({services: 400, nodes: 90, tasks: 300});
		expect(panes(200, 50, {contents: many})).toEqual({
			services: '128x31 at 0,1 box',
			nodes: '72x22 at 128,1 box',
			tasks: '72x9 at 128,23 box',
			logs: '200x16 at 0,32 box',
		});
		expect(panes(200, 50, {contents: many, focus: 'tasks'})).toMatchObject({nodes: '72x16 at 128,1 box'});
		expect(panes(200, 50, {contents: many, focus: 'nodes'})).toMatchObject({nodes: '72x26 at 128,1 box'});
		expect(panes(200, 50, {contents: many, focus: 'logs'})).toMatchObject({logs: '200x24 at 0,24 box'});
	});

	it('stacks them at 80x24: one line for nodes that are well, the one in focus larger than the others', () => {
		expect(panes(80, 24)).toEqual({
			nodes: '80x1 at 0,1 bar',
			services: '80x11 at 0,2 bar',
			tasks: '80x4 at 0,13 bar',
			logs: '80x5 at 0,17 bar',
		});
		expect(panes(80, 24, {focus: 'logs'})['logs']).toBe('80x11 at 0,11 bar');
		expect(panes(80, 24, {focus: 'nodes'})['nodes']).toBe('80x9 at 0,1 bar');
	});

	it('keeps a line for a node that is down', () => {
		expect(panes(80, 24, {contents: contents({troubledNodes: 1})})).toMatchObject({
			nodes: '80x2 at 0,1 bar',
			services: '80x11 at 0,3 bar',
		});
	});

	it('shows all nodes where there is room for everything, else those that have something to tell', () => {
		expect(panes(120, 40)).toMatchObject({nodes: '120x1 at 0,1 bar', services: '120x18 at 0,2 bar'});
		const small = contents({services: 6, nodes: 3});
		expect(panes(120, 40, {contents: small})).toMatchObject({nodes: '120x5 at 0,1 bar', services: '120x10 at 0,6 bar'});
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
		expect(panes(80, 24, {bannerLines: 2})['nodes']).toBe('80x1 at 0,3 bar');
	});

	it('covers every cell of the screen exactly once, at every size', () => {
		const size = fc.record({columns: fc.integer({min: 20, max: 260}), rows: fc.integer({min: 5, max: 90})});
		const anyPreferences = fc.record({
			focus: fc.constantFrom(...paneIds),
			isZoomed: fc.boolean(),
			bannerLines: fc.integer({min: 0, max: 2}),
			contents: fc.record({
				nodes: fc.integer({min: 0, max: 1000}),
				services: fc.integer({min: 0, max: 1000}),
				tasks: fc.integer({min: 0, max: 1000}),
				troubledNodes: fc.integer({min: 0, max: 5}),
			}),
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
