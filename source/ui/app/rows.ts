/** The rows of the screen out of what is to be seen: every part at its place, each pane in its frame. */
import type {StyledText} from '../../text/safe-text.ts';
import {framed} from '../layout/frame.ts';
import {type Block, stacked} from '../layout/stack.ts';
import type {Theme} from '../theme/theme.ts';
import type {PaneView, ScreenView} from './view.ts';

/** As many as the screen has, each exactly as wide as it. */
export function screenRows(view: ScreenView): StyledText[] {
	return stacked(blocksOf(view), view.size);
}

function blocksOf(view: ScreenView): Block[] {
	const {columns, rows} = view.size;
	const bar = (y: number, lines: readonly StyledText[]): Block => ({
		rect: {x: 0, y, width: columns, height: lines.length},
		lines,
	});
	if (view.kind === 'tooSmall') return [bar(0, view.lines)];
	const {header, banner, panes, overlays, message, footer, theme} = view;
	return [
		bar(0, [header]),
		bar(1, banner),
		...panes.map((pane) => inFrame(pane, theme)),
		...overlays,
		bar(rows - 2, [message]),
		bar(rows - 1, [footer]),
	];
}

function inFrame({rect, isFocused, title, position, lines}: PaneView, theme: Theme): Block {
	return {rect, lines: framed(lines, {kind: rect.frame, width: rect.width, isFocused, title, position}, theme)};
}
