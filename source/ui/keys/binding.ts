/** Keys as data: what a row of the keymap says. Footer, help screen, palette and docs/keys.md read these rows. */
import type {SafeText} from '../../text/safe-text.ts';

/**
 * Where a key is bound. The keys of a pane are looked up first, then those of every list, then those that work
 * everywhere; an overlay (a text, a dialog, a prompt) takes all keys for itself.
 */
export type KeyScope =
	| 'everywhere'
	| 'list'
	| 'nodes'
	| 'services'
	| 'tasks'
	| 'logs'
	| 'text'
	| 'dialog'
	| 'chooser'
	| 'prompt';

/** What a key is for: the headings of the help screen, in this order. */
export type KeyGroup = 'Act' | 'Look' | 'Move' | 'Edit' | 'Program';

/**
 * @typeParam App what `run` and `enabled` get; the table itself knows nothing of the screen's insides
 */
export type KeyBinding<App> = {
	/** Stable, dotted: what a user's own keymap names. */
	readonly id: string;
	/** Names as in keys/key-name.ts. */
	readonly keys: readonly string[];
	readonly scope: KeyScope;
	readonly group: KeyGroup;
	/** `Scale`: a few words, as the help and the palette say it. */
	readonly title: SafeText;
	/** What the footer says, shorter still, and how soon it should be there: 1 first. Left out of the footer without it. */
	readonly footer?: {readonly label: SafeText; readonly rank: number};
	/** It changes the swarm: off in read-only mode. */
	readonly isChange?: boolean;
	/** `true`, or the sentence that says why it does nothing now. */
	readonly enabled: (app: App) => true | SafeText;
	readonly run: (app: App) => void;
};

export const always = (): true => true;
