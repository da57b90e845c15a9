/** The panes, and what has to be known to lay them out. */
import type {KindId} from '../kinds/kind-id.ts';

/** What can have the keys: the four panes, and every other kind as a view of its own. */
export type PaneId = KindId | 'logs';

/** Those that stand beside each other. */
export const paneIds = ['nodes', 'services', 'tasks', 'logs'] as const satisfies PaneId[];
export type SharingPane = (typeof paneIds)[number];

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
	readonly contents: PaneContents;
};

/** What the lists hold: they take no more room than that, and what nobody needs is the logs'. */
export type PaneContents = {
	/** Rows of each list. */
	readonly nodes: number;
	readonly services: number;
	readonly tasks: number;
	/** Nodes that are not as they should be; while there are none, a line tells of all. */
	readonly troubledNodes: number;
};
