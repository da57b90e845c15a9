/** What keys can do, done: every verb of {@link App}, as changes of the screen's model. */
import type {Edited} from '../../cluster/edit/spec-text.ts';
import type {ActionRequest, Preparations, Progress} from '../../cluster/intent.ts';
import type {ClusterState, Sync, TaskScope} from '../../cluster/model.ts';
import type {NodeEngines} from '../../nodes/node-engines.ts';
import type {Clock} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import type {TextEditor} from '../../terminal/text-editor.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {ActivityVerbs} from '../activity/activity-verbs.ts';
import {ConsentVerbs} from '../dialog/consent-verbs.ts';
import {SpecEditing} from '../edit/spec-editing.ts';
import type {InspectVerbs} from '../inspect/inspect-verbs.ts';
import type {TreeFormat} from '../inspect/tree-lines.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {EntityOf, KindId} from '../kinds/kind-id.ts';
import {isKindId} from '../kinds/registry.ts';
import type {Listed, ServiceScope} from '../kinds/scope.ts';
import {isView, type PaneId, paneIds, placeOf} from '../layout/layout.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {LogReader} from '../logs/log-reader.ts';
import {tasksBeside} from '../logs/log-sources.ts';
import {LogVerbs} from '../logs/log-verbs.ts';
import {NodeVerbs} from '../nodes/node-verbs.ts';
import type {LendTerminal} from '../nodes/terminal.ts';
import {completeCommand} from '../palette/commands.ts';
import {suggestionsFor} from '../palette/suggestions.ts';
import {dockerLines} from '../simulator/docker-lines.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import {SimulatorVerbs} from '../simulator/simulator-verbs.ts';
import type {Documents} from '../text-view/documents.ts';
import {TextVerbs} from '../text-view/text-verbs.ts';
import {MapVerbs} from '../topology/map-verbs.ts';
import type {ActionDesk} from './action-desk.ts';
import type {App, Consent, Messages, Navigation, Program, Prompts, Selection, Texts, Tone} from './capabilities.ts';
import type {Contexts} from './contexts.ts';
import {CustomCommands, type RunProgram, type SwarmAccess} from './custom-commands.ts';
import {ListVerbs} from './list-verbs.ts';
import type {Memory} from './memory.ts';
import type {ChooserSpec, Overlay, PromptSpec, TextSource} from './overlay.ts';
import {backward, closed, focused, forward, last} from './places.ts';
import {PromptVerbs} from './prompt-verbs.ts';
import type {ColumnsOf} from './screen-config.ts';
import type {ScreenModel} from './screen-model.ts';
import {type ScreenState, topOverlay, withList, withTop} from './state.ts';
import {TopControls} from './top-controls.ts';

export type VerbsOptions = {
	readonly model: ScreenModel;
	readonly desk: ActionDesk;
	readonly documents: Documents;
	/** The logs that are open now. */
	readonly reader: () => LogReader | undefined;
	/** Puts it into the clipboard of the person at the terminal. */
	readonly copy: (text: string) => Result<void, SafeText>;
	/** Where specs are edited. */
	readonly editor: TextEditor;
	readonly sync: Pick<Sync, 'refresh'>;
	readonly clock: Clock;
	readonly isReadOnly: boolean;
	readonly keymap: Keymap;
	readonly columnsOf: ColumnsOf;
	readonly runProgram: RunProgram;
	readonly access: SwarmAccess;
	/** Set where the swarm is known to be a simulated one. */
	readonly simulated?: SimulatedSwarm | undefined;
	/** The ways to the nodes' own engines; undefined where there are none. */
	readonly nodes?: NodeEngines | undefined;
	/** What a shell in a container is; empty for the first of the usual ones. */
	readonly shell?: readonly string[] | undefined;
	readonly lendTerminal?: LendTerminal | undefined;
	readonly contexts: Contexts;
	readonly memory: Memory;
	readonly chooseTheme: (id: string) => void;
	readonly isMouseOn: boolean;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
	readonly onRedraw: () => void;
	readonly onSuspend: () => void;
	readonly onQuit: () => void;
};

