/** The screen: takes keys and what changes in the cluster, and tells its listeners when there is something new to see. */
import type {Actions} from '../../cluster/intent.ts';
import type {ClusterStore, InventoryKind, Sync, TaskScope} from '../../cluster/model.ts';
import {Trends} from '../../cluster/trends.ts';
import {defaultConfig, type LogDefaults} from '../../config/config.ts';
import {emptyState} from '../../config/state.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {chordOf, type InputEvent} from '../../terminal/input-events.ts';
import type {TextEditor} from '../../terminal/text-editor.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {type Summary, summarize} from '../header/summary.ts';
import {keymapFor} from '../keys/keymap.ts';
import {isKindId, kindIds, kindOf} from '../kinds/registry.ts';
import type {PaneId} from '../layout/layout.ts';
import type {LogFeed} from '../logs/log-feed.ts';
import type {LendTerminal} from '../nodes/terminal.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import {ColumnFitter} from '../table/column-fitter.ts';
import {Documents} from '../text-view/documents.ts';
import type {Theme} from '../theme/theme.ts';
import {ActionDesk} from './action-desk.ts';
import type {Tone} from './capabilities.ts';
import type {Contexts} from './contexts.ts';
import type {RunProgram, SwarmAccess} from './custom-commands.ts';
import {LogDesk} from './log-desk.ts';
import {forgetful, type Memory, remember, rememberedView, withRemembered} from './memory.ts';
import {Pointer} from './pointer.ts';
import {activeScopes, hintFor, routeKey} from './router.ts';
import {type ColumnsOf, columnsFor, type ScreenConfig} from './screen-config.ts';
import {ScreenModel} from './screen-model.ts';
import {ScreenVerbs} from './screen-verbs.ts';
import type {ScreenFixtures, ScreenSnapshot, SnapshotSource} from './snapshot.ts';
import {initialScreen, isReading, isSameScope, readTask, type ScreenState, type Size} from './state.ts';

export type ScreenOptions = {
	readonly store: ClusterStore;
	readonly actions: Actions;
	readonly sync: Pick<Sync, 'show' | 'showInventory' | 'lookAt' | 'refresh'>;
	readonly feed: LogFeed;
	/** How logs open. */
	readonly logs?: LogDefaults;
	readonly clock: Clock;
	readonly theme: Theme;
	readonly size: Size;
	/** How the user named the engine. */
	readonly label: SafeText;
	readonly isReadOnly: boolean;
	/** Default: none of the user's own. */
	readonly config?: ScreenConfig;
	/** Runs a custom command's program. */
	readonly runProgram: RunProgram;
	/** How such programs reach the swarm. */
	readonly access: SwarmAccess;
	/** Set where the swarm is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** The ways to the nodes' own engines; default: there are none. */
	readonly nodes?: NodeEngines | undefined;
	/** What a shell in a container is; default: the first of the usual ones. */
	readonly shell?: readonly string[] | undefined;
	/** Default: there is no terminal to lend. */
	readonly lendTerminal?: LendTerminal | undefined;
	readonly contexts: Contexts;
	/** Default: forgets all of it at the end. */
	readonly memory?: Memory;
	/** Looks like that theme from now on, by its ID; `auto` is the terminal's own choice. */
	readonly chooseTheme: (id: string) => void;
	/** Puts a text into the clipboard of the person at the terminal. */
	readonly copy: (text: string) => Result<void, SafeText>;
	readonly isMouseOn: boolean;
	readonly setMouse: (isOn: boolean) => void;
	/** Where specs are edited. */
	readonly editor: TextEditor;
	readonly onRedraw: () => void;
	/** Ctrl-Z: back to the shell until `fg`. */
	readonly onSuspend: () => void;
	readonly onQuit: () => void;
};

/** What comes from the cluster within this time is one frame. Keys don't wait. */
const gatherMs = 40;
/** A message younger than this is not wiped away by the next key. */
const messageMs = 4000;
/** Whose tasks are shown is told to the sync once the cursor rests. */
const scopeRestMs = 120;

const nothing: readonly InventoryKind[] = [];

export class Screen implements SnapshotSource {
	readonly #options: ScreenOptions;
	#theme: Theme;
	readonly #model: ScreenModel;
	readonly #desk: ActionDesk;
	readonly #logs: LogDesk;
	readonly #fixed: ScreenFixtures;
	readonly #memory: Memory;
	readonly #verbs: ScreenVerbs;
	readonly #pointer: Pointer;
	readonly #trends = new Trends();
	readonly #listeners = new Set<() => void>();
	readonly #unsubscribe: readonly (() => void)[];
	#snapshot: ScreenSnapshot;
	#summary: {readonly revision: number; readonly summary: Summary};
	#progress: ReadonlyMap<string, SafeText> = new Map();
	#shownScope: TaskScope = {kind: 'none'};
	#shownInventory: readonly InventoryKind[] = nothing;
	#shownTask: string | undefined;
	#shownFocus: PaneId | undefined;
	#hasMouse: boolean;
	#lastKeyAt = 0;
	#isFrameDue = false;
	#isClosed = false;
	#gathering: TimerHandle | undefined;
	#offerEnd: TimerHandle | undefined;
	#telling: TimerHandle | undefined;

