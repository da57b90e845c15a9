/** What keys do in a form; see form-state.ts for how it stands. */
import {toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import type {FormOverlay} from '../app/overlay.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import {topOverlay} from '../app/state.ts';
import type {LineEditAction} from '../prompt/line-edit.ts';
import {completionOf} from './completion.ts';
import {formLines} from './form-box.ts';
import type {Forms} from './form-controls.ts';
import type {FormAnswer, FormSpec} from './form-spec.ts';
import {
	type FormAction,
	fieldOf,
	firstProblem,
	initialForm,
	isButton,
	isChanged,
	reduceForm,
	spotsOf,
	textAt,
} from './form-state.ts';

type FormVerbsOptions = {
	readonly model: ScreenModel;
	readonly app: Pick<App, 'prompts'>;
	/** Something has changed later than the key that asked for it. */
	readonly onNews: () => void;
};

export class FormVerbs implements Forms {
	readonly #options: FormVerbsOptions;

	constructor(options: FormVerbsOptions) {
		this.#options = options;
	}

	open(spec: FormSpec): void {
		this.#options.model.dispatch({type: 'overlay/opened', overlay: {kind: 'form', spec, state: initialForm(spec)}});
	}

	get canEdit(): boolean {
		return this.#top?.spec.edit !== undefined;
	}

	edit(action: LineEditAction): void {
		const top = this.#top;
		const isAtEnd =
			top?.state.cursor === textAt(top?.state.values ?? {}, top?.state.focus ?? {field: '', item: 0}).length;
		const takesOffer = (action.type === 'right' || action.type === 'end') && isAtEnd;
		if (takesOffer && this.#complete()) return;
		this.#do({type: 'edit', action});
	}

	/** To a line above or below. */
	step(by: number): void {
		this.#do({type: 'step', by});
	}

	/** Types on what can be meant; with nothing to type on, to the next field. */
	next(): void {
		if (!this.#complete()) this.#do({type: 'field', by: 1});
	}

	previous(): void {
		this.#do({type: 'field', by: -1});
	}

	turn(by: number): void {
		this.#do({type: 'turn', by});
	}

	/** The next line; on the last one of them, and on the button, it goes its way. */
	enter(): void {
		const top = this.#top;
		if (!top) return;
		const {spec, state} = top;
		const spots = spotsOf(spec, state.values);
		const last = spots.at(-2);
		const isLast = last?.field === state.focus.field && last.item === state.focus.item;
		const isDone = isButton(state.focus) || (isLast && firstProblem(spec, state.values) === undefined);
		if (isDone) this.submit();
		else if (fieldOf(spec, state.focus)?.kind === 'list' && textAt(state.values, state.focus) === '') {
			this.#do({type: 'field', by: 1});
		} else this.#do({type: 'step', by: 1});
	}

	/** Goes its way with what was entered, or to the first field that is wrong. */
	submit(): void {
		const top = this.#top;
		if (!top || top.state.isWaiting) return;
		this.#do({type: 'try'});
		if (firstProblem(top.spec, top.state.values)) return;
		this.#do({type: 'sent'});
		const answer = top.spec.onSubmit(top.state.values, () => this.#close(top.spec));
		if (answer instanceof Promise) void this.#await(top.spec, answer);
		else this.#answered(top.spec, answer);
	}

	openEditor(): void {
		const top = this.#top;
		if (!top) return;
		const {spec, state} = top;
		spec.edit?.(
			state.values,
			(values) => this.#change(spec, {type: 'take', values}),
			() => this.#close(spec),
		);
	}

	/** Closes it; what was entered is not thrown away without a question. */
	cancel(): void {
		const top = this.#top;
		if (!top) return;
		const {spec, state} = top;
		const leave = (): void => {
			this.#close(spec);
			spec.onCancel?.();
		};
		if (state.isWaiting) this.#do({type: 'answered', problem: undefined});
		else if (!isChanged(spec, state)) leave();
		else {
			this.#options.app.prompts.choose({
				title: toSafeText('Throw away what you have entered?'),
				choices: [
					{
						key: 'g',
						label: toSafeText('Go on'),
						detail: toSafeText('back to the form'),
						isPresent: false,
						run: () => undefined,
					},
					{
						key: 't',
						label: toSafeText('Throw away'),
						detail: toSafeText('close the form'),
						isPresent: false,
						run: leave,
					},
				],
			});
		}
	}

	/** A line was clicked on, counted from the first of the form. */
	point(index: number): void {
		const top = this.#top;
		const spot = top && formLines(top.spec, top.state)[index]?.spot;
		if (!spot) return;
		const wasThere = spot.field === top.state.focus.field;
		this.#do({type: 'focus', spot});
		if (isButton(spot)) this.submit();
		else if (wasThere) this.turn(1);
	}

	get #top(): FormOverlay | undefined {
		const top = topOverlay(this.#options.model.state);
		return top?.kind === 'form' ? top : undefined;
	}

	#complete(): boolean {
		const top = this.#top;
		const completed = top && completionOf(top.spec, top.state);
		if (completed) this.#do({type: 'edit', action: {type: 'set', text: completed.text}});
		return completed !== undefined;
	}

	async #await(spec: FormSpec, answer: Promise<FormAnswer>): Promise<void> {
		this.#answered(spec, await answer);
		this.#options.onNews();
	}

	#answered(spec: FormSpec, answer: FormAnswer): void {
		const overlay = this.#options.model.state.overlays[this.#indexOf(spec)];
		const isAwaited = overlay?.kind === 'form' && overlay.state.isWaiting;
		if (!isAwaited) return;
		const goesOn = typeof answer === 'function';
		this.#change(spec, {type: 'answered', problem: goesOn ? undefined : answer});
		if (goesOn) answer();
	}

	#do(action: FormAction): void {
		const top = this.#top;
		if (top && (!top.state.isWaiting || action.type === 'answered')) this.#change(top.spec, action);
	}

	/** A form may lie below what it has opened. */
	#change(spec: FormSpec, action: FormAction): void {
		const {model} = this.#options;
		const index = this.#indexOf(spec);
		const overlay = model.state.overlays[index];
		if (overlay?.kind !== 'form') return;
		const state = reduceForm(spec, overlay.state, action);
		model.dispatch({type: 'overlay/changedAt', index, overlay: {...overlay, state}});
	}

	#close(spec: FormSpec): void {
		const index = this.#indexOf(spec);
		if (index !== -1) this.#options.model.dispatch({type: 'overlay/closedAt', index});
	}

	#indexOf(spec: FormSpec): number {
		return this.#options.model.state.overlays.findIndex((each) => each.kind === 'form' && each.spec === spec);
	}
}
