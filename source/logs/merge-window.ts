import {compareStamps, type LogLine} from './log-line.ts';

type Waiting = {
	readonly line: LogLine;
	readonly arrivedAt: number;
	readonly order: number;
	readonly isLive: boolean;
};

/**
 * Puts lines of many tasks in the order of their times. Each waits for a short while, so that what another node wrote before
 * it can still come. A line that comes later than that is let through at once, marked as late; who keeps lines puts it in
 * its place.
 */
export class MergeWindow {
	readonly #waiting: Waiting[] = [];
	#order = 0;
	#released = '';

	/**
	 * @param nowMs the reader's own time: the window is about arrival, the order about the lines' own times
	 * @param isLive it has just been written: if others after it have been let through already, it is late
	 */
	push(line: LogLine, nowMs: number, isLive = true): void {
		this.#waiting.push({line, arrivedAt: nowMs, order: this.#order++, isLive});
	}

	get size(): number {
		return this.#waiting.length;
	}

	/** What has waited for `windowMs`, together with everything older by its own time; in order. */
	release(nowMs: number, windowMs: number): LogLine[] {
		if (this.#waiting.length === 0) return [];
		this.#sort();
		let end = 0;
		for (let i = this.#waiting.length - 1; i >= 0 && end === 0; i--) {
			if (nowMs - (this.#waiting[i]?.arrivedAt ?? nowMs) >= windowMs) end = i + 1;
		}
		return this.#take(end);
	}

	/** The oldest lines, in order, without having waited: there are too many. */
	takeOldest(count: number): LogLine[] {
		this.#sort();
		return this.#take(count);
	}

	/** Everything that waits, in order: the stream has ended, or a backlog is complete. */
	flush(): LogLine[] {
		return this.takeOldest(this.#waiting.length);
	}

	#sort(): void {
		this.#waiting.sort((a, b) => compareStamps(a.line, b.line) || a.order - b.order);
	}

	#take(count: number): LogLine[] {
		return this.#waiting.splice(0, count).map((waiting) => this.#mark(waiting));
	}

	#mark({line, isLive}: Waiting): LogLine {
		if (line.stamp === '' || line.stamp >= this.#released) {
			this.#released = line.stamp || this.#released;
			return line;
		}
		return isLive ? {...line, isLate: true} : line;
	}
}
