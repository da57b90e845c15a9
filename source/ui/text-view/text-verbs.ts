/** What keys can do with texts over the panes: open them, scroll, search and copy; what is inspected also folds. */

import type {Clock} from '../../runtime/clock.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {AnswerVerbs} from '../answer/answer-verbs.ts';
import type {App, Texts} from '../app/capabilities.ts';
import type {Copy} from '../app/copy.ts';
import type {SwarmAccess} from '../app/custom-commands.ts';
import type {Choice, Overlay, TextSource} from '../app/overlay.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import {topOverlay} from '../app/state.ts';
import {type InspectView, initialInspect} from '../inspect/inspect-document.ts';
import {type Inspection, InspectVerbs} from '../inspect/inspect-verbs.ts';
import type {TreeFormat} from '../inspect/tree-lines.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {isKindId, kindOf} from '../kinds/registry.ts';
import {insideOf} from '../layout/frame.ts';
import {dockerLines} from '../simulator/docker-lines.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import type {Documents} from './documents.ts';
import type {TextDocument} from './text-document.ts';
import {initialText, reduceText, type TextAction, withCursor} from './text-state.ts';

export type TextVerbsOptions = {
	readonly model: ScreenModel;
	readonly documents: Documents;
	readonly clock: Clock;
	readonly access: SwarmAccess;
	/** Set where the swarm is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** Puts it into the clipboard of the person at the terminal. */
	readonly copy: Copy;
	readonly app: Pick<App, 'messages' | 'prompts' | 'navigation' | 'selection' | 'keymap'> & {
		readonly answers: AnswerVerbs;
	};
};

type TextOverlay = Extract<Overlay, {kind: 'text'}>;

export class TextVerbs implements Texts {
	readonly inspector: InspectVerbs;
	readonly #options: TextVerbsOptions;
	readonly #model: ScreenModel;
	/** Where the tour was left: whoever does a step comes back to it. */
	#tour = initialText;

	constructor(options: TextVerbsOptions) {
		this.#options = options;
		this.#model = options.model;
		this.inspector = new InspectVerbs({
			inspection: () => this.#inspection(),
			change: (view, path) => this.#showInspected(view, path),
			copy: (text, done) => this.copy(text, done),
			say: (tone, text) => options.app.messages.say(tone, text),
			keyOf: (id) => options.app.keymap.keyOf(id),
		});
	}

	open(source: TextSource): void {
		const state = source.kind === 'tour' ? this.#tour : initialText;
		this.#model.dispatch({type: 'overlay/opened', overlay: {kind: 'text', source, state}});
	}

	/** Opens it unless something lies over the panes that somebody is busy with; false then. */
	offer(source: TextSource): boolean {
		const isFree = this.#model.state.overlays.length === 0;
		if (isFree) this.open(source);
		return isFree;
	}

