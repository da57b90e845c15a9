import type {Semaphore} from '../runtime/semaphore.ts';
import type {Reading} from './engine-view.ts';
import {type LogLine, stampToMs} from './log-line.ts';
import type {Replay, SeenLines} from './seen-lines.ts';

/**
 * Makes one unbroken log of each task out of two kinds of responses: the followed one, which has lines from some moment
 * on, and readings of what is there. The first line that the followed response has of a task may come after others that
 * nobody has read: it waits until what is there has been read, and so do those after it.
 */

type JoinOptions = {
	readonly seen: SeenLines;
	/** Reads what is there of a task, from the last line known of it (inclusive) or as much as is wanted of a new one. */
	readonly read: (taskId: string, since: string | undefined, onLine: (line: LogLine) => void) => Promise<Reading>;
	readonly emit: (line: LogLine, isCatchingUp: boolean) => void;
	/** Between two attempts at a reading. */
	readonly pause: () => Promise<void>;
	/** Readings take semaphore: too many at once make engines slow. */
	readonly semaphore: Semaphore;
	/** `lostMs`: the time between the last line known of a task and the first that the engine still has. */
	readonly onGap: (lostMs: number) => void;
};

/** While lines wait for it, the task's node does answer: a reading that failed or fell short is tried again. */
const attempts = 5;

/** Lines of a task that wait for a reading. */
type Waiting = {
	readonly lines: LogLine[];
	/** The first line of the last followed response that brought any: a reading that reaches it leaves nothing out. */
	first: LogLine | undefined;
	/** Whether that is the present response. */
	isPresent: boolean;
};

/** Followed lines of a task that no reading has confirmed so far: how many, and the last line known before them. */
type Unconfirmed = {readonly since: string; lines: number};

/** Of so many lines it is known for certain whether they were seen: more are not held against a reading. */
const mostUnconfirmed = 800;

export class TaskJoins {
	readonly #options: JoinOptions;
	/** Tasks whose lines come without a gap in the present followed response. */
	#joined = new Set<string>();
	readonly #waiting = new Map<string, Waiting>();
	readonly #unconfirmed = new Map<string, Unconfirmed>();
	#replay: Replay;

	constructor(options: JoinOptions) {
		this.#options = options;
		this.#replay = options.seen.replay();
	}

	/** Another followed response begins. */
	reopened(): void {
		this.#joined = new Set();
		for (const waiting of this.#waiting.values()) waiting.isPresent = false;
		this.#replay = this.#options.seen.replay();
	}

	/** A line of the followed response. */
	take(line: LogLine): void {
		const {taskId} = line.origin;
		const waiting = this.#waiting.get(taskId);
		if (waiting) wait(waiting, line);
		else if (this.#joined.has(taskId)) this.#pass(line, false);
		else void this.fill(taskId, line);
	}

	/** Reads what the task has said since the last line known of it. */
	async fill(taskId: string, first?: LogLine): Promise<void> {
		if (this.#waiting.has(taskId)) return;
		const waiting: Waiting = {lines: [], first: undefined, isPresent: false};
		if (first) wait(waiting, first);
		this.#waiting.set(taskId, waiting);
		await this.#options.semaphore.run(() => this.#read(taskId, waiting));
		this.#waiting.delete(taskId);
		if (waiting.isPresent) this.#joined.add(taskId);
		for (const line of waiting.lines) this.#pass(line, true);
	}

	/**
	 * Holds what was followed of a task against a reading: engines 20.10 lose a line now and then in the middle of a
	 * followed response. What was lost is put in its place.
	 */
	async confirm(taskId: string): Promise<void> {
		const unconfirmed = this.#unconfirmed.get(taskId);
		if (!unconfirmed || this.#waiting.has(taskId)) return;
		this.#unconfirmed.delete(taskId);
		if (unconfirmed.lines > mostUnconfirmed) return;
		const {seen, read, emit, semaphore} = this.#options;
		const replay = seen.replay();
		await semaphore.run(() =>
			read(taskId, unconfirmed.since, (line) => {
				if (replay.isNew(line)) emit(line, false);
			}),
		);
	}

	/**
	 * Until a reading has reached the first line that waits. One that ended before it proves nothing: it may have begun
	 * too early, and engines cut the last lines off now and then.
	 */
	async #read(taskId: string, waiting: Waiting): Promise<void> {
		const {seen, pause} = this.#options;
		for (let attempt = 1; attempt <= attempts; attempt++) {
			const canGoOn = await this.#readOnce(taskId);
			const {first} = waiting;
			if (!first || !canGoOn || seen.newestOf(taskId) >= first.stamp) return;
			await pause();
		}
	}

	/** False when the task can't be read at all: trying again does not help. */
	async #readOnce(taskId: string): Promise<boolean> {
		const {seen, read, emit, onGap} = this.#options;
		const last = seen.newestOf(taskId);
		const replay = seen.replay();
		let isFirst = true;
		const {problem} = await read(taskId, last || undefined, (line) => {
			const isNew = replay.isNew(line);
			if (isFirst && isNew && last !== '') onGap(stampToMs(line.stamp) - stampToMs(last));
			isFirst = false;
			if (isNew) emit(line, true);
		});
		return problem?.isRetryable !== false;
	}

	#pass(line: LogLine, isCatchingUp: boolean): void {
		const {taskId} = line.origin;
		const unconfirmed = this.#unconfirmed.get(taskId);
		const since = unconfirmed?.since ?? (this.#options.seen.newestOf(taskId) || line.stamp);
		if (!this.#replay.isNew(line)) return;
		if (unconfirmed) unconfirmed.lines++;
		else if (since !== '') this.#unconfirmed.set(taskId, {since, lines: 1});
		this.#options.emit(line, isCatchingUp);
	}
}

function wait(waiting: Waiting, line: LogLine): void {
	if (!waiting.isPresent) waiting.first = line;
	waiting.isPresent = true;
	waiting.lines.push(line);
}
