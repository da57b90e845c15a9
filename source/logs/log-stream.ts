import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {Continuity} from './continuity.ts';
import {Idleness} from './idleness.ts';
import {type LogItem, missingFrom} from './line-reader.ts';
import {type LogLine, msToStamp, stampToMs} from './log-line.ts';
import type {LogOpener, LogProblem, LogRequest, LogTarget} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import {readResponse} from './read-response.ts';
import type {SeenLines} from './seen-lines.ts';

/**
 * One target's log from beginning to end: first what is there already, asked without following because only then the engine
 * names the nodes that it can't reach; then the followed stream, opened again whenever it ends or stalls, with what was
 * seen already left out. One response at a time brings lines; others only look.
 */

export type StreamEvents = {
	readonly onLine: (line: LogLine) => void;
	/** The lines that existed at the start are all there, as far as they can be had. */
	readonly onBacklog: () => void;
	/** `gapMs` is undefined when the lines around the interruption prove that nothing is missing. */
	readonly onReconnected: (afterMs: number, gapMs: number | undefined, reason: Interruption) => void;
	readonly onProblem: (problem: LogProblem | undefined) => void;
	/** Nodes whose lines can't be had now. */
	readonly onMissing: (nodeIds: readonly string[]) => void;
	/** The engine gives no lines at all because of these nodes. The stream is over. */
	readonly onRefused: (missingNodeIds: readonly string[]) => void;
	/** Nothing will come any more. */
	readonly onEnd: () => void;
};

/** `returned`: nodes that were missing can be asked again. */
export type Interruption = 'ended' | 'stalled' | 'returned';

export type StreamOptions = {
	readonly target: LogTarget;
	readonly start: LogStart;
	readonly isFollowing: boolean;
	readonly opener: LogOpener;
	readonly clock: Clock;
	readonly events: StreamEvents;
	/** Reading waits for it between chunks: whoever passes lines on slowly holds the engine back, not memory. */
	readonly gate?: (() => Promise<void>) | undefined;
	/** What has been had of the target's tasks so far. */
	readonly seen: SeenLines;
};

/** Asked again from so long before the last line: other tasks' lines may have been under way. */
const overlapMs = 10_000;
/** Nodes whose clocks go slow widen the overlap, up to this. */
const widestLagMs = 3_600_000;
/** Without a line for so long the backlog counts as all that can be had: a node that has just died is waited for. */
const backlogPatienceMs = 1000;
/** After so long without a line, a followed stream has brought the lines that existed before. */
const backlogQuietMs = 300;
/** How often a followed stream is held against what the engine has (moby#33183). */
const lookMs = 30_000;
const lookWhileMissingMs = 10_000;
/** How long a line that the engine has may take to come through the followed stream. */
const graceMs = 3000;
/** After so long without a replayed line the continuity of a reopened stream is judged. */
const judgeMs = 1500;

const firstBackoffMs = 500;
const longestBackoffMs = 10_000;

type Followed = {readonly abort: AbortController; reason: Interruption};

export class LogStream {
	readonly #options: StreamOptions;
	readonly #abort = new AbortController();
	readonly #timers = new Set<TimerHandle>();
	#newest = '';
	/** How far behind the newest line others have come. */
	#lagMs = 0;
	/** The missing nodes, each with the newest line at the time when it was found missing. */
	readonly #missing = new Map<string, string>();
	/** Where nodes that have come back left off. */
	#returnedFrom: string | undefined;
	#isLooking = false;
	#isBacklogTold = false;
	#followed: Followed | undefined;

	constructor(options: StreamOptions) {
		this.#options = options;
	}

	/** The newest time that a line has had; '' when there was none. */
	get newest(): string {
		return this.#newest;
	}

