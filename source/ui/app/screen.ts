import type {ShownRows} from '../../cluster/model.ts';
import {Trends} from '../../cluster/trends.ts';
import {defaultConfig} from '../../config/config.ts';
import {emptyState} from '../../config/state.ts';
import type {TimerHandle} from '../../runtime/clock.ts';
import {chordOf, type InputEvent, namedKey, withoutAlt} from '../../terminal/input-events.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {lastWords} from '../answer/last-words.ts';
import {type Summary, summarize} from '../header/summary.ts';
import {keymapFor} from '../keys/keymap.ts';
import {kindIds} from '../kinds/registry.ts';
import {Documents, type Said} from '../text-view/documents.ts';
import type {Theme} from '../theme/theme.ts';
import {ActionDesk} from './action-desk.ts';
import type {Tone} from './capabilities.ts';
import {Effects} from './effects.ts';
import {LogDesk} from './log-desk.ts';
import {forgetful, rememberedView, withRemembered} from './memory.ts';
import {Pointer} from './pointer.ts';
import {activeScopes, hintFor, routeKey} from './router.ts';
import {RowHold} from './row-hold.ts';
import {ScreenApp} from './screen-app.ts';
import {columnsFor, fittersFor} from './screen-config.ts';
import {ScreenModel} from './screen-model.ts';
import type {ScreenOptions} from './screen-options.ts';
import type {ScreenFixtures, ScreenSnapshot, SnapshotSource} from './snapshot.ts';
import {initialScreen, type ScreenState, type Size} from './state.ts';
import {visibleRows} from './visible-rows.ts';
import {watchedTasks} from './watched-tasks.ts';

/** What comes from the cluster within this time is one frame. Keys don't wait. */
const gatherMs = 40;
/** A message younger than this is not wiped away by the next key. */
const messageMs = 4000;

export class Screen implements SnapshotSource {
	readonly #options: ScreenOptions;
	#theme: Theme;
	readonly #model: ScreenModel;
	readonly #desk: ActionDesk;
	readonly #logs: LogDesk;
	readonly #fixed: ScreenFixtures;
	readonly #app: ScreenApp;
	readonly #pointer: Pointer;
	readonly #effects: Effects;
	readonly #hold: RowHold;
	readonly #trends = new Trends();
	readonly #listeners = new Set<() => void>();
	readonly #unsubscribe: readonly (() => void)[];
	#snapshot: ScreenSnapshot;
	#summary: {readonly revision: number; readonly summary: Summary};
	#progress: ReadonlyMap<string, SafeText> = new Map();
	#lastKeyAt = 0;
	#isFrameDue = false;
	/** The terminal is not looked at; of one that does not tell, nobody can say so. */
	#isAway = false;
	#isClosed = false;
	#gathering: TimerHandle | undefined;
	#offerEnd: TimerHandle | undefined;

