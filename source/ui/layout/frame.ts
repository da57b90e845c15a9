/** The lines of a frame: its title, and the border below a box. */
import {fitCells, truncate} from '../../text/fit.ts';
import {type SafeText, type StyledText, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {type BorderGlyphs, paint, type Role, type Theme} from '../theme/theme.ts';

export type FrameStyle = {
	/** A box all around, or a title line above. */
	readonly kind: 'box' | 'bar';
	/** Of the whole, in cells. */
	readonly width: number;
	readonly isFocused: boolean;
	/** What the border is painted as; default by the focus. */
	readonly border?: Role | undefined;
};

type TitleOptions = FrameStyle & {readonly title: StyledText; readonly position: SafeText};

/** The inside of a frame of that outer size. */
export function insideOf(kind: 'box' | 'bar', size: {width: number; height: number}): {width: number; height: number} {
	const sides = kind === 'box' ? 2 : 0;
	const ends = kind === 'box' ? 2 : 1;
	return {width: Math.max(0, size.width - sides), height: Math.max(0, size.height - ends)};
}

/** Where the title begins in its line, in cells. */
export function titleStart(kind: FrameStyle['kind']): number {
	return kind === 'box' ? 3 : 2;
}

/** `┏━ 2 services 14 ━━━━━━━━━━━━ 3/14 ━┓`. */
export function titleLine(options: TitleOptions, theme: Theme): StyledText {
	const {width} = options;
	const {horizontal, topLeft, topRight} = glyphsOf(options, theme);
	const [left, right] = options.kind === 'box' ? [topLeft, topRight] : ['', ''];
	const border = (text: string): StyledText => paint(theme, borderRole(options), toSafeText(text));
	const ends = cellWidth(left) + cellWidth(right) + 2;
	const position = options.position === '' ? '' : ` ${options.position} `;
	const roomForTitle = width - ends - cellWidth(position) - 3;
	if (roomForTitle < 4) return fitCells(border(left + horizontal.repeat(Math.max(0, width - 2)) + right), width);
	const title = truncate(options.title, roomForTitle);
	const fill = Math.max(0, width - ends - cellWidth(position) - cellWidth(title) - 2);
	return styled`${border(left + horizontal)} ${title} ${border(horizontal.repeat(fill))}${toSafeText(position)}${border(horizontal + right)}`;
}

/** The border below a box. */
export function bottomLine(options: FrameStyle, theme: Theme): StyledText {
	const {bottomLeft, horizontal, bottomRight} = glyphsOf(options, theme);
	const line = bottomLeft + horizontal.repeat(Math.max(0, options.width - 2)) + bottomRight;
	return paint(theme, borderRole(options), toSafeText(line));
}

function glyphsOf({isFocused}: FrameStyle, {glyphs}: Theme): BorderGlyphs {
	return isFocused ? glyphs.focusBorder : glyphs.border;
}

export function borderRole({border, isFocused}: Pick<FrameStyle, 'border' | 'isFocused'>): Role {
	return border ?? (isFocused ? 'focus' : 'border');
}
