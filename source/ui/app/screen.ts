/** The screen: takes keys and what changes in the cluster, and tells its listeners when there is something new to see. */
import type {Actions, Intent} from '../../cluster/intent.ts';
import type {ClusterState, ClusterStore, Sync, TaskScope} from '../../cluster/model.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {chordOf, type InputEvent} from '../../terminal/input-events.ts';
import {type Summary, summarize} from '../header/summary.ts';
import {insideOf} from '../layout/frame.ts';
import {type PaneId, paneIds} from '../layout/layout.ts';
import type {LogFeed, LogTarget} from '../logs/log-feed.ts';
import {emptyLine, type LineEditAction, lineOf, reduceLineEdit} from '../prompt/line-edit.ts';
import {type EntityOf, isKindId, type KindId, kindOf} from '../registry/registry.ts';
import {AgeReader} from '../table/age-reader.ts';
import {initialText, reduceText, type TextAction} from '../text-view/text-state.ts';
import type {Theme} from '../theme/theme.ts';
import {ActionDesk} from './action-desk.ts';
import type {App, Tone} from './app.ts';
import {Composer} from './compose.ts';
import {LogDesk} from './log-desk.ts';
import type {Motion} from './motion.ts';
import type {ChooserSpec, Overlay, PromptSpec} from './overlay.ts';
import {activeScopes, hintFor, routeKey} from './router.ts';
import {linesOf, ScreenModel} from './screen-model.ts';
import {isSameScope, type ScreenState, type Size, topOverlay, withList, withTop} from './state.ts';
import type {ScreenView} from './view.ts';

export type ScreenOptions = {
	readonly store: ClusterStore;
	readonly actions: Actions;
	readonly sync: Pick<Sync, 'show' | 'refresh'>;
	readonly feed: LogFeed;
	readonly clock: Clock;
	readonly theme: Theme;
	readonly size: Size;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	readonly onRedraw: () => void;
	readonly onQuit: () => void;
};

/** What comes from the cluster within this time is one frame. Keys don't wait. */
const gatherMs = 40;
/** A message younger than this is not wiped away by the next key. */
const messageMs = 4000;
/** Whose tasks are shown is told to the sync once the cursor rests. */
const scopeRestMs = 120;

export class Screen implements App {
	readonly isReadOnly: boolean;
	readonly #options: ScreenOptions;
	readonly #model: ScreenModel;
	readonly #desk: ActionDesk;
	readonly #logs: LogDesk;
	readonly #composer = new Composer();
	readonly #listeners = new Set<() => void>();
	readonly #unsubscribe: readonly (() => void)[];
	#view: ScreenView;
	#summary: {readonly revision: number; readonly summary: Summary};
	#progress: ReadonlyMap<string, SafeText> = new Map();
	#shownScope: TaskScope = {kind: 'none'};
	#isFrameDue = false;
	#gathering: TimerHandle | undefined;
	#ageing: TimerHandle | undefined;
	#telling: TimerHandle | undefined;

	constructor(options: ScreenOptions) {
		const {store, actions, feed, clock, size} = options;
		const cluster = store.getState();
		this.isReadOnly = options.isReadOnly;
		this.#options = options;
		this.#desk = new ActionDesk(actions);
		this.#model = new ScreenModel(size, cluster, this.#desk);
		this.#logs = new LogDesk(feed, clock, () => this.#gather());
		this.#summary = {revision: cluster.revision, summary: summarize(cluster)};
		this.#view = this.#compose();
		this.#unsubscribe = [store.subscribe(() => this.#gather()), actions.subscribe(() => this.#gather())];
		this.#tellScope();
	}

	/** What is to be seen now; the same object until that changes. */
	getView = (): ScreenView => this.#view;

	subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	handle(event: InputEvent): void {
		if (event.type === 'paste') this.#paste(event.text);
		if (event.type !== 'key') return;
		const {message} = this.#state;
		if (message && this.#options.clock.now() - message.at > messageMs) this.#model.change({message: undefined});
		const chord = chordOf(event);
		const scopes = this.#scopes();
		const isHandled = this.#chose(chord) || routeKey(chord, scopes, this);
		if (!isHandled && scopes.includes('prompt') && event.text !== '') this.editLine({type: 'insert', text: event.text});
		else if (!isHandled) this.say('plain', hintFor(chord, scopes));
		this.#draw();
	}

	resize(size: Size): void {
		this.#model.change({size});
		this.#draw();
	}

	close(): void {
		for (const unsubscribe of this.#unsubscribe) unsubscribe();
		for (const timer of [this.#gathering, this.#ageing, this.#telling]) timer?.cancel();
		this.#logs.close();
		this.#listeners.clear();
	}

	get cluster(): ClusterState {
		return this.#model.cluster;
	}

	get focus(): PaneId {
		return this.#state.focus;
	}

	selected<Id extends KindId>(id: Id): Result<EntityOf<Id>, SafeText> {
		return this.#model.selected(id);
	}

	move(motion: Motion): void {
		if (topOverlay(this.#state)?.kind === 'text') this.#read(motion);
		else if (isKindId(this.focus)) this.#model.moveList(this.focus, motion);
		else this.#model.moveLogs(motion, this.#logs.view);
	}

	focusOn(focus: PaneId): void {
		this.#model.change({focus, trail: []});
	}

	focusNext(by: number): void {
		const index = (paneIds.indexOf(this.focus) + by + paneIds.length) % paneIds.length;
		this.focusOn(paneIds[index] ?? this.focus);
	}

	drillTo(tasks: TaskScope): void {
		this.#model.enter('tasks', {tasks});
	}

	showLogs(logs: LogTarget): void {
		this.#model.enter('logs', {logs});
	}

	back(): void {
		const {focus, lists, isZoomed} = this.#state;
		if (isKindId(focus) && lists[focus].filterText !== '') {
			this.#model.change((state) => withList(state, focus, {filterText: ''}));
		} else if (this.#model.leave()) return;
		else if (isZoomed) this.#model.change({isZoomed: false});
		else this.say('plain', toSafeText('There is nothing to go back to; q quits.'));
	}

	openFilter(): void {
		const {focus} = this;
		if (!isKindId(focus)) return;
		const before = this.#state.lists[focus];
		this.prompt({
			label: safe`Filter ${toSafeText(focus)}`,
			hint: toSafeText('words  !without  field=value  ~letters'),
			initial: before.filterText,
			onChange: (filterText) => {
				this.#model.change((state) => withList(state, focus, {filterText}));
				// Whoever searches wants what is found: what was selected before the search may be hidden now.
				if (this.#state.lists[focus].table.isMissing) this.#model.moveList(focus, {type: 'first'});
			},
			onSubmit: () => undefined,
			onCancel: () => this.#model.change((state) => withList(state, focus, before)),
		});
	}

	sortByNext(): void {
		const {focus} = this;
		if (!isKindId(focus)) return;
		const sortable = kindOf(focus).columns.filter(({compare}) => compare);
		const at = sortable.findIndex(({id}) => id === this.#state.lists[focus].sorting.columnId);
		const next = sortable[(at + 1) % sortable.length];
		if (!next) return;
		this.#model.change((state) => withList(state, focus, {sorting: {columnId: next.id, isDescending: false}}));
		this.say('plain', safe`Sorted by ${next.title}; O reverses.`);
	}

	reverseSort(): void {
		const {focus} = this;
		if (!isKindId(focus)) return;
		const {sorting} = this.#state.lists[focus];
		const reversed = {...sorting, isDescending: !sorting.isDescending};
		this.#model.change((state) => withList(state, focus, {sorting: reversed}));
	}

	toggleZoom(): void {
		this.#model.change({isZoomed: !this.#state.isZoomed});
	}

	toggleHistory(): void {
		this.#model.change({hasHistory: !this.#state.hasHistory});
		this.#model.moveList('tasks', {type: 'settle'});
	}

	inspect(): void {
		this.#openText('inspect');
	}

	showDetails(): void {
		this.#openText('details');
	}

	help(): void {
		this.#push({kind: 'text', source: {kind: 'help'}, state: initialText});
	}

	openSearch(): void {
		const text = topOverlay(this.#state);
		if (text?.kind !== 'text') return;
		const restore = (): void => this.#model.change((state) => withTop(state, text));
		this.prompt({
			label: toSafeText('Search'),
			hint: toSafeText('n next, N previous'),
			initial: '',
			onChange: (query) => this.#read({type: 'search', query}),
			onSubmit: () => undefined,
			onCancel: restore,
		});
	}

	searchNext(by: 1 | -1): void {
		this.#read({type: 'next', by});
	}

	toggleFollow(): void {
		const {logs} = this.#state;
		if (logs.isFollowing) this.#model.moveLogs({type: 'move', by: 0}, this.#logs.view);
		this.#model.change((state) => ({...state, logs: {...state.logs, isFollowing: !logs.isFollowing}}));
	}

	toggleTimestamps(): void {
		const {logs} = this.#state;
		this.#model.change({logs: {...logs, hasTimestamps: !logs.hasTimestamps}});
	}

	ask(intent: Intent): void {
		const plan = this.#desk.plan(intent, this.cluster.revision);
		const isShort = plan.lines.length === 0;
		if (plan.refusal !== undefined && isShort) this.say('danger', plan.refusal);
		else if (plan.refusal === undefined && plan.consent.kind === 'none') this.#desk.act(plan);
		else {
			this.#push({
				kind: 'confirmation',
				confirmation: {intent, shown: linesOf(plan), hasChanged: false, focus: 'cancel', typed: emptyLine},
			});
		}
	}

	undo(): void {
		const intent = this.#desk.undo();
		if (intent) this.ask(intent);
		else this.say('plain', toSafeText('There is nothing to undo.'));
	}

	prompt(spec: PromptSpec): void {
		this.#push({kind: 'prompt', spec, line: lineOf(spec.initial), problem: undefined});
	}

	choose(spec: ChooserSpec): void {
		const present = spec.choices.findIndex(({isPresent}) => isPresent);
		this.#push({kind: 'chooser', spec, focus: Math.max(0, present)});
	}

	editLine(action: LineEditAction): void {
		const top = topOverlay(this.#state);
		if (top?.kind === 'prompt') {
			const line = reduceLineEdit(top.line, action);
			this.#replaceTop({...top, line, problem: undefined});
			if (line.text !== top.line.text) top.spec.onChange?.(line.text);
		}
		if (top?.kind === 'confirmation') {
			const typed = reduceLineEdit(top.confirmation.typed, action);
			this.#replaceTop({...top, confirmation: {...top.confirmation, typed}});
		}
	}

	submit(): void {
		const top = topOverlay(this.#state);
		if (top?.kind === 'confirmation') this.accept();
		if (top?.kind !== 'prompt') return;
		this.#replaceTop(undefined);
		const problem = top.spec.onSubmit(top.line.text);
		if (problem !== undefined) this.#push({...top, problem});
	}

	focusButton(by: number): void {
		const top = topOverlay(this.#state);
		if (top?.kind === 'confirmation') {
			const focus = top.confirmation.focus === 'cancel' ? 'confirm' : 'cancel';
			this.#replaceTop({...top, confirmation: {...top.confirmation, focus}});
		}
		if (top?.kind === 'chooser') {
			const count = top.spec.choices.length;
			this.#replaceTop({...top, focus: (top.focus + by + count) % count});
		}
	}

	press(): void {
		const top = topOverlay(this.#state);
		if (top?.kind === 'confirmation' && top.confirmation.focus === 'confirm') this.accept();
		else if (top?.kind === 'chooser') {
			this.#replaceTop(undefined);
			top.spec.choices[top.focus]?.run();
		} else this.cancel();
	}

	accept(): void {
		const top = topOverlay(this.#state);
		if (top?.kind !== 'confirmation') return;
		const {plan} = this.#model;
		if (!plan || plan.refusal !== undefined) return this.cancel();
		const {consent} = plan;
		if (consent.kind === 'typed' && top.confirmation.typed.text.trim() !== consent.word) {
			return this.say('warning', safe`Type ${consent.word} to go on, or Esc to leave it.`);
		}
		this.#replaceTop(undefined);
		this.#desk.act(plan);
	}

	cancel(): void {
		const top = topOverlay(this.#state);
		this.#replaceTop(undefined);
		if (top?.kind === 'prompt') top.spec.onCancel?.();
	}

	say(tone: Tone, text: SafeText): void {
		this.#model.change({message: {tone, text, at: this.#options.clock.now()}});
	}

	refresh(): void {
		this.#options.sync.refresh();
		this.say('plain', toSafeText('Asking the engine again.'));
	}

	redraw(): void {
		this.#options.onRedraw();
	}

	quit(): void {
		this.#options.onQuit();
	}

	get #state(): ScreenState {
		return this.#model.state;
	}

	#scopes(): ReturnType<typeof activeScopes> {
		return activeScopes(this.#state, this.#model.plan?.consent.kind === 'typed');
	}

	#push(overlay: Overlay): void {
		this.#model.change((state) => ({...state, overlays: [...state.overlays, overlay]}));
	}

	#replaceTop(overlay: Overlay | undefined): void {
		this.#model.change((state) => withTop(state, overlay));
	}

	/** The letter of a choice chooses it. */
	#chose(chord: string): boolean {
		const top = topOverlay(this.#state);
		const choice = top?.kind === 'chooser' ? top.spec.choices.find(({key}) => key === chord) : undefined;
		if (!choice) return false;
		this.#replaceTop(undefined);
		choice.run();
		return true;
	}

	#paste(text: string): void {
		if (this.#scopes().includes('prompt')) this.editLine({type: 'insert', text});
		else this.say('plain', toSafeText('There is nothing here to paste into.'));
		this.#draw();
	}

	#openText(kind: 'inspect' | 'details'): void {
		const {focus} = this;
		if (!isKindId(focus)) return;
		const selected = this.selected(focus);
		if (!selected.ok) return this.say('warning', selected.error);
		const {id} = selected.value;
		const name = kindOf(focus).name(selected.value);
		this.#push({kind: 'text', source: {kind, of: focus, id, name}, state: initialText});
	}

	/** Scrolls or searches the text that is open, which may lie under a search prompt. */
	#read(action: TextAction): void {
		const {layout, state, cluster} = this.#model;
		const index = state.overlays.findLastIndex(({kind}) => kind === 'text');
		const overlay = state.overlays[index];
		if (overlay?.kind !== 'text' || layout.kind !== 'panes') return;
		const {lines} = this.#composer.documents.of(overlay.source, cluster, layout.body.width);
		const text = reduceText(overlay.state, action, lines, insideOf('bar', layout.body).height);
		this.#model.change({overlays: state.overlays.with(index, {...overlay, state: text})});
	}

	/** The cluster, an action or the logs have changed: what comes within a moment is one frame. */
	#gather(): void {
		this.#gathering ??= this.#options.clock.after(gatherMs, () => {
			this.#gathering = undefined;
			this.#takeNews();
			this.#draw();
		});
	}

	#takeNews(): void {
		const cluster = this.#options.store.getState();
		const news = this.#desk.news();
		this.#progress = this.#desk.progressByObject();
		if (cluster !== this.#model.cluster) this.#model.follow(cluster);
		if (news) this.say(news.tone, news.text);
	}

	/** Several keys that came at once are one frame. */
	#draw(): void {
		if (this.#isFrameDue) return;
		this.#isFrameDue = true;
		queueMicrotask(() => {
			this.#isFrameDue = false;
			this.#tellScope();
			this.#logs.want(this.#state.logs.target);
			this.#view = this.#compose();
			for (const listener of this.#listeners) listener();
		});
	}

	#compose(): ScreenView {
		const {clock, theme, label} = this.#options;
		const {state, lists, cluster, plan} = this.#model;
		if (this.#summary.revision !== cluster.revision) {
			this.#summary = {revision: cluster.revision, summary: summarize(cluster)};
		}
		const now = clock.now();
		const ages = new AgeReader(now);
		const view = this.#composer.compose({
			state,
			lists,
			logs: this.#logs.view,
			summary: this.#summary.summary,
			plan,
			scopes: this.#scopes(),
			app: this,
			label,
			environment: {cluster, theme, now, ages, progressOf: (id) => this.#progress.get(id)},
		});
		this.#drawAt(ages.changesAt - now);
		return view;
	}

	/** Nothing is drawn until then unless something happens: an idle screen costs nothing. */
	#drawAt(delayMs: number): void {
		this.#ageing?.cancel();
		this.#ageing = Number.isFinite(delayMs) ? this.#options.clock.after(delayMs, () => this.#draw()) : undefined;
	}

	#tellScope(): void {
		const {tasks} = this.#state;
		if (isSameScope(tasks, this.#shownScope)) return;
		this.#shownScope = tasks;
		this.#telling?.cancel();
		this.#telling = this.#options.clock.after(scopeRestMs, () => this.#options.sync.show(tasks));
	}
}
