import {EntryList, type LogPlace} from './entry-list.ts';
import type {LogBuffer, LogEntry} from './log-buffer.ts';

/** The entries of a buffer that pass a test, kept up as lines come and go: each line is tested once. */
export class LogSelection {
	readonly #entries = new EntryList<LogEntry>();
	readonly #test: (entry: LogEntry) => boolean;
	readonly #stop: () => void;
	#arrived = 0;

	constructor(buffer: LogBuffer, test: (entry: LogEntry) => boolean) {
		this.#test = test;
		this.#add(buffer.slice(0, buffer.length));
		this.#stop = buffer.observe({
			added: (entries) => this.#add(entries),
			replaced: (entry) => this.#entries.replace(entry),
			droppedBefore: (place) => this.#dropBefore(place),
		});
	}

	get length(): number {
		return this.#entries.length;
	}

	/** How many have ever been in it: the difference between two moments is what came in between. */
	get arrived(): number {
		return this.#arrived;
	}

	at(index: number): LogEntry | undefined {
		return this.#entries.at(index);
	}

	slice(from: number, to: number): readonly LogEntry[] {
		return this.#entries.slice(from, to);
	}

	/** The index of the entry at that place, or of the first one after it. */
	indexOf(place: LogPlace): number {
		return this.#entries.indexOf(place);
	}

	/** No longer kept up. */
	close(): void {
		this.#stop();
	}

	#add(entries: readonly LogEntry[]): void {
		const passing = entries.filter(this.#test);
		this.#arrived += passing.length;
		this.#entries.add(passing);
	}

	#dropBefore(place: LogPlace | undefined): void {
		if (!place) {
			this.#entries.clear();
			return;
		}
		for (let gone = this.#entries.indexOf(place); gone > 0; gone--) this.#entries.shift();
	}
}
