/** Columns of text, as Go's text/tabwriter aligns them for docker. */

const leastWidth = 10;
const gap = 3;

/** Aligns lines whose cells are separated by tabs. A column is as wide as the lines next to each other that have it need. */
export function alignTabs(lines: readonly string[]): string[] {
	const rows = lines.map((line) => line.split('\t'));
	const widths = rows.map(() => [] as number[]);
	const most = Math.max(0, ...rows.map((cells) => cells.length - 1));
	for (let column = 0; column < most; column++) {
		for (let start = 0; start < rows.length; start++) {
			// What stands behind the last tab of a line belongs to no column.
			const has = (row: number): boolean => (rows[row]?.length ?? 0) > column + 1;
			if (!has(start)) continue;
			let end = start;
			while (has(end)) end++;
			const cells = rows.slice(start, end).map((row) => [...(row[column] ?? '')].length + gap);
			const width = Math.max(leastWidth, ...cells);
			for (let row = start; row < end; row++) widths[row]?.push(width);
			start = end;
		}
	}
	return rows.map((cells, row) =>
		cells
			.map((cell, column) => cell + ' '.repeat(Math.max(0, (widths[row]?.[column] ?? 0) - [...cell].length)))
			.join(''),
	);
}
