/** From a request to its consent: shows the plan, holds what was seen of its objects, and acts when the answer is yes. */

import {objectOf} from '../../cluster/actions/names.ts';
import type {Edited} from '../../cluster/edit/spec-text.ts';
import {type ActionRequest, intentsOf, type Plan, type Preparations, type Progress} from '../../cluster/intent.ts';
import {stopsTasks} from '../../cluster/pipeline/stops-tasks.ts';
import {seenBy} from '../../cluster/pipeline/what-changed.ts';
import type {Clock, TimerHandle} from '../../runtime/clock.ts';
import type {Result} from '../../runtime/result.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import type {ActionDesk} from '../app/action-desk.ts';
import type {App} from '../app/capabilities.ts';
import type {Confirmation} from '../app/overlay.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import {topOverlay} from '../app/state.ts';
import type {SpecEditing} from '../edit/spec-editing.ts';
import {isKindId} from '../kinds/registry.ts';
import {emptyLine, type LineEditAction, reduceLineEdit} from '../prompt/line-edit.ts';
import {severityOf} from './confirmation.ts';
import type {Consent} from './consent-controls.ts';
import {isAnswerable, notYetWords, questionOf} from './question.ts';

export type ConsentOptions = {
	readonly model: ScreenModel;
	readonly desk: ActionDesk;
	readonly clock: Clock;
	readonly app: Pick<App, 'keymap' | 'messages' | 'top'> & {
		readonly editing: Pick<SpecEditing, 'edit' | 'editNew' | 'editText' | 'closeOf'>;
	};
	/** Something has changed without a key. */
	readonly onNews: () => void;
};

/** How long a question takes no answer after it was drawn, in milliseconds: nobody reads faster. */
const readingMs = 300;
/** The same of one that opened by itself: the next key was meant for something else. */
const unaskedMs = 700;

export class ConsentVerbs implements Consent {
	readonly #options: ConsentOptions;
	#drawn: object | undefined;
	#reading: TimerHandle | undefined;

	constructor(options: ConsentOptions) {
		this.#options = options;
	}

	/** Acts at once where no consent is due. */
	ask(request: ActionRequest, onClose?: (isConsented: boolean) => void): void {
		const plan = this.#plan(request);
		if (plan.refusal !== undefined && plan.lines.length === 0) {
			onClose?.(false);
			this.#options.app.messages.say('danger', plan.refusal);
		} else if (plan.refusal === undefined && plan.consent.kind === 'none') {
			onClose?.(true);
			this.#act(plan);
		} else this.#confirm(request, plan, {...(onClose && {onClose})});
	}

	/** Shows the plan first, also where no consent is due. */
	propose(request: ActionRequest): void {
		const plan = this.#plan(request);
		if (plan.refusal !== undefined && plan.lines.length === 0) this.#options.app.messages.say('danger', plan.refusal);
		else this.#confirm(request, plan, {});
	}

	/** Asks about an action that failed because somebody else had been faster, unless one is busy with something else. */
	askAgain({intent, conflict}: Progress): void {
		const {model, app} = this.#options;
		if (!conflict || topOverlay(model.state)) return;
		const onClose = app.editing.closeOf(intent);
		this.#confirm(intent, this.#plan(intent), {conflict, ...(onClose && {onClose})});
	}

	editSpec(object: Edited): void {
		this.#options.app.editing.edit(object);
	}

	editNew(spec: ServiceSpec, take: (spec: ServiceSpec) => void): void {
		this.#options.app.editing.editNew(spec, take);
	}

	editText(fileName: string, text: string): Promise<Result<string, SafeText>> {
		return this.#options.app.editing.editText(fileName, text);
	}

	get preparations(): Preparations {
		return this.#options.desk.preparations;
	}

	get actions(): readonly Progress[] {
		return this.#options.desk.history();
	}

	undo(): void {
		const undo = this.#offered ?? this.#options.desk.undo();
		if (undo) this.#askBack(undo);
		else this.#options.app.messages.say('plain', toSafeText('There is nothing to undo.'));
	}

	get isOffering(): boolean {
		return this.#offered !== undefined;
	}

