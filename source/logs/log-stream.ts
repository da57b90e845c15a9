import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {createLineReader, type LogItem, missingFrom} from './line-reader.ts';
import {type LogLine, msToStamp, stampToMs} from './log-line.ts';
import type {LogOpener, LogProblem, LogRequest, LogTarget} from './log-opener.ts';
import type {LogStart} from './log-since.ts';
import {ReplayFilter} from './replay-filter.ts';

/**
 * One target's log from beginning to end: first what is there already, asked without following because only then the engine
 * names the nodes that it can't reach; then the followed stream, opened again whenever it ends or stalls, with what was
 * seen already left out.
 */

export type StreamEvents = {
	readonly onLine: (line: LogLine) => void;
	/** The lines that existed at the start are all there. */
	readonly onBacklog: () => void;
	/** `gapMs` is undefined when the lines around the interruption prove that nothing is missing. */
	readonly onReconnected: (afterMs: number, gapMs: number | undefined, reason: 'ended' | 'stalled') => void;
	readonly onProblem: (problem: LogProblem | undefined) => void;
	/** Nodes whose lines can't be had now. */
	readonly onMissing: (nodeIds: readonly string[]) => void;
	/** Nothing will come any more. */
	readonly onEnd: () => void;
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
};

/** Asked again from so long before the last line: other tasks' lines may have been under way. */
const overlapMs = 10_000;
/** A followed stream that is silent for so long is held against what the engine has (moby#33183). */
const silenceMs = 30_000;
/** How long a line that the engine has may take to come through the followed stream. */
const graceMs = 3000;
/** How often nodes that were missing are asked for again. */
const missingRetryMs = 15_000;
/** After so long without a replayed line the continuity of a reopened stream is judged. */
const judgeMs = 1500;

const firstBackoffMs = 500;
const longestBackoffMs = 10_000;

export class LogStream {
	readonly #options: StreamOptions;
	readonly #abort = new AbortController();
	readonly #replay = new ReplayFilter();
	readonly #timers = new Set<TimerHandle>();
	#newest = '';
	#lastArrival: number;
	#missing: readonly string[] = [];
	#followed: AbortController | undefined;

	constructor(options: StreamOptions) {
		this.#options = options;
		this.#lastArrival = options.clock.now();
	}

