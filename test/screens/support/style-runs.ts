import type {ScreenCell} from './emulator.ts';

/** Neighbouring cells of one style. `column` is where they start, `cells` how many columns they cover. */
export type StyleRun = {readonly text: string; readonly style: string; readonly column: number; readonly cells: number};

/** A row in pieces of one style each; blanks at its end that show nothing are left out. */
export function runsOf(cells: readonly ScreenCell[]): StyleRun[] {
	const runs: {text: string; style: string; column: number; cells: number}[] = [];
	for (const [column, cell] of cells.entries()) {
		const last = runs.at(-1);
		if (last?.style === cell.style) {
			last.text += cell.text;
			last.cells++;
		} else {
			runs.push({text: cell.text, style: cell.style, column, cells: 1});
		}
	}
	const last = runs.at(-1);
	if (last?.style === '') last.text = last.text.trimEnd();
	return runs.filter((run) => run.text !== '' || run.style !== '');
}