	constructor(options: ScreenOptions) {
		const {store, actions, feed, clock, size} = options;
		const cluster = store.getState();
		this.#options = options;
		this.#theme = options.theme;
		const {config = defaultConfig, memory = forgetful(emptyState)} = options;
		const keymap = keymapFor(config);
		this.#desk = new ActionDesk(actions, keymap);
		const columnsOf = columnsFor(config);
		const initial = withRemembered(initialScreen(size, options.logs, config.ignore), memory, columnsOf);
		this.#model = new ScreenModel(initial, cluster, this.#desk);
		this.#logs = new LogDesk(feed, clock, () => this.#gather());
		const said: Said = {
			revision: () => this.#logs.opened,
			lastWords: (taskId, most) => lastWords(this.#logs.reader, taskId, most),
		};
		const documents = new Documents(keymap, said);
		const answers = new Documents(keymap, said);
		this.#app = new ScreenApp({
			...options,
			keymap,
			columnsOf,
			memory,
			model: this.#model,
			desk: this.#desk,
			documents,
			answers,
			reader: () => this.#logs.reader,
			onNews: () => this.#draw(),
		});
		this.#pointer = new Pointer({
			model: this.#model,
			app: this.#app,
			answers: this.#app.answers,
			shown: this.getSnapshot,
		});
		this.#effects = new Effects({
			...options,
			memory,
			logs: this.#logs,
			wantsMouse: () => this.#app.program.isMouseOn,
			shownTasks: () => watchedTasks(this.#model, this.#fixed.fitter),
		});
		this.#hold = new RowHold(this.#model, clock, () => this.#draw());
		this.#fixed = {
			app: this.#app,
			label: options.label,
			clock,
			trends: this.#trends,
			documents,
			answers,
			fitter: fittersFor(columnsOf),
		};
		const view = rememberedView(memory);
		if (view !== undefined) this.#app.navigation.show(view);
		this.#summary = {revision: cluster.revision, summary: summarize(cluster)};
		this.#trends.observe(cluster, clock.now());
		this.#snapshot = this.#read();
		this.#unsubscribe = [store.subscribe(() => this.#gather()), actions.subscribe(() => this.#gather())];
		this.#effects.follow(this.#state, this.#visibleRows());
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
		this.#take(event);
		this.#hold.begin();
	}

	#take(event: InputEvent): void {
		if (event.type === 'focus') this.#isAway = !event.isFocused;
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
		if (isOver) this.#model.dispatch({type: 'message/wiped'});
		const chord = chordOf(event);
		const scopes = this.#scopes();
		if (event.alt && !this.#app.keymap.knows(chord, scopes)) {
			// Esc and the key after it have come as one, over a slow line or from quick hands.
			this.handle(namedKey('escape'));
			this.handle(withoutAlt(event));
			return;
		}
		const isHandled = this.#app.top.chooseBy(chord) || routeKey(chord, scopes, this.#app);
		if (!isHandled && scopes.includes('prompt') && event.text !== '')
			this.#app.top.edit({type: 'insert', text: event.text});
		else if (!isHandled) this.#app.messages.say('plain', hintFor(chord, scopes, this.#app.keymap));
		this.#draw();
	}

	resize(size: Size): void {
		this.#model.dispatch({type: 'screen/resized', size});
		this.#draw();
	}

	/** The engine is in no swarm yet, or locked: offers what can be done about it. */
	begin(): void {
		this.#app.swarm.beginGreeting();
		this.#takeNews();
		this.#draw();
	}

	/** Says something on the message line. */
	say(text: SafeText): void {
		this.#app.messages.say('plain', text);
		this.#draw();
	}

	setTheme(theme: Theme): void {
		this.#theme = theme;
		this.#draw();
	}

	close(): void {
		this.#isClosed = true;
		for (const unsubscribe of this.#unsubscribe) unsubscribe();
		for (const timer of [this.#gathering, this.#offerEnd]) timer?.cancel();
		this.#effects.close();
		this.#hold.close();
		this.#app.consent.close();
		this.#logs.close();
		this.#listeners.clear();
	}

	get #state(): ScreenState {
		return this.#model.state;
	}

	#visibleRows(): ShownRows {
		const {state, layout, lists} = this.#model;
		return visibleRows(state, layout, (id) => lists.rows(id));
	}

	#scopes(): ReturnType<typeof activeScopes> {
		return activeScopes(this.#state, {isTyping: this.#model.plan?.consent.kind === 'typed'});
	}

	#offer(): ReturnType<ActionDesk['offer']> {
		return this.#desk.offer(this.#state.message?.actionId, this.#options.clock.now());
	}

	#paste(text: string): void {
		if (this.#scopes().includes('prompt')) this.#app.top.edit({type: 'insert', text});
		else this.#app.messages.say('plain', toSafeText('Nothing takes a paste here: open a filter or a form first.'));
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
		if (cluster.connection.state === 'connected') this.#app.texts.endFirstSteps();
		if (this.#state.message?.holds?.() === false) this.#model.dispatch({type: 'message/wiped'});
		this.#app.prompts.offerNews();
		if (news && this.#isAway && (news.tone === 'good' || news.tone === 'danger')) this.#options.notify?.(news.text);
		if (news && !this.#isUnread(news.tone, news.actionId)) this.#app.messages.say(news.tone, news.text, news.actionId);
		this.#app.editing.follow(this.#desk.history());
		this.#app.swarm.follow(this.#desk.history());
		const overtaken = this.#desk.overtaken();
		if (overtaken) this.#app.consent.askAgain(overtaken);
		this.#app.logs.arrived();
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
			this.#effects.follow(this.#state, this.#visibleRows());
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
			answer: this.#app.answers.answer,
			summary: this.#summary.summary,
			plan,
			history: this.#desk.history(),
			progress: this.#progress,
			isOffering: offer !== undefined,
			scopes: this.#scopes(),
			fixed: this.#fixed,
		};
	}
}

function isSameMap(a: ReadonlyMap<string, SafeText>, b: ReadonlyMap<string, SafeText>): boolean {
	return a.size === b.size && [...a].every(([id, text]) => b.get(id) === text);
}
