/** How lists are looked at: filtered, sorted, wide, scrolled sideways. */
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {type Column, isSortable} from '../table/column.ts';
import {openingOrder, worstFirst} from '../table/worst-first.ts';
import type {App, ListControls} from './capabilities.ts';
import type {ColumnsOf} from './screen-config.ts';
import type {ScreenModel} from './screen-model.ts';
import type {ListState} from './state.ts';

type ListOptions = {
	readonly model: ScreenModel;
	readonly columnsOf: ColumnsOf;
	readonly app: Pick<App, 'navigation' | 'keymap' | 'prompts' | 'messages'>;
};

export class ListVerbs implements ListControls {
	readonly #options: ListOptions;
	readonly #model: ScreenModel;

	constructor(options: ListOptions) {
		this.#options = options;
		this.#model = options.model;
	}

	openFilter(): void {
		const {app} = this.#options;
		const {focus} = app.navigation;
		if (!isKindId(focus)) return;
		const before = this.#list(focus);
		app.prompts.open({
			id: `filter ${focus}`,
			label: safe`Filter ${toSafeText(focus)}`,
			hint: toSafeText('words  !without  field=value  ~letters'),
			initial: before.filterText,
			onChange: (filterText) => {
				this.#change(focus, {filterText});
				// Whoever searches wants what is found: what was selected before the search may be hidden now.
				if (this.#list(focus).table.isMissing) this.#model.moveList(focus, {type: 'first'});
			},
			onSubmit: () => undefined,
			onCancel: () => this.#change(focus, before),
		});
	}

	filter(kind: KindId, filterText: string): void {
		this.#options.app.navigation.show(kind);
		this.#change(kind, {filterText, isTroubleOnly: false});
		if (this.#list(kind).table.isMissing) this.#model.moveList(kind, {type: 'first'});
	}

	toggleTrouble(): void {
		const {focus} = this.#options.app.navigation;
		if (!isKindId(focus)) return;
		this.#change(focus, {isTroubleOnly: !this.#list(focus).isTroubleOnly});
		if (this.#list(focus).table.isMissing) this.#model.moveList(focus, {type: 'first'});
	}

	/** The columns that the list can be sorted by. */
	orders(kind: KindId): readonly Column<Listed>[] {
		const {cluster} = this.#model;
		return this.#options.columnsOf(kind).filter((column) => isSortable(column, cluster));
	}

	sortByNext(): void {
		const {focus} = this.#options.app.navigation;
		if (!isKindId(focus)) return;
		const sortable = this.orders(focus);
		const at = sortable.findIndex(({id}) => id === this.#list(focus).sorting.columnId);
		const opening = openingOrder(kindOf(focus));
		const isOver = at === sortable.length - 1 && opening.columnId === worstFirst.columnId;
		const next = sortable[(at + 1) % sortable.length];
		if (isOver) this.#sortWorstFirst(focus);
		else if (next) this.sortBy(focus, next.id);
		else this.#options.app.messages.say('plain', toSafeText('This view has one order.'));
	}

	/** By that column; when the list is sorted by it already, the other way round. */
	sortBy(kind: KindId, columnId: string): void {
		const {app, columnsOf} = this.#options;
		const column = columnsOf(kind).find(({id}) => id === columnId);
		if (!column || !isSortable(column, this.#model.cluster)) {
			if (column) app.messages.say('plain', safe`There is no order by ${column.title}.`);
			return;
		}
		const {sorting} = this.#list(kind);
		const isDescending = sorting.columnId === columnId && !sorting.isDescending;
		this.#change(kind, {sorting: {columnId, isDescending}});
		const order = toSafeText(isDescending ? ', descending' : '');
		app.messages.say('plain', safe`Sorted by ${column.title}${order}; ${app.keymap.keyOf('list.reverse')} reverses.`);
	}

	#sortWorstFirst(kind: KindId): void {
		this.#change(kind, {sorting: worstFirst});
		const words = toSafeText('Worst first: what fails, what is on its way, the rest by name.');
		this.#options.app.messages.say('plain', words);
	}

	reverse(): void {
		const {focus} = this.#options.app.navigation;
		if (!isKindId(focus)) return;
		const {sorting} = this.#list(focus);
		this.#change(focus, {sorting: {...sorting, isDescending: !sorting.isDescending}});
	}

	toggleWide(): void {
		const {focus} = this.#options.app.navigation;
		if (isKindId(focus)) this.#change(focus, {isWide: !this.#list(focus).isWide, left: 0});
	}

	/** To columns further right, which are all there in full then; back at the first one, the list is as it was. */
	scrollSideways(by: 1 | -1): void {
		const {app, columnsOf} = this.#options;
		const {focus} = app.navigation;
		if (!isKindId(focus)) return;
		const {left, isWide} = this.#list(focus);
		if (by === -1 && left === 0) {
			if (isWide) this.#change(focus, {isWide: false});
			else app.messages.say('plain', toSafeText('This is the first column.'));
			return;
		}
		const most = columnsOf(focus).length - 2;
		if (most < 1) {
			app.messages.say('plain', toSafeText('There are no more columns.'));
			return;
		}
		this.#change(focus, {isWide: true, left: Math.max(0, Math.min(left + by, most))});
	}

	#list(kind: KindId): ListState {
		return this.#model.state.lists[kind];
	}

	#change(kind: KindId, change: Partial<ListState>): void {
		this.#model.dispatch({type: 'list/changed', kind, change});
	}
}
