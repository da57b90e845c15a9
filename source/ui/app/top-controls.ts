/** What keys do with what lies on top: by its kind, one after the other in one place; with nothing there, the pane in focus. */

import type {ActivityVerbs} from '../activity/activity-verbs.ts';
import type {AnswerVerbs} from '../answer/answer-verbs.ts';
import type {ConsentVerbs} from '../dialog/consent-verbs.ts';
import {copyCommand} from '../dialog/copy-command.ts';
import {scrolled} from '../dialog/plan-text.ts';
import type {FormVerbs} from '../form/form-verbs.ts';
import {isKindId} from '../kinds/registry.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import type {TextVerbs} from '../text-view/text-verbs.ts';
import type {App, Top} from './capabilities.ts';
import type {Motion} from './motion.ts';
import type {Confirmation, Overlay} from './overlay.ts';
import type {PromptVerbs} from './prompt-verbs.ts';
import type {ScreenModel} from './screen-model.ts';
import {topOverlay} from './state.ts';

type TopOptions = {
	readonly model: ScreenModel;
	readonly app: Pick<App, 'messages' | 'logs'> & {
		readonly answers: AnswerVerbs;
		readonly texts: TextVerbs;
		readonly activity: ActivityVerbs;
		readonly consent: ConsentVerbs;
		readonly prompts: PromptVerbs;
		readonly forms: FormVerbs;
	};
};

/** What one kind of overlay does with keys; what is missing does nothing there. */
type Controls = {
	readonly move?: (motion: Motion) => void;
	/** To another button, choice or suggestion. */
	readonly step?: (by: number) => void;
	readonly press?: () => void;
	readonly accept?: () => void;
	readonly edit?: (action: LineEditAction) => void;
	readonly submit?: () => void;
	readonly complete?: () => void;
	readonly recall?: (by: 1 | -1) => void;
	readonly copy?: () => void;
	/** It has been closed without anything being done. */
	readonly cancelled?: () => void;
};

export class TopControls implements Top {
	readonly #options: TopOptions;

	constructor(options: TopOptions) {
		this.#options = options;
	}

	move(motion: Motion): void {
		const {model, app} = this.#options;
		const {focus} = model.state;
		if (topOverlay(model.state)) this.#controls.move?.(motion);
		else if (isKindId(focus)) model.moveList(focus, motion);
		else if (!app.answers.move(motion)) app.logs.move(motion);
	}

	/** The letter of a choice chooses it; false when it is no choice's letter. */
	chooseBy(key: string): boolean {
		const top = topOverlay(this.#options.model.state);
		const choice = top?.kind === 'chooser' ? top.spec.choices.find((each) => each.key === key) : undefined;
		if (!choice) return false;
		if (!this.#options.app.consent.isTooEarly()) {
			this.cancel();
			choice.run();
		}
		return true;
	}

	step(by: number): void {
		this.#controls.step?.(by);
	}

	press(): void {
		if (!this.#options.app.consent.isTooEarly()) this.#controls.press?.();
	}

	accept(): void {
		this.#controls.accept?.();
	}

	edit(action: LineEditAction): void {
		this.#controls.edit?.(action);
	}

	submit(): void {
		this.#controls.submit?.();
	}

	complete(): void {
		this.#controls.complete?.();
	}

	recall(by: 1 | -1): void {
		this.#controls.recall?.(by);
	}

	copy(): void {
		this.#controls.copy?.();
	}

	cancel(): void {
		const {cancelled} = this.#controls;
		this.#replace(undefined);
		cancelled?.();
	}

	get #controls(): Controls {
		const top = topOverlay(this.#options.model.state);
		return top ? this.#controlsOf(top) : {};
	}

	#controlsOf(top: Overlay): Controls {
		const {texts, activity, prompts, forms} = this.#options.app;
		switch (top.kind) {
			case 'text':
				return {move: (motion) => texts.read(motion), copy: () => texts.copyText()};
			case 'activity':
				return {move: (motion) => activity.move(motion)};
			case 'confirmation':
				return this.#dialog(top.confirmation);
			case 'chooser': {
				const {choices, onCancel} = top.spec;
				return {
					step: (by) => this.#replace({...top, focus: (top.focus + by + choices.length) % choices.length}),
					press: () => {
						this.#replace(undefined);
						choices[top.focus]?.run();
					},
					cancelled: () => onCancel?.(),
				};
			}
			case 'form':
				return {step: (by) => forms.step(by), edit: (action) => forms.edit(action)};
			case 'prompt':
				return {
					step: (by) => prompts.step(by),
					edit: (action) => prompts.edit(action),
					submit: () => prompts.submit(),
					complete: () => prompts.complete(),
					recall: (by) => prompts.recall(by),
					cancelled: () => top.spec.onCancel?.(),
				};
			default:
				return top satisfies never;
		}
	}

	#dialog(confirmation: Confirmation): Controls {
		const {consent} = this.#options.app;
		return {
			move: (motion) => this.#scroll(confirmation, motion),
			step: () => consent.step(),
			press: () => (confirmation.focus === 'confirm' ? consent.accept() : this.cancel()),
			accept: () => consent.accept(),
			edit: (action) => consent.edit(action),
			submit: () => consent.accept(),
			complete: () => consent.step(),
			copy: () => this.#copyCommand(),
			cancelled: () => confirmation.onClose?.(false),
		};
	}

	#copyCommand(): void {
		const {model, app} = this.#options;
		const {plan} = model;
		if (!plan) return;
		copyCommand(plan, {
			copy: (text, done) => app.texts.copy(text, done),
			say: (role, words) => app.messages.say(role, words),
		});
	}

	#scroll(confirmation: Confirmation, motion: Motion): void {
		const {plan, layout} = this.#options.model;
		if (!plan || layout.kind !== 'panes' || motion.type !== 'page') return;
		this.#replace({kind: 'confirmation', confirmation: scrolled(plan, confirmation, layout.body, motion.by)});
	}

	#replace(overlay: Overlay | undefined): void {
		this.#options.model.dispatch(overlay ? {type: 'overlay/changed', overlay} : {type: 'overlay/closed'});
	}
}
