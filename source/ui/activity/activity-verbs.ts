/** What keys can do in the activity view: move, copy, and go on with what is not over as desired. */
import type {ActionRequest} from '../../cluster/intent.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {ActivityAnswer, ActivityControls, App} from '../app/capabilities.ts';
import type {Motion} from '../app/motion.ts';
import type {ScreenModel} from '../app/screen-model.ts';
import {topOverlay} from '../app/state.ts';
import {copyCommand} from '../dialog/copy-command.ts';
import type {TextVerbs} from '../text-view/text-verbs.ts';
import {type ActivityItem, activityItems} from './activity-items.ts';

export type ActivityVerbsOptions = {
	readonly model: ScreenModel;
	readonly app: Pick<App, 'consent' | 'messages' | 'navigation'> & {readonly texts: Pick<TextVerbs, 'copy'>};
};

const pageRows = 10;

export class ActivityVerbs implements ActivityControls {
	readonly #options: ActivityVerbsOptions;

	constructor(options: ActivityVerbsOptions) {
		this.#options = options;
	}

	get selected(): ActivityItem | undefined {
		const top = topOverlay(this.#options.model.state);
		return selectedOf(this.#items, top?.kind === 'activity' ? top.selected : undefined);
	}

	move(motion: Motion): void {
		const items = this.#items;
		const at = items.findIndex(({key}) => key === this.selected?.key);
		const selected = items[targetOf(motion, at, items.length)]?.key;
		this.#options.model.dispatch({type: 'overlay/changed', overlay: {kind: 'activity', selected}});
	}

	copy(): void {
		const {selected} = this;
		const {app} = this.#options;
		const copy = (text: SafeText, done: SafeText): void => app.texts.copy(text, done);
		if (selected) copyCommand(selected, {copy, say: (role, words) => app.messages.say(role, words)});
		else app.messages.say('plain', toSafeText('There is nothing to copy.'));
	}

	/** What that would ask for, of the item under the cursor; undefined where there is nothing of the kind. */
	answer(to: ActivityAnswer): ActionRequest | undefined {
		const {selected} = this;
		const troubled = selected?.troubled;
		const update = troubled?.update?.state;
		switch (to) {
			case 'rest':
				return this.#batch?.rest;
			case 'continue':
				return troubled && update !== 'rollback_started'
					? {action: 'service.continue', serviceId: troubled.id}
					: undefined;
			case 'rollback':
				return troubled && update === 'paused' ? {action: 'service.rollback', serviceId: troubled.id} : undefined;
			case 'undo':
				return selected?.undo ?? selected?.batch?.undo;
			default:
				return to satisfies never;
		}
	}

	ask(to: ActivityAnswer): void {
		const request = this.answer(to);
		if (request) this.#options.app.consent.ask(request);
	}

	/** Goes to the object in its list. */
	open(): void {
		const id = this.selected?.objectId;
		if (id === undefined) return;
		const {model, app} = this.#options;
		model.dispatch({type: 'overlay/closed'});
		app.navigation.goTo(model.cluster.nodes.has(id) ? 'nodes' : 'services', id);
	}

	get #items(): readonly ActivityItem[] {
		const {app, model} = this.#options;
		return activityItems(app.consent.actions, model.cluster);
	}

	/** Of a batch, or of the batch that the selected one belongs to. */
	get #batch(): ActivityItem['batch'] {
		const items = this.#items;
		const at = items.findIndex(({key}) => key === this.selected?.key);
		return items.slice(0, at + 1).findLast(({isPart}) => !isPart)?.batch;
	}
}

export const selectedOf = (items: readonly ActivityItem[], key: string | undefined): ActivityItem | undefined =>
	items.find((item) => item.key === key) ?? items[0];

function targetOf(motion: Motion, at: number, length: number): number {
	switch (motion.type) {
		case 'first':
			return 0;
		case 'last':
			return length - 1;
		case 'move':
			return clamp(at + motion.by, length);
		case 'page':
			return clamp(at + Math.trunc(motion.by * pageRows), length);
		default:
			return motion satisfies never;
	}
}

const clamp = (index: number, length: number): number => Math.max(0, Math.min(index, length - 1));
