import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {Semaphore} from '../runtime/semaphore.ts';
import {readingsAtOnce} from './engine-view.ts';
import {FollowSlots} from './follow-slots.ts';
import {LogBuffer, type LogLimits} from './log-buffer.ts';
import type {LogLine} from './log-line.ts';
import type {LogNotice} from './log-notice.ts';
import type {LogOpener, LogTarget} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import {MergeWindow} from './merge-window.ts';
import {Reconnections} from './reconnections.ts';
import {TargetStream} from './target-stream.ts';

/**
 * One ordered log out of the streams of several targets: a service, a task, a node's tasks, a stack's services. Lines wait a
 * short while to be put in order, then join the buffer; whoever shows it is told in batches.
 */

export type LogStatus = {
	/** loading: the lines that exist are still coming; ended: not following, and all is there. */
	readonly state: 'loading' | 'following' | 'reconnecting' | 'ended';
	/** What is wrong with a stream right now, in the engine's or our own words. */
	readonly problem: string | undefined;
	/** Nodes whose lines can't be had now. */
	readonly missingNodeIds: readonly string[];
	readonly dropped: number;
};

export interface LogSession {
	readonly buffer: LogBuffer;
	status(): LogStatus;
	/** Calls after every batch and every change of the status; gives back what ends it. */
	subscribe(listener: () => void): () => void;
	/** The targets have changed: new tasks of a node, marked rows. What is open already goes on. */
	setTargets(targets: readonly LogTarget[]): void;
	/** Sets a mark at the end, for the reader to find the place again. */
	mark(text: string): void;
	/** A node has come or gone: who is missing is asked now. */
	look(): void;
	close(): void;
}

type LogSessionOptions = {
	readonly targets: readonly LogTarget[];
	readonly start: LogStart;
	readonly isFollowing: boolean;
	readonly opener: LogOpener;
	readonly clock: Clock;
	readonly limits?: LogLimits;
	/** Gets every line as it is released, late ones when they come: for who passes lines on instead of keeping them. */
	readonly onLines?: (lines: readonly LogLine[]) => void;
	/** Gets what is said about the stream, as it joins the buffer. */
	readonly onNotice?: (notice: LogNotice) => void;
	/** Reading waits for it. */
	readonly gate?: () => Promise<void>;
};

/** How long a line waits for an earlier one from another task. */
const reorderMs = 300;
/** The pane changes at most so often, whatever comes in. */
const flushMs = 100;
/** Whoever follows sees a backlog that is still not complete after this as far as it is. */
const backlogPatienceMs = 3000;
/** So many lines of a backlog are put in order at once; of a longer one the oldest have to go on. */
const backlogLines = 200_000;

type Member = {
	readonly stream: TargetStream;
	hasBacklog: boolean;
	hasEnded: boolean;
	problem: string | undefined;
	missing: readonly string[];
};

