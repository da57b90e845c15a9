/** What keys can ask of the screen, put together: each capability is implemented where its state lives. */
import type {ClusterState} from '../../cluster/model.ts';
import {ActivityVerbs} from '../activity/activity-verbs.ts';
import {AnswerVerbs} from '../answer/answer-verbs.ts';
import {ConsentVerbs} from '../dialog/consent-verbs.ts';
import {SpecEditing} from '../edit/spec-editing.ts';
import {FormVerbs} from '../form/form-verbs.ts';
import type {InspectVerbs} from '../inspect/inspect-verbs.ts';
import type {Keymap} from '../keys/keymap.ts';
import type {LogReader} from '../logs/log-reader.ts';
import {LogVerbs} from '../logs/log-verbs.ts';
import {InsideVerbs} from '../nodes/inside-verbs.ts';
import {NodeVerbs} from '../nodes/node-verbs.ts';
import {SimulatorVerbs} from '../simulator/simulator-verbs.ts';
import {SwarmVerbs} from '../swarm/swarm-verbs.ts';
import type {Documents} from '../text-view/documents.ts';
import {TextVerbs} from '../text-view/text-verbs.ts';
import {MapVerbs} from '../topology/map-verbs.ts';
import type {ActionDesk} from './action-desk.ts';
import type {App} from './capabilities.ts';
import {CustomCommands} from './custom-commands.ts';
import {ListVerbs} from './list-verbs.ts';
import type {Memory} from './memory.ts';
import {MessageVerbs} from './message-verbs.ts';
import {NavigationVerbs} from './navigation-verbs.ts';
import {ProgramVerbs} from './program-verbs.ts';
import {PromptVerbs} from './prompt-verbs.ts';
import type {ColumnsOf} from './screen-config.ts';
import type {ScreenModel} from './screen-model.ts';
import type {ScreenOptions} from './screen-options.ts';
import {SelectionVerbs} from './selection-verbs.ts';
import {TopControls} from './top-controls.ts';

export type ScreenAppOptions = ScreenOptions & {
	readonly model: ScreenModel;
	readonly desk: ActionDesk;
	readonly documents: Documents;
	/** The text in the pane below the lists. */
	readonly answers: Documents;
	/** The logs that are open now. */
	readonly reader: () => LogReader | undefined;
	readonly keymap: Keymap;
	readonly columnsOf: ColumnsOf;
	readonly memory: Memory;
	/** Something has been said later than the key that asked for it. */
	readonly onNews: () => void;
};

export class ScreenApp implements App {
	readonly isReadOnly: boolean;
	readonly keymap: Keymap;
	readonly messages: MessageVerbs;
	readonly selection: SelectionVerbs;
	readonly navigation: NavigationVerbs;
	readonly texts: TextVerbs;
	readonly inspector: InspectVerbs;
	readonly prompts: PromptVerbs;
	readonly forms: FormVerbs;
	readonly consent: ConsentVerbs;
	readonly editing: SpecEditing;
	readonly program: ProgramVerbs;
	readonly top: TopControls;
	readonly lists: ListVerbs;
	readonly logs: LogVerbs;
	readonly map: MapVerbs;
	readonly answers: AnswerVerbs;
	readonly activity: ActivityVerbs;
	readonly commands: CustomCommands;
	readonly simulator: SimulatorVerbs;
	readonly nodes: NodeVerbs;
	readonly swarm: SwarmVerbs;
	readonly inside: InsideVerbs;
	readonly #model: ScreenModel;

	constructor(options: ScreenAppOptions) {
		this.#model = options.model;
		this.isReadOnly = options.isReadOnly;
		this.keymap = options.keymap;
		// Each gets to the others through this app, and only when a key asks for something.
		const parts = {...options, app: this};
		this.messages = new MessageVerbs(parts);
		this.selection = new SelectionVerbs(parts);
		this.navigation = new NavigationVerbs(parts);
		this.texts = new TextVerbs(parts);
		this.inspector = this.texts.inspector;
		this.prompts = new PromptVerbs(parts);
		this.forms = new FormVerbs(parts);
		this.editing = new SpecEditing(parts);
		this.consent = new ConsentVerbs(parts);
		this.program = new ProgramVerbs(parts);
		this.lists = new ListVerbs(parts);
		this.logs = new LogVerbs(parts);
		this.answers = new AnswerVerbs(options);
		this.map = new MapVerbs(parts);
		this.activity = new ActivityVerbs(parts);
		this.commands = new CustomCommands(parts);
		this.simulator = new SimulatorVerbs({...parts, swarm: options.simulated});
		this.nodes = new NodeVerbs({
			...parts,
			nodes: options.nodes,
			shell: options.shell ?? [],
			lendTerminal: options.lendTerminal ?? ((use) => use({write: () => undefined})),
		});
		this.swarm = new SwarmVerbs(parts);
		this.inside = new InsideVerbs({...parts, nodes: options.nodes});
		this.top = new TopControls(parts);
	}

	get cluster(): ClusterState {
		return this.#model.cluster;
	}
}
