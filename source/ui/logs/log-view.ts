/** The log as lines for its pane: the troubles of the stream, then the window onto what was said. */
import {fitCells} from '../../text/fit.ts';
import {count} from '../../text/format.ts';
import {joinSafe, type SafeText, type StyledText, safe, toSafeText} from '../../text/safe-text.ts';
import type {KeyOf} from '../keys/binding.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {noteLine} from '../table/table-lines.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {LogReader} from './log-reader.ts';
import {LogLayout, type RowLook} from './log-rows.ts';
import {clampWindow, type LogWindow, reveal, windowAtEnd} from './log-window.ts';
import type {LogsState} from './logs-state.ts';
import {speakersOf} from './speakers.ts';

/** As many lines as the pane has room for. */
export function logLines(
	logs: LogsState,
	reader: LogReader | undefined,
	rect: PaneRect,
	isFocused: boolean,
	theme: Theme,
	keyOf: KeyOf,
): StyledText[] {
	const {width, height} = insideOf(rect.frame, rect);
	reader?.update(logs);
	const lines = troublesOf(reader).map((text) => paint(theme, 'warning', fitCells(safe` ! ${text}`, width)));
	const layout = reader && layoutOf(reader, logs, rect);
	if (layout && layout.length > 0) {
		const speakers = speakersOf(layout.reader, theme.speakers.length);
		const look: RowLook = {theme, speakers, cursor: isFocused ? 'here' : 'elsewhere'};
		lines.push(...bodyRows(layout, logs, height - lines.length, look));
	} else lines.push(noteLine(emptyNote(logs, reader, keyOf), theme, width));
	const blank = toSafeText(' '.repeat(width));
	while (lines.length < height) lines.push(blank);
	return lines.slice(0, height);
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
		troubles.push(safe`no lines from ${joinSafe(missing, ', ')}: unreachable now; missing lines are fetched later`);
	return troubles;
}

function emptyNote({target, range}: LogsState, reader: LogReader | undefined, keyOf: KeyOf): SafeText {
	if (!target) return safe`select a service, or press ${keyOf('service.logs')} on a node, a service or a task`;
	if (!reader) return toSafeText('opening the logs…');
	const {buffer, status} = reader.source;
	if (buffer.length > 0) {
		const all = safe`none of ${count(buffer.length)} lines`;
		return reader.filter.isEmpty
			? safe`${all} is of a running task: ${keyOf('logs.stopped')} shows the others`
			: safe`${all} matches the filter: ${keyOf('place.back')} clears it`;
	}
	if (status.state === 'opening') return toSafeText('opening the logs…');
	if (status.problem !== '') return toSafeText('nothing could be read so far');
	if (status.state === 'ended') return toSafeText('the log has ended and is empty');
	return safe`nothing was said (${range.title}); ${keyOf('logs.since')} reads from further back, and what comes appears here`;
}
