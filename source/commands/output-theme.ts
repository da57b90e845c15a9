import type {Config} from '../config/config.ts';
import type {Surroundings} from '../connection/resolve.ts';
import {type Capabilities, capabilitiesOf} from '../terminal/capabilities.ts';
import {reduceStyle} from '../terminal/colour-depth.ts';
import {toSafeText} from '../text/safe-text.ts';
import {noStyle, type Style} from '../text/sgr.ts';
import type {Role, Theme} from '../ui/theme/theme.ts';
import {themeFor} from '../ui/theme/themes.ts';

/** Where tables go: a terminal, or undefined. */
type Output = {readonly terminal: object | undefined; readonly surroundings: Surroundings};

/** How what is printed looks there. */
export function themeForOutput(config: Config, output: Output): Theme {
	const capabilities = capabilitiesOf(output.surroundings.environment);
	return output.terminal ? themeOn(capabilities, config, output) : plainTheme(capabilities, output);
}

/** The configured theme, in the colours that the terminal has. */
function themeOn({colours}: Capabilities, config: Config, {surroundings: {environment}}: Output): Theme {
	const theme = themeFor({colours, environment, chosen: config.theme});
	// Not bold either: what has no colours, or wants none, may show every escape as it is.
	const reduce = (style: Style): Style => (colours === 'none' ? noStyle : reduceStyle(style, colours));
	const styles = Object.entries(theme.styles).map(([role, style]) => [role, reduce(style)]);
	return {...theme, styles: Object.fromEntries(styles) as Record<Role, string>};
}

/** For other programs: words alone, no signs. */
function plainTheme({isUnicode}: Capabilities, {surroundings: {environment}}: Output): Theme {
	const theme = themeFor({colours: 'none', environment});
	return {...theme, glyphs: {...theme.glyphs, leader: toSafeText(''), ellipsis: isUnicode ? '…' : '...'}};
}
