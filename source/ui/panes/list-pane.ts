/** A list in its pane: title, column titles, the rows in the window, the trouble of the selected one. */
import type {TaskScope} from '../../cluster/model.ts';
import {refusalOf} from '../../cluster/refusals.ts';
import {truncateName} from '../../text/fit.ts';
import {count} from '../../text/format.ts';
import {joinStyled, type SafeText, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {Lists} from '../app/lists.ts';
import type {ListState, ScreenState} from '../app/state.ts';
import type {PaneView} from '../app/view.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/layout.ts';
import {isView, placeOf} from '../layout/layout.ts';
import type {Kind, Listed, ServiceScope} from '../registry/kind.ts';
import {type KindId, kindOf} from '../registry/registry.ts';
import type {Column, FittedColumn} from '../table/column.ts';
import {ColumnFitter} from '../table/column-fitter.ts';
import {RowPainter} from '../table/row-painter.ts';
import {gutterWidth, headingLine, missingLine, noteLine, withSelection} from '../table/table-lines.ts';
import type {TableRows} from '../table/table-state.ts';
import {wrapText} from '../text-view/wrap.ts';
import {paint} from '../theme/theme.ts';

const maxTroubleLines = 2;

/** Room for rows in a pane, with the lines of the selected row's trouble taken off. */
export function listWindow(rect: PaneRect, troubleLines: number, belowLines = 0): number {
	const {height} = insideOf(rect.frame, rect);
	return Math.max(1, height - (rect.hasHeading ? 1 : 0) - troubleLines - belowLines);
}

/** The lines below a list, with the empty one that parts them from it: no more than half of the pane. */
export function heightBelow(id: KindId, rect: PaneRect, {cluster}: Pick<Environment, 'cluster'>): number {
	const room = Math.floor(insideOf(rect.frame, rect).height / 2) - 1;
	const height = kindOf(id).below?.height(cluster, room) ?? 0;
	return height === 0 ? 0 : height + 1;
}

function linesBelow(id: KindId, rect: PaneRect, environment: Environment): readonly StyledText[] {
	const height = heightBelow(id, rect, environment);
	if (height === 0) return [];
	const {width} = insideOf(rect.frame, rect);
	const lines = kindOf(id).below?.lines(environment, {width, height: height - 1}) ?? [];
	return [toSafeText(' '.repeat(width)), ...lines];
}

/** What is wrong with the selected object, over the whole width; only where there is room for it. */
export function troubleOf(
	id: KindId,
	row: Listed | undefined,
	rect: PaneRect,
	{cluster}: Pick<Environment, 'cluster'>,
): SafeText[] {
	const trouble = row && kindOf(id).trouble?.(row, cluster);
	const {width, height} = insideOf(rect.frame, rect);
	if (!trouble || height < 6) return [];
	return wrapText(trouble, width - gutterWidth).slice(0, maxTroubleLines);
}

export class ListPane {
	readonly #id: KindId;
	readonly #rows = new RowPainter();
	readonly #columns: ColumnFitter;

	constructor(id: KindId, columns: readonly Column<Listed>[]) {
		this.#id = id;
		this.#columns = new ColumnFitter(columns);
	}

	/** The columns as they were drawn last. */
	get fitted(): readonly FittedColumn<Listed>[] {
		return this.#columns.fitted;
	}

	view(state: ScreenState, lists: Lists, rect: PaneRect, environment: Environment): PaneView {
		const kind = kindOf(this.#id);
		const list = state.lists[this.#id];
		const rows = lists.rows(this.#id);
		const isFocused = state.focus === this.#id;
		const {width} = insideOf(rect.frame, rect);
		const selected = list.table.isMissing ? undefined : rows[list.table.index];
		const trouble = troubleOf(this.#id, selected, rect, environment);
		const below = linesBelow(this.#id, rect, environment);
		const height = listWindow(rect, trouble.length, below.length);
		const {theme} = environment;
		const inWindow = rows.slice(list.table.top, list.table.top + height);
		const columns = this.#columns.fit(inWindow, width - gutterWidth, list, environment);
		const lines = [
			...(rect.hasHeading ? [headingLine(columns, list.sorting, theme, width)] : []),
			...this.#rowLines({list, rows, columns, height, width, isFocused, environment}),
		];
		if (rows.length === 0 && !list.table.isMissing) {
			const note = wrapText(toSafeText(emptyNote(kind, state, list, environment)), width - 2 * gutterWidth);
			const top = rect.hasHeading ? 1 : 0;
			for (const [index, line] of note.slice(0, Math.max(1, height)).entries()) {
				lines[top + index] = noteLine(line, theme, width);
			}
		}
		for (const line of trouble) lines.push(paint(theme, 'failing', noteText(line, width)));
		lines.push(...below);
		return {
			rect,
			isFocused,
			title: titleOf(this.#id, state, lists, environment, width),
			position: positionOf(list, rows.length),
			lines,
		};
	}

	#rowLines(input: {
		readonly list: ListState;
		readonly rows: readonly Listed[];
		readonly columns: readonly FittedColumn<Listed>[];
		readonly height: number;
		readonly width: number;
		readonly isFocused: boolean;
		readonly environment: Environment;
	}): StyledText[] {
		const {list, rows, columns, height, width, isFocused, environment} = input;
		const {table} = list;
		const {theme} = environment;
		const painter = this.#rows.begin(columns, width);
		const blank = toSafeText(' '.repeat(width));
		const lines: StyledText[] = [];
		for (let place = table.top; place < table.top + height; place++) {
			const isSelected = place === table.index && table.selectedId !== undefined;
			if (isSelected && table.isMissing) {
				lines.push(missingLine(missingText(this.#id, list, environment), isFocused, theme, width));
				continue;
			}
			const row = rows[table.isMissing && place > table.index ? place - 1 : place];
			if (!row) lines.push(blank);
			else {
				const line = painter.line(row, kindOf(this.#id), list.marks.ids.has(row.id), environment);
				lines.push(withSelection(line, isSelected ? (isFocused ? 'here' : 'elsewhere') : 'none', theme));
			}
		}
		return lines;
	}
}

/** Why the selected object is not in the list: it is gone, or it doesn't match the filter any more. */
export function missingText(id: KindId, list: ListState, {cluster}: Pick<Environment, 'cluster'>): SafeText {
	const kind = kindOf(id);
	const name = list.selectedRow ? kind.name(list.selectedRow) : kind.singular;
	const isThere = list.table.selectedId !== undefined && kind.source(cluster).has(list.table.selectedId);
	return isThere ? safe`${name} is not in this list any more` : safe`${name} is gone`;
}

function noteText(line: SafeText, width: number): SafeText {
	return toSafeText(`${' '.repeat(gutterWidth)}${line}`.padEnd(width));
}

function positionOf({table}: ListState, length: number): SafeText {
	return length === 0 || table.isMissing ? toSafeText('') : safe`${count(table.index + 1)}/${count(length)}`;
}

function emptyNote(kind: Kind<Listed>, state: ScreenState, list: ListState, {cluster}: Environment): string {
	if (list.filterText.trim() !== '') return `nothing matches the filter; Esc clears it`;
	if (cluster.isLoading && kind.id !== 'contexts') {
		return cluster.connection.state === 'lost' ? 'nothing is known of this swarm yet' : `reading the ${kind.id}…`;
	}
	return refusalOf(kind.id, cluster) ?? kind.emptyNote(cluster, state);
}

/** `2 services 12/14 /web ↑name`. A long name gives way in its middle: its end tells it apart. */
function titleOf(
	id: KindId,
	state: ScreenState,
	lists: Lists,
	{theme, cluster}: Environment,
	width: number,
): StyledText {
	const list = state.lists[id];
	const total = lists.total(id);
	const shown = lists.rows(id).length;
	const isFiltered = list.filterText.trim() !== '';
	const counts = isFiltered ? safe`${count(shown)}/${count(total)}` : count(total);
	const parts: StyledText[] = [counts];
	if (isFiltered) parts.push(paint(theme, 'match', toSafeText(`/${list.filterText.trim()}`)));
	if (list.marks.ids.size > 0) parts.push(paint(theme, 'accent', markedText(list, lists.tableRows(id))));
	if (id === 'tasks' && state.hasHistory) parts.push(paint(theme, 'accent', toSafeText('history')));
	if (list.isWide) parts.push(paint(theme, 'accent', toSafeText('wide')));
	const {columnId, isDescending} = list.sorting;
	const arrow = isDescending ? theme.glyphs.descending : theme.glyphs.ascending;
	parts.push(paint(theme, 'dim', safe`${arrow}${toSafeText(columnId)}`));
	if (!isView(id)) parts.unshift(paint(theme, 'dim', safe`${placeOf(id) + 1}`));
	const rest = cellWidth(joinStyled(parts, ' ')) + positionCells;
	const name = truncateName(nameOf(id, state, cluster), Math.max(leastNameCells, width - rest));
	parts.splice(isView(id) ? 0 : 1, 0, paint(theme, 'title', name));
	return joinStyled(parts, ' ');
}

/** What the position at the other end of the border takes, with the border's own ends. */
const positionCells = 20;
const leastNameCells = 20;

/** `3 marked`, and how many of them the filter hides. */
function markedText({marks, filterText}: ListState, rows: TableRows): SafeText {
	const isFiltered = filterText.trim() !== '';
	const hidden = isFiltered ? [...marks.ids].filter((id) => rows.indexOf(id, 0) === -1).length : 0;
	const all = safe`${count(marks.ids.size)} marked`;
	return hidden === 0 ? all : safe`${all}, ${count(hidden)} of them hidden`;
}

function nameOf(id: KindId, {tasks, services}: ScreenState, cluster: Environment['cluster']): SafeText {
	if (id === 'tasks') return tasksTitle(tasks, cluster);
	return id === 'services' ? servicesTitle(services) : toSafeText(id);
}

function servicesTitle(scope: ServiceScope): SafeText {
	switch (scope.kind) {
		case 'all':
			return toSafeText('services');
		case 'stack':
			return safe`services of stack ${scope.name}`;
		case 'users':
			return safe`services that use ${scope.of} ${scope.name}`;
		default:
			return scope satisfies never;
	}
}

function tasksTitle(scope: TaskScope, {services, nodes}: Environment['cluster']): SafeText {
	switch (scope.kind) {
		case 'service':
			return safe`tasks of ${services.get(scope.id)?.name ?? toSafeText('a removed service')}`;
		case 'node':
			return safe`tasks on ${nodes.get(scope.id)?.name ?? toSafeText('a removed node')}`;
		case 'stack':
			return safe`tasks of stack ${toSafeText(scope.name)}`;
		case 'all':
			return toSafeText('all tasks');
		case 'none':
			return toSafeText('tasks');
	}
}
