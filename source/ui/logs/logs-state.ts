/** What the logs pane remembers: whose logs, from when, how they look, where the reader is. Plain data. */
import type {PrefixMode, TimeMode} from '../../logs/display.ts';
import type {LogPlace} from '../../logs/entry-list.ts';
import {defaultLimits} from '../../logs/log-buffer.ts';
import {type LogStart, wholeLog} from '../../logs/log-since.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {LogTarget} from './log-feed.ts';

export type LogLook = {
	readonly time: TimeMode;
	readonly prefix: PrefixMode;
	readonly isWrapped: boolean;
	/** JSON lines are shown as level, message and fields. */
	readonly isStructured: boolean;
	readonly hidesStopped: boolean;
};

/** From when the log is read, and what that is called. Another object is another reading. */
export type LogRange = {readonly title: SafeText; readonly start: LogStart};

/** Where the reader stands while not following. Held by places, so that lines may come and go around it. */
export type LogStand = {
	readonly cursor: LogPlace;
	/** The first line of the window, and how many of its rows are above it. */
	readonly top: LogPlace;
	readonly skip: number;
	/** The newest entry when following stopped: what has a greater ID is waiting. */
	readonly newestId: number;
};

export type LogsState = {
	readonly target: LogTarget | undefined;
	readonly range: LogRange;
	/** Undefined while following. */
	readonly stand: LogStand | undefined;
	readonly look: LogLook;
	readonly filterText: string;
	readonly searchText: string;
};

const tailLines = 500;

export const tailRange: LogRange = {
	title: safe`last ${tailLines}`,
	start: {tail: tailLines, since: undefined},
};

/** No more than can be kept is asked for, of each task. */
export const allRange: LogRange = {
	title: toSafeText('from the beginning'),
	start: {...wholeLog, tail: defaultLimits.lines},
};

export const sinceRange = (title: SafeText, stamp: string): LogRange => ({
	title: safe`since ${title}`,
	start: {tail: defaultLimits.lines, since: stamp},
});

export const initialLogs: LogsState = {
	target: undefined,
	range: tailRange,
	stand: undefined,
	look: {time: 'off', prefix: 'full', isWrapped: false, isStructured: false, hidesStopped: false},
	filterText: '',
	searchText: '',
};

/** The logs of something else: the looks stay, what was looked for in the others does not. */
export function withTarget(logs: LogsState, target: LogTarget): LogsState {
	if (logs.target?.id === target.id && logs.target.kind === target.kind) return logs;
	return {...initialLogs, look: logs.look, target};
}

const timeModes: readonly TimeMode[] = ['off', 'time', 'full', 'relative'];
const prefixModes: readonly PrefixMode[] = ['full', 'short', 'none'];

export const nextTime = (mode: TimeMode): TimeMode => after(timeModes, mode);
export const nextPrefix = (mode: PrefixMode): PrefixMode => after(prefixModes, mode);

function after<T>(modes: readonly T[], mode: T): T {
	return modes[(modes.indexOf(mode) + 1) % modes.length] ?? mode;
}
