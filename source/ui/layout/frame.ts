/** Draws a pane's frame around its lines: a box, or a bar above them. */
import {fitCells, truncate} from '../../text/fit.ts';
import {type SafeText, type StyledText, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';

type FrameOptions = {
	readonly kind: 'box' | 'bar';
	readonly width: number;
	readonly isFocused: boolean;
	/** What the border is painted as; default by the focus. */
	readonly border?: Role;
	readonly title: StyledText;
	readonly position: SafeText;
};

/** The inside of a frame of that outer size. */
export function insideOf(kind: 'box' | 'bar', size: {width: number; height: number}): {width: number; height: number} {
	const sides = kind === 'box' ? 2 : 0;
	const ends = kind === 'box' ? 2 : 1;
	return {width: Math.max(0, size.width - sides), height: Math.max(0, size.height - ends)};
}

/** `lines` are as wide as the inside; the result is as wide as the frame. */
export function framed(lines: readonly StyledText[], options: FrameOptions, theme: Theme): StyledText[] {
	const glyphs = options.isFocused ? theme.glyphs.focusBorder : theme.glyphs.border;
	const line = (text: string): StyledText => paint(theme, borderRole(options), toSafeText(text));
	if (options.kind === 'bar') return [titleLine(options, theme, '', ''), ...lines];
	const side = line(glyphs.vertical);
	const bottom = glyphs.bottomLeft + glyphs.horizontal.repeat(Math.max(0, options.width - 2)) + glyphs.bottomRight;
	return [
		titleLine(options, theme, glyphs.topLeft, glyphs.topRight),
		...lines.map((text) => styled`${side}${text}${side}`),
		line(bottom),
	];
}

/** `┏━ 2 services 14 ━━━━━━━━━━━━ 3/14 ━┓`. */
function titleLine(options: FrameOptions, theme: Theme, left: string, right: string): StyledText {
	const {width, isFocused} = options;
	const {horizontal} = isFocused ? theme.glyphs.focusBorder : theme.glyphs.border;
	const border = (text: string): StyledText => paint(theme, borderRole(options), toSafeText(text));
	const ends = cellWidth(left) + cellWidth(right) + 2;
	const position = options.position === '' ? '' : ` ${options.position} `;
	const roomForTitle = width - ends - cellWidth(position) - 3;
	if (roomForTitle < 4) return fitCells(border(left + horizontal.repeat(Math.max(0, width - 2)) + right), width);
	const title = truncate(options.title, roomForTitle);
	const fill = Math.max(0, width - ends - cellWidth(position) - cellWidth(title) - 2);
	return styled`${border(left + horizontal)} ${title} ${border(horizontal.repeat(fill))}${toSafeText(position)}${border(horizontal + right)}`;
}

function borderRole({border, isFocused}: FrameOptions): Role {
	return border ?? (isFocused ? 'focus' : 'border');
}
