/** What can lie over the panes and take the keys: texts, dialogs, choosers, prompts. The last one opened is on top. */

import type {ActionRequest, Conflict, Plan, PlanLine} from '../../cluster/intent.ts';
import type {ClusterState} from '../../cluster/model.ts';
import type {Seen} from '../../cluster/pipeline/what-changed.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {FormSpec} from '../form/form-spec.ts';
import type {FormState} from '../form/form-state.ts';
import type {InspectView} from '../inspect/inspect-document.ts';
import type {PaneId} from '../layout/pane.ts';
import type {LineEdit} from '../prompt/line-edit.ts';
import type {SimulatedSwarm} from '../simulator/simulated-swarm.ts';
import type {TextState} from '../text-view/text-state.ts';

export type PromptSpec = {
	/** Prompts of the same ID share their history; without it there is none. */
	readonly id?: string;
	/** What is asked for, before the input: `Replicas of web`. */
	readonly label: SafeText;
	/** What stands over what is suggested; default: the label. */
	readonly title?: SafeText;
	/** Behind the input: `now 3`. */
	readonly hint: SafeText;
	/** Selected at first: what is typed takes its place, and what moves the cursor keeps it. */
	readonly initial: string;
	/** What is offered for what has been typed; Enter then takes the one in focus. */
	readonly suggest?: (text: string) => readonly Suggestion[];
	/** Called with every edit; a filter already works while it is typed. */
	readonly onChange?: (text: string) => void;
	/** What can be typed further, for Tab; undefined where nothing can. */
	readonly complete?: (text: string) => {readonly text: string; readonly offers: SafeText} | undefined;
	/** The sentence that says what is wrong keeps the prompt open, and so does an answer that takes a while. */
	readonly onSubmit: (text: string) => SafeText | undefined | Promise<Submitted>;
	/** What stands in the place of the hint meanwhile. */
	readonly waiting?: SafeText;
	readonly onCancel?: () => void;
};

/** What is wrong, or what to do once the prompt has closed. */
export type Submitted = SafeText | (() => void);

export type Suggestion = {
	readonly label: SafeText;
	/** What it is: a view, an action of a pane, a kind of object. */
	readonly detail: SafeText;
	/** The key that does the same, as it is shown; '' without one. */
	readonly key: SafeText;
	readonly run: () => void;
};

export type Choice = {
	readonly label: SafeText;
	readonly detail: SafeText;
	/** The key that chooses it at once. */
	readonly key: string;
	readonly isPresent: boolean;
	readonly run: () => void;
};

export type ChooserSpec = {
	readonly title: SafeText;
	/** What there is to know before choosing. */
	readonly lines?: readonly PlanLine[];
	readonly choices: readonly Choice[];
	/** Whether it can still be chosen as the cluster is now; it closes itself where it can't. */
	readonly holds?: (cluster: ClusterState) => boolean;
	/** One of the choices can't be taken back: like a consent it is not made before it was to be seen. */
	readonly isConsent?: boolean;
	readonly onCancel?: () => void;
};

/** A consent that is asked for. It holds the intent with its object's ID; the plan is computed anew while it is open. */
export type Confirmation = {
	readonly intent: ActionRequest;
	/** What one consents to, as it was shown when Cancel got the focus: see `severityOf`. */
	readonly shown: readonly SafeText[];
	/** How far the plan's forecast was then. */
	readonly forecast: Plan['forecast'];
	readonly hasChanged: boolean;
	/** The objects as they were when the question was put. */
	readonly seen: Seen;
	/** What has become of them since. */
	readonly changes: readonly SafeText[];
	/** The first line that is shown: diffs are long. */
	readonly top: number;
	/** Set where nobody asked for it: the action was tried, and somebody else had been faster. */
	readonly conflict?: Conflict;
	/** The `shown` that has been on the screen for long enough to be answered. */
	readonly answerable?: Confirmation['shown'] | undefined;
	/** Called once, when it is over. */
	readonly onClose?: (isConsented: boolean) => void;
	readonly focus: 'cancel' | 'confirm';
	/** What has been typed where a word is asked for. */
	readonly typed: LineEdit;
};

/** Where a text comes from: made anew when its object or the width changes. */
export type TextSource =
	| {readonly kind: 'help'; readonly focus: PaneId}
	/** The words of swarm mode. */
	| {readonly kind: 'words'}
	| {readonly kind: 'tour'}
	/** What to do with simulated engines that are in no swarm yet; it closes itself once there is one. */
	| {readonly kind: 'firstSteps'; readonly hosts: ReturnType<SimulatedSwarm['hosts']>}
	/** A sentence that is too long for a line. */
	| {readonly kind: 'message'; readonly title: SafeText; readonly text: SafeText}
	/** What a custom command has printed. */
	| {readonly kind: 'output'; readonly title: SafeText; readonly lines: readonly SafeText[]}
	| {
			readonly kind: 'inspect';
			readonly of: string;
			readonly id: string;
			readonly name: SafeText;
			readonly view: InspectView;
	  }
	| {
			readonly kind: 'details';
			readonly of: string;
			readonly id: string;
			readonly name: SafeText;
			/** Values of its environment are to be seen. */
			readonly isRevealed?: boolean;
	  }
	/** Why it is not as desired: made anew with every change of the cluster, since it says something of all nodes. */
	| {readonly kind: 'why'; readonly of: string; readonly id: string; readonly name: SafeText}
	/** What it used lately: made anew with every change of the cluster. */
	| {readonly kind: 'usage'; readonly of: string; readonly id: string; readonly name: SafeText}
	/** The spec alone, and the tasks, of a service. */
	| {readonly kind: 'spec' | 'tasks'; readonly of: string; readonly id: string; readonly name: SafeText}
	| {
			readonly kind: 'logLine';
			readonly name: SafeText;
			readonly details: readonly (readonly [label: string, value: SafeText])[];
			/** As the container wrote it. */
			readonly text: string;
	  };

export type Overlay =
	/** What has been done; `selected` is the item under the cursor, undefined for the first. */
	| {readonly kind: 'activity'; readonly selected: string | undefined}
	| {readonly kind: 'text'; readonly source: TextSource; readonly state: TextState}
	| {readonly kind: 'confirmation'; readonly confirmation: Confirmation}
	| {
			readonly kind: 'chooser';
			readonly spec: ChooserSpec;
			readonly focus: number;
			/** It has been on the screen for long enough to be answered. */
			readonly isAnswerable: boolean;
	  }
	| {readonly kind: 'form'; readonly spec: FormSpec; readonly state: FormState}
	| {
			readonly kind: 'prompt';
			readonly spec: PromptSpec;
			readonly line: LineEdit;
			/** What was offered when it was last edited: what one sees is what Enter takes. */
			readonly suggestions: readonly Suggestion[];
			/** The suggestion in focus. */
			readonly focus: number;
			/** How many entries back in the history of its like it shows; 0 is what was typed, which waits in `draft`. */
			readonly recalled: number;
			readonly draft: string;
			/** What was typed has been sent off: the prompt waits for the answer, or for Esc. */
			readonly isWaiting: boolean;
			/** Its whole text is selected. */
			readonly isSelected: boolean;
			readonly problem: SafeText | undefined;
	  };

export type FormOverlay = Extract<Overlay, {kind: 'form'}>;
export type PromptOverlay = Extract<Overlay, {kind: 'prompt'}>;

/** Those that take the place of the panes. */
export type FullOverlay = Extract<Overlay, {kind: 'text' | 'activity'}>;