export class ScreenVerbs implements App, Selection, Navigation, Texts, Consent, Prompts, Messages, Program {
	readonly selection = this;
	readonly navigation = this;
	readonly texts = this;
	readonly consent = this;
	readonly prompts = this;
	readonly messages = this;
	readonly program = this;
	readonly isReadOnly: boolean;
	readonly logs: LogVerbs;
	readonly activity: ActivityVerbs;
	readonly map: MapVerbs;
	readonly inspector: InspectVerbs;
	readonly keymap: Keymap;
	readonly commands: CustomCommands;
	readonly nodes: NodeVerbs;
	readonly lists: ListVerbs;
	readonly top: TopControls;
	readonly editing: SpecEditing;
	readonly simulator: SimulatorVerbs;
	readonly #options: VerbsOptions;
	readonly #model: ScreenModel;
	readonly #desk: ActionDesk;
	readonly #texts: TextVerbs;
	readonly #prompts: PromptVerbs;
	readonly #consent: ConsentVerbs;
	#isMouseOn: boolean;

	constructor(options: VerbsOptions) {
		this.isReadOnly = options.isReadOnly;
		this.keymap = options.keymap;
		this.commands = new CustomCommands({
			...options,
			app: this,
			offerText: (source) => this.#offerText(source),
		});
		this.nodes = new NodeVerbs({
			...options,
			nodes: options.nodes,
			shell: options.shell ?? [],
			lendTerminal: options.lendTerminal ?? ((use) => use({write: () => undefined})),
			app: this,
			offerText: (source) => this.#offerText(source),
		});
		this.lists = new ListVerbs({...options, app: this});
		this.simulator = new SimulatorVerbs({swarm: options.simulated, app: this, onNews: options.onNews});
		this.#options = options;
		this.#model = options.model;
		this.#desk = options.desk;
		this.#isMouseOn = options.isMouseOn;
		const {model, editor, onNews} = options;
		this.#prompts = new PromptVerbs({
			...options,
			showText: (title, text) => this.#texts.open({kind: 'message', title, text}),
		});
		this.map = new MapVerbs(model, this);
		this.editing = new SpecEditing({editor, app: this, onNews});
		this.#consent = new ConsentVerbs({...options, app: this, editing: this.editing});
		this.#texts = new TextVerbs({...options, app: this});
		this.inspector = this.#texts.inspector;
		this.logs = new LogVerbs({
			...options,
			state: () => model.state.logs,
			change: (change) => model.change((state) => ({...state, logs: {...state.logs, ...change}})),
			rect: () => model.rectOf('logs'),
			dialogs: this,
			showText: (source) => this.#texts.open(source),
		});
		this.activity = this.#activityVerbs();
		this.top = new TopControls({
			model,
			texts: this.#texts,
			activity: this.activity,
			consent: this.#consent,
			prompts: this.#prompts,
			logs: this.logs,
			say: (tone, text) => this.say(tone, text),
		});
	}

	#activityVerbs(): ActivityVerbs {
		const model = this.#model;
		return new ActivityVerbs({
			actions: this.#desk.history,
			cluster: () => model.cluster,
			selectedKey: () => {
				const top = topOverlay(model.state);
				return top?.kind === 'activity' ? top.selected : undefined;
			},
			select: (selected) => this.#replaceTop({kind: 'activity', selected}),
			close: () => this.#replaceTop(undefined),
			copy: (text, done) => this.#texts.copy(text, done),
			app: this,
		});
	}

	get actions(): readonly Progress[] {
		return this.#desk.history();
	}

	get cluster(): ClusterState {
		return this.#model.cluster;
	}

	get focus(): PaneId {
		return this.#state.focus;
	}

	selected<Id extends KindId>(id: Id): Result<EntityOf<Id>, SafeText> {
		// On the topology the keys of a node are for the one that is selected there.
		if (id === 'nodes' && this.focus === 'topology') return this.map.selectedNode() as Result<EntityOf<Id>, SafeText>;
		return this.#model.selected(id);
	}

	marked<Id extends KindId>(id: Id): readonly EntityOf<Id>[] {
		return this.#model.marked(id);
	}

	targets<Id extends KindId>(id: Id): Result<readonly EntityOf<Id>[], SafeText> {
		if (id === 'nodes' && this.focus === 'topology')
			return this.map.targetNodes() as Result<readonly EntityOf<Id>[], SafeText>;
		return this.#model.targets(id);
	}

	toggleMark(): void {
		if (this.#mark('toggle')) this.top.move({type: 'move', by: 1});
	}

	markRange(): void {
		this.#mark('range');
	}

	markAll(): void {
		const {focus} = this;
		if (isKindId(focus) && this.#canMark(focus)) this.#model.mark(focus, {type: 'all'});
	}

	unmarkAll(): void {
		const {focus} = this;
		if (isKindId(focus)) this.#model.mark(focus, {type: 'none'});
	}

	focusOn(focus: PaneId): void {
		this.#model.go((state) => focused(state, focus));
	}

	focusNext(by: number): void {
		const index = (placeOf(this.focus) + by + paneIds.length) % paneIds.length;
		// To look at the pane beside is no visit that one would want to come back from.
		this.#model.change({focus: paneIds[index] ?? this.focus, trail: []});
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
		const {contexts, onNews} = this.#options;
		void contexts.show(name).then((shown) => {
			if (shown.ok) return;
			this.say('danger', shown.error);
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
	}

	back(): void {
		const {focus, lists} = this.#state;
		if (isKindId(focus) && lists[focus].filterText !== '') {
			this.#model.change((state) => withList(state, focus, {filterText: ''}));
		} else if (isKindId(focus) && lists[focus].marks.ids.size > 0) this.unmarkAll();
		else if (focus === 'logs' && this.logs.back()) return;
		else if (focus === 'topology' && this.map.unpick()) return;
		else if (!this.#model.go(closed))
			this.say('plain', safe`There is nothing to go back to; ${this.keymap.keyOf('program.quit')} quits.`);
	}

	closeOrQuit(): void {
		if (!this.#model.go(closed)) this.quit();
	}

	goBackward(): void {
		if (!this.#model.go(backward)) this.say('plain', toSafeText('There is no place before this one.'));
	}

	goForward(): void {
		if (!this.#model.go(forward)) this.say('plain', toSafeText('There is no place after this one.'));
	}

	goToLast(): void {
		if (!this.#model.go(last)) this.say('plain', toSafeText('There is no other view to go back to yet.'));
	}

	openPalette(): void {
		const app = this;
		this.#options.contexts.read();
		this.open({
			id: 'palette',
			label: toSafeText(':'),
			title: toSafeText('go to, do'),
			hint: toSafeText('a view, an action, an object: svc web, scale web 5, logs web db'),
			initial: '',
			suggest: (text) => suggestionsFor(text, this),
			complete(text) {
				const completed = completeCommand(text, app);
				return completed === undefined ? undefined : {text: completed, offers: toSafeText('')};
			},
			onSubmit: () => toSafeText('no match'),
		});
	}

	toggleZoom(): void {
		this.#model.change({isZoomed: !this.#state.isZoomed});
	}

	toggleHistory(): void {
		this.#model.change({hasHistory: !this.#state.hasHistory});
		this.#model.moveList('tasks', {type: 'settle'});
	}

	inspect(format: TreeFormat): void {
		this.#texts.inspect(format);
	}

	showDetails(): void {
		this.#texts.openOf('details');
	}

	showWhy(): void {
		this.#texts.openOf('why');
	}

	showActivity(): void {
		this.#push({kind: 'activity', selected: undefined});
	}

	help(): void {
		this.#texts.open({kind: 'help', focus: this.focus});
	}

	showWords(): void {
		this.#texts.toggle({kind: 'words'});
	}

	showTour(): void {
		this.#texts.toggle({kind: 'tour'});
	}

	showFirstSteps(): void {
		const hosts = this.#options.simulated?.hosts() ?? [];
		if (hosts.length > 0) this.#texts.open({kind: 'firstSteps', hosts});
	}

	/** There is a swarm now. */
	endFirstSteps(): void {
		const top = topOverlay(this.#state);
		if (top?.kind === 'text' && top.source.kind === 'firstSteps') this.#replaceTop(undefined);
	}

	showDocker(): void {
		this.prompts.choose(dockerLines(this.#options, (text, done) => this.#texts.copy(text, done)));
	}

	hideStrip(): void {
		this.#model.change({isStripHidden: true});
	}

	copyObject(): void {
		this.#texts.copyObject();
	}

	openSearch(): void {
		this.#texts.openSearch();
	}

	searchNext(by: 1 | -1): void {
		this.#texts.read({type: 'next', by});
	}

	ask(wish: ActionRequest, onClose?: (isConsented: boolean) => void): void {
		this.#consent.ask(wish, onClose);
	}

	propose(wish: ActionRequest): void {
		this.#consent.propose(wish);
	}

	askAgain(action: Progress): void {
		this.#consent.askAgain(action);
	}

	wasDrawn(question: object): void {
		this.#consent.wasDrawn(question);
	}

	/** The letter of a choice chooses it; false when it is no choice's letter. */
	chooseBy(key: string): boolean {
		const top = topOverlay(this.#state);
		const choice = top?.kind === 'chooser' ? top.spec.choices.find((each) => each.key === key) : undefined;
		if (!choice) return false;
		if (!this.#consent.isTooEarly()) {
			this.top.cancel();
			choice.run();
		}
		return true;
	}

	close(): void {
		this.#consent.close();
	}

	editSpec(object: Edited): void {
		this.editing.edit(object);
	}

	undo(): void {
		this.#consent.undo();
	}

	get isOffering(): boolean {
		return this.#consent.isOffering;
	}

	open(spec: PromptSpec): void {
		this.#prompts.open(spec);
	}

	get preparations(): Preparations {
		return this.#desk.preparations;
	}

	offerNews(): void {
		this.#prompts.offerNews();
	}

	choose(spec: ChooserSpec): void {
		const present = spec.choices.findIndex(({isPresent}) => isPresent);
		this.#push({kind: 'chooser', spec, focus: Math.max(0, present), isAnswerable: false});
	}

	say(tone: Tone, text: SafeText, actionId?: number): void {
		this.#model.change({message: {tone, text, at: this.#options.clock.now(), actionId}});
	}

	refuse(reason: SafeText, holds: () => boolean): void {
		this.#model.change({message: {tone: 'warning', text: reason, at: this.#options.clock.now(), holds}});
	}

	refresh(): void {
		if (this.focus === 'contexts') this.#options.contexts.ask(true);
		else this.#options.sync.refresh();
		this.say('plain', toSafeText(this.focus === 'contexts' ? 'Asking all engines again.' : 'Asking the engine again.'));
	}

	/** Whether clicks are wanted here at all. */
	get isMouseOn(): boolean {
		return this.#isMouseOn;
	}

	chooseTheme(id: string): void {
		this.#options.chooseTheme(id);
	}

	toggleMouse(): void {
		this.#isMouseOn = !this.#isMouseOn;
		const key = this.keymap.keyOf('program.mouse');
		this.say(
			'plain',
			this.#isMouseOn
				? toSafeText('The mouse is on.')
				: safe`The mouse is off: your terminal selects text; ${key} turns it on.`,
		);
	}

	redraw(): void {
		this.#options.onRedraw();
	}

	suspend(): void {
		this.#options.onSuspend();
	}

	quit(): void {
		this.#options.onQuit();
	}

	get #state(): ScreenState {
		return this.#model.state;
	}

	#mark(type: 'toggle' | 'range'): boolean {
		const {focus} = this;
		if (!isKindId(focus) || !this.#canMark(focus)) return false;
		const selected: Result<Listed, SafeText> = this.selected(focus);
		if (selected.ok) this.#model.mark(focus, {type, id: selected.value.id});
		else this.say('warning', selected.error);
		return selected.ok;
	}

	/** The overview's rows are of several kinds: its keys act on the row in focus, so a mark would mean nothing there. */
	#canMark(focus: KindId): boolean {
		if (focus !== 'overview') return true;
		this.say('warning', toSafeText('Nothing can be marked here: open the list of nodes or of services to mark.'));
		return false;
	}

	#push(overlay: Overlay): void {
		this.#model.change((state) => ({...state, overlays: [...state.overlays, overlay]}));
	}

	#offerText(source: TextSource): boolean {
		const isFree = this.#state.overlays.length === 0;
		if (isFree) this.#texts.open(source);
		return isFree;
	}

	#replaceTop(overlay: Overlay | undefined): void {
		this.#model.change((state) => withTop(state, overlay));
	}
}
