// A long file: one stream is one state machine, which reads easier in one piece.
import type {Clock, TimerHandle} from '../runtime/clock.ts';
import type {Semaphore} from '../runtime/semaphore.ts';
import {
	type CutLine,
	EngineView,
	mostTasks,
	patienceMs,
	type Reading,
	type TaskReport,
	taskTarget,
} from './engine-view.ts';
import type {FollowSlot, FollowSlots} from './follow-slots.ts';
import type {LogLine} from './log-line.ts';
import type {LogOpener, LogProblem, LogTarget, PlacedTask} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import type {SeenLines} from './seen-lines.ts';
import {TaskJoins} from './task-joins.ts';

/**
 * One target's log from beginning to end: what is there is read task by task, then the stream is followed, without any
 * history. The engine is asked time and again for the last line of every task: what the followed stream has not brought is
 * read, and the stream is opened anew.
 *
 * All this because the responses for whole services can't be trusted (docs/decisions/0012): with much history engines fall
 * silent in the middle of them (moby#33183, moby#38640), one task that waits for a node keeps all lines back (moby#35011),
 * and followed ones never say which nodes can't be reached. What is read of a single task is whole.
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
	/** The beginning of that line could not be had. */
	readonly onCut: (cut: CutLine) => void;
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
	/** Shared by all streams of a log: readings take semaphore, and only so many responses are followed. */
	readonly semaphore: Semaphore;
	readonly slots: FollowSlots;
	/** What has been had of the target's tasks so far. */
	readonly seen: SeenLines;
	/** Other streams have brought the lines that existed before: it only goes on from where they were. */
	readonly isResumed?: boolean;
};

/** Whoever wants to see something now is not kept waiting by one node: what it has comes later. */
const firstPatienceMs = 1000;
/** Whoever wants all there is waits until the engine itself says that a node is down. */
const longPatienceMs = 20_000;
/** When a followed stream is held against what the engine has: soon after it was opened, then less and less often. */
const looksMs = [0, 3000, 10_000, 30_000];
const lookWhileMissingMs = 10_000;
/** How long a line that the engine has may take to come through the followed stream. */
const graceMs = 3000;
/** Of a task that is met only later no fewer lines are read than this, where a tail is wanted. */
const lateTail = 10_000;

/** How often whoever can't be followed is looked at, and how much longer than a look the engine is left alone. */
const lookMs = 2000;
const idleShare = 4;
const longestLookMs = 30_000;

/** Before a task is read once more because the reading fell short of what had come already. */
const rereadMs = 200;

const firstBackoffMs = 500;
const longestBackoffMs = 10_000;

/** Since when nobody has listened. */
type Interrupted = Pick<Reconnection, 'reason' | 'stamp'> & {readonly at: number};

/** A stream that is being followed, and whether it is given up as stalled. */
type Followed = {readonly abort: AbortController; isStalled: boolean};