	/** Runs until it is closed, or, when it doesn't follow, until all has been read. */
	async run(): Promise<void> {
		const {events, isFollowing} = this.#options;
		await this.#readBacklog();
		if (this.#isClosed) return;
		events.onBacklog();
		if (!isFollowing) {
			events.onEnd();
			return;
		}
		this.#watchSilence();
		await this.#followForEver();
	}

	close(): void {
		this.#abort.abort();
		this.#followed?.abort();
		for (const timer of this.#timers) timer.cancel();
		this.#timers.clear();
	}

	/** A node that was missing may be back: its lines are asked for at once. */
	retryMissing(): void {
		if (this.#missing.length > 0) void this.#askMissing();
	}

	get #isClosed(): boolean {
		return this.#abort.signal.aborted;
	}

	async #readBacklog(): Promise<void> {
		const {start} = this.#options;
		const tail = start.kind === 'tail' ? start.lines : undefined;
		const since = start.kind === 'since' ? start.stamp : undefined;
		for (let backoff = firstBackoffMs; !this.#isClosed; backoff = Math.min(2 * backoff, longestBackoffMs)) {
			const problem = await this.#readOnce({tail, since});
			if (!problem) return;
			this.#options.events.onProblem(problem);
			if (!problem.isRetryable || !this.#options.isFollowing) return;
			await this.#sleep(backoff);
			this.#replay.reopened();
		}
	}

	/** One response without following, read to its end; names the missing nodes. */
	async #readOnce({
		tail,
		since,
	}: {
		tail: number | undefined;
		since: string | undefined;
	}): Promise<LogProblem | undefined> {
		const missing: string[] = [];
		const problem = await this.#read({tail, since, isFollowing: false}, this.#abort.signal, (item) => {
			if (item.kind === 'line') this.#take(item.line);
			else missing.push(...missingFrom(item.message).nodes);
		});
		if (!problem) {
			this.#options.events.onProblem(undefined);
			this.#setMissing(missing);
		}
		return problem;
	}

	async #followForEver(): Promise<void> {
		let backoff = firstBackoffMs;
		let interruption: {at: number; reason: 'ended' | 'stalled'} | undefined;
		while (!this.#isClosed) {
			const followed = new AbortController();
			this.#followed = followed;
			const problem = await this.#followOnce(followed.signal, (continuity) => {
				backoff = firstBackoffMs;
				this.#options.events.onProblem(undefined);
				if (interruption) this.#judge(continuity, interruption.reason, interruption.at);
				interruption = undefined;
			});
			if (this.#isClosed) return;
			interruption ??= {at: this.#options.clock.now(), reason: followed.signal.aborted ? 'stalled' : 'ended'};
			if (followed.signal.aborted) continue;
			this.#options.events.onProblem(problem ?? {message: 'the engine ended the log stream', isRetryable: true});
			if (problem && !problem.isRetryable) {
				this.#options.events.onEnd();
				return;
			}
			await this.#sleep(backoff);
			backoff = Math.min(2 * backoff, longestBackoffMs);
		}
	}

	async #followOnce(signal: AbortSignal, onOpen: (continuity: Continuity) => void): Promise<LogProblem | undefined> {
		const {start} = this.#options;
		const since = this.#sinceForReopening();
		const tail = since === undefined && start.kind === 'tail' ? start.lines : undefined;
		const continuity = new Continuity(since);
		this.#replay.reopened();
		this.#lastArrival = this.#options.clock.now();
		const onItem = (item: LogItem) => {
			if (item.kind !== 'line') return;
			this.#lastArrival = this.#options.clock.now();
			const last = this.#replay.lastStamp(item.line.origin.taskId);
			const isNew = this.#replay.isNew(item.line);
			continuity.see(item.line, isNew, last);
			if (isNew) this.#emit(item.line);
		};
		return this.#read({tail, since, isFollowing: true}, signal, onItem, () => onOpen(continuity));
	}

	/** Says how the reopened stream joins the old one, as soon as the first lines show it. */
	#judge(continuity: Continuity, reason: 'ended' | 'stalled', interruptedAt: number): void {
		const afterMs = this.#options.clock.now() - interruptedAt;
		this.#later(judgeMs, () => this.#options.events.onReconnected(afterMs, continuity.gapMs, reason));
	}

	/** Where to begin again: a little before the newest line, or as at first when there was none. */
	#sinceForReopening(): string | undefined {
		if (this.#newest !== '') return msToStamp(stampToMs(this.#newest) - overlapMs);
		return this.#options.start.kind === 'since' ? this.#options.start.stamp : undefined;
	}

	async #read(
		request: Omit<LogRequest, 'target'>,
		signal: AbortSignal,
		onItem: (item: LogItem) => void,
		onOpen?: () => void,
	): Promise<LogProblem | undefined> {
		const {target, opener} = this.#options;
		const opened = await opener.open({target, ...request}, signal);
		if (!opened.ok) return opened.error;
		onOpen?.();
		const reader = createLineReader(opened.value.isRaw);
		try {
			for await (const chunk of opened.value.chunks) {
				if (signal.aborted) break;
				for (const item of reader.push(chunk)) onItem(item);
				await this.#options.gate?.();
			}
		} catch (error) {
			if (!signal.aborted) return {message: error instanceof Error ? error.message : String(error), isRetryable: true};
		} finally {
			opened.value.close();
		}
		for (const item of reader.end()) onItem(item);
		return undefined;
	}

	#take(line: LogLine): void {
		if (this.#replay.isNew(line)) this.#emit(line);
	}

	#emit(line: LogLine): void {
		if (line.stamp > this.#newest) this.#newest = line.stamp;
		// A TTY stream of one task names no task where details are missing; the target itself tells.
		const {target} = this.#options;
		const isNameless = line.origin.taskId === '' && target.kind === 'task';
		this.#options.events.onLine(isNameless ? {...line, origin: {...line.origin, taskId: target.id}} : line);
	}

	#setMissing(nodeIds: readonly string[]): void {
		const before = this.#missing;
		this.#missing = [...new Set(nodeIds)];
		if (before.length > 0 || this.#missing.length > 0) this.#options.events.onMissing(this.#missing);
		if (this.#missing.length > 0 && this.#options.isFollowing) this.#later(missingRetryMs, () => this.retryMissing());
	}

	async #askMissing(): Promise<void> {
		this.#replay.reopened();
		const since = this.#sinceForReopening();
		const problem = await this.#readOnce({tail: undefined, since});
		if (problem && !this.#isClosed) this.#later(missingRetryMs, () => this.retryMissing());
	}

	/** A stream may go quiet for good while its tasks talk on: when it is silent, the engine is asked what it has. */
	#watchSilence(): void {
		this.#later(silenceMs, async () => {
			const silentSince = this.#lastArrival;
			if (this.#options.clock.now() - silentSince >= silenceMs && (await this.#engineHasMore())) {
				await this.#sleep(graceMs);
				if (this.#lastArrival === silentSince) this.#followed?.abort();
			}
			if (!this.#isClosed) this.#watchSilence();
		});
	}

	async #engineHasMore(): Promise<boolean> {
		let hasMore = false;
		const since = this.#newest === '' ? undefined : this.#newest;
		await this.#read({tail: 1, since, isFollowing: false}, this.#abort.signal, (item) => {
			if (item.kind === 'line' && item.line.stamp > this.#newest) hasMore = true;
		});
		return hasMore;
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

/** Whether a reopened stream joins the old one without a gap: it must bring again the last line known of each task. */
class Continuity {
	readonly #since: string | undefined;
	readonly #joined = new Set<string>();
	#gapMs: number | undefined;

	constructor(since: string | undefined) {
		this.#since = since;
	}

	/** The widest gap found; undefined when there is none. */
	get gapMs(): number | undefined {
		return this.#gapMs;
	}

	/** `last` is the newest stamp that the line's task had before it. */
	see(line: LogLine, isNew: boolean, last: string): void {
		const {taskId} = line.origin;
		if (this.#joined.has(taskId)) return;
		this.#joined.add(taskId);
		const isExpectedAgain = this.#since !== undefined && last !== '' && last >= this.#since;
		if (isNew && isExpectedAgain) this.#gapMs = Math.max(this.#gapMs ?? 0, stampToMs(line.stamp) - stampToMs(last));
	}
}
