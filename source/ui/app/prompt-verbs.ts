/** What asks the person for something, and what keys do in a prompt: edit its line, walk through what is offered or was typed before. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {completeCommand} from '../palette/commands.ts';
import {suggestionsFor} from '../palette/suggestions.ts';
import {emptyLine, type LineEditAction, lineOf, reduceLineEdit} from '../prompt/line-edit.ts';
import type {TextVerbs} from '../text-view/text-verbs.ts';
import type {App, Prompts} from './capabilities.ts';
import type {Contexts} from './contexts.ts';
import {historyOf, type Memory, rememberEntry} from './memory.ts';
import type {ChooserSpec, PromptOverlay, PromptSpec, Submitted} from './overlay.ts';
import type {ScreenModel} from './screen-model.ts';
import {topOverlay} from './state.ts';

type PromptVerbsOptions = {
	readonly model: ScreenModel;
	readonly memory: Memory;
	/** Something has changed later than the key that asked for it. */
	readonly onNews: () => void;
	readonly contexts: Contexts;
	/** What the palette offers. */
	readonly app: App & {readonly texts: Pick<TextVerbs, 'open'>};
};

/** As wide as the field of a prompt usually is. */
const comfortableField = 32;

export class PromptVerbs implements Prompts {
	readonly #options: PromptVerbsOptions;
	readonly #model: ScreenModel;
	readonly #memory: Memory;

	constructor(options: PromptVerbsOptions) {
		this.#options = options;
		this.#model = options.model;
		this.#memory = options.memory;
	}