export class LogStream {
	readonly #options: StreamOptions;
	readonly #abort = new AbortController();
	readonly #timers = new Set<TimerHandle>();
	readonly #joins: TaskJoins;
	readonly #view: EngineView;
	#newest = '';
	#missing: ReadonlySet<string> = new Set();
	/** Of the readings of a round: nodes that the engine could not reach, and which did not work at all. */
	readonly #notAnswering = new Set<string>();
	readonly #problems: LogProblem[] = [];
	#interrupted: Interrupted | undefined;
	#gapMs: number | undefined;
	#followed: Followed | undefined;
	#backoffMs = firstBackoffMs;
	#isLooking = false;
	#lookTimer: TimerHandle | undefined;
	#isBacklogTold = false;
	/** The last look has found something new. */
	#hasNews = false;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#isBacklogTold = options.isResumed ?? false;
		this.#view = new EngineView({...options, signal: this.#abort.signal});
		this.#joins = new TaskJoins({
			seen: options.seen,
			semaphore: options.semaphore,
			pause: () => this.#sleep(rereadMs),
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
				(this.#isBacklogTold ? undefined : await this.#readBacklog()) ?? (isFollowing ? await this.#goOn() : undefined);
			if (this.#isClosed || (problem !== 'looked' && this.#isRefused(problem))) return;
			if (problem === 'looked') continue;
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
		const report = await this.#view.see();
		this.#isLooking = false;
		if (this.#followed !== followed) return;
		const isReturned = report.missing !== undefined && this.#setMissing(report.missing);
		const isStalled = isPatient && !isReturned && (await this.#isStillBehind(report));
		if (this.#followed !== followed) return;
		if (isStalled) this.#interrupted ??= this.#interruption('stalled');
		await this.#fill(report);
		if (this.#isClosed) return;
		const happened = interrupted ?? (isReturned ? this.#interruption('returned') : undefined);
		if (happened) this.#tellReconnected(happened, report);
		if (this.#followed !== followed) return;
		if (isStalled) {
			followed.isStalled = true;
			followed.abort.abort();
		} else if (isPatient) await Promise.all([...report.newest.keys()].map((id) => this.#joins.confirm(id)));
	}

	get #isClosed(): boolean {
		return this.#abort.signal.aborted;
	}

	/** What is there at the start, as it was asked for. */
	async #readBacklog(): Promise<LogProblem | undefined> {
		const {events, isFollowing} = this.#options;
		const tasks = await this.#view.tasks();
		if (!tasks.ok) return tasks.error;
		const problem = tasks.value.length > mostTasks ? await this.#readWhole() : await this.#readTasks(tasks.value);
		if (problem || this.#isClosed) return problem;
		events.onProblem(undefined);
		if (!isFollowing && tasks.value.length > mostTasks) await this.#fill(await this.#view.see());
		this.#tellBacklog();
		return undefined;
	}

	async #readTasks(tasks: readonly PlacedTask[]): Promise<LogProblem | undefined> {
		this.#notAnswering.clear();
		this.#problems.length = 0;
		await Promise.all(tasks.map(({id}) => this.#joins.fill(id)));
		this.#setMissing([...this.#notAnswering]);
		// One that can't be read must not silence the others: the next look tries it again.
		return this.#problems.length < tasks.length ? undefined : this.#problems[0];
	}

	/** In one response, as far as the engine gets. */
	async #readWhole(): Promise<LogProblem | undefined> {
		const replay = this.#options.seen.replay();
		const {problem, missing} = await this.#view.read(this.#options.start, firstPatienceMs, (line) => {
			if (replay.isNew(line)) this.#emit(line, true);
		});
		if (missing) this.#setMissing(missing);
		// Asked once more, a tail would begin later: from here on each task goes on from its last line.
		if (problem && this.#newest !== '') this.#tellBacklog();
		return problem;
	}

	/** Follows where that is possible; else looks once. */
	async #goOn(): Promise<LogProblem | 'looked' | undefined> {
		const abort = new AbortController();
		let isTaken = false;
		const slot = this.#options.slots.take({
			hasNews: this.#hasNews,
			onTaken: () => {
				isTaken = true;
				abort.abort();
			},
		});
		if (!slot) return (await this.#lookOnce()) ?? 'looked';
		this.#hasNews = false;
		const problem = await this.#follow(abort, slot);
		slot.free();
		if (!isTaken) return problem;
		this.#followed = undefined;
		return 'looked';
	}

	/** Too many are followed already: reads what is new, and leaves the engine alone for much longer than that took. */
	async #lookOnce(): Promise<LogProblem | undefined> {
		const {clock, events} = this.#options;
		const beganAt = clock.now();
		const report = await this.#view.see();
		if (report.problem) {
			this.#interrupted ??= this.#interruption('ended');
			return report.problem;
		}
		events.onProblem(undefined);
		const isReturned = report.missing !== undefined && this.#setMissing(report.missing);
		const happened = this.#interrupted ?? (isReturned ? this.#interruption('returned') : undefined);
		this.#hasNews = this.#behind(report).length > 0;
		await this.#fill(report);
		if (happened) this.#tellReconnected(happened, report);
		const tookMs = clock.now() - beganAt;
		await this.#sleep(Math.min(Math.max(lookMs, idleShare * tookMs), longestLookMs));
		return undefined;
	}

	async #follow(abort: AbortController, slot: FollowSlot): Promise<LogProblem | undefined> {
		const {clock, events} = this.#options;
		const followed: Followed = {abort, isStalled: false};
		const openedAt = clock.now();
		const onLine = (line: LogLine): void => {
			slot.heard();
			this.#joins.take(line);
		};
		this.#joins.reopened();
		const problem = await this.#view.follow(followed.abort.signal, onLine, () => {
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

	#tellReconnected(interrupted: Interrupted, {problem, missing}: TaskReport): void {
		const {clock, events} = this.#options;
		const isWhole = !problem && missing?.length === 0;
		const gapMs = this.#gapMs;
		this.#gapMs = undefined;
		this.#interrupted = undefined;
		const continuity = gapMs === undefined ? (isWhole ? 'whole' : 'unknown') : {gapMs};
		events.onReconnected({...interrupted, afterMs: clock.now() - interrupted.at, continuity});
	}

	#behind({newest}: TaskReport): string[] {
		return [...newest.keys()].filter((id) => (newest.get(id) ?? '') > this.#options.seen.newestOf(id));
	}

	async #isStillBehind(report: TaskReport): Promise<boolean> {
		if (this.#behind(report).length === 0) return false;
		await this.#sleep(graceMs);
		return this.#behind(report).length > 0;
	}

	async #fill(report: TaskReport): Promise<void> {
		await Promise.all(this.#behind(report).map((id) => this.#joins.fill(id)));
	}

	async #readTask(taskId: string, since: string | undefined, onLine: (line: LogLine) => void): Promise<Reading> {
		const {start, isFollowing} = this.#options;
		const isFirst = !this.#isBacklogTold;
		const tail = start.tail === undefined || isFirst ? start.tail : Math.max(start.tail, lateTail);
		const request = since === undefined ? {tail, since: start.since} : {tail: undefined, since};
		const waitMs = !isFollowing ? longPatienceMs : isFirst ? firstPatienceMs : patienceMs;
		const {problem, missing, cut} = await this.#view.read(request, waitMs, onLine, taskTarget(taskId));
		if (cut) this.#options.events.onCut(cut);
		for (const node of missing ?? []) this.#notAnswering.add(node);
		// A task that is gone by now has taken its log with it.
		if (problem?.isRetryable) this.#problems.push(problem);
		return {problem, missing};
	}

	#emit(line: LogLine, isCatchingUp: boolean): void {
		if (line.stamp > this.#newest) this.#newest = line.stamp;
		this.#options.events.onLine(line, isCatchingUp);
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
	#setMissing(missing: readonly string[]): boolean {
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