	help(): void {
		this.open({kind: 'help', focus: this.#model.state.focus});
	}

	showWords(): void {
		this.#toggle({kind: 'words'});
	}

	showTour(): void {
		this.#toggle({kind: 'tour'});
	}

	/** What to do with simulated engines that are in no swarm yet. */
	showFirstSteps(): void {
		const hosts = this.#options.simulated?.hosts() ?? [];
		if (hosts.length > 0) this.open({kind: 'firstSteps', hosts});
	}

	/** There is a swarm now. */
	endFirstSteps(): void {
		if (this.#top()?.source.kind === 'firstSteps') this.#model.dispatch({type: 'overlay/closed'});
	}

	showDocker(): void {
		const {app, access, simulated} = this.#options;
		app.prompts.choose(dockerLines({access, simulated}, (text, done) => this.copy(text, done)));
	}

	showDetails(): void {
		this.#openOf('details');
	}

	showUsage(): void {
		this.#openOf('usage');
	}

	describe(): void {
		const {focus} = this.#model.state;
		if (isKindId(focus) && kindOf(focus).details) this.showDetails();
		else this.inspect('yaml');
	}

	/** Beside the lists where there is room, else over them. */
	showWhy(): void {
		const {app} = this.#options;
		const service = app.navigation.focus === 'services' ? app.selection.selected('services') : undefined;
		if (!service?.ok || !app.answers.canRead(service.value.id)) {
			this.#openOf('why');
			return;
		}
		this.#model.enter('logs', {});
		app.answers.choose('why');
	}

	get canReveal(): boolean {
		const source = this.#top()?.source;
		return source?.kind === 'details' && source.of === 'containers';
	}

	reveal(): void {
		const top = this.#top();
		if (top?.source.kind !== 'details') return;
		const {isRevealed = false} = top.source;
		const overlay = {...top, source: {...top.source, isRevealed: !isRevealed}};
		this.#model.dispatch({type: 'overlay/changed', overlay});
	}

	showActivity(): void {
		this.#model.dispatch({type: 'overlay/opened', overlay: {kind: 'activity', selected: undefined}});
	}

	inspect(format: TreeFormat): void {
		const subject = this.#subject();
		if (subject) this.open({kind: 'inspect', ...subject, view: initialInspect(format)});
	}

	searchNext(by: 1 | -1): void {
		this.read({type: 'next', by});
	}

	copyText(): void {
		const top = this.#top();
		const document = top && this.#documentOf(top.source);
		if (!top || !document) return;
		this.copy(document.lines.join('\n'), toSafeText('Copied the whole text.'));
	}

	/** Offers what is worth copying of the selected object. */
	copyObject(): void {
		const {app} = this.#options;
		const {focus} = app.navigation;
		if (!isKindId(focus)) return;
		const selected = app.selection.selected(focus);
		if (!selected.ok) {
			app.messages.say('warning', selected.error);
			return;
		}
		const kind = kindOf(focus);
		const name = kind.name(selected.value);
		const choice = (key: string, label: string, text: SafeText): Choice => ({
			key,
			label: toSafeText(label),
			detail: text,
			isPresent: false,
			run: () => this.copy(text, safe`Copied: ${text}`),
		});
		app.prompts.choose({
			title: safe`Copy of ${name}`,
			choices: [
				choice('n', 'name', name),
				choice('i', 'ID', toSafeText(selected.value.id)),
				...(kind.copies?.(selected.value) ?? []).map((each) => choice(...each)),
			],
		});
	}

	/** Puts it into the clipboard and says so, or why it can't. */
	copy(text: string, done: SafeText): void {
		const {copy, app} = this.#options;
		const copied = copy(text);
		if (copied.ok) app.messages.say('good', copied.value === '' ? done : safe`${copied.value} ${done}`);
		else app.messages.say('warning', copied.error);
	}

	openSearch(): void {
		// What is folded can't be found.
		if (this.#inspection()?.document.nodeAt) this.inspector.unfoldAll();
		const text = this.#top();
		if (!text) return;
		const {app} = this.#options;
		app.prompts.open({
			id: 'search',
			label: toSafeText('Search'),
			hint: safe`${app.keymap.keyOf('text.next')} next, ${app.keymap.keyOf('text.previous')} previous`,
			initial: '',
			onChange: (query) => this.read({type: 'search', query}),
			onSubmit: () => undefined,
			onCancel: () => this.#model.dispatch({type: 'overlay/changed', overlay: text}),
		});
	}

	/** Scrolls or searches the text that is open, which may lie under a search prompt. */
	read(action: TextAction): void {
		const {state} = this.#model;
		const index = state.overlays.findLastIndex(({kind}) => kind === 'text');
		const overlay = state.overlays[index];
		if (overlay?.kind !== 'text') return;
		const document = this.#documentOf(overlay.source);
		if (!document) return;
		const text = reduceText(overlay.state, action, document.lines, this.#height, document.nodeAt !== undefined);
		if (overlay.source.kind === 'tour') this.#tour = text;
		this.#model.dispatch({type: 'overlay/changedAt', index, overlay: {...overlay, state: text}});
	}

	/** Opens it, or closes it where it is on top already. */
	#toggle(source: TextSource): void {
		if (this.#top()?.source.kind === source.kind) this.#model.dispatch({type: 'overlay/closed'});
		else this.open(source);
	}

	/** A text about the selected object; says why where there is none. */
	#openOf(kind: 'details' | 'why' | 'usage'): void {
		const subject = this.#subject();
		if (subject) this.open({kind, ...subject});
	}

	get #height(): number {
		const {layout} = this.#model;
		return layout.kind === 'panes' ? insideOf('bar', layout.body).height : 1;
	}

	/** The text on top of everything. */
	#top(): TextOverlay | undefined {
		const top = topOverlay(this.#model.state);
		return top?.kind === 'text' ? top : undefined;
	}

	#documentOf(source: TextSource): TextDocument | undefined {
		const {layout, cluster} = this.#model;
		if (layout.kind !== 'panes') return undefined;
		return this.#options.documents.of(source, cluster, layout.body.width, this.#options.clock.now());
	}

	#subject(): {readonly of: KindId; readonly id: string; readonly name: SafeText} | undefined {
		const {app} = this.#options;
		const {focus} = app.navigation;
		if (!isKindId(focus)) return undefined;
		const selected = app.selection.selected(focus);
		if (selected.ok) return {of: focus, id: selected.value.id, name: kindOf(focus).name(selected.value)};
		app.messages.say('warning', selected.error);
		return undefined;
	}

	/** The object that is inspected on top of everything. */
	#inspection(): Inspection | undefined {
		const top = this.#top();
		if (top?.source.kind !== 'inspect') return undefined;
		const {source, state} = top;
		const document = this.#documentOf(source);
		if (!document) return undefined;
		const {cluster} = this.#model;
		const kind = isKindId(source.of) ? kindOf(source.of) : undefined;
		const row = kind?.source(cluster).get(source.id);
		const hasHistory = row !== undefined && kind?.previously?.(row) !== undefined;
		return {source, state, document, value: row && kind?.inspect(row, cluster), hasHistory};
	}

	/** Shows what is inspected in another way, the cursor on the same part of it. */
	#showInspected(view: InspectView, path: string | undefined): void {
		const top = this.#top();
		if (top?.source.kind !== 'inspect') return;
		const source = {...top.source, view};
		const document = this.#documentOf(source);
		if (!document) return;
		const at = document.lines.findIndex((_, index) => document.nodeAt?.(index)?.path === path);
		const wanted = at === -1 ? top.state.cursor : at;
		const state = withCursor(top.state, wanted, document.lines.length, this.#height);
		this.#model.dispatch({type: 'overlay/changed', overlay: {...top, source, state}});
	}
}
