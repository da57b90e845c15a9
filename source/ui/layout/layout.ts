/** Where things lie on the screen: pure geometry, in cells from the top left. */
import type {KindId} from '../kinds/kind-id.ts';

/** What can have the keys: the four panes, and every other kind as a view of its own. */
export type PaneId = KindId | 'logs';

/** Those that stand beside each other. */
export const paneIds = ['nodes', 'services', 'tasks', 'logs'] as const satisfies PaneId[];
type SharingPane = (typeof paneIds)[number];

/** Every other kind is a view: it has the whole body, and Esc leads back to the panes. */
export function isView(id: PaneId): boolean {
	return placeOf(id) === -1;
}

/** Where it stands among the panes, from 0; -1 for a view. */
export function placeOf(id: PaneId): number {
	const panes: readonly PaneId[] = paneIds;
	return panes.indexOf(id);
}

export type Rect = {readonly x: number; readonly y: number; readonly width: number; readonly height: number};

export type PaneRect = Rect & {
	readonly id: PaneId;
	/** A box with borders all around, or a title line above rows of the whole width. */
	readonly frame: 'box' | 'bar';
	/** Whether there is room for the column titles. */
	readonly hasHeading: boolean;
};

export type LayoutPreferences = {
	readonly focus: PaneId;
	readonly isZoomed: boolean;
	/** Lines of a banner under the header, 0 for none. */
	readonly bannerLines: number;
	/** How many nodes there are: few of them leave their room to the services. */
	readonly nodeCount: number;
};

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
	return isWide ? twoColumns(body, preferences) : stacked(body, preferences);
}

function onePane(body: Rect, id: PaneId): PaneRect {
	return {...body, id, frame: 'bar', hasHeading: body.height >= 4};
}

/**
 * The cluster on the left, the tasks beside it, the logs below over the whole width: log lines are long, and a terminal
 * can only scroll whole rows, so that one more line costs a tenth of the bytes there.
 */
function twoColumns(body: Rect, {nodeCount}: LayoutPreferences): PaneRect[] {
	const left = Math.floor(body.width / 2);
	const right = body.width - left;
	const boxFrame = 3; // borders and column titles
	const logs = Math.floor(body.height * 0.36);
	const top = body.height - logs;
	const nodes = clamp(nodeCount + boxFrame, 8, Math.floor(top * 0.45));
	const box = (id: PaneId, x: number, y: number, width: number, height: number): PaneRect => ({
		id,
		x,
		y,
		width,
		height,
		frame: 'box',
		hasHeading: true,
	});
	return [
		box('nodes', body.x, body.y, left, nodes),
		box('services', body.x, body.y + nodes, left, top - nodes),
		box('tasks', body.x + left, body.y, right, top),
		box('logs', body.x, body.y + top, body.width, logs),
	];
}

/**
 * All four under each other over the whole width. The one in focus gets the room that a list needs to be worked in, the
 * others keep enough to see that they live.
 */
function stacked(body: Rect, {focus, nodeCount}: LayoutPreferences): PaneRect[] {
	const weights: Record<SharingPane, number> = {nodes: 2, services: 3, tasks: 3, logs: 3};
	const least = body.height >= 30 ? 5 : 3;
	const heights = new Map<PaneId, number>(paneIds.map((id) => [id, least]));
	let rest = body.height - least * paneIds.length;
	const focusTarget = Math.min(rest, Math.max(0, Math.ceil(body.height * 0.5) - least));
	// A focused list of three nodes has no use for half the screen.
	const focusNeed = focus === 'nodes' ? Math.min(focusTarget, Math.max(0, nodeCount + 2 - least)) : focusTarget;
	heights.set(focus, least + focusNeed);
	rest -= focusNeed;
	const sharing = paneIds.filter((id) => id !== focus);
	const total = sharing.reduce((sum, id) => sum + weights[id], 0);
	let given = 0;
	for (const id of sharing) {
		const share = Math.floor((rest * weights[id]) / total);
		heights.set(id, (heights.get(id) ?? least) + share);
		given += share;
	}
	const last: PaneId = focus === 'logs' ? 'services' : 'logs';
	heights.set(last, (heights.get(last) ?? least) + rest - given);
	let y = body.y;
	return paneIds.map((id) => {
		const height = heights.get(id) ?? least;
		const pane: PaneRect = {...body, id, y, height, frame: 'bar', hasHeading: id !== 'logs' && height >= 5};
		y += height;
		return pane;
	});
}

function clamp(value: number, least: number, most: number): number {
	return Math.max(Math.min(value, most), Math.min(least, most));
}
