/** Finds out whether a frame is, in part, the frame before it moved up or down. */

/** Rows `[top, bottom]` (zero-based, inclusive) move up by `distance` rows, down when it is negative. */
export type Scroll = {readonly top: number; readonly bottom: number; readonly distance: number};

/** Rows that moved but changed too (a selection bar) may stand between rows that only moved. */
const maxMismatches = 2;
/** A scroll costs some 25 bytes and blanks rows: not worth it for less. */
const minGain = 3;

/** The scroll that puts most rows right, of those that are wrong now. Undefined when none would put enough right. */
export function findScroll(before: readonly string[], after: readonly string[]): Scroll | undefined {
	const changed = after.map((line, row) => line !== before[row]);
	const changedCount = changed.filter(Boolean).length;
	if (changedCount < minGain) return undefined;
	let best: Scroll | undefined;
	let bestGain = minGain - 1;
	for (let distance = 1; distance <= after.length / 2; distance++) {
		for (const signed of [distance, -distance]) {
			const run = bestRun(before, after, changed, signed);
			if (run.gain <= bestGain) continue;
			best = scrollOf(run, signed);
			bestGain = run.gain;
			if (bestGain >= changedCount - distance) return best;
		}
	}
	return best;
}

/** The lines of a screen after a scroll. Rows that were scrolled in are blank. */
export function scrolled<T>(rows: readonly T[], {top, bottom, distance}: Scroll, blank: T): T[] {
	const result = [...rows];
	for (let row = top; row <= bottom; row++) {
		const source = row + distance;
		result[row] = source >= top && source <= bottom ? (rows[source] ?? blank) : blank;
	}
	return result;
}

/**
 * Deletes and inserts lines inside a scroll region: VT102 has these, unlike CSI S and CSI T, which the Linux console
 * lacks. The cursor is anywhere afterwards.
 */
export function scrollSequence({top, bottom, distance}: Scroll): string {
	const edit = distance > 0 ? `${repeatOf(distance)}M` : `${repeatOf(-distance)}L`;
	return `\u001b[${top + 1};${bottom + 1}r\u001b[${top + 1}H\u001b[${edit}\u001b[r`;
}

type Run = {readonly start: number; readonly end: number; readonly gain: number};

/** The stretch of rows that the move by `distance` explains best; `gain` counts rows that are wrong without it. */
function bestRun(
	before: readonly string[],
	after: readonly string[],
	changed: readonly boolean[],
	distance: number,
): Run {
	let best: Run = {start: 0, end: 0, gain: 0};
	let start = 0;
	let end = -1;
	let gain = 0;
	let mismatches = 0;
	const keepBetter = (): void => {
		if (gain > best.gain) best = {start, end, gain};
	};
	for (const [row, line] of after.entries()) {
		if (line === before[row + distance]) {
			if (end < 0) start = row;
			end = row;
			if (changed[row]) gain++;
			mismatches = 0;
		} else if (end >= 0 && ++mismatches > maxMismatches) {
			keepBetter();
			end = -1;
			gain = 0;
			mismatches = 0;
		}
	}
	keepBetter();
	return best;
}

function scrollOf({start, end}: Run, distance: number): Scroll {
	return distance > 0 ? {top: start, bottom: end + distance, distance} : {top: start + distance, bottom: end, distance};
}

function repeatOf(count: number): string {
	return count === 1 ? '' : String(count);
}
