/** The themes, as data. Colours are of the terminal's own palette where it can be trusted to be readable. */
import type {Background} from '../../terminal/background.ts';
import type {ColourDepth} from '../../terminal/capabilities.ts';
import {toSafeText} from '../../text/safe-text.ts';
import type {Style} from '../../text/sgr.ts';
import type {BorderGlyphs, Glyphs, Role, Theme} from './theme.ts';

const lightBorder: BorderGlyphs = {
	topLeft: '┌',
	topRight: '┐',
	bottomLeft: '└',
	bottomRight: '┘',
	horizontal: '─',
	vertical: '│',
};

const heavyBorder: BorderGlyphs = {
	topLeft: '┏',
	topRight: '┓',
	bottomLeft: '┗',
	bottomRight: '┛',
	horizontal: '━',
	vertical: '┃',
};

const unicodeGlyphs: Glyphs = {
	health: {
		healthy: toSafeText('●'),
		converging: toSafeText('◐'),
		failing: toSafeText('✗'),
		idle: toSafeText('○'),
		unknown: toSafeText('?'),
	},
	selection: toSafeText('▸'),
	mark: toSafeText('✓'),
	leader: toSafeText('★'),
	ascending: toSafeText('↑'),
	descending: toSafeText('↓'),
	ellipsis: '…',
	bar: {full: '█', empty: '░'},
	border: lightBorder,
	focusBorder: heavyBorder,
};

const dark: Theme = {
	id: 'dark',
	title: toSafeText('Dark'),
	glyphs: unicodeGlyphs,
	// No red and no yellow: those mean trouble.
	speakers: ['36', '35', '32', '94', '96', '95', '92', '34'],
	styles: {
		healthy: '32',
		converging: '33',
		failing: '1;31',
		idle: '90',
		unknown: '35',
		text: '',
		dim: '90',
		accent: '36',
		border: '90',
		focus: '36',
		title: '1',
		swarm: '1',
		heading: '90',
		// Its own foreground too: on a light terminal the default one would be dark on dark.
		selection: '1;38;5;255;48;5;238',
		key: '1;36',
		good: '32',
		warning: '33',
		danger: '1;31',
		match: '30;43',
		matchHere: '30;103',
		cursor: '7',
		button: '',
		buttonFocus: '1;7',
		banner: '1;97;41',
		yamlKey: '36',
		yamlValue: '',
	},
};

const light: Theme = {
	...dark,
	id: 'light',
	title: toSafeText('Light'),
	speakers: ['36', '35', '32', '34'],
	styles: {
		...dark.styles,
		converging: '38;5;130',
		warning: '38;5;130',
		accent: '34',
		focus: '34',
		key: '1;34',
		yamlKey: '34',
		selection: '1;38;5;232;48;5;252',
	},
	// The nearest to amber is red, and yellow can't be read on white.
	inSixteen: {converging: '30;43', warning: '30;43'},
};

/**
 * Every text in the terminal's own foreground; what matters stands on a colour of its own, so that it can be read on any
 * background and from afar. What is dark has no weight: many terminals show bold black as grey.
 */
const highContrast: Theme = {
	...dark,
	id: 'high-contrast',
	title: toSafeText('High contrast'),
	speakers: ['1', '1;4', '4', '7'],
	styles: {
		...dark.styles,
		healthy: '1;32',
		converging: '30;43',
		failing: '1;97;41',
		idle: '',
		unknown: '30;45',
		dim: '',
		accent: '1;4',
		border: '',
		focus: '1',
		heading: '1;4',
		selection: '1;7',
		key: '1;4',
		good: '1;32',
		warning: '30;43',
		danger: '1;97;41',
		yamlKey: '1',
	},
};

/**
 * Blue for good and vermilion for bad, which people who can't tell red from green tell apart (the palette of Okabe and
 * Ito), in shades that can be read on dark and on light.
 */
const colourBlind: Theme = {
	...dark,
	id: 'colour-blind',
	title: toSafeText('Safe for colour blindness'),
	speakers: ['38;5;32', '38;5;136', '38;5;133', '38;5;37', '38;5;166', '38;5;245'],
	styles: {
		...dark.styles,
		healthy: '38;5;32',
		converging: '38;5;136',
		failing: '1;38;5;166',
		idle: '38;5;245',
		unknown: '38;5;133',
		dim: '38;5;245',
		accent: '38;5;37',
		border: '38;5;245',
		focus: '38;5;37',
		heading: '38;5;245',
		key: '1;38;5;37',
		good: '38;5;32',
		warning: '38;5;136',
		danger: '1;38;5;166',
		banner: '1;38;5;231;48;5;166',
		yamlKey: '38;5;37',
	},
};

/** For whoever finds colours tiring: only what needs somebody has one. */
const quiet: Theme = {
	...dark,
	id: 'quiet',
	title: toSafeText('Quiet: colour only for what needs you'),
	speakers: ['1', '38;5;245'],
	styles: {
		...dark.styles,
		healthy: '',
		accent: '1',
		focus: '1',
		key: '1',
		good: '',
		yamlKey: '1',
	},
};

const weightsOnly: Partial<Record<Role, Style>> = {
	failing: '1',
	focus: '1',
	title: '1',
	swarm: '1',
	heading: '2',
	dim: '2',
	border: '2',
	idle: '2',
	selection: '7',
	key: '1',
	danger: '1',
	match: '4',
	matchHere: '1;7',
	cursor: '7',
	buttonFocus: '7',
	banner: '1;7',
};

/** NO_COLOR: weights and inversion only; everything it says is also said by a glyph or a word. */
const colourless: Theme = {
	...dark,
	id: 'no-colour',
	title: toSafeText('No colour'),
	speakers: [],
	styles: Object.fromEntries(Object.keys(dark.styles).map((role) => [role, weightsOnly[role as Role] ?? ''])) as Record<
		Role,
		Style
	>,
};

export const themes: readonly Theme[] = [dark, light, highContrast, colourBlind, quiet, colourless];

/**
 * The theme to start with: none of the colours where the terminal has none or none are wanted; else the one that was
 * chosen by its ID; else what the terminal answered about its background; else what COLORFGBG tells of it (7 and 15 are the light ones; rxvt, Konsole and others
 * set it).
 */
export function themeFor({
	colours,
	environment,
	background,
	chosen,
}: {
	readonly colours: ColourDepth;
	readonly environment: Readonly<Record<string, string | undefined>>;
	readonly background?: Background | undefined;
	/** What is no theme's ID (`auto`) chooses none. */
	readonly chosen?: string | undefined;
}): Theme {
	if (colours === 'none') return colourless;
	const own = themes.find(({id}) => id === chosen);
	if (own) return inDepth(own, colours);
	const told = environment['COLORFGBG']?.split(';').at(-1);
	const isLight = background === undefined ? told === '7' || told === '15' : background === 'light';
	return inDepth(isLight ? light : dark, colours);
}

/** The shades that a selection lies on are not among sixteen colours: there it is inverse, all of it alike. */
function inDepth(theme: Theme, colours: ColourDepth): Theme {
	if (colours !== '16') return theme;
	return {...theme, isSelectionPlain: true, styles: {...theme.styles, ...theme.inSixteen, selection: '1;7'}};
}
