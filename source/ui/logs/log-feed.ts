/** What the logs pane reads: lines of one source, kept in bounded memory, however they came together. */
import type {SafeText, StyledText} from '../../text/safe-text.ts';

export type LogTarget = {
	readonly kind: 'service' | 'task' | 'node';
	readonly id: string;
	/** What the pane's title calls it. */
	readonly name: SafeText;
};

export type LogLine = {
	/** Milliseconds since the epoch; undefined for what has no time of its own, such as notices. */
	readonly time: number | undefined;
	/** Who says it: `web.3@w1`, '' when there is only one who could. */
	readonly prefix: SafeText;
	readonly text: StyledText;
	/** `notice`: said by swarmtop about the stream, not by a container. */
	readonly stream: 'stdout' | 'stderr' | 'notice';
};

export type LogStatus =
	| {readonly state: 'opening'}
	| {readonly state: 'streaming'}
	| {readonly state: 'ended'; readonly detail: SafeText}
	| {readonly state: 'failed'; readonly detail: SafeText};

/** The newest lines of a source. Lines keep their numbers for good: the oldest are dropped, none is renumbered. */
export interface LogView {
	readonly target: LogTarget;
	/** The number of the oldest line that is still there. */
	readonly first: number;
	/** The number that the next line will get. */
	readonly end: number;
	/** The widest prefix so far, in cells. */
	readonly prefixWidth: number;
	readonly status: LogStatus;
	lineAt(number: number): LogLine | undefined;
	/** Told once per batch of lines, at most ten times a second, and when the status changes. */
	subscribe(listener: () => void): () => void;
	close(): void;
}

export interface LogFeed {
	open(target: LogTarget): LogView;
}
