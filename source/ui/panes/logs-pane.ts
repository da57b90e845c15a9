/** The logs in their pane: the newest lines while following, a still window once the reader scrolls up. */
import {fitCells} from '../../text/fit.ts';
import {count} from '../../text/format.ts';
import {joinStyled, type SafeText, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import type {Environment} from '../app/environment.ts';
import type {LogsState, ScreenState} from '../app/state.ts';
import type {PaneView} from '../app/view.ts';
import {insideOf} from '../layout/frame.ts';
import {type PaneRect, paneIds} from '../layout/layout.ts';
import type {LogRow, LogView} from '../logs/log-feed.ts';
import {noteLine} from '../table/table-lines.ts';
import {paint, paintSpeaker, type Theme} from '../theme/theme.ts';

/** A longer prefix is cut in its middle; what is said needs the room more. */
const maxPrefixWidth = 28;

export class LogsPane {
	#logs: LogView | undefined;
	/** The widest prefix seen so far: lines start at the same column and don't jump while scrolling. */
	#prefixWidth = 0;
	readonly #speakers = new Map<string, number>();

	view(state: ScreenState, logs: LogView | undefined, rect: PaneRect, environment: Environment): PaneView {
		const {width, height} = insideOf(rect.frame, rect);
		const {theme} = environment;
		if (logs !== this.#logs) {
			this.#prefixWidth = 0;
			this.#speakers.clear();
		}
		this.#logs = logs;
		const note = noteOf(state.logs, logs);
		const lines = logs ? this.#lines(state.logs, logs, {width, height: height - (note === '' ? 0 : 1)}, theme) : [];
		if (note !== '') lines.push(noteLine(note, theme, width));
		const blank = toSafeText(' '.repeat(width));
		while (lines.length < height) lines.push(blank);
		return {
			rect,
			isFocused: state.focus === 'logs',
			title: titleOf(state.logs, logs, theme),
			position: positionOf(state.logs, logs, height),
			lines: lines.slice(0, height),
		};
	}

	#lines(state: LogsState, logs: LogView, size: {width: number; height: number}, theme: Theme): StyledText[] {
		const top = topOf(state, logs, size.height);
		const rows: LogRow[] = [];
		for (let index = top; index < Math.min(logs.length, top + size.height); index++) {
			const row = logs.rowAt(index);
			if (row) rows.push(row);
		}
		for (const {prefix, speaker} of rows) {
			this.#prefixWidth = Math.max(this.#prefixWidth, cellWidth(prefix));
			if (!this.#speakers.has(speaker)) this.#speakers.set(speaker, this.#speakers.size);
		}
		const prefixWidth = Math.min(this.#prefixWidth, maxPrefixWidth);
		return rows.map((row) => {
			const speaker = this.#speakers.get(row.speaker) ?? 0;
			return logLine(row, {hasTimestamp: state.hasTimestamps, prefixWidth, speaker}, theme, size.width);
		});
	}
}

/** Where the window starts. */
export function topOf({isFollowing, top}: LogsState, logs: LogView, height: number): number {
	const last = Math.max(0, logs.length - Math.max(1, height));
	return isFollowing || !top ? last : Math.min(logs.indexOf(top.id, top.index), last);
}

/** `15:04:05.123 web.3@w1  GET / 200`: exactly `width` cells. */
export function logLine(
	{kind, time, prefix, text}: LogRow,
	look: {readonly hasTimestamp: boolean; readonly prefixWidth: number; readonly speaker: number},
	theme: Theme,
	width: number,
): StyledText {
	if (kind === 'notice') return paint(theme, 'warning', fitCells(styled` ─ ${text}`, width));
	const parts: StyledText[] = [];
	if (look.hasTimestamp) parts.push(paint(theme, 'dim', fitCells(time, '15:04:05.123'.length)));
	if (look.prefixWidth > 0) {
		const shown = fitCells(prefix, look.prefixWidth, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
		parts.push(paintSpeaker(theme, look.speaker, shown));
	}
	parts.push(kind === 'stderr' ? styled`${paint(theme, 'warning', toSafeText('!'))} ${text}` : text);
	return fitCells(styled` ${joinStyled(parts, ' ')}`, width, 'left', {ellipsis: theme.glyphs.ellipsis});
}

function noteOf({target}: LogsState, logs: LogView | undefined): SafeText {
	if (!target) return toSafeText('select a service, or press l on a node, a service or a task');
	if (!logs) return toSafeText('opening the logs…');
	const {state, problem} = logs.status;
	if (problem !== '') return problem;
	if (state === 'opening' && logs.length === 0) return toSafeText('opening the logs…');
	if (state === 'ended') return toSafeText('the log has ended');
	return toSafeText(logs.length === 0 ? 'nothing said so far' : '');
}

function titleOf({target, isFollowing, hasTimestamps}: LogsState, logs: LogView | undefined, theme: Theme): StyledText {
	const number = paint(theme, 'dim', safe`${paneIds.indexOf('logs') + 1}`);
	if (!target) return styled`${number} ${paint(theme, 'title', toSafeText('logs'))}`;
	const name = safe`logs ${toSafeText(target.kind === 'node' ? 'on' : 'of')} ${target.name}`;
	const parts: StyledText[] = [number, paint(theme, 'title', name)];
	if (logs)
		parts.push(paint(theme, isFollowing ? 'good' : 'warning', toSafeText(isFollowing ? 'following' : 'paused')));
	if (hasTimestamps) parts.push(paint(theme, 'dim', toSafeText('timestamps')));
	const dropped = logs?.status.dropped ?? 0;
	if (dropped > 0) parts.push(paint(theme, 'warning', safe`${count(dropped)} dropped`));
	return joinStyled(parts, ' ');
}

/** How much is below the window, once it stands still. */
function positionOf(state: LogsState, logs: LogView | undefined, height: number): SafeText {
	if (!logs || state.isFollowing) return toSafeText('');
	const below = logs.length - topOf(state, logs, height) - height;
	return below > 0 ? safe`${count(below)} more below, f follows` : toSafeText('f follows');
}
