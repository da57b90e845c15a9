/** What a key can ask of the screen: its verbs. The keymap knows this interface and nothing else of the program. */

import type {Edited} from '../../cluster/edit/spec-text.ts';
import type {Preparations, Progress, Wish} from '../../cluster/intent.ts';
import type {ClusterState, TaskScope} from '../../cluster/model.ts';
import type {Result} from '../../runtime/result.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {ActivityVerbs} from '../activity/activity-verbs.ts';
import type {InspectVerbs} from '../inspect/inspect-verbs.ts';
import type {TreeFormat} from '../inspect/tree-lines.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {PaneId} from '../layout/layout.ts';
import type {LogTarget} from '../logs/log-feed.ts';
import type {LogVerbs} from '../logs/log-verbs.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import type {ServiceScope} from '../registry/kind.ts';
import type {EntityOf, KindId} from '../registry/registry.ts';
import type {MapVerbs} from '../topology/map-verbs.ts';
import type {CustomCommands} from './custom-commands.ts';
import type {ListVerbs} from './list-verbs.ts';
import type {Motion} from './motion.ts';
import type {ChooserSpec, PromptSpec} from './overlay.ts';

export type Tone = 'plain' | 'good' | 'warning' | 'danger';

export interface App {
	readonly cluster: ClusterState;
	readonly isReadOnly: boolean;
	readonly keymap: Keymap;
	/** What has been done in this session, newest first. */
	readonly actions: readonly Progress[];
	/** The pane that keys go to. */
	readonly focus: PaneId;

	/** The object that is selected in a list, or the sentence that says why there is none. */
	selected<Id extends KindId>(kind: Id): Result<EntityOf<Id>, SafeText>;
	/** The objects that are marked in a list, in the order of their marking; none most of the time. */
	marked<Id extends KindId>(kind: Id): readonly EntityOf<Id>[];
	/** What an action is about: what is marked; else what is selected, or the sentence that says why nothing is. */
	targets<Id extends KindId>(kind: Id): Result<readonly EntityOf<Id>[], SafeText>;

	/** Moves in whatever has the keys: a list, a text, the logs. */
	move(motion: Motion): void;
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
	/** Goes to the logs of something, remembering the place for `back`. */
	showLogs(target: LogTarget): void;
	/** One step back: out of a text, a filter, a zoom, a drill. */
	back(): void;

	/** Marks the selected row of the list in focus, or takes its mark away, and moves on to the next. */
	toggleMark(): void;
	/** Marks from what was marked last to the selected row. */
	markRange(): void;
	/** Marks every row that the filter shows. */
	markAll(): void;
	unmarkAll(): void;

	openPalette(): void;
	toggleZoom(): void;
	toggleHistory(): void;
	/** All that the engine says of the selected object. */
	inspect(format: TreeFormat): void;
	/** What can be done while an object is inspected. */
	readonly inspector: InspectVerbs;
	help(): void;
	showDetails(): void;
	/** What has been done in this session. */
	showActivity(): void;
	/** Copies the text that is open; of a dialog the docker command. */
	copyText(): void;
	/** Offers what is worth copying of the selected object. */
	copyObject(): void;
	/** Why the selected object is not as desired. */
	showWhy(): void;
	openSearch(): void;
	searchNext(by: 1 | -1): void;

	readonly logs: LogVerbs;
	readonly activity: ActivityVerbs;
	/** What is particular to the topology. */
	readonly map: Pick<MapVerbs, 'step' | 'enter' | 'showPlan'>;
	readonly lists: ListVerbs;
	readonly commands: CustomCommands;

	/** Plans it, asks where asking is due, acts, and shows how it goes. */
	ask(wish: Wish, onClose?: (isConsented: boolean) => void): void;
	/** The same, but its plan is shown before anything is done, also where no consent is due. */
	propose(wish: Wish): void;
	/** Opens the spec in the person's editor; what that changes is planned and asked about. */
	editSpec(object: Edited): void;
	undo(): void;
	/** Takes back what the message line offers to take back. */
	takeOffer(): void;
	prompt(spec: PromptSpec): void;
	choose(spec: ChooserSpec): void;

	/** What has to be asked before some things can be planned. */
	readonly preparations: Preparations;

	/** In a prompt: types on what can mean one thing only. */
	complete(): void;
	/** In a prompt: what was typed there before, one entry further back or forth again. */
	recall(by: 1 | -1): void;
	editLine(action: LineEditAction): void;
	submit(): void;
	/** Moves between the buttons of a dialog or the choices of a chooser. */
	focusButton(by: number): void;
	/** Presses the one in focus. */
	press(): void;
	/** Says yes to a dialog, if it can be said. */
	accept(): void;
	/** Closes what is on top without doing anything. */
	cancel(): void;

	say(tone: Tone, text: SafeText): void;
	/** Says why something can't be done, for as long as that holds. */
	refuse(reason: SafeText, holds: () => boolean): void;
	refresh(): void;
	/** Looks like that theme from now on, by its ID. */
	chooseTheme(id: string): void;
	/** Clicks and the wheel come to us, or the terminal selects text by itself. */
	toggleMouse(): void;
	redraw(): void;
	suspend(): void;
	quit(): void;
}
