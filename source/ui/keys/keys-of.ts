/** How keys are written down: one object each; what all keys of a place have in common is said once. */
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {App} from '../app/capabilities.ts';
import {always, type KeyBinding, type KeyGroup, type KeyScope} from './binding.ts';

/** What every key says of itself, whatever it runs. */
export type KeyWords = {
	/** Stable, dotted: what a user's own keymap names. */
	readonly id: string;
	/** Chords, the one that is shown first. */
	readonly keys: readonly string[];
	/** `Scale: set the number of replicas`. */
	readonly title: string;
	/** What the footer says, and how soon it should be there: 1 first. Not in the footer without it. */
	readonly footer?: {readonly label: string; readonly rank: number};
};

export type KeyEntry = KeyWords & {
	/** Another one than its neighbours'. */
	readonly group?: KeyGroup;
	/** What is selected is in a state that asks for this key: it then stands first in the footer. */
	readonly isWanted?: (app: App) => boolean;
	/** It changes the swarm: off in read-only mode. */
	readonly isChange?: boolean;
	/** `true`, or the sentence that says why it does nothing now; default: always `true`. */
	readonly enabled?: (app: App) => true | SafeText;
	readonly run: (app: App) => void;
};

/** The bindings of keys that work in the same place. */
export function keysOf(
	place: {readonly scope: KeyScope; readonly group: KeyGroup},
	entries: readonly KeyEntry[],
): KeyBinding<App>[] {
	return entries.map(({group = place.group, enabled = always, isChange, isWanted, run, ...words}) => ({
		...wordsOf(words),
		scope: place.scope,
		group,
		...(isChange !== undefined && {isChange}),
		...(isWanted && {isWanted}),
		enabled,
		run,
	}));
}

/** The words of a key as the screen may show them. */
export function wordsOf({
	id,
	keys,
	title,
	footer,
}: KeyWords): Pick<KeyBinding<App>, 'id' | 'keys' | 'title' | 'footer'> {
	return {
		id,
		keys,
		title: toSafeText(title),
		...(footer && {footer: {label: toSafeText(footer.label), rank: footer.rank}}),
	};
}
