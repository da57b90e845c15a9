import type {Clock, TimerHandle} from '../runtime/clock.ts';
import {gapNotice, type LogNotice, reopenedNotice} from './log-notice.ts';
import type {Interruption, Reconnection} from './log-stream.ts';

/** Streams that were cut off together come back within this, and are told of together. */
const gatherMs = 1000;
/** An engine that stalls again and again is told of so often. */
const stallNoticeMs = 60_000;

/** Makes one notice of what several streams have to say about the same event. */
export class Reconnections {
	readonly #clock: Clock;
	readonly #note: (notice: LogNotice, stamp: string) => void;
	readonly #gathered: Reconnection[] = [];
	#timer: TimerHandle | undefined;
	#stallToldAt = Number.NEGATIVE_INFINITY;

	/** @param note the stamp says behind which lines the notice belongs */
	constructor(clock: Clock, note: (notice: LogNotice, stamp: string) => void) {
		this.#clock = clock;
		this.#note = note;
	}

	add(reconnection: Reconnection): void {
		this.#gathered.push(reconnection);
		this.#timer ??= this.#clock.after(gatherMs, () => {
			this.#timer = undefined;
			this.#tell(this.#gathered.splice(0));
		});
	}

	close(): void {
		this.#timer?.cancel();
	}

	#tell(all: readonly Reconnection[]): void {
		const reason = reasons.find((candidate) => all.some((each) => each.reason === candidate));
		if (!reason) return;
		const gapMs = Math.max(0, ...all.map(({continuity}) => (typeof continuity === 'object' ? continuity.gapMs : 0)));
		const now = this.#clock.now();
		if (reason === 'stalled' && gapMs === 0) {
			if (now - this.#stallToldAt < stallNoticeMs) return;
			this.#stallToldAt = now;
		}
		const isWhole = all.every(({continuity}) => continuity === 'whole');
		const afterMs = Math.max(...all.map((each) => each.afterMs));
		const [stamp = ''] = all
			.map((each) => each.stamp)
			.sort()
			.reverse();
		this.#note(gapMs > 0 ? gapNotice(gapMs) : reopenedNotice(reason, afterMs, isWhole), stamp);
	}
}

/** The one that explains most first. */
const reasons: readonly Interruption[] = ['ended', 'returned', 'stalled'];
