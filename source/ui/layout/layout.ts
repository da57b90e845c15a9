/** Where things lie on the screen: pure geometry, in cells from the top left. */
import {isView, type LayoutPreferences, type PaneId, type PaneRect, type Rect} from './pane.ts';
import {stackedPanes} from './stacked.ts';
import {twoColumns} from './two-columns.ts';

export type Layout =
	| {readonly kind: 'tooSmall'}
	| {
			readonly kind: 'panes';
			readonly header: Rect;
			readonly banner: Rect;
			/** All that the panes share: what covers them (inspect, help) lies here. */
			readonly body: Rect;
			readonly panes: readonly PaneRect[];
			readonly message: Rect;
			readonly footer: Rect;
	  };

export const smallest = {columns: 20, rows: 5};
/** Below this, one pane at a time. */
const smallestForPanes = {columns: 60, rows: 16};
/** From here on two panes stand side by side, each with room for its columns. */
const smallestForTwoColumns = {columns: 150, rows: 28};

/**
 * Header, banner, panes, message line and footer for a terminal of that size. The rectangles never overlap and never
 * reach over the edge. On a very low screen the message line shares its row with the footer's.
 */
export function layoutPanes(size: {columns: number; rows: number}, preferences: LayoutPreferences): Layout {
	const {columns, rows} = size;
	if (columns < smallest.columns || rows < smallest.rows) return {kind: 'tooSmall'};
	const line = (y: number, height = 1): Rect => ({x: 0, y, width: columns, height});
	const bannerLines = Math.min(preferences.bannerLines, Math.max(0, rows - 6));
	const footerY = rows - 1;
	const messageY = rows - 2;
	const body = line(1 + bannerLines, messageY - 1 - bannerLines);
	return {
		kind: 'panes',
		header: line(0),
		banner: line(1, bannerLines),
		body,
		panes: panesIn(body, size, preferences),
		message: line(messageY),
		footer: line(footerY),
	};
}

function panesIn(body: Rect, size: {columns: number; rows: number}, preferences: LayoutPreferences): PaneRect[] {
	const isSmall = size.columns < smallestForPanes.columns || size.rows < smallestForPanes.rows;
	if (isSmall || preferences.isZoomed || isView(preferences.focus)) return [onePane(body, preferences.focus)];
	const isWide = size.columns >= smallestForTwoColumns.columns && size.rows >= smallestForTwoColumns.rows;
	return isWide ? twoColumns(body, preferences) : stackedPanes(body, preferences);
}

function onePane(body: Rect, id: PaneId): PaneRect {
	return {...body, id, frame: 'bar', hasHeading: body.height >= 4};
}
