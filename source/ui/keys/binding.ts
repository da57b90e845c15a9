/** Keys as data: what a row of the keymap says. Footer, help screen, palette and docs/keys.md read these rows. */
import type {SafeText} from '../../text/safe-text.ts';
import type {KindId} from '../kinds/kind-id.ts';
import type {PaneId} from '../layout/pane.ts';

/**
 * Where a key is bound. Looked up from the most particular to the most general: `always` works whatever is on top; then
 * an overlay (text, dialog, chooser, prompt) takes all keys for itself; else the pane's own keys come first, then those of
 * every list, those of everywhere.
 */
export type KeyScope =
	| 'always'
	| 'everywhere'
	/** The panes, and the texts over them. */
	| 'guide'
	| 'list'
	| KindId
	| 'logs'
	| 'activity'
	| 'inspect'
	| 'text'
	| 'dialog'
	| 'chooser'
	| 'prompt'
	| 'form'
	/** A form, where nothing can be typed: a choice, the button. */
	| 'formChoice';

/** The scopes that get keys in a pane with nothing on top of it, the most particular first. */
export function scopesOf(focus: PaneId): readonly KeyScope[] {
	const own: readonly KeyScope[] = focus === 'logs' ? ['logs'] : [focus, 'list'];
	return ['always', ...own, 'everywhere', 'guide'];
}

/** What a key is for: the parts of the help screen. */
export type KeyGroup = 'act' | 'look' | 'move' | 'edit' | 'program';

/** @typeParam App what `run` and `enabled` get; the table itself knows nothing of the screen's insides */
export type KeyBinding<App> = {
	/** Stable, dotted: what a user's own keymap names. */
	readonly id: string;
	/** Chords, see terminal/input-events. The first is the one that is shown where there is room for one. */
	readonly keys: readonly string[];
	readonly scope: KeyScope;
	readonly group: KeyGroup;
	/** `Scale: set the number of replicas`, as the help and the palette say it. */
	readonly title: SafeText;
	/** What the footer says, shorter still, and how soon it should be there: 1 first. Not in the footer without it. */
	readonly footer?: {readonly label: SafeText; readonly rank: number};
	/** What is selected is in a state that asks for this key: it then stands first in the footer. */
	readonly isWanted?: (app: App) => boolean;
	/** It changes the swarm: off in read-only mode. */
	readonly isChange?: boolean;
	/** `true`, or the sentence that says why it does nothing now. */
	readonly enabled: (app: App) => true | SafeText;
	readonly run: (app: App) => void;
};

/** The key that does something, by the ID of its binding, as it is shown; '' when none does. */
export type KeyOf = (id: string) => SafeText;

export const always = (): true => true;
