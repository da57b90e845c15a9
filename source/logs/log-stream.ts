import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {Idleness} from './idleness.ts';
import {type LogItem, missingFrom} from './line-reader.ts';
import type {LogLine} from './log-line.ts';
import type {LogOpener, LogProblem, LogRequest, LogTarget} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import {readResponse} from './read-response.ts';
import type {SeenLines} from './seen-lines.ts';
import {type Reading, TaskJoins} from './task-joins.ts';

/**
 * One target's log from beginning to end: what is there is read without following, then the stream is followed, without
 * any history. The engine is asked time and again for the last line of every task: what the followed stream has not
 * brought is read task by task, and the stream is opened anew.
 *
 * All this because followed and whole-service responses can't be trusted: with much history (300 lines of two tasks on one
 * node, on 20.10) engines fall silent for some tasks in the middle of them (moby#33183, moby#38640), and followed ones never
 * say which nodes can't be reached. What is read of a single task is whole.
 */

export type StreamEvents = {
	/** `isCatchingUp`: written while nobody listened, or before. */
	readonly onLine: (line: LogLine, isCatchingUp: boolean) => void;
	/** The lines that existed at the start are all there, as far as they can be had quickly. */
	readonly onBacklog: () => void;
	readonly onReconnected: (reconnection: Reconnection) => void;
	readonly onProblem: (problem: LogProblem | undefined) => void;
	/** Nodes whose lines can't be had now. */
	readonly onMissing: (nodeIds: readonly string[]) => void;
	/** The engine gives no lines at all because of these nodes. The stream is over. */
	readonly onRefused: (missingNodeIds: readonly string[]) => void;
	/** Nothing will come any more. */
	readonly onEnd: () => void;
};

/** `returned`: nodes that were missing answer again. */
export type Interruption = 'ended' | 'stalled' | 'returned';

export type Reconnection = {
	readonly reason: Interruption;
	readonly afterMs: number;
	/** `whole`: every task goes on where it was. `unknown`: the engine did not answer in time. */
	readonly continuity: 'whole' | 'unknown' | {readonly gapMs: number};
	/** The newest time that had been seen before: where the reader should be told. */
	readonly stamp: string;
};

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
	/** Other streams have brought the lines that existed before: it only goes on from where they were. */
	readonly isResumed?: boolean;
};

/** Without a line for so long, reading what is there is over: the engine waits for a node that has just died, or hangs. */
const readPatienceMs = 1000;
/** Reading one task has only one node to wait for. */
const taskPatienceMs = 5000;
/** A look that brings nothing for so long is given up. */
const lookPatienceMs = 20_000;
/** When a followed stream is held against what the engine has: soon after it was opened, then less and less often. */
const looksMs = [0, 3000, 10_000, 30_000];
const lookWhileMissingMs = 10_000;
/** How long a line that the engine has may take to come through the followed stream. */
const graceMs = 3000;
/** Of a task that is met only later no fewer lines are read than this, where a tail is wanted. */
const lateTail = 10_000;

const firstBackoffMs = 500;
const longestBackoffMs = 10_000;

/** Since when nobody has listened. */
type Interrupted = Pick<Reconnection, 'reason' | 'stamp'> & {readonly at: number};

/** A stream that is being followed, and whether it is given up as stalled. */
type Followed = {readonly abort: AbortController; isStalled: boolean};

/** What the engine has: the last line of each task, and which nodes don't answer (undefined: it has not said). */
type Sight = {
	readonly problem: LogProblem | undefined;
	readonly missing: readonly string[] | undefined;
	readonly newest: ReadonlyMap<string, string>;
};

