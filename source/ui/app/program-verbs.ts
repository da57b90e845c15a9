/** What keys do with the program itself. */
import type {Sync} from '../../cluster/model.ts';
import {safe, toSafeText} from '../../text/safe-text.ts';
import type {App, Program} from './capabilities.ts';
import type {Contexts} from './contexts.ts';
import type {ScreenModel} from './screen-model.ts';

type ProgramOptions = {
	readonly model: ScreenModel;
	readonly sync: Pick<Sync, 'refresh'>;
	readonly contexts: Contexts;
	readonly chooseTheme: (id: string) => void;
	readonly isMouseOn: boolean;
	readonly onRedraw: () => void;
	readonly onSuspend: () => void;
	readonly onQuit: () => void;
	readonly app: Pick<App, 'keymap' | 'messages' | 'navigation'>;
};

export class ProgramVerbs implements Program {
	readonly #options: ProgramOptions;
	#isMouseOn: boolean;

	constructor(options: ProgramOptions) {
		this.#options = options;
		this.#isMouseOn = options.isMouseOn;
	}

	/** Whether clicks are wanted here at all. */
	get isMouseOn(): boolean {
		return this.#isMouseOn;
	}

	refresh(): void {
		const {app, contexts, sync} = this.#options;
		const isOfContexts = app.navigation.focus === 'contexts';
		if (isOfContexts) contexts.ask(true);
		else sync.refresh();
		app.messages.say('plain', toSafeText(isOfContexts ? 'Asking all engines again.' : 'Asking the engine again.'));
	}

	chooseTheme(id: string): void {
		this.#options.chooseTheme(id);
	}

	toggleMouse(): void {
		const {messages, keymap} = this.#options.app;
		this.#isMouseOn = !this.#isMouseOn;
		const off = safe`The mouse is off: your terminal selects text; ${keymap.keyOf('program.mouse')} turns it on.`;
		messages.say('plain', this.#isMouseOn ? toSafeText('The mouse is on.') : off);
	}

	redraw(): void {
		this.#options.onRedraw();
	}

	hideStrip(): void {
		this.#options.model.dispatch({type: 'strip/hidden'});
	}

	suspend(): void {
		this.#options.onSuspend();
	}

	quit(): void {
		this.#options.onQuit();
	}
}
