/** What a key can ask of the screen. Keys know these interfaces and nothing else of the program. A long file: one list of all of them. */

import type {ActionRequest} from '../../cluster/intent.ts';
import type {ClusterState, TaskScope} from '../../cluster/model.ts';
import type {CustomCommand} from '../../config/custom-command.ts';
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Consent} from '../dialog/consent-controls.ts';
import type {Forms} from '../form/form-controls.ts';
import type {TreeFormat} from '../inspect/tree-lines.ts';
import type {KeyBinding, KeyScope} from '../keys/binding.ts';
import type {EntityOf, KindId} from '../kinds/kind-id.ts';
import type {Listed, ServiceScope} from '../kinds/scope.ts';
import type {PaneId} from '../layout/pane.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {InsideControls} from '../nodes/inside-controls.ts';
import type {NodeControls} from '../nodes/node-controls.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import type {SimulatorControls} from '../simulator/simulator-controls.ts';
import type {SwarmControls} from '../swarm/swarm-controls.ts';
import type {Column} from '../table/column.ts';
import type {Motion} from './motion.ts';
import type {ChooserSpec, PromptSpec} from './overlay.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'danger';

/** What is selected and what is marked. */
export interface Selection {
	/** The object that is selected in a list, or the sentence that says why there is none. */
	selected<Id extends KindId>(kind: Id): Result<EntityOf<Id>, SafeText>;
	/** The objects that are marked in a list, in the order of their marking; none most of the time. */
	marked<Id extends KindId>(kind: Id): readonly EntityOf<Id>[];
	/** What an action is about: what is marked; else what is selected, or the sentence that says why nothing is. */
	targets<Id extends KindId>(kind: Id): Result<readonly EntityOf<Id>[], SafeText>;
	/** Whether rows can be marked in the list in focus, or the sentence that says why not. */
	readonly canMark: true | SafeText;
	/** Marks the selected row of the list in focus, or takes its mark away, and moves on to the next. */
	toggleMark(): void;
	/** Marks from what was marked last to the selected row. */
	markRange(): void;
	/** Marks every row that the filter shows. */
	markAll(): void;
	unmarkAll(): void;
}

/** To other panes, views and objects, and back. */
export interface Navigation {
	/** The pane that keys go to. */
	readonly focus: PaneId;
	focusOn(pane: PaneId): void;
	focusNext(by: number): void;
	/** Goes to a kind's list: its pane, or its view. */
	show(kind: KindId): void;
	/** Goes to one object in its list, whatever the list was narrowed to, remembering the place for `back`. */
	goTo(kind: KindId, id: string): void;
	/** Goes to the swarm of another docker context. */
	showContext(name: string): void;
	/** Goes to the services of something, remembering the place for `back`. */
	drillToServices(services: ServiceScope): void;
	/** Goes to the tasks of something, remembering the place for `back`. */
	drillTo(tasks: TaskScope): void;
	/** Whose logs the pane shows. */
	readonly shownLogs: LogTarget | undefined;
	/** Whether the logs are to be read there, or the sentence that says what stands in their place. */
	readonly hasLogs: true | SafeText;
	/** Goes to the logs of the container that ended before what the target shows. */
	showPreviousLogs(target: LogTarget | undefined): void;
	/** Goes to the logs of something, remembering the place for `back`. */
	showLogs(target: LogTarget): void;
	/** One step back: out of a text, a filter, a zoom, a drill. */
	back(): void;
	/** Closes what was opened last, whatever is filtered or marked; with nothing open, quits. */
	closeOrQuit(): void;
	/** To the place that was visited before this one. */
	goBackward(): void;
	/** The other way again. */
	goForward(): void;
	/** To the place before this one and, the next time, back. */
	goToLast(): void;
	toggleZoom(): void;
	toggleHistory(): void;
}

/** Texts over the panes. */
export interface Texts {
	/** All that the engine says of the selected object. */
	inspect(format: TreeFormat): void;
	help(): void;
	/** The words of swarm mode. */
	showWords(): void;
	/** A walk through the demo swarm, where it was left. */
	showTour(): void;
	/** How the docker CLI reaches this swarm, to be copied. */
	showDocker(): void;
	showDetails(): void;
	/** The details of what is selected; where its kind has none, all that the engine says of it. */
	describe(): void;
	/** The text on top keeps values for itself until somebody asks for them. */
	readonly canReveal: boolean;
	/** Shows the values of a container's environment, or hides them again. */
	reveal(): void;
	/** Why the selected object is not as desired. */
	showWhy(): void;
	/** What the selected object used in the last quarter of an hour. */
	showUsage(): void;
	/** What has been done in this session. */
	showActivity(): void;
	/** Offers what is worth copying of the selected object. */
	copyObject(): void;
	openSearch(): void;
	searchNext(by: 1 | -1): void;
}

/** What asks the person for something. */
export interface Prompts {
	open(spec: PromptSpec): void;
	choose(spec: ChooserSpec): void;
	openPalette(): void;
}