export class LogStream {
	readonly #options: StreamOptions;
	readonly #abort = new AbortController();
	readonly #timers = new Set<TimerHandle>();
	readonly #joins: TaskJoins;
	#newest = '';
	#missing: ReadonlySet<string> = new Set();
	#interrupted: Interrupted | undefined;
	#gapMs: number | undefined;
	#followed: Followed | undefined;
	#backoffMs = firstBackoffMs;
	#isLooking = false;
	#lookTimer: TimerHandle | undefined;
	#isBacklogTold = false;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#isBacklogTold = options.isResumed ?? false;
		this.#joins = new TaskJoins({
			seen: options.seen,
			read: (taskId, since, onLine) => this.#readTask(taskId, since, onLine),
			emit: (line, isCatchingUp) => this.#emit(line, isCatchingUp),
			onGap: (lostMs) => {
				this.#gapMs = Math.max(this.#gapMs ?? 0, lostMs);
			},
		});
	}

	/** Runs until it is closed, or, when it doesn't follow, until all has been read. */
	async run(): Promise<void> {
		const {events, isFollowing} = this.#options;
		while (!this.#isClosed) {
			const problem =
				(this.#isBacklogTold ? undefined : await this.#readBacklog()) ??
				(isFollowing ? await this.#follow() : undefined);
			if (this.#isClosed || this.#isRefused(problem)) return;
			if (!isFollowing || problem?.isRetryable === false) {
				events.onProblem(problem);
				this.#tellBacklog();
				events.onEnd();
				return;
			}
			await this.#pause(problem);
		}
	}

	close(): void {
		this.#abort.abort();
		for (const timer of this.#timers) timer.cancel();
		this.#timers.clear();
	}

	/** Holds what has come against what the engine has. What is missing is read at once, or once it has had time to come. */
	async look({isPatient = false} = {}): Promise<void> {
		const followed = this.#followed;
		if (this.#isLooking || !followed) return;
		this.#isLooking = true;
		const interrupted = this.#interrupted;
		const sight = await this.#see(lookPatienceMs);
		this.#isLooking = false;
		if (this.#followed !== followed) return;
		const isReturned = this.#setMissing(sight);
		const isStalled = isPatient && !isReturned && (await this.#isStillBehind(sight));
		if (this.#followed !== followed) return;
		if (isStalled) this.#interrupted ??= this.#interruption('stalled');
		await this.#fill(sight);
		if (this.#isClosed) return;
		const happened = interrupted ?? (isReturned ? this.#interruption('returned') : undefined);
		if (happened) this.#tellReconnected(happened, sight);
		if (!isStalled || this.#followed !== followed) return;
		followed.isStalled = true;
		followed.abort.abort();
	}

	get #isClosed(): boolean {
		return this.#abort.signal.aborted;
	}

	/** What is there at the start, as it was asked for. */
	async #readBacklog(): Promise<LogProblem | undefined> {
		const {events, seen, start, isFollowing} = this.#options;
		const replay = seen.replay();
		const {problem, missing} = await this.#readOnce(start, readPatienceMs, (line) => {
			if (replay.isNew(line)) this.#emit(line, true);
		});
		// Asked once more, a tail would begin later: from here on each task goes on from its last line.
		if (problem && this.#newest !== '') this.#tellBacklog();
		if (problem || this.#isClosed) return problem;
		events.onProblem(undefined);
		if (missing) this.#setMissing({missing});
		else if (!isFollowing) await this.#finishBacklog();
		this.#tellBacklog();
		return undefined;
	}

	/** The engine fell silent before the end: what it has not sent is read task by task. */
	async #finishBacklog(): Promise<void> {
		const sight = await this.#see(lookPatienceMs);
		this.#setMissing(sight);
		await this.#fill(sight);
	}

	async #follow(): Promise<LogProblem | undefined> {
		const {clock, events} = this.#options;
		const followed: Followed = {abort: new AbortController(), isStalled: false};
		const signal = AbortSignal.any([this.#abort.signal, followed.abort.signal]);
		const openedAt = clock.now();
		const onItem = (item: LogItem): void => {
			if (item.kind === 'line') this.#joins.take(item.line);
		};
		this.#joins.reopened();
		const problem = await this.#read({tail: 0, since: undefined, isFollowing: true}, signal, onItem, () => {
			this.#followed = followed;
			events.onProblem(undefined);
			this.#lookAfter(0);
		});
		if (clock.now() - openedAt > longestBackoffMs) this.#backoffMs = firstBackoffMs;
		return problem;
	}

	/** Between two followed streams. */
	async #pause(problem: LogProblem | undefined): Promise<void> {
		const isStalled = this.#followed?.isStalled ?? false;
		const wasFollowing = this.#followed !== undefined;
		this.#followed = undefined;
		this.#lookTimer?.cancel();
		if (wasFollowing) this.#interrupted ??= this.#interruption(isStalled ? 'stalled' : 'ended');
		if (isStalled) return;
		this.#options.events.onProblem(problem ?? {message: 'the engine ended the log stream', isRetryable: true});
		await this.#sleep(this.#backoffMs);
		this.#backoffMs = Math.min(2 * this.#backoffMs, longestBackoffMs);
	}

	#interruption(reason: Interruption): Interrupted {
		return {at: this.#options.clock.now(), reason, stamp: this.#newest};
	}

	#tellReconnected(interrupted: Interrupted, {problem, missing}: Sight): void {
		const {clock, events} = this.#options;
		const isWhole = !problem && missing?.length === 0;
		const gapMs = this.#gapMs;
		this.#gapMs = undefined;
		this.#interrupted = undefined;
		const continuity = gapMs === undefined ? (isWhole ? 'whole' : 'unknown') : {gapMs};
		events.onReconnected({...interrupted, afterMs: clock.now() - interrupted.at, continuity});
	}

	/** The last line of each task. */
	async #see(patienceMs: number): Promise<Sight> {
		const newest = new Map<string, string>();
		const seen = await this.#readOnce({tail: 1, since: undefined}, patienceMs, ({stamp, origin}) => {
			if (stamp > (newest.get(origin.taskId) ?? '')) newest.set(origin.taskId, stamp);
		});
		return {...seen, newest};
	}

	#behind({newest}: Sight): string[] {
		return [...newest.keys()].filter((id) => (newest.get(id) ?? '') > this.#options.seen.newestOf(id));
	}

	async #isStillBehind(sight: Sight): Promise<boolean> {
		if (this.#behind(sight).length === 0) return false;
		await this.#sleep(graceMs);
		return this.#behind(sight).length > 0;
	}

	async #fill(sight: Sight): Promise<void> {
		await Promise.all(this.#behind(sight).map((id) => this.#joins.fill(id)));
	}

	async #readTask(taskId: string, since: string | undefined, onLine: (line: LogLine) => void): Promise<Reading> {
		const {start, target} = this.#options;
		const tail = start.tail === undefined || !this.#isBacklogTold ? start.tail : Math.max(start.tail, lateTail);
		const request = since === undefined ? {tail, since: start.since} : {tail: undefined, since};
		const task: LogTarget = taskId === '' ? target : {kind: 'task', id: taskId};
		const {problem, missing} = await this.#readOnce(request, taskPatienceMs, onLine, task);
		return {problem, isWhole: missing !== undefined};
	}

	/**
	 * One response without following.
	 * @param patienceMs without an item for so long, what has come is all there is
	 * @returns the nodes that the engine can't reach; undefined when it has not come to its end
	 */
	async #readOnce(
		request: LogStart,
		patienceMs: number,
		onLine: (line: LogLine) => void,
		target = this.#options.target,
	): Promise<{problem: LogProblem | undefined; missing: readonly string[] | undefined}> {
		const impatience = new AbortController();
		const signal = AbortSignal.any([this.#abort.signal, impatience.signal]);
		const idleness = new Idleness(this.#options.clock, patienceMs, () => impatience.abort());
		const missing: string[] = [];
		const onItem = (item: LogItem): void => {
			idleness.renew();
			if (item.kind === 'line') onLine(item.line);
			else missing.push(...missingFrom(item.message).nodes);
		};
		const problem = await this.#read({...request, isFollowing: false}, signal, onItem, undefined, target);
		idleness.end();
		return {problem, missing: signal.aborted ? undefined : missing};
	}

	#read(
		request: Omit<LogRequest, 'target'>,
		signal: AbortSignal,
		onItem: (item: LogItem) => void,
		onOpen?: () => void,
		target = this.#options.target,
	): Promise<LogProblem | undefined> {
		const {opener, clock, gate} = this.#options;
		return readResponse({target, ...request}, {opener, clock, signal, onItem, onOpen, gate});
	}

	#emit(line: LogLine, isCatchingUp: boolean): void {
		if (line.stamp > this.#newest) this.#newest = line.stamp;
		// A TTY stream of one task names no task where details are missing; the target itself tells.
		const {target, events} = this.#options;
		const isNameless = line.origin.taskId === '' && target.kind === 'task';
		events.onLine(isNameless ? {...line, origin: {...line.origin, taskId: target.id}} : line, isCatchingUp);
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

	/** Whether one that was missing answers again. */
	#setMissing({missing}: Pick<Sight, 'missing'>): boolean {
		if (!missing) return false;
		const before = this.#missing;
		this.#missing = new Set(missing);
		const isReturned = [...before].some((id) => !this.#missing.has(id));
		if (isReturned || this.#missing.size !== before.size) this.#options.events.onMissing([...this.#missing]);
		return isReturned;
	}

	#lookAfter(looks: number): void {
		this.#lookTimer?.cancel();
		const usualMs = looksMs[looks] ?? looksMs.at(-1) ?? 0;
		const delayMs = this.#missing.size > 0 ? Math.min(usualMs, lookWhileMissingMs) : usualMs;
		this.#lookTimer = this.#later(delayMs, async () => {
			await this.look({isPatient: looks > 0});
			if (this.#followed) this.#lookAfter(looks + 1);
		});
	}

	#later(delayMs: number, run: () => void): TimerHandle | undefined {
		if (this.#isClosed) return undefined;
		const timer = this.#options.clock.after(delayMs, () => {
			this.#timers.delete(timer);
			run();
		});
		this.#timers.add(timer);
		return timer;
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
