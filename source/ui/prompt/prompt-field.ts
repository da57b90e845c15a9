/** The line that is being edited, with its cursor, seen through a window that follows the cursor. */
import {type SafeText, type StyledText, styled, toSafeText} from '../../text/safe-text.ts';
import {glyphsOf} from '../../text/width.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {LineEdit} from './line-edit.ts';

/** Exactly `width` cells. */
export function promptField({text, cursor}: LineEdit, width: number, theme: Theme, isSelected = false): StyledText {
	const glyphs = [...glyphsOf(text)];
	let units = 0;
	const cursorGlyph = glyphs.findIndex((glyph) => {
		units += glyph.text.length;
		return units > cursor;
	});
	const at = cursorGlyph === -1 ? glyphs.length : cursorGlyph;
	const under = glyphs[at] ?? {text: ' ', width: 1};
	let start = at;
	let used = under.width;
	while (start > 0 && used + (glyphs[start - 1]?.width ?? 0) <= width) {
		start--;
		used += glyphs[start]?.width ?? 0;
	}
	let end = at + 1;
	while (end < glyphs.length && used + (glyphs[end]?.width ?? 0) <= width) {
		used += glyphs[end]?.width ?? 0;
		end++;
	}
	const part = (from: number, to: number): SafeText =>
		toSafeText(
			glyphs
				.slice(from, to)
				.map((glyph) => glyph.text)
				.join(''),
		);
	const padding = toSafeText(' '.repeat(Math.max(0, width - used)));
	const before = isSelected ? paint(theme, 'selection', part(start, at)) : part(start, at);
	return styled`${before}${paint(theme, 'cursor', toSafeText(under.text))}${part(at + 1, end)}${padding}`;
}
