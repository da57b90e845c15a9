/** What the logs pane reads: one source's lines in order and in bounded memory, with names for who says them. */
import type {LogNames} from '../../logs/display.ts';
import type {LogBuffer} from '../../logs/log-buffer.ts';
import type {LogStart} from '../../logs/log-since.ts';
import type {SafeText} from '../../text/safe-text.ts';

export type LogTarget = {
	/** `several`: all that was marked. */
	readonly kind: 'service' | 'task' | 'node' | 'stack' | 'several';
	/** Of a stack its name; of several all their IDs. */
	readonly id: string;
	/** What the pane's title calls it. */
	readonly name: SafeText;
	readonly parts?: readonly LogTarget[];
};

/** Marked rows together. */
export function severalTargets(parts: readonly LogTarget[], name: SafeText): LogTarget {
	return {kind: 'several', id: parts.map(({kind, id}) => `${kind} ${id}`).join(','), name, parts};
}

export type LogSourceStatus = {
	readonly state: 'opening' | 'streaming' | 'reconnecting' | 'ended';
	/** What is wrong with it now, '' when nothing is. */
	readonly problem: SafeText;
	/** Nodes whose lines can't be had now. */
	readonly missing: readonly SafeText[];
	/** Lines that were let go because there were too many. */
	readonly dropped: number;
};

/** An open source. */
export interface LogSource {
	readonly target: LogTarget;
	readonly buffer: LogBuffer;
	readonly names: LogNames;
	readonly status: LogSourceStatus;
	/** Of the tasks that have said something those that are over: another set when that changes. */
	readonly stoppedTasks: ReadonlySet<string>;
	/** Told once per batch of lines, at most ten times a second, and when the status changes. */
	subscribe(listener: () => void): () => void;
	/** Sets a mark behind the newest line. */
	mark(text: SafeText): void;
	close(): void;
}

export interface LogFeed {
	open(target: LogTarget, start: LogStart): LogSource;
}
