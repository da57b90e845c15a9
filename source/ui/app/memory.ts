/** What the screen remembers beyond its own life: how lists were sorted and filtered, what was typed. */
import {type State, type ViewState, withEntry} from '../../config/state.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import {openingOrder} from '../table/worst-first.ts';
import type {ColumnsOf} from './screen-config.ts';
import {type ListState, type ScreenState, withList} from './state.ts';

/** Where it is kept, see config/state-file.ts. */
export type Memory = {
	readonly state: State;
	readonly update: (change: Partial<State>) => void;
};

/** Remembers nothing beyond the life of whoever holds it. */
export function forgetful(state: State): Memory {
	const memory = {
		state,
		update(change: Partial<State>) {
			memory.state = {...memory.state, ...change};
		},
	};
	return memory;
}

/** The lists as they were left. What an older program wrote and nothing can be made of any more is as if it weren't there. */
export function withRemembered(initial: ScreenState, {state: {views}}: Memory, columnsOf: ColumnsOf): ScreenState {
	let screen = initial;
	for (const [id, left] of Object.entries(views)) {
		if (isKindId(id)) screen = withList(screen, id, rememberedList(id, left, columnsOf));
	}
	return screen;
}

/** The list that was looked at last; undefined when that is nothing to begin with. */
export function rememberedView({state: {view}}: Memory): KindId | undefined {
	if (view === undefined || view === 'contexts' || !isKindId(view)) return undefined;
	// Whoever begins anew has gone into no node yet.
	return kindOf(view).ofNode ? undefined : view;
}

function rememberedList(id: KindId, {sorting, filter}: ViewState, columnsOf: ColumnsOf): Partial<ListState> {
	const column = columnsOf(id).find((each) => each.id === sorting?.columnId && (each.compare ?? each.compareIn));
	return {filterText: filter, ...(column && sorting && {sorting})};
}

/** Notes how the screen stands, where that differs from what is remembered. */
export function remember({focus, lists}: ScreenState, memory: Memory): void {
	const {view, views} = memory.state;
	const changed = kindIds.map((id) => [id, lists[id]] as const).filter(([id, list]) => !isNoted(id, list, views[id]));
	if (changed.length > 0) {
		const noted = changed.map(([id, {sorting, filterText}]) => [id, {sorting, filter: filterText}] as const);
		memory.update({views: {...views, ...Object.fromEntries(noted)}});
	}
	if (view !== focus) memory.update({view: focus});
}

/** A list that stands as it does by itself needs no note. */
function isNoted(id: KindId, {sorting, filterText}: ListState, noted: ViewState | undefined): boolean {
	if (!noted) return filterText === '' && sorting === openingOrder(kindOf(id));
	const {columnId, isDescending} = noted.sorting ?? {};
	return noted.filter === filterText && columnId === sorting.columnId && isDescending === sorting.isDescending;
}

/** What was typed into the prompts of that ID, the newest last. */
export function historyOf({state}: Memory, id: string): readonly string[] {
	return state.histories[id] ?? [];
}

export function rememberEntry(memory: Memory, id: string, entry: string): void {
	if (entry.trim() === '') return;
	const {histories} = memory.state;
	memory.update({histories: {...histories, [id]: withEntry(historyOf(memory, id), entry)}});
}