	constructor(options: ScreenOptions) {
		const {store, actions, feed, clock, size} = options;
		const cluster = store.getState();
		this.#options = options;
		this.#hasMouse = options.isMouseOn;
		this.#theme = options.theme;
		const {config = defaultConfig, memory = forgetful(emptyState)} = options;
		const keymap = keymapFor(config);
		this.#desk = new ActionDesk(actions, keymap);
		const columnsOf = columnsFor(config);
		this.#memory = memory;
		const initial = withRemembered(initialScreen(size, options.logs ?? defaultConfig.logs), memory, columnsOf);
		this.#model = new ScreenModel(initial, cluster, this.#desk);
		this.#logs = new LogDesk(feed, clock, () => this.#gather());
		const documents = new Documents(keymap);
		this.#verbs = new ScreenVerbs({
			...options,
			keymap,
			columnsOf,
			memory,
			model: this.#model,
			desk: this.#desk,
			documents,
			reader: () => this.#logs.reader,
			onNews: () => this.#draw(),
		});
		this.#pointer = new Pointer({
			model: this.#model,
			app: this.#verbs,
			shown: this.getSnapshot,
		});
		this.#fixed = {
			app: this.#verbs,
			label: options.label,
			clock,
			trends: this.#trends,
			documents,
			fitter: fittersFor(columnsOf),
		};
		const view = rememberedView(memory);
		if (view !== undefined) this.#verbs.show(view);
		this.#summary = {revision: cluster.revision, summary: summarize(cluster)};
		this.#trends.observe(cluster, clock.now());
		this.#snapshot = this.#read();
		this.#unsubscribe = [store.subscribe(() => this.#gather()), actions.subscribe(() => this.#gather())];
		this.#tellOthers();
	}

	/** What is to be seen now; the same object until something may have changed. */
	getSnapshot = (): ScreenSnapshot => this.#snapshot;

	subscribe = (listener: () => void): (() => void) => {
		this.#listeners.add(listener);
		return () => {
			this.#listeners.delete(listener);
		};
	};

	handle(event: InputEvent): void {
		if (event.type === 'paste') this.#paste(event.text);
		if (event.type === 'mouse') {
			this.#pointer.handle(event);
			this.#draw();
		}
		if (event.type !== 'key') return;
		const {message} = this.#state;
		const now = this.#options.clock.now();
		this.#lastKeyAt = now;
		const isOver = message && now - message.at > messageMs && !this.#desk.offer(message.actionId, now);
		if (isOver) this.#model.change({message: undefined});
		const chord = chordOf(event);
		const scopes = this.#scopes();
		const isHandled = this.#verbs.chooseBy(chord) || routeKey(chord, scopes, this.#verbs);
		if (!isHandled && scopes.includes('prompt') && event.text !== '')
			this.#verbs.top.edit({type: 'insert', text: event.text});
		else if (!isHandled) this.#verbs.say('plain', hintFor(chord, scopes, this.#verbs.keymap));
		this.#draw();
	}

	resize(size: Size): void {
		this.#model.change({size});
		this.#draw();
	}

	/** The simulated engines are in no swarm yet: says what to do, until there is one. */
	begin(): void {
		this.#verbs.showFirstSteps();
		this.#draw();
	}

	/** Says something on the message line. */
	say(text: SafeText): void {
		this.#verbs.say('plain', text);
		this.#draw();
	}

	setTheme(theme: Theme): void {
		this.#theme = theme;
		this.#draw();
	}

	close(): void {
		this.#isClosed = true;
		for (const unsubscribe of this.#unsubscribe) unsubscribe();
		for (const timer of [this.#gathering, this.#offerEnd, this.#telling]) timer?.cancel();
		this.#verbs.close();
		this.#logs.close();
		this.#listeners.clear();
	}

	get #state(): ScreenState {
		return this.#model.state;
	}

	#scopes(): ReturnType<typeof activeScopes> {
		return activeScopes(this.#state, {isTyping: this.#model.plan?.consent.kind === 'typed'});
	}

	#offer(): ReturnType<ActionDesk['offer']> {
		return this.#desk.offer(this.#state.message?.actionId, this.#options.clock.now());
	}

	#paste(text: string): void {
		if (this.#scopes().includes('prompt')) this.#verbs.top.edit({type: 'insert', text});
		else this.#verbs.say('plain', toSafeText('There is nothing here to paste into.'));
		this.#draw();
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
		this.#trends.observe(cluster, this.#options.clock.now());
		const news = this.#desk.news(this.#options.clock.now());
		const progress = this.#desk.progressByObject();
		if (!isSameMap(progress, this.#progress)) this.#progress = progress;
		if (cluster !== this.#model.cluster) this.#model.follow(cluster);
		if (cluster.connection.state === 'connected') this.#verbs.endFirstSteps();
		if (this.#state.message?.holds?.() === false) this.#model.change({message: undefined});
		this.#verbs.offerNews();
		if (news && !this.#isUnread(news.tone, news.actionId)) this.#verbs.say(news.tone, news.text, news.actionId);
		this.#verbs.editing.follow(this.#desk.history());
		const overtaken = this.#desk.overtaken();
		if (overtaken) this.#verbs.askAgain(overtaken);
		this.#verbs.logs.arrived();
	}

	/** What went wrong stays until somebody has pressed a key: good news of something else can wait. */
	#isUnread(tone: Tone, actionId: number): boolean {
		const {message} = this.#state;
		if (message?.tone !== 'danger' || message.actionId === actionId || this.#lastKeyAt > message.at) return false;
		return tone === 'plain' || tone === 'good';
	}

	/** Several keys that came at once are one frame. */
	#draw(): void {
		if (this.#isFrameDue) return;
		this.#isFrameDue = true;
		queueMicrotask(() => {
			this.#isFrameDue = false;
			if (this.#isClosed) return;
			this.#tellOthers();
			this.#snapshot = this.#read();
			for (const listener of this.#listeners) listener();
		});
	}

	#read(): ScreenSnapshot {
		const {state, lists, cluster, plan, layout} = this.#model;
		if (this.#summary.revision !== cluster.revision) {
			this.#summary = {revision: cluster.revision, summary: summarize(cluster)};
		}
		const offer = this.#offer();
		this.#offerEnd?.cancel();
		this.#offerEnd = offer && this.#options.clock.after(offer.until - this.#options.clock.now(), () => this.#draw());
		return {
			state,
			cluster,
			layout,
			theme: this.#theme,
			rows: new Map(kindIds.map((id) => [id, lists.shown(id)])),
			logs: this.#logs.opened,
			summary: this.#summary.summary,
			plan,
			history: this.#desk.history(),
			progress: this.#progress,
			isOffering: offer !== undefined,
			scopes: this.#scopes(),
			fixed: this.#fixed,
		};
	}

	#showInventory(kinds: readonly InventoryKind[]): void {
		if (kinds === this.#shownInventory) return;
		this.#shownInventory = kinds;
		this.#options.sync.showInventory(kinds);
	}

	#lookAt(taskId: string | undefined): void {
		if (taskId === this.#shownTask) return;
		this.#shownTask = taskId;
		this.#options.sync.lookAt(taskId);
	}

	/** What is read is what one wants to select and copy: over a text the mouse is the terminal's own. */
	#takeMouse(): void {
		const wants = this.#verbs.isMouseOn && !isReading(this.#state);
		if (wants === this.#hasMouse) return;
		this.#hasMouse = wants;
		this.#options.setMouse(wants);
	}

	/** Whose tasks are shown, for the sync, and whose logs. */
	#tellOthers(): void {
		const {tasks, logs, focus} = this.#state;
		if (focus === 'contexts' && this.#shownFocus !== focus) this.#options.contexts.ask(false);
		this.#shownFocus = focus;
		remember(this.#state, this.#memory);
		this.#takeMouse();
		this.#logs.want(logs.target, logs.range);
		this.#showInventory(isKindId(focus) ? (kindOf(focus).needs ?? nothing) : nothing);
		this.#lookAt(readTask(this.#state));
		if (isSameScope(tasks, this.#shownScope)) return;
		this.#shownScope = tasks;
		this.#telling?.cancel();
		this.#telling = this.#options.clock.after(scopeRestMs, () => this.#options.sync.show(tasks));
	}
}

function fittersFor(columnsOf: ColumnsOf): ScreenFixtures['fitter'] {
	const fitters = new Map(kindIds.map((id) => [id, new ColumnFitter(columnsOf(id))]));
	return (id) => {
		const fitter = fitters.get(id);
		if (!fitter) throw new Error(`no columns of ${id}`);
		return fitter;
	};
}

function isSameMap(a: ReadonlyMap<string, SafeText>, b: ReadonlyMap<string, SafeText>): boolean {
	return a.size === b.size && [...a].every(([id, text]) => b.get(id) === text);
}
