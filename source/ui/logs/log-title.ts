/** What stands in the border of the logs. */
import {count} from '../../text/format.ts';
import {joinSafe, joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {KeyOf} from '../keys/binding.ts';
import {paint, type Theme} from '../theme/theme.ts';
import {countNewerThan, type LogReader} from './log-reader.ts';
import type {LogsState} from './logs-state.ts';

/** `logs of web  following  last 500  /error/ 12 of 500  search "x" 3 of 20`. */
export function logTitle(logs: LogsState, reader: LogReader | undefined, theme: Theme): StyledText {
	const {target, look, stand} = logs;
	if (!target) return paint(theme, 'title', toSafeText('logs'));
	const name = safe`logs ${toSafeText(target.kind === 'node' ? 'on' : 'of')} ${target.name}`;
	const parts: StyledText[] = [paint(theme, 'title', name)];
	if (!reader) return joinStyled(parts);
	const {dropped, state} = reader.source.status;
	if (state === 'ended') parts.push(paint(theme, 'dim', toSafeText('ended')));
	else if (stand) parts.push(paint(theme, 'warning', toSafeText('paused')));
	else parts.push(paint(theme, 'good', toSafeText('following')));
	if (dropped > 0) parts.push(paint(theme, 'warning', safe`${count(dropped)} dropped`));
	if (reader.problem !== '') parts.push(paint(theme, 'danger', reader.problem));
	if (!reader.filter.isEmpty) parts.push(filterText(reader, theme));
	if (reader.hits) parts.push(searchText(logs, reader, theme));
	if (reader.hiddenTasks > 0) parts.push(paint(theme, 'dim', safe`${count(reader.hiddenTasks)} stopped hidden`));
	const flags = [
		logs.range.title,
		...(look.isWrapped ? [toSafeText('wrap')] : []),
		...(look.isStructured ? [toSafeText('fields')] : []),
	];
	parts.push(paint(theme, 'dim', joinSafe(flags, '  ')));
	return joinStyled(parts, '  ');
}

function filterText({filter, shown, source}: LogReader, theme: Theme): StyledText {
	const found = safe`${count(shown.length)} of ${count(source.buffer.length)}`;
	return styled`${paint(theme, 'key', toSafeText('filter'))} ${toSafeText(filter.source)} ${paint(theme, 'dim', found)}`;
}

function searchText({stand}: LogsState, {search, hits}: LogReader, theme: Theme): StyledText {
	const total = hits?.length ?? 0;
	const at = stand && hits ? hits.indexOf(stand.cursor) : total;
	const isAtHit = stand !== undefined && hits?.at(at)?.id === stand.cursor.id;
	const place = isAtHit
		? safe`${count(at + 1)} of ${count(total)}`
		: safe`${count(total)} ${toSafeText(total === 1 ? 'hit' : 'hits')}`;
	return styled`${paint(theme, 'key', toSafeText('search'))} ${toSafeText(search.source)} ${paint(theme, total === 0 ? 'warning' : 'dim', place)}`;
}

/** How many lines wait below, once the window stands still. */
export function logPosition({stand}: LogsState, reader: LogReader | undefined, keyOf: KeyOf): SafeText {
	if (!reader || !stand) return toSafeText('');
	const {shown} = reader;
	const waiting = countNewerThan(stand.newestId, shown);
	const line = safe`${count(Math.min(shown.indexOf(stand.cursor) + 1, shown.length))}/${count(shown.length)}`;
	const key = keyOf('logs.last');
	return waiting === 0 ? safe`${line}, ${key} follows` : safe`${line}, ${count(waiting)} new: ${key} follows`;
}
