/** The logs in their pane: the newest lines while following, a still window once the reader scrolls up. */
import {fitCells} from '../../text/fit.ts';
import {joinStyled, type SafeText, type StyledText, styled, toSafeText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {LogsState, ScreenState} from '../app/state.ts';
import type {PaneView} from '../app/view.ts';
import {insideOf} from '../layout/frame.ts';
import {type PaneRect, paneIds} from '../layout/layout.ts';
import type {LogLine, LogView} from '../logs/log-feed.ts';
import {noteLine} from '../table/table-lines.ts';
import {paint, paintPrefix, type Theme} from '../theme/theme.ts';

export class LogsPane {
	#key = '';
	#theme: Theme | undefined;
	#before = new Map<LogLine, StyledText>();
	#now = new Map<LogLine, StyledText>();

	view(state: ScreenState, logs: LogView | undefined, rect: PaneRect, environment: Environment): PaneView {
		const {width, height} = insideOf(rect.frame, rect);
		const {theme} = environment;
		const lines = logs ? this.#lines(state.logs, logs, {width, height}, theme) : [];
		const note = noteOf(state.logs, logs);
		if (note !== '') lines.push(noteLine(note, theme, width));
		const blank = toSafeText(' '.repeat(width));
		const shown = lines.slice(-height);
		while (shown.length < height) shown.push(blank);
		return {
			rect,
			isFocused: state.focus === 'logs',
			title: titleOf(state.logs, logs, theme),
			position: positionOf(state.logs, logs, height),
			lines: shown,
		};
	}

	#lines(state: LogsState, logs: LogView, size: {width: number; height: number}, theme: Theme): StyledText[] {
		const key = `${size.width} ${state.hasTimestamps} ${logs.prefixWidth}`;
		this.#before = key === this.#key && theme === this.#theme ? this.#now : new Map();
		this.#now = new Map();
		this.#key = key;
		this.#theme = theme;
		const top = topOf(state, logs, size.height);
		const lines: StyledText[] = [];
		for (let number = top; number < Math.min(logs.end, top + size.height); number++) {
			const line = logs.lineAt(number);
			if (!line) continue;
			const text = this.#before.get(line) ?? logLine(line, state.hasTimestamps, logs.prefixWidth, theme, size.width);
			this.#now.set(line, text);
			lines.push(text);
		}
		return lines;
	}
}

/** The number of the first line in the window. */
export function topOf({isFollowing, top}: LogsState, {first, end}: LogView, height: number): number {
	const last = Math.max(first, end - height);
	return isFollowing ? last : Math.max(first, Math.min(top, last));
}

const maxPrefixWidth = 28;

/** `15:04:05 web.3@w1  GET / 200`: exactly `width` cells. */
export function logLine(
	line: LogLine,
	hasTimestamp: boolean,
	prefixWidth: number,
	theme: Theme,
	width: number,
): StyledText {
	if (line.stream === 'notice') return paint(theme, 'warning', fitCells(styled` ${line.text}`, width));
	const parts: StyledText[] = [];
	if (hasTimestamp) parts.push(paint(theme, 'dim', timeText(line.time)));
	if (prefixWidth > 0) {
		const prefix = fitCells(line.prefix, Math.min(prefixWidth, maxPrefixWidth), 'left', {from: 'middle'});
		parts.push(paintPrefix(theme, line.prefix, prefix));
	}
	const isError = line.stream === 'stderr';
	parts.push(isError ? styled`${paint(theme, 'warning', toSafeText('!'))} ${line.text}` : line.text);
	return fitCells(styled` ${joinStyled(parts, ' ')}`, width);
}

/** The time of day where the reader is: a log is read beside a wall clock. */
function timeText(time: number | undefined): SafeText {
	if (time === undefined) return toSafeText(' '.repeat(12));
	const date = new Date(time);
	const two = (value: number): string => String(value).padStart(2, '0');
	const milliseconds = String(date.getMilliseconds()).padStart(3, '0');
	return toSafeText(`${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${milliseconds}`);
}

function noteOf({target}: LogsState, logs: LogView | undefined): string {
	if (!target) return 'select a service, or press l on a node, service or task';
	if (!logs || logs.status.state === 'opening') return logs && logs.end > logs.first ? '' : 'opening the logs…';
	if (logs.status.state === 'failed' || logs.status.state === 'ended') return logs.status.detail;
	return logs.end === logs.first ? 'nothing said so far' : '';
}

function titleOf({target, isFollowing, hasTimestamps}: LogsState, logs: LogView | undefined, theme: Theme): StyledText {
	const parts: StyledText[] = [paint(theme, 'dim', toSafeText(String(paneIds.indexOf('logs') + 1)))];
	const name = target?.name ?? toSafeText('');
	const words: SafeText = toSafeText(target ? `logs ${target.kind === 'node' ? 'on' : 'of'} ` : 'logs');
	parts.push(styled`${paint(theme, 'title', words)}${paint(theme, 'title', name)}`);
	if (target && logs)
		parts.push(paint(theme, isFollowing ? 'good' : 'warning', toSafeText(isFollowing ? 'following' : 'paused')));
	if (hasTimestamps) parts.push(paint(theme, 'dim', toSafeText('timestamps')));
	return joinStyled(parts, ' ');
}

/** How many lines are below the window, once it stands still. */
function positionOf(state: LogsState, logs: LogView | undefined, height: number): SafeText {
	if (!logs || state.isFollowing) return toSafeText('');
	const below = logs.end - topOf(state, logs, height) - height;
	return toSafeText(below > 0 ? `${below} more below, f follows` : 'f follows');
}
