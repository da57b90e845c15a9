/** The word that was probably meant, where one is close enough to be worth a question. */
export function closest(typed: string, known: readonly string[]): string | undefined {
	const limit = typed.length <= 4 ? 1 : 2;
	const [best] = known
		.map((word) => ({word, distance: distanceOf(typed.toLowerCase(), word.toLowerCase())}))
		.filter(({distance}) => distance <= limit)
		.toSorted((a, b) => a.distance - b.distance);
	return best?.word;
}

/** Optimal string alignment: letters added, left out, replaced, or two neighbours exchanged. */
function distanceOf(a: string, b: string): number {
	let before: number[] = [];
	let above = Array.from({length: b.length + 1}, (_, column) => column);
	for (let row = 1; row <= a.length; row++) {
		const current = [row];
		for (let column = 1; column <= b.length; column++) {
			const isSame = a[row - 1] === b[column - 1];
			const at = (line: readonly number[], index: number): number => line[index] ?? Number.POSITIVE_INFINITY;
			let cost = Math.min(at(above, column) + 1, at(current, column - 1) + 1, at(above, column - 1) + (isSame ? 0 : 1));
			const isExchanged = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
			if (isExchanged) cost = Math.min(cost, at(before, column - 2) + 1);
			current.push(cost);
		}
		before = above;
		above = current;
	}
	return above[b.length] ?? Number.POSITIVE_INFINITY;
}
