/** Words of our own in a log: about the stream, or a mark that the reader set. */
import type {Interruption} from './log-stream.ts';

/** `reconnected after 12 s, nothing lost`. */
export type LogNotice = {
	readonly tone: 'plain' | 'good' | 'warning' | 'mark';
	readonly text: string;
	/** What of its kind it tells of; undefined for what stands for itself. */
	readonly event?: StreamEvent;
};

type StreamEvent = {
	readonly kind: 'reopened' | 'gap';
	readonly times: number;
	/** Every time all tasks went on where they were. */
	readonly isWhole: boolean;
	/** How much may be missing, all times together. */
	readonly gapMs: number;
};

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

export const gapNotice = (gapMs: number): LogNotice => ({
	tone: 'warning',
	text: `gap of ${seconds(gapMs)}: lines may be missing`,
	event: {kind: 'gap', times: 1, isWhole: false, gapMs},
});

export function reopenedNotice(reason: Interruption, afterMs: number, isWhole: boolean): LogNotice {
	const event = {kind: 'reopened', times: 1, isWhole, gapMs: 0} as const;
	switch (reason) {
		case 'stalled':
			return {tone: 'good', text: `the stream had stalled and was opened again${proof(isWhole)}`, event};
		case 'returned':
			return {tone: 'good', text: 'a node is back: what it logged meanwhile is inserted by its time'};
		case 'ended':
			return {tone: 'good', text: `reconnected after ${seconds(afterMs)}${proof(isWhole)}`, event};
		default:
			return reason satisfies never;
	}
}

/** One notice for two of one kind that follow each other without a line between; undefined for others. */
export function folded(first: LogNotice, next: LogNotice): LogNotice | undefined {
	const [one, other] = [first.event, next.event];
	if (!one || one.kind !== other?.kind) return undefined;
	const event = {
		kind: one.kind,
		times: one.times + other.times,
		isWhole: one.isWhole && other.isWhole,
		gapMs: one.gapMs + other.gapMs,
	};
	const text =
		event.kind === 'gap'
			? `${event.times} gaps, ${seconds(event.gapMs)} together: lines may be missing`
			: `stream reopened ${event.times} times${proof(event.isWhole)}`;
	return {tone: next.tone, text, event};
}

const proof = (isWhole: boolean): string => (isWhole ? ', nothing lost' : '');
