/** How much of a list's pane its rows get, beside the trouble of the selected one and what stands below them. */
import {type SafeText, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {ListState} from '../app/state.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {wrapText} from '../text-view/wrap.ts';
import {gutterWidth} from './table-lines.ts';

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

/** What stands below the list. */
export function linesBelow(id: KindId, rect: PaneRect, environment: Environment): readonly StyledText[] {
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
	if (!trouble || height < 6 || kindOf(id).isTroubleSeen?.(row, width)) return [];
	return wrapText(trouble, width - gutterWidth).slice(0, maxTroubleLines);
}

/** Why the selected object is not in the list: it is gone, or it doesn't match the filter any more. */
export function missingText(id: KindId, list: ListState, {cluster}: Pick<Environment, 'cluster'>): SafeText {
	const kind = kindOf(id);
	const name = list.selectedRow ? kind.name(list.selectedRow) : kind.singular;
	const isThere = list.table.selectedId !== undefined && kind.source(cluster).has(list.table.selectedId);
	return isThere ? safe`${name} is no longer in this list` : safe`${name} is gone`;
}
