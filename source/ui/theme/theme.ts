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
	/** Whose swarm it is, in the header: what makes production look like production. */
	| 'swarm'
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
	/** Of a row that is marked. */
	readonly mark: SafeText;
	readonly leader: SafeText;
	readonly ascending: SafeText;
	readonly descending: SafeText;
	readonly ellipsis: string;
	/** One cell of a bar. */
	readonly bar: {readonly full: string; readonly empty: string};
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
	/** The selected row gives up its own colours: where there are too few, some can't be read on the selection's. */
	readonly isSelectionPlain?: boolean;
	/** What looks otherwise where a terminal has sixteen colours, because the nearest one means something else. */
	readonly inSixteen?: Partial<Readonly<Record<Role, Style>>>;
	/** Tell the speakers of a log apart; none in a theme without colours. */
	readonly speakers: readonly Style[];
};

/** The theme with a context's own colour on what says whose swarm it is: the header's name and the borders. */
export function withAccent(theme: Theme, accent: Style | undefined): Theme {
	if (accent === undefined || theme.speakers.length === 0) return theme;
	const own = {swarm: `1;7;${accent}`, border: accent, focus: `1;${accent}`, accent};
	return {...theme, styles: {...theme.styles, ...own}};
}

/** `text` in the style of its role; styles inside it are added on top. */
export function paint(theme: Theme, role: Role, text: StyledText): StyledText {
	return withStyle(theme.styles[role], text);
}

/** `text` in the colour of the speaker of that number, counted in the order in which they spoke first. */
export function paintSpeaker(theme: Theme, speaker: number, text: StyledText): StyledText {
	return withStyle(theme.speakers[speaker % Math.max(1, theme.speakers.length)] ?? '', text);
}
