/** The rows in the window of a list, the selected one marked. */
import {type StyledText, toSafeText} from '../../text/safe-text.ts';
import type {Environment} from '../app/environment.ts';
import type {ListState} from '../app/state.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {kindOf} from '../kinds/registry.ts';
import type {Listed} from '../kinds/scope.ts';
import {wrapText} from '../text-view/wrap.ts';
import type {Theme} from '../theme/theme.ts';
import {missingText} from './list-window.ts';
import type {RowPainter} from './row-painter.ts';
import {gutterWidth, missingLine, noteLine, withSelection} from './table-lines.ts';

type RowWindow = {
	readonly id: KindId;
	readonly list: ListState;
	readonly rows: readonly Listed[];
	readonly height: number;
	readonly width: number;
	readonly isFocused: boolean;
};

/** As many lines as the window is high. */
export function rowLines(
	painter: RowPainter,
	{id, list, rows, height, width, isFocused}: RowWindow,
	environment: Environment,
): StyledText[] {
	const {table} = list;
	const {theme} = environment;
	const blank = toSafeText(' '.repeat(width));
	const lines: StyledText[] = [];
	for (let place = table.top; place < table.top + height; place++) {
		const isSelected = place === table.index && table.selectedId !== undefined;
		if (isSelected && table.isMissing) {
			lines.push(missingLine(missingText(id, list, environment), isFocused, theme, width));
			continue;
		}
		const row = rows[table.isMissing && place > table.index ? place - 1 : place];
		if (!row) lines.push(blank);
		else {
			const line = painter.line(row, kindOf(id), list.marks.ids.has(row.id), environment);
			lines.push(withSelection(line, isSelected ? (isFocused ? 'here' : 'elsewhere') : 'none', theme));
		}
	}
	return lines;
}

/** The lines with what a list says that has no rows, wrapped, in the place of the first of them. */
export function withNote(lines: readonly StyledText[], note: string, width: number, theme: Theme): StyledText[] {
	const shown = wrapText(toSafeText(note), width - 2 * gutterWidth).slice(0, Math.max(1, lines.length));
	return [...shown.map((line) => noteLine(line, theme, width)), ...lines.slice(shown.length)];
}
