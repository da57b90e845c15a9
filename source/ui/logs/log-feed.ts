/** What the logs pane reads: the newest lines of one source, in order, in bounded memory. */
import type {SafeText, StyledText} from '../../text/safe-text.ts';

export type LogTarget = {
	readonly kind: 'service' | 'task' | 'node';
	readonly id: string;
	/** What the pane's title calls it. */
	readonly name: SafeText;
};

export type LogRow = {
	/** Never given to another line. */
	readonly id: number;
	/** `15:04:05.123` (UTC, as the engine stamps it), '' where it is not known. */
	readonly time: SafeText;
	/** Who says it: `web.3@w1`, '' where there is only one who could. */
	readonly prefix: SafeText;
	/** What the prefix's colour hangs on: the task. */
	readonly speaker: string;
	readonly text: StyledText;
	/** `notice`: said by swarmtop about the stream, not by a container. */
	readonly kind: 'stdout' | 'stderr' | 'notice';
};

export type LogStatus = {
	readonly state: 'opening' | 'streaming' | 'ended';
	/** What is wrong with it now, '' when nothing is. */
	readonly problem: SafeText;
	/** Lines that were let go because there were too many. */
	readonly dropped: number;
};

/** An open source. Lines are counted from the oldest that is still there. */
export interface LogView {
	readonly target: LogTarget;
	readonly length: number;
	rowAt(index: number): LogRow | undefined;
	/** Where the line of that ID stands now; the oldest there is when it has been let go. `hint`: where it stood. */
	indexOf(id: number, hint: number): number;
	readonly status: LogStatus;
	/** Told once per batch of lines, at most ten times a second, and when the status changes. */
	subscribe(listener: () => void): () => void;
	close(): void;
}

export interface LogFeed {
	open(target: LogTarget): LogView;
}
