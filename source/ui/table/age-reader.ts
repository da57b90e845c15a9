/** Ages on the screen, and the moment at which the first of them will read differently: nothing is redrawn before it. */
import {age} from '../../text/format.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';

const secondMs = 1000;
const minuteMs = 60 * secondMs;
const hourMs = 60 * minuteMs;
const dayMs = 24 * hourMs;

export class AgeReader {
	readonly #now: number;
	#changesAt = Number.POSITIVE_INFINITY;

	/** @param now milliseconds since the epoch */
	constructor(now: number) {
		this.#now = now;
	}

	/** When the first of the ages read so far will have another text; infinite when none was read. */
	get changesAt(): number {
		return this.#changesAt;
	}

	/** Something else on the screen, such as a countdown, will read differently at that moment. */
	expire(at: number): void {
		this.#changesAt = Math.min(this.#changesAt, at);
	}

	/**
	 * How long ago, in one or two units. Seconds are only shown where something moves (`inSeconds`): elsewhere the first
	 * minute is `<1m`, so that a screen on which nothing happens is not redrawn every second.
	 */
	read(since: number, {inSeconds}: {inSeconds: boolean}): SafeText {
		const ageMs = Math.max(0, this.#now - since);
		const isFirstMinute = ageMs < minuteMs;
		const step = isFirstMinute ? (inSeconds ? secondMs : minuteMs) : stepOf(ageMs);
		this.#changesAt = Math.min(this.#changesAt, since + (Math.floor(ageMs / step) + 1) * step);
		return isFirstMinute && !inSeconds ? toSafeText('<1m') : age(ageMs);
	}
}

/** The smallest unit that text/format's `age` shows for an age above a minute. */
function stepOf(ageMs: number): number {
	if (ageMs < hourMs) return minuteMs;
	return ageMs < 10 * dayMs ? hourMs : dayMs;
}
