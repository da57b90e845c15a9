/**
 * The screen's state and how it follows the cluster: after every change the lists, the cursors, the tasks' scope and an
 * open dialog are brought in line with what is true now. Knows nothing of time or drawing.
 */

import type {Plan} from '../../cluster/intent.ts';
import type {ClusterState, TaskScope} from '../../cluster/model.ts';
import {changesSince} from '../../cluster/pipeline/what-changed.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {bannerHeight} from '../header/banner-lines.ts';
import type {EntityOf, KindId} from '../kinds/kind-id.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {type Layout, layoutPanes, type PaneId, type PaneRect} from '../layout/layout.ts';
import {withTarget} from '../logs/logs-state.ts';
import {heightBelow, listWindow, missingText, troubleOf} from '../table/list-window.ts';
import {type MarkAction, reduceMarks} from '../table/marks.ts';
import {reduceTable, type TableAction, type TableState} from '../table/table-state.ts';
import type {ActionDesk} from './action-desk.ts';
import {Lists} from './lists.ts';
import type {Overlay} from './overlay.ts';
import {entered, withServices, withTasks} from './places.ts';
import {allServices, isSameScope, type ScreenState, shownKinds, topOverlay, withList, withTop} from './state.ts';

/** Rows of a list that is not on the screen: only how far a page would be. */
const hiddenHeight = 10;

export class ScreenModel {
	readonly lists = new Lists();
	readonly #desk: ActionDesk;
	#state: ScreenState;
	#cluster: ClusterState;
	#laidOut: {readonly key: string; readonly layout: Layout} | undefined;

	constructor(initial: ScreenState, cluster: ClusterState, desk: ActionDesk) {
		this.#state = initial;
		this.#cluster = cluster;
		this.#desk = desk;
		this.#settle();
	}

	get state(): ScreenState {
		return this.#state;
	}

	get cluster(): ClusterState {
		return this.#cluster;
	}

