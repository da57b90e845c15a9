/** What is said on the message line. */
import type {Clock} from '../../runtime/clock.ts';
import type {SafeText} from '../../text/safe-text.ts';
import type {Messages, Tone} from './capabilities.ts';
import type {ScreenModel} from './screen-model.ts';

export class MessageVerbs implements Messages {
	readonly #model: ScreenModel;
	readonly #clock: Clock;

	constructor({model, clock}: {readonly model: ScreenModel; readonly clock: Clock}) {
		this.#model = model;
		this.#clock = clock;
	}

	/** @param actionId the action that it tells of */
	say(tone: Tone, text: SafeText, actionId?: number): void {
		this.#model.dispatch({type: 'message/said', message: {tone, text, at: this.#clock.now(), actionId}});
	}

	/** What was said holds no more. */
	wipe(): void {
		this.#model.dispatch({type: 'message/wiped'});
	}

	refuse(reason: SafeText, holds: () => boolean): void {
		const message = {tone: 'warning', text: reason, at: this.#clock.now(), holds} as const;
		this.#model.dispatch({type: 'message/said', message});
	}
}
