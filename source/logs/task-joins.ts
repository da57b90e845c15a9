import type {Reading} from './engine-view.ts';
import {type LogLine, stampToMs} from './log-line.ts';
import type {Replay, SeenLines} from './seen-lines.ts';
import type {Turns} from './turns.ts';

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
	/** Readings take turns: too many at once make engines slow. */
	readonly turns: Turns;
	/** `lostMs`: the time between the last line known of a task and the first that the engine still has. */
	readonly onGap: (lostMs: number) => void;
};

/** While lines wait for it, the task's node does answer: a reading that failed is tried again. */
const attempts = 3;

export class TaskJoins {
	readonly #options: JoinOptions;
	/** Tasks whose lines come without a gap in the present followed response. */
	#joined = new Set<string>();
	/** Lines of the followed response, by task, that wait for a reading. */
	readonly #waiting = new Map<string, LogLine[]>();
	#replay: Replay;

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
	async fill(taskId: string, first?: LogLine): Promise<void> {
		if (this.#waiting.has(taskId)) return;
		const waiting = first ? [first] : [];
		this.#waiting.set(taskId, waiting);
		await this.#options.turns.run(() => this.#read(taskId, waiting));
		this.#waiting.delete(taskId);
		if (waiting.length > 0) this.#joined.add(taskId);
		for (const line of waiting) this.#pass(line, true);
	}

	/** Until what is there up to the first line that waits has been read. */
	async #read(taskId: string, waiting: readonly LogLine[]): Promise<void> {
		for (let attempt = 1; attempt <= attempts; attempt++) {
			// A reading that began before the first line came may have ended before what was written just before that line.
			const reachesFirst = waiting.length > 0;
			const isRead = await this.#readOnce(taskId);
			if (waiting.length === 0 || (isRead && reachesFirst)) return;
		}
	}

	/** False when trying again may help. */
	async #readOnce(taskId: string): Promise<boolean> {
		const {seen, read, emit, onGap} = this.#options;
		const last = seen.newestOf(taskId);
		const replay = seen.replay();
		let isFirst = true;
		const {problem, missing} = await read(taskId, last || undefined, (line) => {
			const isNew = replay.isNew(line);
			if (isFirst && isNew && last !== '') onGap(stampToMs(line.stamp) - stampToMs(last));
			isFirst = false;
			if (isNew) emit(line, true);
		});
		return problem ? !problem.isRetryable : missing !== undefined;
	}

	#pass(line: LogLine, isCatchingUp: boolean): void {
		if (this.#replay.isNew(line)) this.#options.emit(line, isCatchingUp);
	}
}
