/** What a terminal can show, from the environment that it or the user set. */

export type ColourDepth = 'none' | '16' | '256' | 'truecolor';

export type Capabilities = {
	readonly colours: ColourDepth;
	/** Whether lines, blocks and ellipses can be drawn with more than ASCII. */
	readonly isUnicode: boolean;
	/** A terminal that can't place a cursor: no full screen there. */
	readonly isDumb: boolean;
};

type Environment = Readonly<Record<string, string | undefined>>;

export function capabilitiesOf(environment: Environment): Capabilities {
	const terminal = environment['TERM'] ?? '';
	return {
		colours: colourDepth(environment, terminal),
		isUnicode: isUnicode(environment, terminal),
		isDumb: terminal === '' || terminal === 'dumb',
	};
}

/** FORCE_COLOR is asked first, as in Node itself; then NO_COLOR (https://no-color.org: set and not empty). */
function colourDepth(environment: Environment, terminal: string): ColourDepth {
	const forced = forcedDepth(environment['FORCE_COLOR']);
	if (forced) return forced;
	if (environment['NO_COLOR'] || terminal === '' || terminal === 'dumb') return 'none';
	if (/^(?:truecolor|24bit)$/i.test(environment['COLORTERM'] ?? '')) return 'truecolor';
	if (/-(?:direct|truecolor)$|^xterm-(?:kitty|ghostty)$|^(?:alacritty|foot|wezterm)/.test(terminal)) return 'truecolor';
	if (terminal.includes('256color') || /^(?:iTerm|Apple_Terminal)/.test(environment['TERM_PROGRAM'] ?? ''))
		return '256';
	return /^vt(?:52|1\d\d|2[012]\d)$/.test(terminal) ? 'none' : '16';
}

function forcedDepth(value: string | undefined): ColourDepth | undefined {
	if (value === undefined) return undefined;
	const depths: Readonly<Record<string, ColourDepth>> = {
		'0': 'none',
		false: 'none',
		'2': '256',
		'3': 'truecolor',
	};
	return depths[value] ?? '16';
}

/** The locale's character set decides (POSIX: the first that is set of LC_ALL, LC_CTYPE, LANG). */
function isUnicode(environment: Environment, terminal: string): boolean {
	// The Linux console has 512 glyphs: lines, but neither blocks nor most arrows.
	if (terminal === 'linux') return false;
	const locale = environment['LC_ALL'] || environment['LC_CTYPE'] || environment['LANG'] || '';
	return /utf-?8/i.test(locale);
}
