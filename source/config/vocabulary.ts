/** What a configuration can name: the program's own tables, as far as they matter here. The caller collects them. */

/** An action that keys are bound to, as the keymap has it. */
export type Action = {
	readonly id: string;
	/** Chords by default. */
	readonly keys: readonly string[];
	readonly scope: string;
};

type View = {
	/** IDs, in their order on the screen. */
	readonly columns: readonly string[];
	/** What `{…}` in a custom command can stand for, of the selected object. */
	readonly fields: readonly string[];
};

export type Vocabulary = {
	/** IDs, `auto` not among them. */
	readonly themes: readonly string[];
	readonly views: Readonly<Record<string, View>>;
	readonly actions: readonly Action[];
};

/** The scope whose keys come before all others, whatever is open (ui/keys). */
export const firstScope = 'always';

/** The scope of what works in every list. */
export const listScope = 'list';

/** The scope of what works in every pane. */
export const everywhereScope = 'everywhere';

/** Where typed characters go into a field. */
export const typingScope = 'prompt';