	get #offered(): ActionRequest | undefined {
		const {desk, model, clock} = this.#options;
		return desk.offer(model.state.message?.actionId, clock.now())?.undo;
	}

	/** The question is on the screen as a whole: from a moment later on it can be answered. */
	wasDrawn(question: object): void {
		if (question === this.#drawn) return;
		const {model, clock, onNews} = this.#options;
		const top = topOverlay(model.state);
		const isUnasked = top?.kind === 'confirmation' && top.confirmation.conflict !== undefined;
		this.#drawn = question;
		this.#reading?.cancel();
		this.#reading = clock.after(isUnasked ? unaskedMs : readingMs, () => {
			this.#letAnswer(question);
			onNews();
		});
	}

	/** Whether what is on top can't be answered yet, which is said then. */
	isTooEarly(): boolean {
		const {model, app} = this.#options;
		const top = topOverlay(model.state);
		if (!top || isAnswerable(top)) return false;
		app.messages.say('warning', notYetWords(model.plan));
		return true;
	}

	close(): void {
		this.#reading?.cancel();
	}

	/** Edits the word that is typed. */
	edit(action: LineEditAction): void {
		if (!this.isTooEarly()) this.#change(({typed}) => ({typed: reduceLineEdit(typed, action)}));
	}

	/** Moves to the other button. */
	step(): void {
		this.#change(({focus}) => ({focus: focus === 'cancel' ? 'confirm' : 'cancel'}));
	}

	accept(): void {
		const {model, app} = this.#options;
		const {plan} = model;
		const top = topOverlay(model.state);
		if (top?.kind !== 'confirmation' || this.isTooEarly()) return;
		if (!plan || plan.refusal !== undefined) {
			app.top.cancel();
			return;
		}
		const {onClose, typed} = top.confirmation;
		if (plan.consent.kind === 'typed' && typed.text.trim() !== plan.consent.word) {
			app.messages.say(
				'warning',
				safe`Type ${plan.consent.word} to go on; ${app.keymap.keyOf('prompt.cancel')} leaves it.`,
			);
			return;
		}
		model.dispatch({type: 'overlay/closed'});
		onClose?.(true);
		this.#act(plan);
	}

	/** What stops tasks is asked about, also where it takes back what was done without a question. */
	#askBack(undo: ActionRequest): void {
		const underWay = this.actions.find((entry) => entry.undo === undo && entry.finishedAt === undefined);
		if (underWay && this.#plan(undo).refusal !== undefined) {
			const words = safe`${underWay.title} is still under way: it can be taken back in a moment.`;
			this.#options.app.messages.say('plain', words);
			return;
		}
		if (stopsTasks(undo, this.#options.model.cluster)) this.propose(undo);
		else this.ask(undo);
	}

	#letAnswer(question: object): void {
		const {model} = this.#options;
		const top = topOverlay(model.state);
		if (!top || questionOf(top) !== question) return;
		if (top.kind === 'confirmation') this.#change(({shown}) => ({answerable: shown}));
		else if (top.kind === 'chooser') {
			model.dispatch({type: 'overlay/changed', overlay: {...top, isAnswerable: true}});
		}
	}

	#plan(request: ActionRequest): Plan {
		const {desk, model} = this.#options;
		return desk.plan(request, model.cluster.revision);
	}

	#confirm(request: ActionRequest, plan: Plan, more: Pick<Confirmation, 'conflict' | 'onClose'>): void {
		const {model} = this.#options;
		const confirmation: Confirmation = {
			intent: request,
			shown: severityOf(plan),
			forecast: plan.forecast,
			hasChanged: false,
			seen: seenBy(request, model.cluster),
			changes: [],
			top: 0,
			focus: 'cancel',
			typed: emptyLine,
			...more,
		};
		model.dispatch({type: 'overlay/opened', overlay: {kind: 'confirmation', confirmation}});
	}

	#change(change: (confirmation: Confirmation) => Partial<Confirmation>): void {
		const {model} = this.#options;
		const top = topOverlay(model.state);
		if (top?.kind !== 'confirmation') return;
		const confirmation = {...top.confirmation, ...change(top.confirmation)};
		model.dispatch({type: 'overlay/changed', overlay: {...top, confirmation}});
	}

	/** What is done with marked objects takes their marks away: the next key is about something else. */
	#act(plan: Plan): void {
		const {desk, model, clock} = this.#options;
		desk.act(plan, clock.now());
		const {focus} = model.state;
		if (plan.intent.action !== 'batch' || !isKindId(focus)) return;
		const objects = new Set(intentsOf(plan.intent).map(objectOf));
		model.mark(focus, {type: 'keep', exists: (id) => !objects.has(id)});
	}
}