	/** Runs until it is closed, or, when it doesn't follow, until all has been read. */
	async run(): Promise<void> {
		const {events, isFollowing} = this.#options;
		const isComplete = await this.#readBacklog();
		if (this.#isClosed) return;
		if (isComplete || !isFollowing) this.#tellBacklog();
		if (!isFollowing) {
			events.onEnd();
			return;
		}
		if (!isComplete) void this.look();
		this.#keepLooking();
		await this.#followForEver();
	}

	close(): void {
		this.#abort.abort();
		for (const timer of this.#timers) timer.cancel();
		this.#timers.clear();
	}

	/**
	 * Asks the engine for the last line of each task: whether there is one that the followed stream has not brought, and
	 * which nodes don't answer.
	 */
	async look(): Promise<void> {
		if (this.#isLooking || this.#isClosed || !this.#options.isFollowing) return;
		this.#isLooking = true;
		const newest = new Map<string, string>();
		const missing: string[] = [];
		const problem = await this.#read({tail: 1, since: undefined, isFollowing: false}, this.#abort.signal, (item) => {
			if (item.kind === 'problem') missing.push(...missingFrom(item.message).nodes);
			else newest.set(item.line.origin.taskId, item.line.stamp);
		});
		if (!problem && !this.#isClosed) {
			this.#setMissing(missing);
			await this.#expect(newest);
		}
		this.#isLooking = false;
	}

	get #isClosed(): boolean {
		return this.#abort.signal.aborted;
	}

	/** False when it has to be had by following, because something keeps the engine from finishing. */
	async #readBacklog(): Promise<boolean> {
		const {isFollowing, events, seen} = this.#options;
		for (let backoff = firstBackoffMs; !this.#isClosed; backoff = Math.min(2 * backoff, longestBackoffMs)) {
			const impatience = new AbortController();
			const idleness = isFollowing ? this.#whenIdle(backlogPatienceMs, () => impatience.abort()) : undefined;
			const signal = AbortSignal.any([this.#abort.signal, impatience.signal]);
			const missing: string[] = [];
			const replay = seen.replay();
			const problem = await this.#read({...this.#options.start, isFollowing: false}, signal, (item) => {
				idleness?.renew();
				if (item.kind === 'problem') missing.push(...missingFrom(item.message).nodes);
				else if (replay.isNew(item.line)) this.#emit(item.line);
			});
			idleness?.end();
			if (signal.aborted) return false;
			if (this.#isRefused(problem)) return true;
			events.onProblem(problem);
			if (!problem) this.#setMissing(missing);
			if (!problem?.isRetryable || !isFollowing) return true;
			await this.#sleep(backoff);
		}
		return false;
	}

	async #followForEver(): Promise<void> {
		const {events, clock} = this.#options;
		let backoff = firstBackoffMs;
		let interruption: {readonly at: number; readonly reason: Interruption} | undefined;
		while (!this.#isClosed) {
			const followed: Followed = {abort: new AbortController(), reason: 'ended'};
			this.#followed = followed;
			const signal = AbortSignal.any([this.#abort.signal, followed.abort.signal]);
			const problem = await this.#followOnce(signal, (continuity) => {
				backoff = firstBackoffMs;
				events.onProblem(undefined);
				if (interruption) this.#judge(continuity, interruption.reason, interruption.at);
				interruption = undefined;
			});
			if (this.#isClosed || this.#isRefused(problem)) return;
			interruption ??= {at: clock.now(), reason: followed.reason};
			if (followed.abort.signal.aborted) continue;
			events.onProblem(problem ?? {message: 'the engine ended the log stream', isRetryable: true});
			if (problem && !problem.isRetryable) {
				this.#tellBacklog();
				events.onEnd();
				return;
			}
			await this.#sleep(backoff);
			backoff = Math.min(2 * backoff, longestBackoffMs);
		}
	}

