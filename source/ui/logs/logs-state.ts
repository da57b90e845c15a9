/** What the logs pane remembers: whose logs, from when, how they look, where the reader is. Plain data. */
import type {LogDefaults} from '../../config/config.ts';
import type {PrefixMode, TimeMode} from '../../logs/display.ts';
import type {LogPlace} from '../../logs/entry-list.ts';
import {msToStamp} from '../../logs/log-line.ts';
import type {LogStart} from '../../logs/log-since.ts';
import {count, duration} from '../../text/format.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {LogTarget} from './log-feed.ts';

type LogLook = {
	readonly time: TimeMode;
	readonly prefix: PrefixMode;
	readonly isWrapped: boolean;
	/** JSON lines are shown as level, message and fields. */
	readonly isStructured: boolean;
	readonly hidesStopped: boolean;
};

/** From when the log is read, and what that is called. Another object is another reading. */
export type LogRange = {
	readonly title: SafeText;
	/** @param now milliseconds since the epoch, when the log is opened */
	readonly start: (now: number) => LogStart;
};

/** Where the reader stands while not following. Held by places, so that lines may come and go around it. */
type LogStand = {
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
	readonly habits: LogHabits;
};

/** The user's own settings. */
type LogHabits = Pick<LogDefaults, 'tail' | 'sinceMs' | 'lines' | 'follow'>;

export const tailRange = ({tail}: LogHabits): LogRange => ({
	title: safe`last ${count(tail)}`,
	start: () => ({tail, since: undefined}),
});

/** No more than can be kept is asked for, of each task. */
export const allRange = ({lines}: LogHabits): LogRange => ({
	title: toSafeText('from the beginning'),
	start: () => ({tail: lines, since: undefined}),
});

/** What was written in the last so many milliseconds. */
export const agoRange = (title: SafeText, ms: number, {lines}: LogHabits): LogRange => ({
	title: safe`since ${title}`,
	start: (now) => ({tail: lines, since: msToStamp(now - ms)}),
});

export const sinceRange = (title: SafeText, stamp: string, {lines}: LogHabits): LogRange => ({
	title: safe`since ${title}`,
	start: () => ({tail: lines, since: stamp}),
});

/** Where a log begins that nobody has asked more of. */
function usualRange(habits: LogHabits): LogRange {
	const {sinceMs} = habits;
	return sinceMs === undefined ? tailRange(habits) : agoRange(duration(sinceMs), sinceMs, habits);
}

export function initialLogs({timestamps, prefix, wrap, json, ...habits}: LogDefaults): LogsState {
	return {
		target: undefined,
		range: usualRange(habits),
		stand: undefined,
		look: {time: timestamps, prefix, isWrapped: wrap, isStructured: json, hidesStopped: false},
		filterText: '',
		searchText: '',
		habits,
	};
}

/** The logs of something else: the looks stay, what was looked for in the others does not. */
export function withTarget(logs: LogsState, target: LogTarget): LogsState {
	if (logs.target?.id === target.id && logs.target.kind === target.kind) return logs;
	const {look, habits} = logs;
	return {target, look, habits, range: usualRange(habits), stand: undefined, filterText: '', searchText: ''};
}

const timeModes: readonly TimeMode[] = ['off', 'time', 'full', 'relative'];
const prefixModes: readonly PrefixMode[] = ['full', 'short', 'none'];

export const nextTime = (mode: TimeMode): TimeMode => after(timeModes, mode);
export const nextPrefix = (mode: PrefixMode): PrefixMode => after(prefixModes, mode);

function after<T>(modes: readonly T[], mode: T): T {
	return modes[(modes.indexOf(mode) + 1) % modes.length] ?? mode;
}