/** What lies on top and has the keys, each kind in its own way; where nothing lies there, the pane in focus. */
export interface Top {
	move(motion: Motion): void;
	/** Moves between the buttons of a dialog, the choices of a chooser, the suggestions of a prompt. */
	step(by: number): void;
	/** Presses the one in focus. */
	press(): void;
	/** Says yes to a dialog, if it can be said. */
	accept(): void;
	/** In a prompt, and where a dialog wants a word typed. */
	edit(action: LineEditAction): void;
	submit(): void;
	/** In a prompt: types on what can mean one thing only. */
	complete(): void;
	/** In a prompt: what was typed there before, one entry further back or forth again. */
	recall(by: 1 | -1): void;
	/** Copies the text that is open; of a dialog the docker command. */
	copy(): void;
	/** Closes it without doing anything. */
	cancel(): void;
}

/** The message line. */
export interface Messages {
	say(tone: Tone, text: SafeText): void;
	wipe(): void;
	/** Says why something can't be done, for as long as that holds. */
	refuse(reason: SafeText, holds: () => boolean): void;
}

/** The program itself. */
export interface Program {
	refresh(): void;
	/** Looks like that theme from now on, by its ID. */
	chooseTheme(id: string): void;
	/** Clicks and the wheel come to us, or the terminal selects text by itself. */
	toggleMouse(): void;
	redraw(): void;
	/** The strip that offers what a demo has. */
	hideStrip(): void;
	suspend(): void;
	quit(): void;
}

/** How lists are looked at. */
export interface ListControls {
	openFilter(): void;
	/** Shows only what is not as desired, or all again. */
	toggleTrouble(): void;
	/** Goes to the list, with that filter. */
	filter(kind: KindId, text: string): void;
	/** The columns that the list can be sorted by. */
	orders(kind: KindId): readonly Column<Listed>[];
	sortByNext(): void;
	/** By that column; when the list is sorted by it already, in the reverse order. */
	sortBy(kind: KindId, columnId: string): void;
	reverse(): void;
	toggleWide(): void;
	scrollSideways(by: 1 | -1): void;
}

/** How logs are read. */
export interface LogControls {
	move(motion: Motion): void;
	toggleFollow(): void;
	cycleTime(): void;
	cyclePrefix(): void;
	toggleWrap(): void;
	toggleStructured(): void;
	toggleStopped(): void;
	openFilter(): void;
	openSearch(): void;
	/** As if it had been typed into the search. */
	search(text: string): void;
	searchNext(by: 1 | -1): void;
	/** Offers from when on they are read. */
	chooseRange(): void;
	askTime(): void;
	mark(): void;
	clear(): void;
	copyLine(): void;
	save(): void;
	showLine(): void;
}

/** The topology. */
export interface MapControls {
	step(by: 1 | -1): void;
	enter(): void;
	showPlan(): void;
}

/** The rest of a batch, planned anew; an update that is paused; what was done. */
export type ActivityAnswer = 'rest' | 'continue' | 'rollback' | 'undo';

/** What can be done with what has been done. */
export interface ActivityControls {
	copy(): void;
	/** What that would ask for, of the item under the cursor; undefined where there is nothing of the kind. */
	answer(to: ActivityAnswer): ActionRequest | undefined;
	ask(to: ActivityAnswer): void;
	open(): void;
}

/** What can be done while an object is inspected. */
export interface Inspector {
	toggleFold(): void;
	fold(): void;
	unfold(): void;
	foldAll(): void;
	unfoldAll(): void;
	toggleFormat(): void;
	toggleDiff(): void;
	copyValue(): void;
	copyPath(): void;
}

/** The user's own commands. */
export interface Commands {
	/** The fields that the command names, of what is selected; fails with the sentence that says why there are none. */
	fieldsFor(run: CustomCommand['run']): Result<Readonly<Record<string, string>>, SafeText>;
	run(command: CustomCommand): void;
}

/** The keys as they are bound. */
export interface KeyTable {
	readonly bindings: readonly KeyBinding<App>[];
	/** What the chord does in the first of the scopes that binds it. */
	bindingFor(chord: string, scopes: readonly KeyScope[]): KeyBinding<App> | undefined;
	/** Where else the chord does something. */
	elsewhere(chord: string, scopes: readonly KeyScope[]): KeyBinding<App>[];
	of(scope: KeyScope): KeyBinding<App>[];
	/** The key that does it, as it is shown; '' when none does. */
	keyOf(id: string): SafeText;
}

/** All of it. */
export interface App {
	readonly isReadOnly: boolean;
	readonly keymap: KeyTable;
	readonly cluster: ClusterState;
	readonly selection: Selection;
	readonly navigation: Navigation;
	readonly texts: Texts;
	readonly inspector: Inspector;
	readonly consent: Consent;
	readonly prompts: Prompts;
	readonly forms: Forms;
	readonly messages: Messages;
	readonly program: Program;
	readonly top: Top;
	readonly lists: ListControls;
	readonly logs: LogControls;
	readonly map: MapControls;
	readonly activity: ActivityControls;
	readonly commands: Commands;
	readonly simulator: SimulatorControls;
	readonly nodes: NodeControls;
	readonly swarm: SwarmControls;
	readonly inside: InsideControls;
}
