/** The rows in the window of the topology, and the legend below them. */
import type {Moves} from '../../cluster/intent.ts';
import {refusalOf} from '../../cluster/refusals.ts';
import type {MapRow} from '../../cluster/topology.ts';
import {type StyledText, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {ListState} from '../app/state.ts';
import {missingText} from '../table/list-window.ts';
import {missingLine, noteLine, withSelection} from '../table/table-lines.ts';
import {blocksOf} from './blocks.ts';
import {legendLines} from './legend.ts';
import type {MapCursor} from './map-cursor.ts';
import {type MapLineLook, mapLine} from './map-line.ts';
import {signCells, signsOf, wideSigns} from './signs.ts';

type MapWindow = {
	readonly list: ListState;
	readonly rows: readonly MapRow[];
	/** The task that was picked. */
	readonly cursor: MapCursor | undefined;
	/** Of the plan that asks for consent. */
	readonly moves: Moves | undefined;
	readonly size: {readonly width: number; readonly height: number; readonly nameCells: number};
};

/** What stands before a node's blocks besides its name. */
const headCells = 20;

/** Of any row, also outside of the window: scrolling changes no sign. */
function mostBlocks(rows: readonly MapRow[], moves: Moves | undefined): number {
	let most = 0;
	for (const row of rows) {
		if (row.kind === 'zone') continue;
		most = Math.max(most, moves ? blocksOf(row, moves).length : row.tasks.length);
	}
	return most;
}

/** As many lines as the window is high. */
export function mapLines({list, rows, cursor, moves, size}: MapWindow, environment: Environment): StyledText[] {
	const {theme, cluster} = environment;
	const {table, filterText, marks} = list;
	const {width, height, nameCells} = size;
	const most = mostBlocks(rows, moves);
	const cells = signCells(most, width - nameCells - headCells);
	const look: Omit<MapLineLook, 'isMarked'> = {
		theme,
		signs: signsOf(cluster.services),
		wide: {signs: wideSigns(cluster.services, cells, theme.glyphs.ellipsis), cells},
		serviceId: cursor?.serviceId,
		taskId: undefined,
		nameCells,
		width: width - 1,
	};
	const lines: StyledText[] = [];
	for (let place = table.top; place < table.top + height; place++) {
		const isSelected = place === table.index && table.selectedId !== undefined;
		const row = rows[table.isMissing && place > table.index ? place - 1 : place];
		if (isSelected && table.isMissing)
			lines.push(missingLine(missingText('topology', list, environment), true, theme, width));
		else if (!row) lines.push(toSafeText(' '.repeat(width)));
		else {
			const taskId = isSelected ? cursor?.taskId : undefined;
			const line = mapLine(row, moves, {...look, taskId, isMarked: marks.ids.has(row.id)});
			lines.push(withSelection(line, isSelected ? 'here' : 'none', theme));
		}
	}
	if (rows.length === 0) lines[0] = noteLine(emptyNote(filterText, environment), theme, width);
	return lines;
}

/** What the blocks in the window mean, below an empty line. */
export function legendBelow(
	inWindow: readonly MapRow[],
	cursor: MapCursor | undefined,
	{width, height}: {readonly width: number; readonly height: number},
	{cluster, theme}: Environment,
): StyledText[] {
	if (height === 0) return [];
	const tasks = inWindow.flatMap((row) => (row.kind === 'zone' ? [] : row.tasks));
	const legend = legendLines({
		cluster,
		theme,
		serviceIds: new Set(tasks.map(({serviceId}) => serviceId)),
		pickedId: cursor?.serviceId,
		width,
		height: height - 1,
	});
	return [toSafeText(' '.repeat(width)), ...legend];
}

const mostNameCells = 20;
const leastNameCells = 4;

/** How wide the column of names is: no less than it was. */
export function widestName(rows: readonly MapRow[], before: number): number {
	let widest = Math.max(leastNameCells, before);
	for (const row of rows) if (row.kind === 'node') widest = Math.max(widest, cellWidth(row.node.hostname));
	return Math.min(mostNameCells, widest);
}

function emptyNote(filterText: string, {cluster, keyOf}: Pick<Environment, 'cluster' | 'keyOf'>): string {
	if (filterText.trim() !== '') return `nothing matches the filter; ${keyOf('place.back')} clears it`;
	const refusal = refusalOf('nodes', cluster);
	if (refusal !== undefined) return refusal;
	return cluster.isLoading ? 'reading the nodes…' : 'no node is known yet';
}
