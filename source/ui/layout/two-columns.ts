/** The panes of a wide screen. */
import type {LayoutPreferences, PaneRect, Rect, SharingPane} from './pane.ts';

/** Borders and column titles. */
const boxFrame = 3;
/** Below a list's rows: what is wrong with the selected one. */
const troubleLines = 2;
/** A list that is not worked in needs no more than this to be seen to live. */
const glanceRows = 6;
const leastBox = boxFrame + 2;

/**
 * The services on the left, as wide as their columns need; nodes and tasks beside them; the logs below over the whole
 * width: log lines are long, and a terminal can only scroll whole rows, so that one more line costs a tenth of the bytes.
 */
export function twoColumns(body: Rect, {focus, contents}: LayoutPreferences): PaneRect[] {
	const right = Math.max(60, Math.floor(body.width * 0.36));
	const left = body.width - right;
	const need = (rows: number): number => rows + boxFrame;
	const tasksNeed = need(
		focus === 'tasks' ? Math.max(contents.tasks, 4) + troubleLines : clamp(contents.tasks, 2, glanceRows),
	);
	const wanted = Math.max(need(contents.services) + troubleLines, need(contents.nodes) + tasksNeed);
	const most = Math.floor(body.height * (focus === 'logs' ? 0.5 : 0.66));
	const top = clamp(wanted, Math.min(most, Math.floor(body.height * 0.4)), most);
	const tasksLeast = focus === 'nodes' ? leastBox : Math.min(tasksNeed, Math.floor(top / 2));
	const nodes = clamp(need(contents.nodes), leastBox, top - tasksLeast);
	const box = (id: SharingPane, x: number, y: number, width: number, height: number): PaneRect => ({
		id,
		x: body.x + x,
		y: body.y + y,
		width,
		height,
		frame: 'box',
		hasHeading: true,
	});
	return [
		box('nodes', left, 0, right, nodes),
		box('services', 0, 0, left, top),
		box('tasks', left, nodes, right, top - nodes),
		box('logs', 0, top, body.width, body.height - top),
	];
}

function clamp(value: number, least: number, most: number): number {
	return Math.max(Math.min(value, most), Math.min(least, most));
}
