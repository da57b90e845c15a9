import {type LogLine, stampToMs} from './log-line.ts';

/** Whether a reopened stream joins the old one without a gap: it must bring again the last line known of each task. */
export class Continuity {
	readonly #since: string | undefined;
	readonly #joined = new Set<string>();
	#gapMs: number | undefined;

	/** @param since the stamp from which the stream was asked for; undefined when it was asked for as at first */
	constructor(since: string | undefined) {
		this.#since = since;
	}

	/** The widest gap found; undefined when there is none. */
	get gapMs(): number | undefined {
		return this.#gapMs;
	}

	/** @param last the newest stamp that the line's task had before it, '' when it had said nothing */
	see(line: LogLine, isNew: boolean, last: string): void {
		const {taskId} = line.origin;
		if (this.#joined.has(taskId)) return;
		this.#joined.add(taskId);
		const isExpectedAgain = this.#since !== undefined && last !== '' && last >= this.#since;
		if (isNew && isExpectedAgain) this.#gapMs = Math.max(this.#gapMs ?? 0, stampToMs(line.stamp) - stampToMs(last));
	}
}
