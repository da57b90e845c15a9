/** What stands in the border of a list, and in it while it has no rows. */
import type {TaskScope} from '../../cluster/model.ts';
import {refusalOf} from '../../cluster/refusals.ts';
import {truncateName} from '../../text/fit.ts';
import {count} from '../../text/format.ts';
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {ShownRows} from '../app/lists.ts';
import type {ListState} from '../app/state.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import type {Listed, ListScope, ServiceScope} from '../kinds/scope.ts';
import {isView, placeOf} from '../layout/pane.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {TableState} from './table-state.ts';

export type ListFacts = {
	readonly list: ListState;
	readonly shown: ShownRows;
	readonly scope: ListScope;
	readonly isTitleOnly?: boolean;
};

/** `3/14`: the place of the selected row. */
export function positionIn(table: TableState, length: number): SafeText {
	return length === 0 || table.isMissing ? toSafeText('') : safe`${count(table.index + 1)}/${count(length)}`;
}

/** What a list without rows says. */
export function emptyNote(id: KindId, scope: ListScope, list: ListState, {cluster, keyOf}: Environment): string {
	const kind = kindOf(id);
	if (list.isTroubleOnly) return `nothing here is in trouble; ${keyOf('place.back')} shows all`;
	if (list.filterText.trim() !== '') return `nothing matches the filter; ${keyOf('place.back')} clears it`;
	if (cluster.isLoading && kind.id !== 'contexts') {
		return cluster.connection.state === 'lost' ? 'no data from this swarm yet' : `reading the ${kind.id}…`;
	}
	return refusalOf(kind.id, cluster) ?? kind.emptyNote(cluster, scope, keyOf);
}

/** `2 services 12/14 /web ↑name`. A long name gives way in its middle: its end tells it apart. */
export function listTitle(
	id: KindId,
	{list, shown: {rows, total, indexOf}, scope, isTitleOnly = false}: ListFacts,
	{theme, cluster}: Environment,
	width: number,
): StyledText {
	const isFiltered = list.filterText.trim() !== '';
	const counts = isFiltered || list.isTroubleOnly ? safe`${count(rows.length)}/${count(total)}` : count(total);
	const isWhole = !isFiltered && !list.isTroubleOnly;
	const parts: StyledText[] = [isTitleOnly && isWhole ? standing(rows, counts, theme) : counts];
	if (isFiltered) parts.push(paint(theme, 'match', toSafeText(`/${list.filterText.trim()}`)));
	if (list.isTroubleOnly) parts.push(paint(theme, 'match', toSafeText('in trouble')));
	if (list.marks.ids.size > 0) parts.push(paint(theme, 'accent', markedText(list, indexOf)));
	if (id === 'tasks' && scope.hasHistory) parts.push(paint(theme, 'accent', toSafeText('history')));
	if (list.isWide) parts.push(paint(theme, 'accent', toSafeText('wide')));
	if (isTitleOnly)
		return styled`${paint(theme, 'dim', safe`${placeOf(id) + 1}`)} ${paint(theme, 'title', nameOf(id, scope, cluster))} ${joinStyled(parts, ' ')}`;
	const {columnId, isDescending} = list.sorting;
	const arrow = isDescending ? theme.glyphs.descending : theme.glyphs.ascending;
	parts.push(paint(theme, 'dim', safe`${arrow}${toSafeText(columnId)}`));
	if (!isView(id)) parts.unshift(paint(theme, 'dim', safe`${placeOf(id) + 1}`));
	const rest = cellWidth(joinStyled(parts, ' ')) + positionCells;
	const name = truncateName(nameOf(id, scope, cluster), Math.max(leastNameCells, width - rest));
	parts.splice(isView(id) ? 0 : 1, 0, paint(theme, 'title', name));
	return joinStyled(parts, ' ');
}

/** What a list without room for its rows says of them: `7 ready`, `5, 1 of them failing`. */
function standing(rows: readonly Listed[], counts: SafeText, theme: Theme): StyledText {
	const failing = rows.filter(({health}) => health === 'failing').length;
	const others = rows.filter(({health}) => health !== 'healthy').length - failing;
	if (failing > 0) return styled`${counts}, ${paint(theme, 'failing', safe`${count(failing)} failing`)}`;
	return others > 0 ? safe`${counts}, ${count(others)} not active` : safe`${counts} ready`;
}

/** What the position at the other end of the border takes, with the border's own ends. */
const positionCells = 20;
const leastNameCells = 20;

/** `3 marked`, and how many of them the filter hides. */
function markedText({marks, filterText, isTroubleOnly}: ListState, indexOf: ShownRows['indexOf']): SafeText {
	const isFiltered = isTroubleOnly || filterText.trim() !== '';
	const hidden = isFiltered ? [...marks.ids].filter((id) => indexOf(id, 0) === -1).length : 0;
	const all = safe`${count(marks.ids.size)} marked`;
	return hidden === 0 ? all : safe`${all}, ${count(hidden)} of them hidden`;
}

function nameOf(id: KindId, {tasks, services}: ListScope, cluster: Environment['cluster']): SafeText {
	if (id === 'tasks') return tasksTitle(tasks, cluster);
	return id === 'services' ? servicesTitle(services) : (kindOf(id).heading?.(cluster) ?? toSafeText(id));
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
