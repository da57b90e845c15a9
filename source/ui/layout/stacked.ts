/** The panes of a screen that is not wide enough for two beside each other. */
import type {LayoutPreferences, PaneContents, PaneRect, Rect, SharingPane} from './pane.ts';

const order: readonly SharingPane[] = ['nodes', 'services', 'tasks', 'logs'];
/** How what is left is shared out, among those that have a use for it. */
const weights: Readonly<Record<SharingPane, number>> = {nodes: 1, services: 3, tasks: 2, logs: 3};
const leastLines: Readonly<Record<Exclude<SharingPane, 'nodes'>, number>> = {services: 3, tasks: 3, logs: 3};
/** From this height on a list has a line for its column titles. */
const headingFrom = 5;
/** Logs that are worth looking at. */
const logGlance = 9;
/** A list that is not worked in needs no more than this to be seen to live. */
const glanceRows = 6;

/**
 * All four under each other over the whole width. The one in focus gets the room that a list needs to be worked in, the
 * others what their rows need, as far as it goes; nodes that are well are one line while room is short.
 */
export function stackedPanes(body: Rect, {focus, contents}: LayoutPreferences): PaneRect[] {
	const needs = needsOf(contents, focus);
	if (isShort(body, needs) && focus !== 'nodes') needs.nodes = leastOf('nodes', contents);
	const heights = new Map(order.map((id) => [id, leastOf(id, contents)]));
	const heightOf = (id: SharingPane): number => heights.get(id) ?? 0;
	const sum = (): number => [...heights.values()].reduce((total, height) => total + height, 0);
	const own = order.find((id) => id === focus) ?? 'services';
	while (sum() > body.height) shrinkTallest(heights, own);
	const target = Math.min(needs[own], Math.ceil(body.height / 2));
	while (sum() < body.height && heightOf(own) < target) heights.set(own, heightOf(own) + 1);
	while (sum() < body.height) {
		const hungry = order.filter((id) => heightOf(id) < needs[id]);
		const [next = 'logs'] = hungry.sort((a, b) => heightOf(a) / weights[a] - heightOf(b) / weights[b]);
		heights.set(next, heightOf(next) + 1);
	}
	let y = body.y;
	return order.map((id) => {
		const height = heightOf(id);
		const pane: PaneRect = {...body, id, y, height, frame: 'bar', hasHeading: id !== 'logs' && height >= headingFrom};
		y += height;
		return pane;
	});
}

/** Lines with which a pane shows all it has; logs never have enough. */
function needsOf({nodes, services, tasks}: PaneContents, focus: string): Record<SharingPane, number> {
	const lines = (rows: number): number => 1 + rows + (1 + rows >= headingFrom - 1 ? 1 : 0);
	return {
		nodes: lines(nodes),
		services: lines(services) + 2,
		tasks: lines(focus === 'tasks' ? tasks + 2 : Math.min(tasks, glanceRows)),
		logs: Number.POSITIVE_INFINITY,
	};
}

/** Not all there is can be seen at once: then nodes take no more lines than have something to tell. */
function isShort({height}: Rect, {nodes, services, tasks}: Readonly<Record<SharingPane, number>>): boolean {
	return nodes + Math.min(services, Math.ceil(height / 2)) + tasks + logGlance > height;
}

const mostTroubledLines = 2;

function leastOf(id: SharingPane, {troubledNodes}: PaneContents): number {
	return id === 'nodes' ? 1 + Math.min(troubledNodes, mostTroubledLines) : leastLines[id];
}

function shrinkTallest(heights: Map<SharingPane, number>, own: SharingPane): void {
	const others = order.filter((id) => id !== own && (heights.get(id) ?? 0) > 1);
	const [tallest = own] = others.sort((a, b) => (heights.get(b) ?? 0) - (heights.get(a) ?? 0));
	heights.set(tallest, (heights.get(tallest) ?? 0) - 1);
}
