/** The palette's list over the panes, right above the line that is typed into. */
import {fitCells} from '../../text/fit.ts';
import {type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {PromptOverlay, Suggestion} from '../app/overlay.ts';
import type {Rect} from '../layout/pane.ts';
import type {PopupView} from '../layout/popup.ts';
import {paint, type Theme} from '../theme/theme.ts';

const mostRows = 14;
const mostCells = 92;
const keyCells = 9;

export type Offered = Pick<PromptOverlay, 'suggestions' | 'focus'> & {
	readonly spec: Pick<PromptOverlay['spec'], 'label' | 'title'>;
};

export function paletteBox({spec, suggestions, focus}: Offered, body: Rect, theme: Theme): PopupView {
	const width = Math.min(body.width, mostCells);
	const rows = Math.max(1, Math.min(mostRows, suggestions.length, body.height - 2));
	const top = Math.max(0, Math.min(focus - Math.floor(rows / 2), suggestions.length - rows));
	const shown = suggestions.slice(top, top + rows);
	const lines = shown.map((suggestion, row) => suggestionLine(suggestion, top + row === focus, width - 2, theme));
	if (lines.length === 0) lines.push(paint(theme, 'dim', fitCells(toSafeText(' no match'), width - 2)));
	const height = Math.min(body.height, lines.length + 2);
	const position = suggestions.length > rows ? safe`${focus + 1}/${suggestions.length}` : toSafeText('');
	return {
		choices: {line: 1, first: top, count: shown.length},
		rect: {x: body.x, y: body.y + body.height - height, width, height},
		border: 'focus',
		title: paint(theme, 'title', spec.title ?? spec.label),
		position,
		lines: lines.slice(0, Math.max(0, height - 2)),
	};
}

/** Label, what it is, and the key that does the same. */
function suggestionLine({label, detail, key}: Suggestion, isFocused: boolean, width: number, theme: Theme): StyledText {
	const marker = isFocused ? theme.glyphs.selection : toSafeText(' ');
	const detailCells = Math.min(cellWidth(detail), Math.floor(width / 3));
	const labelCells = Math.max(0, width - detailCells - keyCells - 4);
	const name = fitCells(label, labelCells);
	const what = fitCells(detail, detailCells);
	const shownKey = fitCells(key, keyCells, 'right');
	const line = styled`${marker}${name}  ${paint(theme, 'dim', what)} ${paint(theme, 'key', shownKey)}`;
	const fitted = fitCells(line, width);
	return isFocused ? paint(theme, 'selection', fitted) : fitted;
}
