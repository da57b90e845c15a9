/** What keys can do with the pane below the lists: choose what it answers, and read on. */
import type {Clock} from '../../runtime/clock.ts';
import type {Motion} from '../app/motion.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import {insideOf} from '../layout/frame.ts';
import type {LogReader} from '../logs/log-reader.ts';
import type {Documents} from '../text-view/documents.ts';
import {initialText, reduceText} from '../text-view/text-state.ts';
import {type Answer, type AnswerTab, answerOf, keyOf, noAnswer} from './answer.ts';

export type AnswerVerbsOptions = {
	readonly model: ScreenModel;
	readonly reader: () => LogReader | undefined;
	/** The text that is shown there. */
	readonly answers: Documents;
	readonly clock: Clock;
};

/** A text needs so many lines to be read beside the lists; where there are fewer, it covers them. */
const readableLines = 12;

export class AnswerVerbs {
	readonly #options: AnswerVerbsOptions;

	constructor(options: AnswerVerbsOptions) {
		this.#options = options;
	}

	get answer(): Answer {
		const {model, reader} = this.#options;
		const {answer, logs} = model.state;
		return answerOf(answer, logs, model.cluster, reader());
	}

	/** Whether the pane has room for a text about that service. */
	canRead(serviceId: string): boolean {
		const {model} = this.#options;
		const {target} = model.state.logs;
		const isSame = target?.kind === 'service' && target.id === serviceId;
		return isSame && (model.rectOf('logs')?.height ?? 0) >= readableLines;
	}

	choose(chosen: AnswerTab): void {
		const {model} = this.#options;
		model.dispatch({type: 'answer/chosen', answer: {chosen, of: keyOf(model.state.logs.target), top: 0}});
	}

	/** Lets the pane answer by itself again; logs that were asked for stay. */
	forget(): void {
		const {model} = this.#options;
		if (model.state.answer.chosen !== 'logs') model.dispatch({type: 'answer/chosen', answer: noAnswer});
	}

	/** To the next tab; false when all of them have been gone through. */
	step(by: number): boolean {
		const {model, reader} = this.#options;
		const {tab, tabs} = this.answer;
		const usual = answerOf(noAnswer, model.state.logs, model.cluster, reader()).tab;
		const next = tabs[(tabs.indexOf(tab) + by + tabs.length) % tabs.length];
		if (next === undefined || next === usual) {
			model.dispatch({type: 'answer/chosen', answer: noAnswer});
			return false;
		}
		this.choose(next);
		return true;
	}

	/** Scrolls the text; false where logs are shown instead. */
	move(motion: Motion): boolean {
		const {model, answers, clock} = this.#options;
		const {source, tab, top} = this.answer;
		const rect = model.rectOf('logs');
		if (!source || !rect) return false;
		const {width, height} = insideOf(rect.frame, rect);
		const {lines} = answers.of(source, model.cluster, width, clock.now());
		const moved = reduceText({...initialText, top}, motion, lines, height);
		const of = keyOf(model.state.logs.target);
		model.dispatch({type: 'answer/chosen', answer: {chosen: tab, of, top: moved.top}});
		return true;
	}
}
