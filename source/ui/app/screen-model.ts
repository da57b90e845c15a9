/**
 * The store of the screen's state: what happens goes through the reducers, then everything is brought in line with the
 * cluster. Knows nothing of time or drawing.
 */
import {isWell} from '../../cluster/entities/health.ts';
import type {Plan} from '../../cluster/intent.ts';
import type {ClusterState, NodeEntity} from '../../cluster/model.ts';
import {memoized} from '../../runtime/memoized.ts';
import {failed, ok, type Result} from '../../runtime/result.ts';
import {type SafeText, safe} from '../../text/safe-text.ts';
import {bannerHeight} from '../header/banner-lines.ts';
import type {EntityOf, KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import {type Layout, layoutPanes} from '../layout/layout.ts';
import type {PaneContents, PaneId, PaneRect} from '../layout/pane.ts';
import {missingText} from '../table/list-window.ts';
import type {MarkAction} from '../table/marks.ts';
import type {TableAction} from '../table/table-state.ts';
import type {ActionDesk} from './action-desk.ts';
import type {ScreenEvent} from './events.ts';
import {Lists} from './lists.ts';
import type {Overlay} from './overlay.ts';
import type {Destination} from './places.ts';
import {reduceScreen} from './reducers/screen.ts';
import {rectOf, type Surroundings, settle, windowOf} from './settle.ts';
import {allServices, type ScreenState, topOverlay} from './state.ts';

/** What stands below a list, and the empty lines around it. */
const adviceLines = 3;

export class ScreenModel {
	readonly lists = new Lists();
	readonly #desk: ActionDesk;
	#state: ScreenState;
	#cluster: ClusterState;
	#held: KindId | undefined;
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
			contents: this.#contents,
		};
		const key = JSON.stringify([size, preferences]);
		if (this.#laidOut?.key !== key) this.#laidOut = {key, layout: layoutPanes(size, preferences)};
		return this.#laidOut.layout;
	}

	/** What the lists hold, for the panes to share the room by. */
	get #contents(): PaneContents {
		const {nodes} = this.#cluster;
		const hasAdvice = (kindOf('nodes').below?.height(this.#cluster, 1) ?? 0) > 0;
		return {
			nodes: this.lists.rows('nodes').length + (hasAdvice ? adviceLines : 0),
			services: this.lists.rows('services').length,
			tasks: this.lists.rows('tasks').length,
			troubledNodes: troubledIn(nodes),
		};
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

	/** Something has happened to the screen; false when that changes nothing. */
	dispatch(event: ScreenEvent): boolean {
		const next = reduceScreen(this.#state, event);
		if (next === this.#state) return false;
		this.#state = next;
		this.#settle();
		return true;
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

	mark(kind: KindId, action: MarkAction): void {
		this.dispatch({type: 'list/marked', kind, action, rows: this.lists.tableRows(kind)});
	}

	/** The list whose cursor has been moved: its rows keep their places until `release`. */
	get held(): KindId | undefined {
		return this.#held;
	}

	release(): void {
		this.#held = undefined;
		this.#settle();
	}

	moveList(kind: KindId, action: TableAction): void {
		if (action.type !== 'settle') this.#held = kind;
		const rows = this.lists.tableRows(kind);
		this.dispatch({type: 'list/moved', kind, action, rows, height: this.windowOf(kind)});
	}

	/** Goes somewhere that Esc leads back from. */
	enter(pane: PaneId, to: Destination): void {
		this.dispatch({type: 'place/entered', pane, to});
	}

	/** Puts the cursor onto an object, whatever hides it. */
	select(kind: KindId, objectId: string): void {
		const isNarrowed = kind === 'services' && this.#state.services.kind !== 'all';
		if (isNarrowed) this.dispatch({type: 'place/services', services: allServices});
		this.dispatch({type: 'list/changed', kind, change: {filterText: '', isTroubleOnly: false}});
		this.moveList(kind, {type: 'select', id: objectId});
	}

	/** How many rows of a list are to be seen. */
	windowOf(kind: KindId): number {
		return windowOf(kind, this.#state, this.#surroundings);
	}

	/** Where the pane is; undefined while it is not on the screen. */
	rectOf(pane: PaneId): PaneRect | undefined {
		return rectOf(pane, this.layout);
	}

	get #surroundings(): Surroundings {
		const cluster = this.#cluster;
		const layout = (): Layout => this.layout;
		return {
			cluster,
			lists: this.lists,
			held: this.#held,
			// The panes share the room by what the lists hold, which may be about to change.
			get layout() {
				return layout();
			},
			planOf: (intent) => this.#desk.plan(intent, cluster.revision),
		};
	}

	#settle(): void {
		this.#state = settle(this.#state, this.#surroundings);
	}
}

/** How many nodes are not as desired: asked for with every layout, counted once. */
const troubledIn = memoized(
	(nodes: ReadonlyMap<string, NodeEntity>): number => [...nodes.values()].filter((node) => !isWell(node)).length,
);

/** It says itself what is missing, and what to do. */
const isFirstSteps = (overlay: Overlay): boolean => overlay.kind === 'text' && overlay.source.kind === 'firstSteps';
