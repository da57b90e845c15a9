/**
 * What differs between two texts, line by line: the shortest way from one to the other (Myers, "An O(ND) Difference
 * Algorithm and Its Variations", 1986), as unified diffs show it.
 */

export type DiffLine<Text extends string = string> =
	| {readonly kind: 'same' | 'removed' | 'added'; readonly text: Text}
	/** So many lines that are the same on both sides were left out here. */
	| {readonly kind: 'skipped'; readonly count: number};

/** @param context lines that are shown around each difference */
export function unifiedDiff<Text extends string>(
	before: readonly Text[],
	after: readonly Text[],
	context = 3,
): DiffLine<Text>[] {
	const lines = lineDiff(before, after);
	const isNear = lines.map(() => false);
	for (const [index, {kind}] of lines.entries()) {
		if (kind !== 'same') isNear.fill(true, Math.max(0, index - context), index + context + 1);
	}
	if (!isNear.includes(true)) return [];
	const shown: DiffLine<Text>[] = [];
	let skipped: DiffLine<Text>[] = [];
	const flush = (): void => {
		// To say that one line was left out takes a line.
		if (skipped.length > 1) shown.push({kind: 'skipped', count: skipped.length});
		else shown.push(...skipped);
		skipped = [];
	};
	for (const [index, line] of lines.entries()) {
		if (!isNear[index]) skipped.push(line);
		else {
			flush();
			shown.push(line);
		}
	}
	flush();
	return shown;
}

type Shown<Text extends string> = Exclude<DiffLine<Text>, {readonly kind: 'skipped'}>;

/** All lines of both texts; of a place that changed, what was removed comes before what was added. */
export function lineDiff<Text extends string>(before: readonly Text[], after: readonly Text[]): Shown<Text>[] {
	const trace = searched(before, after);
	const steps: Shown<Text>[] = [];
	let x = before.length;
	let y = after.length;
	for (let depth = trace.length - 1; depth >= 0; depth--) {
		const k = x - y;
		const ends = trace[depth] ?? new Map<number, number>();
		const isDown = k === -depth || (k !== depth && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
		const from = depth === 0 ? 0 : (ends.get(isDown ? k + 1 : k - 1) ?? 0);
		const fromY = from - (isDown ? k + 1 : k - 1);
		const stepX = depth === 0 ? 0 : isDown ? from : from + 1;
		while (x > stepX && y > stepX - k) {
			steps.push({kind: 'same', text: before[--x] as Text});
			y--;
		}
		if (depth === 0) break;
		if (isDown) steps.push({kind: 'added', text: after[--y] as Text});
		else steps.push({kind: 'removed', text: before[--x] as Text});
		[x, y] = [from, fromY];
	}
	return steps.reverse();
}

/**
 * For each number of differences, how far one gets on each diagonal (x - y) with one difference fewer; as many entries as
 * it takes to reach the end.
 */
function searched(before: readonly string[], after: readonly string[]): ReadonlyMap<number, number>[] {
	const trace: ReadonlyMap<number, number>[] = [];
	let ends = new Map<number, number>();
	for (let depth = 0; depth <= before.length + after.length; depth++) {
		trace.push(ends);
		const next = new Map<number, number>();
		for (let k = -depth; k <= depth; k += 2) {
			const isDown = k === -depth || (k !== depth && (ends.get(k - 1) ?? -1) < (ends.get(k + 1) ?? -1));
			let x = depth === 0 ? 0 : isDown ? (ends.get(k + 1) ?? 0) : (ends.get(k - 1) ?? 0) + 1;
			while (x < before.length && x - k < after.length && before[x] === after[x - k]) x++;
			next.set(k, x);
			if (x >= before.length && x - k >= after.length) return trace;
		}
		ends = next;
	}
	return trace;
}