	async #followOnce(signal: AbortSignal, onOpen: (continuity: Continuity) => void): Promise<LogProblem | undefined> {
		const {seen} = this.#options;
		const start = this.#startAgain();
		const continuity = new Continuity(start.since);
		const replay = seen.replay();
		const quiet = this.#isBacklogTold ? undefined : this.#whenIdle(backlogQuietMs, () => this.#tellBacklog());
		const onItem = (item: LogItem) => {
			if (item.kind !== 'line') return;
			if (!this.#isBacklogTold) quiet?.renew();
			const last = seen.newestOf(item.line.origin.taskId);
			const isNew = replay.isNew(item.line);
			continuity.see(item.line, isNew, last);
			if (isNew) this.#emit(item.line);
		};
		const problem = await this.#read({...start, isFollowing: true}, signal, onItem, () => {
			this.#returnedFrom = undefined;
			onOpen(continuity);
		});
		quiet?.end();
		return problem;
	}

	/** Says how the reopened stream joins the old one, as soon as the first lines show it. */
	#judge(continuity: Continuity, reason: Interruption, interruptedAt: number): void {
		const afterMs = this.#options.clock.now() - interruptedAt;
		this.#later(judgeMs, () => this.#options.events.onReconnected(afterMs, continuity.gapMs, reason));
	}

	/** A little before the newest line, or before a node was lost; as at first when there was none. */
	#startAgain(): LogStart {
		const from = this.#returnedFrom ?? this.#newest;
		if (!this.#isBacklogTold || from === '') return this.#options.start;
		return {tail: undefined, since: msToStamp(stampToMs(from) - overlapMs - Math.min(this.#lagMs, widestLagMs))};
	}

	#read(
		request: Omit<LogRequest, 'target'>,
		signal: AbortSignal,
		onItem: (item: LogItem) => void,
		onOpen?: () => void,
	): Promise<LogProblem | undefined> {
		const {target, opener, clock, gate} = this.#options;
		return readResponse({target, ...request}, {opener, clock, signal, onItem, onOpen, gate});
	}

	#emit(line: LogLine): void {
		if (line.stamp > this.#newest) this.#newest = line.stamp;
		else if (this.#isBacklogTold) this.#lagMs = Math.max(this.#lagMs, stampToMs(this.#newest) - stampToMs(line.stamp));
		// A TTY stream of one task names no task where details are missing; the target itself tells.
		const {target, events} = this.#options;
		const isNameless = line.origin.taskId === '' && target.kind === 'task';
		events.onLine(isNameless ? {...line, origin: {...line.origin, taskId: target.id}} : line);
	}

	#tellBacklog(): void {
		if (this.#isBacklogTold) return;
		this.#isBacklogTold = true;
		this.#options.events.onBacklog();
	}

	#isRefused(problem: LogProblem | undefined): boolean {
		if (!problem?.missingNodeIds?.length || this.#isClosed) return false;
		this.close();
		this.#options.events.onRefused(problem.missingNodeIds);
		return true;
	}

	/** Nodes that are no longer missing are asked for what they said meanwhile. */
	#setMissing(nodeIds: readonly string[]): void {
		const now = new Set(nodeIds);
		const returned = [...this.#missing].filter(([id]) => !now.has(id));
		const isChanged = returned.length > 0 || [...now].some((id) => !this.#missing.has(id));
		if (!isChanged) return;
		for (const [id] of returned) this.#missing.delete(id);
		for (const id of now) if (!this.#missing.has(id)) this.#missing.set(id, this.#newest);
		this.#options.events.onMissing([...now]);
		const from = returned.map(([, newest]) => newest).sort()[0];
		if (from === undefined) return;
		if (this.#returnedFrom === undefined || from < this.#returnedFrom) this.#returnedFrom = from;
		this.#reopen('returned');
	}

	/** The followed stream must bring these lines, too, or it has stalled. */
	async #expect(newest: ReadonlyMap<string, string>): Promise<void> {
		const isBehind = () => [...newest].some(([taskId, stamp]) => stamp > this.#options.seen.newestOf(taskId));
		const {followed} = {followed: this.#followed};
		if (!followed || !isBehind()) return;
		await this.#sleep(graceMs);
		if (isBehind() && this.#followed === followed) this.#reopen('stalled');
	}

	#reopen(reason: Interruption): void {
		const followed = this.#followed;
		if (!followed) return;
		followed.reason = reason;
		followed.abort.abort();
	}

	#keepLooking(): void {
		this.#later(this.#missing.size > 0 ? lookWhileMissingMs : lookMs, async () => {
			await this.look();
			this.#keepLooking();
		});
	}

	#whenIdle(idleMs: number, run: () => void): Idleness {
		return new Idleness(this.#options.clock, idleMs, run);
	}

	#later(delayMs: number, run: () => void): void {
		if (this.#isClosed) return;
		const timer = this.#options.clock.after(delayMs, () => {
			this.#timers.delete(timer);
			run();
		});
		this.#timers.add(timer);
	}

	#sleep(delayMs: number): Promise<void> {
		return new Promise((resolve) => {
			const isOver = () => {
				this.#abort.signal.removeEventListener('abort', isOver);
				resolve();
			};
			this.#abort.signal.addEventListener('abort', isOver);
			this.#later(delayMs, isOver);
		});
	}
}
