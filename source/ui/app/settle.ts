/**
 * What follows from a change of the screen's state or of the cluster: the tasks beside a list are those of what is
 * selected, cursors and marks stay with their objects, an open dialog says what is true now. Pure but for the rows of the
 * lists, which are brought up to date.
 */
import type {ActionRequest, Plan} from '../../cluster/intent.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {recheck} from '../dialog/confirmation.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import type {Layout} from '../layout/layout.ts';
import type {PaneId, PaneRect} from '../layout/pane.ts';
import {heightBelow, listWindow, troubleOf} from '../table/list-window.ts';
import {reduceMarks} from '../table/marks.ts';
import {reduceTable, type TableState} from '../table/table-state.ts';
import type {Lists} from './lists.ts';
import {reduceScreen} from './reducers/screen.ts';
import {isSameScope, type ScreenState, shownKinds, topOverlay} from './state.ts';

/** What the state is brought in line with. */
export type Surroundings = {
	readonly cluster: ClusterState;
	readonly lists: Lists;
	/** The list in which no row changes its place now. */
	readonly held: KindId | undefined;
	readonly layout: Layout;
	/** The plan of a request as things stand now. */
	readonly planOf: (intent: ActionRequest) => Plan;
};

/** Rows of a list that is not on the screen: only how far a page would be. */
const hiddenHeight = 10;

export function settle(state: ScreenState, surroundings: Surroundings): ScreenState {
	updateRows(state, surroundings);
	const followed = followSelection(state, surroundings);
	const lists = shownKinds(followed).reduce((each, kind) => refreshList(each, kind, surroundings), followed);
	return checkConfirmation(lists, surroundings);
}

/** How many rows of a list are to be seen. */
export function windowOf(kind: KindId, state: ScreenState, {cluster, lists, layout}: Surroundings): number {
	const rect = rectOf(kind, layout);
	if (!rect) return hiddenHeight;
	const {table} = state.lists[kind];
	const row = table.isMissing ? undefined : lists.rows(kind)[table.index];
	const environment = {cluster};
	return listWindow(rect, troubleOf(kind, row, rect, environment).length, heightBelow(kind, rect, environment));
}

/** Where the pane is; undefined while it is not on the screen. */
export function rectOf(pane: PaneId, layout: Layout): PaneRect | undefined {
	return layout.kind === 'panes' ? layout.panes.find(({id}) => id === pane) : undefined;
}

function updateRows(state: ScreenState, {lists, cluster, held}: Surroundings): void {
	lists.update(shownKinds(state), cluster, state, state.lists, held);
}

/** The tasks beside a list are those of what is selected in it, and so are the logs of a service. */
function followSelection(state: ScreenState, surroundings: Surroundings): ScreenState {
	const {focus} = state;
	if (!isKindId(focus)) return state;
	const kind = kindOf(focus);
	if (!kind.tasksOf) return state;
	const refreshed = refreshList(state, focus, surroundings);
	const {table} = refreshed.lists[focus];
	const row = table.isMissing ? undefined : surroundings.lists.rows(focus)[table.index];
	if (!row) return refreshed;
	const tasks = kind.tasksOf(row);
	const target = focus === 'services' ? kind.logsOf?.(row) : undefined;
	const turned = target ? reduceScreen(refreshed, {type: 'logs/turned', target}) : refreshed;
	if (isSameScope(tasks, turned.tasks)) return turned;
	const narrowed = reduceScreen(turned, {type: 'place/tasks', tasks});
	updateRows(narrowed, surroundings);
	return narrowed;
}

function refreshList(state: ScreenState, kind: KindId, surroundings: Surroundings): ScreenState {
	const {cluster, lists} = surroundings;
	const list = state.lists[kind];
	const isAtNewest = kindOf(kind).isFeed === true && list.table.index === 0;
	// Only where nothing can be done to the wrong object may the first row go on to be the selected one for good.
	const isFilling = cluster.isLoading || !hasChanges(kind);
	const height = windowOf(kind, state, surroundings);
	const rows = lists.tableRows(kind);
	const kept = reduceTable(list.table, isAtNewest ? {type: 'first'} : {type: 'refresh', isFilling}, rows, height);
	const table = kept.isMissing ? withoutMissing(kind, kept, state, surroundings) : kept;
	const selectedRow = (table.isMissing ? undefined : lists.rows(kind)[table.index]) ?? list.selectedRow;
	const source = kindOf(kind).source(cluster);
	const marks = reduceMarks(list.marks, {type: 'keep', exists: (each) => source.has(each)}, rows);
	if (table === list.table && selectedRow === list.selectedRow && marks === list.marks) return state;
	return reduceScreen(state, {type: 'list/changed', kind, change: {table, selectedRow, marks}});
}

/**
 * A row that stands for something which goes on in another object (a slot in its next task) stays selected. A list
 * that is only looked at, and whose objects can't be changed, may choose again by itself.
 */
function withoutMissing(kind: KindId, table: TableState, state: ScreenState, surroundings: Surroundings): TableState {
	const {cluster, lists} = surroundings;
	const rows = lists.tableRows(kind);
	const height = windowOf(kind, state, surroundings);
	const row: Listed | undefined = state.lists[kind].selectedRow;
	const successor = row && kindOf(kind).successor?.(row, cluster);
	if (successor && rows.indexOf(successor.id, table.index) !== -1) {
		return reduceTable({...table, selectedId: successor.id}, {type: 'refresh'}, rows, height);
	}
	const isOnlySeen = state.focus !== kind && !hasChanges(kind);
	return isOnlySeen ? reduceTable(table, {type: 'settle'}, rows, height) : table;
}

/** What a dialog says must be what will happen. */
function checkConfirmation(state: ScreenState, {cluster, planOf}: Surroundings): ScreenState {
	const top = topOverlay(state);
	if (top?.kind !== 'confirmation') return state;
	const confirmation = recheck(top.confirmation, planOf(top.confirmation.intent), cluster);
	if (confirmation === top.confirmation) return state;
	return reduceScreen(state, {type: 'overlay/changed', overlay: {...top, confirmation}});
}

/** Whether there are keys that change objects of that kind. */
function hasChanges(kind: KindId): boolean {
	return kindOf(kind).keys.some(({isChange}) => isChange);
}