export function createLogSession(options: LogSessionOptions): LogSession {
	const {clock} = options;
	const buffer = new LogBuffer(options.limits);
	const window = new MergeWindow();
	const reconnections = new Reconnections(clock, note);
	const semaphore = new Semaphore(readingsAtOnce);
	const slots = new FollowSlots(options.opener.mostFollowed, () => clock.now());
	const members = new Map<string, Member>();
	const listeners = new Set<() => void>();
	let isBacklogShown = false;
	let flushTimer: TimerHandle | undefined;
	let isClosed = false;
	let isChanged = false;

	const notify = () => {
		for (const listener of [...listeners]) listener();
	};

	const scheduleFlush = () => {
		if (!flushTimer && !isClosed) flushTimer = clock.after(flushMs, flush);
	};

	const changed = () => {
		isChanged = true;
		scheduleFlush();
	};

	function flush(): void {
		flushTimer = undefined;
		const lines = isBacklogShown ? window.release(clock.now(), hasAllEnded() ? 0 : reorderMs) : [];
		keep(lines);
		if (window.size > 0) scheduleFlush();
		if (lines.length > 0 || isChanged) notify();
		isChanged = false;
	}

	/** All lines that existed at the start, in order; of a tail the last ones of the whole, not of each task. */
	function showBacklog(): void {
		if (isBacklogShown) return;
		isBacklogShown = true;
		const lines = window.flush().map(withCut);
		keep(lines.slice(Math.max(0, lines.length - (options.start.tail ?? lines.length))));
		changed();
	}

	const cuts = new Set<string>();

	/** Lines of which the beginning is missing are known when all has been read: what is shown before has none. */
	function withCut(line: LogLine): LogLine {
		return cuts.has(`${line.origin.taskId} ${line.stamp}`) ? {...line, isCut: true} : line;
	}

	/** Of a tail only the last lines will be wanted; of anything else all, and the oldest can be shown already. */
	function limitBacklog(): void {
		const {tail} = options.start;
		const most = tail === undefined ? backlogLines : Math.max(2 * tail, 1000);
		if (window.size <= most) return;
		const oldest = window.takeOldest(window.size - (tail ?? most / 2));
		if (tail !== undefined) return;
		keep(oldest);
		changed();
	}

	function keep(lines: readonly LogLine[]): void {
		buffer.add(lines);
		if (lines.length > 0) options.onLines?.(lines);
	}

	function note(notice: LogNotice, stamp?: string): void {
		buffer.note(notice, stamp);
		options.onNotice?.(notice);
		changed();
	}

	const hasAllEnded = () => [...members.values()].every((member) => member.hasEnded);

	function open(target: LogTarget): void {
		const member: Member = {
			stream: new TargetStream(
				{
					target,
					start: options.start,
					isFollowing: options.isFollowing,
					opener: options.opener,
					gate: options.gate,
					clock,
					semaphore,
					slots,
				},
				{
					onLine: (line, isCatchingUp) => {
						window.push(line, clock.now(), member.hasBacklog && !isCatchingUp);
						if (isBacklogShown) scheduleFlush();
						else limitBacklog();
					},
					onBacklog: () => {
						member.hasBacklog = true;
						if ([...members.values()].every((other) => other.hasBacklog)) showBacklog();
					},
					onReconnected: (reconnection) => reconnections.add(reconnection),
					onProblem: (problem) => {
						member.problem = problem?.message;
						changed();
					},
					onMissing: (nodeIds) => {
						member.missing = nodeIds;
						changed();
					},
					onCut: ({taskId, stamp}) => cuts.add(`${taskId} ${stamp}`),
					onEnd: () => {
						member.hasEnded = true;
						changed();
					},
				},
			),
			hasBacklog: false,
			hasEnded: false,
			problem: undefined,
			missing: [],
		};
		members.set(keyOf(target), member);
		member.stream.open();
	}

	function setTargets(targets: readonly LogTarget[]): void {
		if (isClosed) return;
		const wanted = new Set(targets.map(keyOf));
		for (const [key, member] of members) {
			if (wanted.has(key)) continue;
			member.stream.close();
			members.delete(key);
		}
		for (const target of targets) if (!members.has(keyOf(target))) open(target);
		if (targets.length === 0) showBacklog();
	}

	const patience = options.isFollowing ? clock.after(backlogPatienceMs, showBacklog) : undefined;
	setTargets(options.targets);

	return {
		buffer,
		status: () => ({
			state: stateOf([...members.values()], options.isFollowing, isBacklogShown),
			problem: [...members.values()].find((member) => member.problem)?.problem,
			missingNodeIds: [...new Set([...members.values()].flatMap((member) => member.missing))],
			dropped: buffer.dropped,
		}),
		subscribe(listener) {
			listeners.add(listener);
			return () => {
				listeners.delete(listener);
			};
		},
		setTargets,
		mark: (text) => note({tone: 'mark', text}),
		look() {
			for (const member of members.values()) member.stream.look();
		},
		close() {
			isClosed = true;
			patience?.cancel();
			flushTimer?.cancel();
			reconnections.close();
			for (const member of members.values()) member.stream.close();
			members.clear();
			listeners.clear();
		},
	};
}

const keyOf = (target: LogTarget): string => `${target.kind} ${target.id}`;

function stateOf(members: readonly Member[], isFollowing: boolean, isBacklogShown: boolean): LogStatus['state'] {
	// Whoever follows may still get targets: tasks of an empty node, services of a stack that is being deployed.
	const canEnd = members.length > 0 || !isFollowing;
	if (canEnd && members.every((member) => member.hasEnded)) return 'ended';
	if (!isBacklogShown) return 'loading';
	return members.some(({problem, hasEnded}) => problem !== undefined && !hasEnded) ? 'reconnecting' : 'following';
}
