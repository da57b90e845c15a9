import {diffArrays} from 'diff';

/** What differs between two texts, line by line: the shortest way from one to the other, as unified diffs show it. */

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
function lineDiff<Text extends string>(before: readonly Text[], after: readonly Text[]): Shown<Text>[] {
	return diffArrays([...before], [...after]).flatMap(({removed, added, value}) => {
		const kind = removed ? 'removed' : added ? 'added' : 'same';
		return value.map((text) => ({kind, text}) as const);
	});
}
