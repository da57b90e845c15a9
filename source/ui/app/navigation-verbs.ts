/** The ways to other panes, views and objects, and back. */
import type {TaskScope} from '../../cluster/model.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {AnswerVerbs} from '../answer/answer-verbs.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId} from '../kinds/registry.ts';
import type {ServiceScope} from '../kinds/scope.ts';
import {isView, type PaneId, paneIds, placeOf} from '../layout/pane.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import {tasksBeside} from '../logs/log-sources.ts';
import type {LogVerbs} from '../logs/log-verbs.ts';
import {previousContainer} from '../logs/previous-container.ts';
import type {MapVerbs} from '../topology/map-verbs.ts';
import type {App, Navigation} from './capabilities.ts';
import type {Contexts} from './contexts.ts';
import type {ScreenModel} from './screen-model.ts';

type NavigationOptions = {
	readonly model: ScreenModel;
	readonly contexts: Contexts;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
	readonly app: Pick<App, 'keymap' | 'messages' | 'program' | 'selection'> & {
		readonly map: MapVerbs;
		readonly logs: LogVerbs;
		readonly answers: AnswerVerbs;
	};
};

export class NavigationVerbs implements Navigation {
	readonly #options: NavigationOptions;
	readonly #model: ScreenModel;

	constructor(options: NavigationOptions) {
		this.#options = options;
		this.#model = options.model;
	}

	get focus(): PaneId {
		return this.#model.state.focus;
	}

	focusOn(pane: PaneId): void {
		this.#model.dispatch({type: 'place/focused', pane});
	}

	focusNext(by: number): void {
		if (this.focus === 'logs' && this.#options.app.answers.step(by)) return;
		const index = (placeOf(this.focus) + by + paneIds.length) % paneIds.length;
		this.#model.dispatch({type: 'place/beside', pane: paneIds[index] ?? this.focus});
	}

	show(kind: KindId): void {
		this.focusOn(kind);
	}

	goTo(kind: KindId, id: string): void {
		if (kind === 'tasks') this.drillTo({kind: 'all'});
		else if (isView(kind)) this.show(kind);
		else this.#model.enter(kind, {});
		this.#model.select(kind, id);
	}

	showContext(name: string): void {
		const {contexts, onNews, app} = this.#options;
		void contexts.show(name).then((shown) => {
			if (shown.ok) return;
			app.messages.say('danger', shown.error);
			onNews();
		});
	}

	drillToServices(services: ServiceScope): void {
		this.#model.enter('services', {services});
	}

	drillTo(tasks: TaskScope): void {
		this.#model.enter('tasks', {tasks});
	}

	showLogs(logs: LogTarget): void {
		const tasks = tasksBeside(logs);
		this.#model.enter('logs', {logs, ...(tasks && {tasks})});
		this.#options.app.answers.choose('logs');
	}

	get shownLogs(): LogTarget | undefined {
		return this.#model.state.logs.target;
	}

	get hasLogs(): true | SafeText {
		const {answers, keymap} = this.#options.app;
		const {tab} = answers.answer;
		if (tab === 'logs') return true;
		return safe`This is ${toSafeText(tab)}, not logs: ${keymap.keyOf('pane.next')} leads to them.`;
	}

	showPreviousLogs(target: LogTarget | undefined): void {
		const previous = previousContainer(target, this.#model.cluster);
		if (previous.ok) this.showLogs(previous.value);
		else this.#options.app.messages.say('warning', previous.error);
	}

	back(): void {
		const {app} = this.#options;
		const {focus, lists} = this.#model.state;
		// What was chosen to be read there is read.
		if (focus === 'logs') app.answers.forget();
		if (isKindId(focus) && (lists[focus].filterText !== '' || lists[focus].isTroubleOnly)) {
			const change = {filterText: '', isTroubleOnly: false};
			this.#model.dispatch({type: 'list/changed', kind: focus, change});
		} else if (isKindId(focus) && lists[focus].marks.ids.size > 0) app.selection.unmarkAll();
		else if (focus === 'logs' && app.logs.back()) return;
		else if (focus === 'topology' && app.map.unpick()) return;
		else if (!this.#model.dispatch({type: 'place/closed'})) {
			const quit = app.keymap.keyOf('program.quit');
			app.messages.say('plain', safe`There is nothing to go back to; ${quit} quits.`);
		}
	}

	closeOrQuit(): void {
		if (!this.#model.dispatch({type: 'place/closed'})) this.#options.app.program.quit();
	}

	goBackward(): void {
		this.#go('place/backward', 'There is no place before this one.');
	}

	goForward(): void {
		this.#go('place/forward', 'There is no place after this one.');
	}

	goToLast(): void {
		this.#go('place/last', 'There is no other view to go back to yet.');
	}

	toggleZoom(): void {
		this.#model.dispatch({type: 'place/zoomed', isZoomed: !this.#model.state.isZoomed});
	}

	toggleHistory(): void {
		this.#model.dispatch({type: 'place/history', hasHistory: !this.#model.state.hasHistory});
		this.#model.moveList('tasks', {type: 'settle'});
	}

	#go(type: 'place/backward' | 'place/forward' | 'place/last', otherwise: string): void {
		if (!this.#model.dispatch({type})) this.#options.app.messages.say('plain', toSafeText(otherwise));
	}
}
