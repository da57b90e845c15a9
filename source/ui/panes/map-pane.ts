/** The topology in its view: a line per node with its tasks as blocks, by zone; below them what the blocks mean. */

import type {Moves} from '../../cluster/intent.ts';
import type {ClusterState} from '../../cluster/model.ts';
import {refusalOf} from '../../cluster/refusals.ts';
import {type MapRow, tasksByNode, zoneKeyOf} from '../../cluster/topology.ts';
import {count, plural} from '../../text/format.ts';
import {joinStyled, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {Lists} from '../app/lists.ts';
import type {ScreenState} from '../app/state.ts';
import type {PaneView} from '../app/view.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/layout.ts';
import {missingLine, noteLine, withSelection} from '../table/table-lines.ts';
import {paint} from '../theme/theme.ts';
import {legendLines} from '../topology/legend.ts';
import {type MapLineLook, mapHeading, mapLine} from '../topology/map-line.ts';
import {signsOf} from '../topology/signs.ts';
import {heightBelow, listWindow, missingText} from './list-pane.ts';

const mostNameCells = 20;

export class MapPane {
	/** Names only ever get wider on the screen: a map whose columns jump with every scroll can't be read. */
	#nameCells = 0;

	/** @param moves of the plan that asks for consent */
	view(state: ScreenState, lists: Lists, rect: PaneRect, moves: Moves | undefined, environment: Environment): PaneView {
		const {theme, cluster} = environment;
		const {table, filterText, marks} = state.lists.topology;
		const rows = lists.rows('topology') as readonly MapRow[];
		const {width} = insideOf(rect.frame, rect);
		const below = heightBelow('topology', rect, environment);
		const height = listWindow(rect, 0, below);
		const window = rows.slice(table.top, table.top + height);
		this.#widen(window);
		const look: Omit<MapLineLook, 'isMarked'> = {
			theme,
			signs: signsOf(cluster.services),
			serviceId: state.mapCursor?.serviceId,
			taskId: undefined,
			nameCells: this.#nameCells,
			width: width - 1,
		};
		const lines: StyledText[] = rect.hasHeading ? [mapHeading(this.#nameCells, theme, width)] : [];
		for (let place = table.top; place < table.top + height; place++) {
			const isSelected = place === table.index && table.selectedId !== undefined;
			const row = rows[table.isMissing && place > table.index ? place - 1 : place];
			if (isSelected && table.isMissing)
				lines.push(missingLine(missingText('topology', state.lists.topology, environment), true, theme, width));
			else if (!row) lines.push(toSafeText(' '.repeat(width)));
			else {
				const taskId = isSelected ? state.mapCursor?.taskId : undefined;
				const line = mapLine(row, moves, {...look, taskId, isMarked: marks.ids.has(row.id)});
				lines.push(withSelection(line, isSelected ? 'here' : 'none', theme));
			}
		}
		if (rows.length === 0)
			lines[rect.hasHeading ? 1 : 0] = noteLine(this.#emptyNote(filterText, cluster), theme, width);
		lines.push(...this.#below(window, below, width, state, environment));
		return {
			rect,
			isFocused: state.focus === 'topology',
			title: titleOf(state, lists, moves !== undefined, environment),
			position:
				table.isMissing || rows.length === 0 ? toSafeText('') : safe`${count(table.index + 1)}/${count(rows.length)}`,
			lines,
		};
	}

	#emptyNote(filterText: string, cluster: ClusterState): string {
		if (filterText.trim() !== '') return 'nothing matches the filter; Esc clears it';
		const refusal = refusalOf('nodes', cluster);
		if (refusal !== undefined) return refusal;
		return cluster.isLoading ? 'reading the nodes…' : 'no node is known yet';
	}

	#below(
		window: readonly MapRow[],
		height: number,
		width: number,
		state: ScreenState,
		environment: Environment,
	): StyledText[] {
		if (height === 0) return [];
		const tasks = window.flatMap((row) => (row.kind === 'zone' ? [] : row.tasks));
		const legend = legendLines({
			cluster: environment.cluster,
			theme: environment.theme,
			serviceIds: new Set(tasks.map(({serviceId}) => serviceId)),
			pickedId: state.mapCursor?.serviceId,
			width,
			height: height - 1,
		});
		return [toSafeText(' '.repeat(width)), ...legend];
	}

	#widen(rows: readonly MapRow[]): void {
		for (const row of rows) {
			if (row.kind === 'node') this.#nameCells = Math.max(this.#nameCells, cellWidth(row.node.name));
		}
		this.#nameCells = Math.min(mostNameCells, Math.max(4, this.#nameCells));
	}
}

/** From this share on the map is told as whole: what starts and stops is never all known. */
const knownFrom = 0.9;

/** How many tasks have a block, of those that are meant to run. */
function knowledgeOf({tasks, services}: Environment['cluster']): {readonly known: number; readonly wanted: number} {
	let [known, wanted] = [0, 0];
	for (const group of tasksByNode(tasks).values()) known += group.length;
	for (const {counts} of services.values()) wanted += counts?.desired ?? 0;
	return {known, wanted};
}

function titleOf(
	{lists: {topology}}: ScreenState,
	lists: Lists,
	isPlanned: boolean,
	{theme, cluster}: Environment,
): StyledText {
	const key = zoneKeyOf(cluster);
	const by = key.of === 'role' ? toSafeText('role') : toSafeText(key.name);
	const parts: StyledText[] = [
		paint(theme, 'title', toSafeText('topology')),
		safe`${plural(cluster.nodes.size, 'node')} by ${by}`,
	];
	const {known, wanted} = knowledgeOf(cluster);
	if (!isPlanned && known < wanted * knownFrom)
		parts.push(paint(theme, 'warning', safe`${count(known)} of ${count(wanted)} tasks known so far`));
	if (topology.filterText.trim() !== '') {
		parts.push(safe`${lists.rows('topology').length}/${lists.total('topology')}`);
		parts.push(paint(theme, 'match', toSafeText(`/${topology.filterText.trim()}`)));
	}
	if (topology.marks.ids.size > 0) parts.push(paint(theme, 'accent', safe`${topology.marks.ids.size} marked`));
	if (isPlanned) parts.push(paint(theme, 'warning', toSafeText('planned: + starts  - stops  ~ replaced  ! no place')));
	return joinStyled(parts, '  ');
}
