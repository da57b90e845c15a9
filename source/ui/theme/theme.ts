/** What a theme is: a style for every role that a text can play on the screen, and the glyphs that carry meaning. */
import type {Health} from '../../cluster/model.ts';
import {type SafeText, type StyledText, withStyle} from '../../text/safe-text.ts';
import type {Style} from '../../text/sgr.ts';

/** What a text is, never how it looks. */
export type Role =
	| Health
	| 'text'
	| 'dim'
	| 'accent'
	| 'border'
	| 'focus'
	| 'title'
	| 'heading'
	| 'selection'
	| 'key'
	| 'good'
	| 'warning'
	| 'danger'
	| 'match'
	| 'matchHere'
	| 'cursor'
	| 'button'
	| 'buttonFocus'
	| 'banner'
	| 'yamlKey'
	| 'yamlValue';

export type Glyphs = {
	/** Health that shows without colour: every shape differs. */
	readonly health: Readonly<Record<Health, SafeText>>;
	readonly selection: SafeText;
	readonly leader: SafeText;
	readonly ascending: SafeText;
	readonly descending: SafeText;
	readonly ellipsis: string;
	/** Border pieces of a pane without and with the focus: the difference must show without colour too. */
	readonly border: BorderGlyphs;
	readonly focusBorder: BorderGlyphs;
};

export type BorderGlyphs = {
	readonly topLeft: string;
	readonly topRight: string;
	readonly bottomLeft: string;
	readonly bottomRight: string;
	readonly horizontal: string;
	readonly vertical: string;
};

export type Theme = {
	readonly id: string;
	readonly title: SafeText;
	readonly styles: Readonly<Record<Role, Style>>;
	readonly glyphs: Glyphs;
	/** Tells the speakers of a log apart: which one gets which follows from its name alone. */
	readonly prefixes: readonly Style[];
};

/** `text` in the style of its role; styles inside it are added on top. */
export function paint(theme: Theme, role: Role, text: StyledText): StyledText {
	return withStyle(theme.styles[role], text);
}

/** `text` in the colour of who speaks: the same name has the same colour always and everywhere. */
export function paintPrefix(theme: Theme, name: string, text: StyledText): StyledText {
	if (theme.prefixes.length === 0) return text;
	let hash = 0;
	for (let index = 0; index < name.length; index++) hash = (hash * 31 + name.charCodeAt(index)) >>> 0;
	return withStyle(theme.prefixes[hash % theme.prefixes.length] ?? '', text);
}