	/** Where things lie: the same object until something moves. */
	get layout(): Layout {
		const {size, focus, isZoomed, overlays} = this.#state;
		const preferences = {
			focus,
			isZoomed,
			bannerLines: overlays.some(isFirstSteps) ? 0 : bannerHeight(this.#cluster),
			nodeCount: this.#cluster.nodes.size,
		};
		const key = JSON.stringify([size, preferences]);
		if (this.#laidOut?.key !== key) this.#laidOut = {key, layout: layoutPanes(size, preferences)};
		return this.#laidOut.layout;
	}

	/** The plan of the confirmation on top, as things stand now. */
	get plan(): Plan | undefined {
		const top = topOverlay(this.#state);
		return top?.kind === 'confirmation' ? this.#desk.plan(top.confirmation.intent, this.#cluster.revision) : undefined;
	}

	/** The cluster has changed. */
	follow(cluster: ClusterState): void {
		this.#cluster = cluster;
		this.#settle();
	}

	change(change: Partial<ScreenState> | ((state: ScreenState) => ScreenState)): void {
		this.#state = typeof change === 'function' ? change(this.#state) : {...this.#state, ...change};
		this.#settle();
	}

	selected<Id extends KindId>(id: Id): Result<EntityOf<Id>, SafeText> {
		const {table} = this.#state.lists[id];
		const {singular} = kindOf(id);
		if (table.isMissing) {
			const missing = missingText(id, this.#state.lists[id], {cluster: this.#cluster});
			return failed(safe`${missing}: pick another ${singular}.`);
		}
		const row = this.lists.rows(id)[table.index];
		// The rows of a kind's list come from that kind's own source.
		return row ? ok(row as EntityOf<Id>) : failed(safe`No ${singular} is selected: the list is empty.`);
	}

	/** The marked objects of a kind, in the order of their marking. */
	marked<Id extends KindId>(id: Id): readonly EntityOf<Id>[] {
		const source = kindOf(id).source(this.#cluster);
		// The rows of a kind's list come from that kind's own source.
		return [...this.#state.lists[id].marks.ids].flatMap((rowId) => (source.get(rowId) ?? []) as EntityOf<Id>[]);
	}

	/** What an action is about: what is marked, else what is selected. */
	targets<Id extends KindId>(id: Id): Result<readonly EntityOf<Id>[], SafeText> {
		const marked = this.marked(id);
		if (marked.length > 0) return ok(marked);
		const selected = this.selected(id);
		return selected.ok ? ok([selected.value]) : selected;
	}

	mark(id: KindId, action: MarkAction): void {
		const marks = reduceMarks(this.#state.lists[id].marks, action, this.lists.tableRows(id));
		this.change((state) => withList(state, id, {marks}));
	}

	moveList(id: KindId, action: TableAction): void {
		const {table} = this.#state.lists[id];
		const next = reduceTable(table, action, this.lists.tableRows(id), this.#heightOf(id));
		this.change((state) => withList(state, id, {table: next}));
	}

	/** Goes somewhere that Esc leads back from. */
	enter(focus: PaneId, to: Parameters<typeof entered>[2]): void {
		this.change((state) => entered(state, focus, to));
	}

	/** Goes somewhere if there is anywhere to go; false when there isn't. */
	go(to: (state: ScreenState) => ScreenState | undefined): boolean {
		const next = to(this.#state);
		if (next) this.change(() => next);
		return next !== undefined;
	}

	/** Puts the cursor onto an object, whatever hides it. */
	select(id: KindId, objectId: string): void {
		if (id === 'services') this.widenServices();
		this.change((state) => withList(state, id, {filterText: ''}));
		this.moveList(id, {type: 'select', id: objectId});
	}

	/** Shows all services again; false when it does already. */
	widenServices(): boolean {
		if (this.#state.services.kind === 'all') return false;
		this.change((state) => withServices(state, allServices));
		return true;
	}

	#settle(): void {
		this.#updateLists();
		this.#followSelection();
		for (const id of shownKinds(this.#state)) this.#refreshList(id);
		this.#checkConfirmation();
	}

	#updateLists(): void {
		const state = this.#state;
		this.lists.update(shownKinds(state), this.#cluster, state, state.lists);
	}

	/** The tasks beside a list are those of what is selected in it, and so are the logs of a service. */
	#followSelection(): void {
		const {focus} = this.#state;
		if (!isKindId(focus)) return;
		const kind = kindOf(focus);
		if (!kind.tasksOf) return;
		this.#refreshList(focus);
		const selected = this.selected(focus);
		if (!selected.ok) return;
		const row: Listed = selected.value;
		this.#showTasks(kind.tasksOf(row));
		const target = focus === 'services' ? kind.logsOf?.(row) : undefined;
		if (target) this.#state = {...this.#state, logs: withTarget(this.#state.logs, target)};
	}

	#showTasks(tasks: TaskScope): void {
		if (isSameScope(tasks, this.#state.tasks)) return;
		this.#state = withTasks(this.#state, tasks);
		this.#updateLists();
	}

	#refreshList(id: KindId): void {
		const list = this.#state.lists[id];
		const isAtNewest = kindOf(id).isFeed === true && list.table.index === 0;
		// Only where nothing can be done to the wrong object may the first row go on to be the selected one for good.
		const isFilling = this.#cluster.isLoading || !hasChanges(id);
		const kept = reduceTable(
			list.table,
			isAtNewest ? {type: 'first'} : {type: 'refresh', isFilling},
			this.lists.tableRows(id),
			this.#heightOf(id),
		);
		const table = kept.isMissing ? this.#withoutMissing(id, kept, list.selectedRow) : kept;
		const selectedRow = (table.isMissing ? undefined : this.lists.rows(id)[table.index]) ?? list.selectedRow;
		const source = kindOf(id).source(this.#cluster);
		const marks = reduceMarks(list.marks, {type: 'keep', exists: (each) => source.has(each)}, this.lists.tableRows(id));
		if (table === list.table && selectedRow === list.selectedRow && marks === list.marks) return;
		this.#state = withList(this.#state, id, {table, selectedRow, marks});
	}

	/**
	 * A row that stands for something which goes on in another object (a slot in its next task) stays selected. A list
	 * that is only looked at, and whose objects can't be changed, may choose again by itself.
	 */
	#withoutMissing(id: KindId, table: TableState, row: Listed | undefined): TableState {
		const kind = kindOf(id);
		const rows = this.lists.tableRows(id);
		const height = this.#heightOf(id);
		const successor = row && kind.successor?.(row, this.#cluster);
		if (successor && rows.indexOf(successor.id, table.index) !== -1) {
			return reduceTable({...table, selectedId: successor.id}, {type: 'refresh'}, rows, height);
		}
		const isOnlySeen = this.#state.focus !== id && !hasChanges(id);
		return isOnlySeen ? reduceTable(table, {type: 'settle'}, rows, height) : table;
	}

	#heightOf(id: KindId): number {
		const rect = this.rectOf(id);
		if (!rect) return hiddenHeight;
		const {table} = this.#state.lists[id];
		const row = table.isMissing ? undefined : this.lists.rows(id)[table.index];
		const environment = {cluster: this.#cluster};
		return listWindow(rect, troubleOf(id, row, rect, environment).length, heightBelow(id, rect, environment));
	}

	/** How many rows of a list are to be seen. */
	windowOf(id: KindId): number {
		return this.#heightOf(id);
	}

	/** Where the pane is; undefined while it is not on the screen. */
	rectOf(id: PaneId): PaneRect | undefined {
		const {layout} = this;
		return layout.kind === 'panes' ? layout.panes.find((pane) => pane.id === id) : undefined;
	}

	/** What a dialog says must be what will happen: when that changes, it says so and goes back to Cancel. */
	#checkConfirmation(): void {
		const top = topOverlay(this.#state);
		const {plan} = this;
		if (top?.kind !== 'confirmation' || !plan) return;
		const shown = severityOf(plan);
		const {confirmation} = top;
		const {forecast} = plan;
		const changes = changesSince(confirmation.seen, this.#cluster);
		const isSameObject = isSameList(changes, confirmation.changes);
		if (isSameObject && isSameList(shown, confirmation.shown) && forecast === confirmation.forecast) return;
		// When only the forecast has come the plan says more, and nothing about the swarm has changed.
		const hasChanged = confirmation.hasChanged || !isSameObject || forecast === confirmation.forecast;
		const known = {...confirmation, shown, changes, forecast, hasChanged};
		this.#state = withTop(this.#state, {...top, confirmation: {...known, focus: 'cancel'}});
	}
}

/**
 * What of a plan must not change unnoticed between reading and consenting. Counts that move by themselves (a crashing
 * service's tasks come and go every second) are shown anew but don't take the focus off the button.
 */
export function severityOf({title, refusal, consent, lines, diff = []}: Plan): SafeText[] {
	const dangers = lines.filter(({tone}) => tone === 'danger').map(({text}) => text);
	const changes = diff.flatMap((line) => (line.kind === 'removed' || line.kind === 'added' ? [line.text] : []));
	return [title, refusal ?? toSafeText(''), toSafeText(consent.kind), ...dangers, ...changes];
}

const isSameList = (a: readonly SafeText[], b: readonly SafeText[]): boolean => a.join('\n') === b.join('\n');

/** It says itself what is missing, and what to do. */
const isFirstSteps = (overlay: Overlay): boolean => overlay.kind === 'text' && overlay.source.kind === 'firstSteps';

/** Whether there are keys that change objects of that kind. */
function hasChanges(id: KindId): boolean {
	return kindOf(id).keys.some(({isChange}) => isChange);
}
