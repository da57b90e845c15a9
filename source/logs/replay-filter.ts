import type {LogLine} from './log-line.ts';

type Place = {stamp: string; count: number};

/**
 * Drops exactly the lines that were seen already when a stream is asked again. Within one task and stream the engine keeps
 * the order and times never go back, so the last time seen and how many lines bore it say where the known part ends.
 */
export class ReplayFilter {
	readonly #seen = new Map<string, Place>();
	#replayed = new Map<string, Place>();

	/** A stream is opened anew: what comes now may be known. */
	reopened(): void {
		this.#replayed = new Map();
	}

	/** Whether the line is new; remembers it if so. */
	isNew(line: LogLine): boolean {
		if (line.stamp === '') return true;
		const key = `${line.origin.taskId} ${line.stream}`;
		const seen = this.#seen.get(key);
		const count = this.#countReplayed(key, line.stamp);
		if (seen && (line.stamp < seen.stamp || (line.stamp === seen.stamp && count <= seen.count))) return false;
		if (seen?.stamp === line.stamp) seen.count = count;
		else this.#seen.set(key, {stamp: line.stamp, count: 1});
		return true;
	}

	/** The last time seen of a task, over both its streams; '' when it has said nothing. */
	lastStamp(taskId: string): string {
		const out = this.#seen.get(`${taskId} stdout`)?.stamp ?? '';
		const err = this.#seen.get(`${taskId} stderr`)?.stamp ?? '';
		return [out, err].toSorted().at(-1) ?? '';
	}

	/** How many lines of that key and time have come since the stream was opened, this one included. */
	#countReplayed(key: string, stamp: string): number {
		const place = this.#replayed.get(key);
		if (place?.stamp === stamp) return ++place.count;
		this.#replayed.set(key, {stamp, count: 1});
		return 1;
	}
}
