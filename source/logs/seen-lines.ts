import type {LogLine} from './log-line.ts';

/** Times remembered of each task's stream. A line older than all of them is taken as known. */
const rememberedTimes = 1000;

/** What has been seen of one stream of one task. */
type Seen = {
	/** How many lines of each time, of the last times that were seen, in the order in which they were seen. */
	readonly counts: Map<string, number>;
	/** The first time ever seen: what is older was not asked for, or not wanted. */
	readonly from: string;
	/** Times up to here may have been forgotten. */
	forgottenTo: string;
	newest: string;
};

/**
 * Which lines have been had already, by task, stream and time. Engine timestamps have nanoseconds; where lines share one
 * nevertheless, their number counts. A node whose clock was set back says new things at old times: those are new for as
 * long as the times around them are remembered.
 */
export class SeenLines {
	readonly #seen = new Map<string, Seen>();

	/** What one response of the engine brings, held against what was seen. One response at a time for each task. */
	replay(): Replay {
		return new Replay(this.#seen);
	}

	/** The last time seen of a task, over both its streams; '' when it has said nothing. */
	newestOf(taskId: string): string {
		const out = this.#seen.get(`${taskId} stdout`)?.newest ?? '';
		const err = this.#seen.get(`${taskId} stderr`)?.newest ?? '';
		if (out > err) return out;
		return err;
	}
}

/** One response: its lines of one time count from its beginning, so that what it repeats is told from what is new. */
export class Replay {
	readonly #seen: Map<string, Seen>;
	readonly #here = new Map<string, {stamp: string; count: number}>();

	constructor(seen: Map<string, Seen>) {
		this.#seen = seen;
	}

	/** Whether the line is new; remembers it if so. */
	isNew(line: LogLine): boolean {
		if (line.stamp === '') return true;
		const key = `${line.origin.taskId} ${line.stream}`;
		const nth = this.#count(key, line.stamp);
		const seen = this.#seen.get(key);
		if (!seen) {
			const counts = new Map([[line.stamp, 1]]);
			this.#seen.set(key, {counts, from: line.stamp, forgottenTo: '', newest: line.stamp});
			return true;
		}
		if (line.stamp <= seen.forgottenTo || line.stamp < seen.from) return false;
		if (nth <= (seen.counts.get(line.stamp) ?? 0)) return false;
		remember(seen, line.stamp, nth);
		return true;
	}

	/** How many lines of that key and time have come in a row, this one included. */
	#count(key: string, stamp: string): number {
		const here = this.#here.get(key);
		if (here?.stamp === stamp) return ++here.count;
		this.#here.set(key, {stamp, count: 1});
		return 1;
	}
}

function remember(seen: Seen, stamp: string, count: number): void {
	seen.counts.set(stamp, count);
	if (stamp > seen.newest) seen.newest = stamp;
	if (seen.counts.size <= rememberedTimes) return;
	const oldest = seen.counts.keys().next().value ?? '';
	seen.counts.delete(oldest);
	if (oldest > seen.forgottenTo) seen.forgottenTo = oldest;
}
