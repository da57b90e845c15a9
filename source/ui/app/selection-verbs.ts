/** What is selected and marked in the lists. */
import type {Result} from '../../runtime/result.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {EntityOf, KindId} from '../kinds/kind-id.ts';
import {isKindId} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import type {MapVerbs} from '../topology/map-verbs.ts';
import type {App, Selection} from './capabilities.ts';
import type {ScreenModel} from './screen-model.ts';

type SelectionOptions = {
	readonly model: ScreenModel;
	readonly app: Pick<App, 'messages'> & {readonly map: MapVerbs};
};

export class SelectionVerbs implements Selection {
	readonly #model: ScreenModel;
	readonly #app: SelectionOptions['app'];

	constructor({model, app}: SelectionOptions) {
		this.#model = model;
		this.#app = app;
	}

	selected<Id extends KindId>(id: Id): Result<EntityOf<Id>, SafeText> {
		// On the topology the keys of a node are for the one that is selected there.
		if (this.#isOnMap(id)) return this.#app.map.selectedNode() as Result<EntityOf<Id>, SafeText>;
		return this.#model.selected(id);
	}

	marked<Id extends KindId>(id: Id): readonly EntityOf<Id>[] {
		return this.#model.marked(id);
	}

	targets<Id extends KindId>(id: Id): Result<readonly EntityOf<Id>[], SafeText> {
		if (this.#isOnMap(id)) return this.#app.map.targetNodes() as Result<readonly EntityOf<Id>[], SafeText>;
		return this.#model.targets(id);
	}

	/** Not in the overview, whose rows are of several kinds: its keys act on the row in focus. */
	get canMark(): true | SafeText {
		if (this.#model.state.focus !== 'overview') return true;
		return toSafeText('Nothing can be marked here: mark rows in the lists of nodes or services.');
	}

	toggleMark(): void {
		const kind = this.#mark('toggle');
		if (kind) this.#model.moveList(kind, {type: 'move', by: 1});
	}

	markRange(): void {
		this.#mark('range');
	}

	markAll(): void {
		const kind = this.#markable();
		if (!kind) return;
		this.#model.mark(kind, {type: 'all'});
		this.#keepNodes(kind);
	}

	unmarkAll(): void {
		const {focus} = this.#model.state;
		if (isKindId(focus)) this.#model.mark(focus, {type: 'none'});
	}

	#isOnMap(kind: KindId): boolean {
		return kind === 'nodes' && this.#model.state.focus === 'topology';
	}

	/** The list in which something was marked. */
	#mark(type: 'toggle' | 'range'): KindId | undefined {
		const kind = this.#markable();
		if (!kind) return undefined;
		const selected: Result<Listed, SafeText> = kind === 'topology' ? this.#app.map.selectedNode() : this.selected(kind);
		if (selected.ok) this.#model.mark(kind, {type, id: selected.value.id});
		else this.#app.messages.say('warning', selected.error);
		this.#keepNodes(kind);
		return selected.ok ? kind : undefined;
	}

	/** On the map only nodes are marked: what is done to marked ones is done to nodes. */
	#keepNodes(kind: KindId): void {
		const {nodes} = this.#model.cluster;
		if (kind === 'topology') this.#model.mark(kind, {type: 'keep', exists: (id) => nodes.has(id)});
	}

	#markable(): KindId | undefined {
		const {focus} = this.#model.state;
		return isKindId(focus) && this.canMark === true ? focus : undefined;
	}
}
