import type {LogLine} from './log-line.ts';
import {stampToMs} from './log-line.ts';
import type {LogProblem} from './log-opener.ts';
import type {Replay, SeenLines} from './seen-lines.ts';

/**
 * Makes one unbroken log of each task out of two kinds of responses: the followed one, which has lines from some moment
 * on, and readings of what is there. The first line that the followed response has of a task may come after others that
 * nobody has read: it waits until what is there has been read, and so do those after it.
 */

export type JoinOptions = {
	readonly seen: SeenLines;
	/** Reads what is there of a task, from the last line known of it (inclusive) or as much as is wanted of a new one. */
	readonly read: (taskId: string, since: string | undefined, onLine: (line: LogLine) => void) => Promise<Reading>;
	readonly emit: (line: LogLine, isCatchingUp: boolean) => void;
	/** `lostMs`: the time between the last line known of a task and the first that the engine still has. */
	readonly onGap: (lostMs: number) => void;
};

/** `isWhole`: it was read to its end. */
export type Reading = {readonly problem: LogProblem | undefined; readonly isWhole: boolean};

/** So many readings at once: more make engines slow, fewer make a reader wait for a large service. */
const readingsAtOnce = 3;
/** Lines that wait for a reading which fails again and again are let through at last, with a gap told. */
const attempts = 3;

export class TaskJoins {
	readonly #options: JoinOptions;
	/** Tasks whose lines come without a gap in the present followed response. */
	#joined = new Set<string>();
	/** Lines of the followed response, by task, that wait for a reading. */
	readonly #waiting = new Map<string, LogLine[]>();
	#replay: Replay;
	readonly #queue: (() => Promise<void>)[] = [];
	#running = 0;

	constructor(options: JoinOptions) {
		this.#options = options;
		this.#replay = options.seen.replay();
	}

	/** Another followed response begins. */
	reopened(): void {
		this.#joined = new Set();
		this.#replay = this.#options.seen.replay();
	}

	/** A line of the followed response. */
	take(line: LogLine): void {
		const {taskId} = line.origin;
		const waiting = this.#waiting.get(taskId);
		if (waiting) waiting.push(line);
		else if (this.#joined.has(taskId)) this.#pass(line, false);
		else void this.fill(taskId, line);
	}

	/** Reads what the task has said since the last line known of it. */
	fill(taskId: string, first?: LogLine): Promise<void> {
		const waiting = this.#waiting.get(taskId);
		if (waiting) return Promise.resolve();
		this.#waiting.set(taskId, first ? [first] : []);
		return new Promise((resolve) => {
			this.#queue.push(() => this.#fillNow(taskId).then(resolve));
			this.#work();
		});
	}

	#work(): void {
		while (this.#running < readingsAtOnce) {
			const next = this.#queue.shift();
			if (!next) return;
			this.#running++;
			void next().finally(() => {
				this.#running--;
				this.#work();
			});
		}
	}

	async #fillNow(taskId: string): Promise<void> {
		for (let attempt = 1; attempt <= attempts; attempt++) if (await this.#readOnce(taskId)) break;
		const waiting = this.#waiting.get(taskId) ?? [];
		this.#waiting.delete(taskId);
		if (waiting.length > 0) this.#joined.add(taskId);
		for (const line of waiting) this.#pass(line, true);
	}

	/** False when it should be tried again. */
	async #readOnce(taskId: string): Promise<boolean> {
		const {seen, read, emit, onGap} = this.#options;
		const last = seen.newestOf(taskId);
		const replay = seen.replay();
		let isFirst = true;
		const {problem, isWhole} = await read(taskId, last || undefined, (line) => {
			const isNew = replay.isNew(line);
			if (isFirst && isNew && last !== '') onGap(stampToMs(line.stamp) - stampToMs(last));
			isFirst = false;
			if (isNew) emit(line, true);
		});
		return problem ? !problem.isRetryable : isWhole;
	}

	#pass(line: LogLine, isCatchingUp: boolean): void {
		if (this.#replay.isNew(line)) this.#options.emit(line, isCatchingUp);
	}
}
