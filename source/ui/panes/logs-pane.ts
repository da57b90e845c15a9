/** The logs in their pane: the newest lines while following, a still window with a cursor once the reader scrolls up. */
import {fitCells} from '../../text/fit.ts';
import {count} from '../../text/format.ts';
import {joinSafe, joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {ScreenState} from '../app/state.ts';
import type {PaneView} from '../app/view.ts';
import {insideOf} from '../layout/frame.ts';
import {type PaneRect, paneIds} from '../layout/layout.ts';
import {countNewerThan, type LogReader} from '../logs/log-reader.ts';
import {LogLayout, type RowLook} from '../logs/log-rows.ts';
import {clampWindow, type LogWindow, reveal, windowAtEnd} from '../logs/log-window.ts';
import type {LogsState} from '../logs/logs-state.ts';
import {Speakers} from '../logs/speakers.ts';
import {noteLine} from '../table/table-lines.ts';
import {paint, type Theme} from '../theme/theme.ts';

export class LogsPane {
	#reader: LogReader | undefined;
	#colours = 0;
	#speakers = new Speakers(1);

	view(state: ScreenState, reader: LogReader | undefined, rect: PaneRect, {theme}: Environment): PaneView {
		const {logs} = state;
		const {width, height} = insideOf(rect.frame, rect);
		const isFocused = state.focus === 'logs';
		if (reader !== this.#reader || theme.speakers.length !== this.#colours) {
			this.#reader = reader;
			this.#colours = theme.speakers.length;
			this.#speakers = new Speakers(this.#colours);
		}
		reader?.update(logs);
		const lines = troublesOf(reader).map((text) => paint(theme, 'warning', fitCells(safe` ! ${text}`, width)));
		const layout = reader && layoutOf(reader, logs, rect);
		if (layout && layout.length > 0) {
			const cursor = isFocused ? 'here' : 'elsewhere';
			lines.push(...bodyRows(layout, logs, height - lines.length, {theme, speakers: this.#speakers, cursor}));
		} else lines.push(noteLine(emptyNote(logs, reader), theme, width));
		const blank = toSafeText(' '.repeat(width));
		while (lines.length < height) lines.push(blank);
		return {
			rect,
			isFocused,
			title: titleOf(logs, reader, theme),
			position: positionOf(logs, reader),
			lines: lines.slice(0, height),
		};
	}
}

/** The lines of the log, laid out in what of the pane is theirs. */
export function layoutOf(reader: LogReader, logs: LogsState, rect: PaneRect): LogLayout {
	reader.update(logs);
	return new LogLayout(reader, logs, {width: insideOf(rect.frame, rect).width, height: bodyHeight(reader, rect)});
}

/** Rows for lines: the troubles above them take theirs. */
export function bodyHeight(reader: LogReader | undefined, rect: PaneRect): number {
	return Math.max(1, insideOf(rect.frame, rect).height - troublesOf(reader).length);
}

/** Where the window and the cursor are; the newest line's while following. */
export function standOf(layout: LogLayout, {stand}: LogsState, height: number): {window: LogWindow; cursor: number} {
	const {shown} = layout.reader;
	const last = Math.max(0, layout.length - 1);
	if (!stand) return {window: windowAtEnd(layout, height), cursor: last};
	const cursor = Math.min(shown.indexOf(stand.cursor), last);
	const held = clampWindow({top: shown.indexOf(stand.top), skip: stand.skip}, layout, height);
	return {window: clampWindow(reveal(held, cursor, layout, height), layout, height), cursor};
}

function bodyRows(layout: LogLayout, logs: LogsState, height: number, look: RowLook): StyledText[] {
	const {window, cursor} = standOf(layout, logs, height);
	const rows: StyledText[] = [];
	for (let index = window.top; index < layout.length && rows.length < height + window.skip; index++) {
		const isCursor = logs.stand !== undefined && index === cursor;
		rows.push(...layout.paint(index, isCursor ? look : {...look, cursor: 'none'}));
	}
	return rows.slice(window.skip, window.skip + height);
}

/** What stands above the lines while it holds: what is wrong with the stream, and whose lines are missing. */
function troublesOf(reader: LogReader | undefined): SafeText[] {
	if (!reader) return [];
	const {problem, missing, state} = reader.source.status;
	const troubles: SafeText[] = [];
	if (problem !== '') troubles.push(state === 'reconnecting' ? safe`reconnecting: ${problem}` : problem);
	if (missing.length > 0)
		troubles.push(safe`no lines from ${joinSafe(missing, ', ')}: not reachable now; what is missing is fetched later`);
	return troubles;
}

function emptyNote({target, range}: LogsState, reader: LogReader | undefined): SafeText {
	if (!target) return toSafeText('select a service, or press l on a node, a service or a task');
	if (!reader) return toSafeText('opening the logs…');
	const {buffer, status} = reader.source;
	if (buffer.length > 0) {
		const all = safe`none of ${count(buffer.length)} lines`;
		return reader.filter.isEmpty
			? safe`${all} is of a running task: h shows the others`
			: safe`${all} matches the filter: Esc clears it`;
	}
	if (status.state === 'opening') return toSafeText('opening the logs…');
	if (status.problem !== '') return toSafeText('nothing could be read so far');
	if (status.state === 'ended') return toSafeText('the log has ended, and it is empty');
	return safe`nothing was said (${range.title}); 6 reads all there is, and what comes appears here`;
}

/** `4 logs of web  following  last 500  /error/ 12 of 500  search "x" 3 of 20`. */
function titleOf(logs: LogsState, reader: LogReader | undefined, theme: Theme): StyledText {
	const number = paint(theme, 'dim', safe`${paneIds.indexOf('logs') + 1}`);
	const {target, look, stand} = logs;
	if (!target) return styled`${number} ${paint(theme, 'title', toSafeText('logs'))}`;
	const name = safe`logs ${toSafeText(target.kind === 'node' ? 'on' : 'of')} ${target.name}`;
	const parts: StyledText[] = [styled`${number} ${paint(theme, 'title', name)}`];
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
function positionOf({stand}: LogsState, reader: LogReader | undefined): SafeText {
	if (!reader || !stand) return toSafeText('');
	const {shown} = reader;
	const waiting = countNewerThan(stand.newestId, shown);
	const line = safe`${count(Math.min(shown.indexOf(stand.cursor) + 1, shown.length))}/${count(shown.length)}`;
	return waiting === 0 ? safe`${line}, G follows` : safe`${line}, ${count(waiting)} new: G follows`;
}
