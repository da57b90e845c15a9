/** Which rows are on the screen, for the sync: what is visible is kept true, what is hidden may wait. */
import {noRows, type ShownRows} from '../../cluster/model.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import type {Layout} from '../layout/layout.ts';
import {listWindow} from '../table/list-window.ts';
import {type ScreenState, topOverlay} from './state.ts';

export function visibleRows(state: ScreenState, layout: Layout, rowsOf: (id: KindId) => readonly Listed[]): ShownRows {
	if (layout.kind === 'tooSmall') return noRows;
	const shown = (id: 'nodes' | 'services' | 'tasks'): string[] => {
		const pane = layout.panes.find((each) => each.id === id);
		const {top} = state.lists[id].table;
		return pane
			? rowsOf(id)
					.slice(top, top + listWindow(pane, 0))
					.map((row) => row.id)
			: [];
	};
	return {nodes: shown('nodes'), services: shown('services'), tasks: shown('tasks'), ofAll: shownOfAll(state, layout)};
}

/** A plan foresees where tasks go; a view may say what it shows of all nodes; an order compares them. */
function shownOfAll(state: ScreenState, {panes}: Extract<Layout, {kind: 'panes'}>): ShownRows['ofAll'] {
	if (topOverlay(state)?.kind === 'confirmation') return 'tasks';
	const {focus, lists} = state;
	const ofAll = isKindId(focus) ? (kindOf(focus).ofAllNodes ?? 'nothing') : 'nothing';
	if (ofAll !== 'nothing') return ofAll;
	const isByLoad = byLoad.has(lists.nodes.sorting.columnId) && panes.some(({id}) => id === 'nodes');
	return isByLoad ? 'sums' : 'nothing';
}

const byLoad: ReadonlySet<string> = new Set(['tasks', 'cpu', 'memory']);

export function isSameRows(a: ShownRows, b: ShownRows): boolean {
	const same = (one: readonly string[], other: readonly string[]): boolean =>
		one.length === other.length && one.every((id, index) => id === other[index]);
	return a.ofAll === b.ofAll && same(a.nodes, b.nodes) && same(a.services, b.services) && same(a.tasks, b.tasks);
}
