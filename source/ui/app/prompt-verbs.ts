/** What keys do in a prompt: edit its line, walk through what is offered or what was typed before, send it off. */
import {emptyLine, type LineEditAction, lineOf, reduceLineEdit} from '../prompt/line-edit.ts';
import {historyOf, type Memory, rememberEntry} from './memory.ts';
import type {Overlay, PromptSpec} from './overlay.ts';
import type {ScreenModel} from './screen-model.ts';
import {topOverlay, withTop} from './state.ts';

type PromptOverlay = Extract<Overlay, {kind: 'prompt'}>;

export class PromptVerbs {
	readonly #model: ScreenModel;
	readonly #memory: Memory;

	constructor({model, memory}: {readonly model: ScreenModel; readonly memory: Memory}) {
		this.#model = model;
		this.#memory = memory;
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
			isSelected: spec.isReplacedByTyping ?? false,
			problem: undefined,
		});
	}

	edit(action: LineEditAction): void {
		const top = this.#top;
		if (!top) return;
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

	/** What is offered stays as it was seen, but where nothing was, what has come meanwhile may be what was meant. */
	offerNews(): void {
		const top = this.#top;
		if (!top?.spec.suggest || top.suggestions.length > 0) return;
		const suggestions = top.spec.suggest(top.line.text);
		if (suggestions.length > 0) this.#replace({...top, suggestions, focus: 0});
	}

	/** Takes the suggestion in focus, else what was typed; what is wrong with that opens the prompt again. */
	submit(): void {
		const top = this.#top;
		if (!top) return;
		this.#replace(undefined);
		if (top.spec.id !== undefined) rememberEntry(this.#memory, top.spec.id, top.line.text);
		const suggestion = top.suggestions[top.focus];
		if (suggestion) {
			suggestion.run();
			return;
		}
		const problem = top.spec.onSubmit(top.line.text);
		if (problem !== undefined) this.#push({...top, problem});
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
		this.#model.change((state) => ({...state, overlays: [...state.overlays, overlay]}));
	}

	#replace(overlay: PromptOverlay | undefined): void {
		this.#model.change((state) => withTop(state, overlay));
	}
}

/** What would change a selected text takes all of it away first; what only moves the cursor keeps it. */
function isTyping({type}: LineEditAction): boolean {
	return type === 'insert' || type.startsWith('delete') || type === 'backspace';
}