	open(spec: PromptSpec): void {
		this.#push({
			kind: 'prompt',
			spec,
			line: lineOf(spec.initial),
			suggestions: spec.suggest?.(spec.initial) ?? [],
			focus: 0,
			recalled: 0,
			draft: '',
			isWaiting: false,
			isSelected: spec.initial !== '',
			problem: undefined,
		});
	}

	choose(spec: ChooserSpec): void {
		const present = spec.choices.findIndex(({isPresent}) => isPresent);
		const overlay = {kind: 'chooser', spec, focus: Math.max(0, present), isAnswerable: false} as const;
		this.#model.dispatch({type: 'overlay/opened', overlay});
	}

	/** A choice that can't be made any more goes away. */
	#endStale(): void {
		const top = topOverlay(this.#model.state);
		const isStale = top?.kind === 'chooser' && top.spec.holds?.(this.#model.cluster) === false;
		if (isStale) this.#model.dispatch({type: 'overlay/closed'});
	}

	openPalette(): void {
		const {app, contexts} = this.#options;
		contexts.read();
		this.open({
			id: 'palette',
			label: toSafeText(':'),
			title: toSafeText('go to, do'),
			hint: toSafeText('a view, an action, an object: svc web, scale web 5, logs web db'),
			initial: '',
			suggest: (text) => suggestionsFor(text, app),
			complete(text) {
				const completed = completeCommand(text, app);
				return completed === undefined ? undefined : {text: completed, offers: toSafeText('')};
			},
			onSubmit: () => toSafeText('no match'),
		});
	}

	edit(action: LineEditAction): void {
		const top = this.#top;
		if (!top || top.isWaiting) return;
		const line = reduceLineEdit(top.isSelected && isTyping(action) ? emptyLine : top.line, action);
		this.#replace({...top, line, recalled: 0, isSelected: false, problem: undefined});
		if (line.text !== top.line.text) this.#typed(top.spec, line.text);
	}

	/** To another suggestion; in a prompt without any, to what was typed there before or after. */
	step(by: number): void {
		const top = this.#top;
		if (top && !top.spec.suggest) this.recall(by > 0 ? -1 : 1);
		const count = top?.suggestions.length ?? 0;
		if (top && count > 0) this.#replace({...top, focus: (top.focus + by + count) % count});
	}

	recall(by: 1 | -1): void {
		const top = this.#top;
		if (!top) return;
		const entries = top.spec.id === undefined ? [] : historyOf(this.#memory, top.spec.id);
		const recalled = Math.max(0, Math.min(top.recalled + by, entries.length));
		if (recalled === top.recalled) return;
		const draft = top.recalled === 0 ? top.line.text : top.draft;
		const text = recalled === 0 ? draft : (entries.at(-recalled) ?? draft);
		this.#replace({...top, line: lineOf(text), recalled, draft, isSelected: false, problem: undefined});
		this.#typed(top.spec, text);
	}

	/** Tab: what can be typed further is, what there is to choose from stands behind; in a prompt without, the next one. */
	complete(): void {
		const top = this.#top;
		if (!top?.spec.complete) this.step(1);
		else if (!top.isWaiting) {
			const completed = top.spec.complete(top.line.text);
			if (!completed) {
				this.step(1);
				return;
			}
			const problem = completed.offers === '' ? undefined : completed.offers;
			this.#replace({...top, line: lineOf(completed.text), isSelected: false, problem});
			if (completed.text !== top.line.text) this.#typed(top.spec, completed.text);
		}
	}

	/** What is offered stays as it was seen, but where nothing was, what has come meanwhile may be what was meant. */
	offerNews(): void {
		this.#endStale();
		const top = this.#top;
		if (!top?.spec.suggest || top.suggestions.length > 0) return;
		const suggestions = top.spec.suggest(top.line.text);
		if (suggestions.length > 0) this.#replace({...top, suggestions, focus: 0});
	}

	/** Takes the suggestion in focus, else what was typed; what is wrong with that opens the prompt again. */
	submit(): void {
		const top = this.#top;
		if (!top || top.isWaiting) return;
		this.#replace(undefined);
		if (top.spec.id !== undefined) rememberEntry(this.#memory, top.spec.id, top.line.text);
		const suggestion = top.suggestions[top.focus];
		if (suggestion) {
			suggestion.run();
			return;
		}
		const answer = top.spec.onSubmit(top.line.text);
		if (answer instanceof Promise) void this.#await(top, answer);
		else if (answer !== undefined) this.#refuse(top, answer);
	}

	/** The prompt stays, so that Esc takes back what was asked for; what comes after that is not heard. */
	async #await(prompt: PromptOverlay, answer: Promise<Submitted>): Promise<void> {
		const {spec} = prompt;
		const waiting = {...prompt, spec: {...spec, hint: spec.waiting ?? spec.hint}, problem: undefined, isWaiting: true};
		this.#push(waiting);
		const submitted = await answer;
		if (this.#top !== waiting) return;
		this.#replace(undefined);
		if (typeof submitted === 'function') submitted();
		else this.#refuse(prompt, submitted);
		this.#options.onNews();
	}

	/** Beside what was typed; in full as a text, where the line is too short for it. */
	#refuse(prompt: PromptOverlay, problem: SafeText): void {
		this.#push({...prompt, problem});
		const used = cellWidth(prompt.spec.label) + comfortableField + cellWidth(problem);
		if (used > this.#model.state.size.columns - 5) {
			this.#options.app.texts.open({kind: 'message', title: prompt.spec.label, text: problem});
		}
	}

	get #top(): PromptOverlay | undefined {
		const top = topOverlay(this.#model.state);
		return top?.kind === 'prompt' ? top : undefined;
	}

	#typed({suggest, onChange}: PromptSpec, text: string): void {
		const top = this.#top;
		if (suggest && top) this.#replace({...top, suggestions: suggest(text), focus: 0});
		onChange?.(text);
	}

	#push(overlay: PromptOverlay): void {
		this.#model.dispatch({type: 'overlay/opened', overlay});
	}

	#replace(overlay: PromptOverlay | undefined): void {
		this.#model.dispatch(overlay ? {type: 'overlay/changed', overlay} : {type: 'overlay/closed'});
	}
}

/** What would change a selected text takes all of it away first; what only moves the cursor keeps it. */
function isTyping({type}: LineEditAction): boolean {
	return type === 'insert' || type.startsWith('delete') || type === 'backspace';
}
