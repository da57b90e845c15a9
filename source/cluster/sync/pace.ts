/** How often to ask: what follows from what an answer costs, and from what is going on. Pure. */

/** Never faster than this, whatever happens. */
const fastestMs = 1000;
/** What is visible is true again within two seconds: this pause and the answer. */
const quietMs = 1700;
/** What asking may cost the engine and the way to it, in bytes per second, while nothing is going on. */
export const idleBytesPerSecond = 400_000;
/** Of the time, what may be spent fetching. */
const fetchShare = 0.1;

/** What objects take on the wire, measured on engine 26.1 with usual specs. */
const serviceBytes = 2600;
const taskBytes = 1700;
const nodeBytes = 2200;

export const servicesCost = (count: number): number => count * serviceBytes;
export const tasksCost = (count: number): number => count * taskBytes;
export const nodesCost = (count: number): number => count * nodeBytes;

export type Activity = 'hot' | 'quiet';

/** What the user wants pauses to be at least, and at most where it is up to us. */
export type PaceBounds = {readonly fastestMs: number; readonly slowestMs: number};

export const usualBounds: PaceBounds = {fastestMs, slowestMs: Number.POSITIVE_INFINITY};

/** The pause after a list of so many bytes that took so long. An engine that is slow to answer is never asked more often. */
export function pauseAfter(
	{
		costBytes,
		tookMs,
		activity,
	}: {
		costBytes: number;
		tookMs: number;
		activity: Activity;
	},
	bounds: PaceBounds = usualBounds,
): number {
	const leastMs = activity === 'hot' ? fastestMs : quietMs;
	const shareMs = tookMs * (1 / fetchShare - 1);
	// Something that is happening right now may cost more for as long as it lasts, but not without end.
	const bytesMs = (costBytes / idleBytesPerSecond) * 1000 * (activity === 'hot' ? 0.25 : 1);
	return Math.max(bounds.fastestMs, shareMs, Math.min(bounds.slowestMs, Math.max(leastMs, bytesMs)));
}

/** A socket of this machine costs nothing to try: whoever has started an engine again sees it within a second. */
const longestLocalMs = 800;
const longestRemoteMs = 10_000;

/** The pause before another try to reach an engine: half a second, doubled up to the longest, shaken so that clients don't march. */
export function backoffMs(failures: number, random: () => number, isLocal = false): number {
	const base = Math.min(isLocal ? longestLocalMs : longestRemoteMs, 500 * 2 ** Math.min(failures, 6));
	return base * (0.75 + random() / 2);
}
