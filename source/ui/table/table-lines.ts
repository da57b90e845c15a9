/** The lines of a table: one string for every row, ready for the terminal, so that Ink lays out rows and not cells. */

import type {Health} from '../../cluster/model.ts';
import {fitCells, sliceCells} from '../../text/fit.ts';
import {joinStyled, type SafeText, type StyledText, stripStyles, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {paint, type Role, type Theme} from '../theme/theme.ts';
import {type CellContext, columnGap, type FittedColumn} from './column.ts';

/** Cells before the first column: that of the selection, the health, the mark. */
export const gutterWidth = 3;

export type Sorting = {readonly columnId: string; readonly isDescending: boolean};

/** The column titles, with the arrow at the one that the list is sorted by. */
export function headingLine<Row>(
	columns: readonly FittedColumn<Row>[],
	sorting: Sorting,
	theme: Theme,
	width: number,
): StyledText {
	const cells = columns.map(({column, width: cells}) => {
		if (column.id !== sorting.columnId) return fitCells(column.title, cells, column.align);
		const arrow = sorting.isDescending ? theme.glyphs.descending : theme.glyphs.ascending;
		return fitCells(`${fitTitle(column.title, cells - 1)}${arrow}` as SafeText, cells, column.align);
	});
	return paint(theme, 'heading', fitCells(`${' '.repeat(gutterWidth)}${cells.join(gap)}` as SafeText, width));
}

export type RowLook = {
	readonly health: Health;
	/** Of the past: shown, but behind the rest. */
	readonly isDim: boolean;
	readonly isMarked: boolean;
	/** What an action in progress says about the row; it covers the row's end. */
	readonly progress: SafeText | undefined;
};

/** A row without the mark of its selection: health and cells, one cell short of `width`. */
export function rowLine<Row>(
	row: Row,
	columns: readonly FittedColumn<Row>[],
	look: RowLook,
	context: CellContext,
	width: number,
): StyledText {
	const {theme} = context;
	const cells = columns.map(({column, width: cells}) => {
		const text = fitCells(column.value(row, context), cells, column.align, {
			from: column.truncate ?? 'end',
			ellipsis: theme.glyphs.ellipsis,
		});
		const role = look.isDim ? undefined : column.role?.(row, context);
		return role === undefined ? text : paintWithin(theme, role, text);
	});
	const glyph = paint(theme, look.isDim ? 'dim' : look.health, theme.glyphs.health[look.health]);
	const used = columns.reduce((sum, column) => sum + column.width, gutterWidth + columnGap * (columns.length - 1));
	const padding = toSafeText(' '.repeat(Math.max(0, width - used)));
	const body = joinStyled(cells, gap);
	const mark = look.isMarked ? paint(theme, 'accent', theme.glyphs.mark) : toSafeText(' ');
	const line = styled`${glyph}${mark}${look.isDim ? paint(theme, 'dim', body) : body}${padding}`;
	return withTail(line, look.progress, theme, width - 1);
}

/** The text in its style, the spaces around it plain: a style with a background of its own must not fill the column. */
function paintWithin(theme: Theme, role: Role, cell: SafeText): SafeText | StyledText {
	const text = cell.trim() as SafeText;
	if (text === '') return cell;
	const start = cell.indexOf(text);
	const [before, after] = [cell.slice(0, start) as SafeText, cell.slice(start + text.length) as SafeText];
	return styled`${before}${paint(theme, role, text)}${after}`;
}

/** A row with its gutter: highlighted when selected where the keys go, only marked when selected elsewhere. */
export function withSelection(line: StyledText, selection: 'none' | 'here' | 'elsewhere', theme: Theme): StyledText {
	if (selection === 'none') return styled` ${line}`;
	const marked = styled`${paint(theme, 'accent', theme.glyphs.selection)}${line}`;
	if (selection === 'elsewhere') return marked;
	return paint(theme, 'selection', theme.isSelectionPlain ? stripStyles(marked) : undimmed(marked, theme));
}

/** Grey on the grey of the selection can't be read. */
function undimmed(line: StyledText, {styles}: Theme): StyledText {
	const grey = new Set([styles.dim, styles.idle].filter((style) => style !== ''));
	return [...grey].reduce((text, style) => text.replaceAll(`\u001b[${style}m`, ''), line as string) as StyledText;
}

/** What stands where the selected object was: it is not there any more, and no other row takes its place by itself. */
export function missingLine(text: SafeText, isFocused: boolean, theme: Theme, width: number): StyledText {
	const line = fitCells(styled`${theme.glyphs.selection}${theme.glyphs.health.unknown} ${text}`, width);
	return paint(theme, isFocused ? 'selection' : 'dim', stripStyles(line));
}

const gap = ' '.repeat(columnGap);

function fitTitle(title: SafeText, cells: number): SafeText {
	return cellWidth(title) <= cells ? title : fitCells(title, Math.max(0, cells));
}

/** The line with its end covered by what the action in progress says, as wide as before. */
function withTail(line: StyledText, tail: SafeText | undefined, theme: Theme, width: number): StyledText {
	if (tail === undefined || tail === '') return line;
	const room = Math.min(cellWidth(tail), Math.floor(width / 2));
	const said = paint(theme, 'converging', fitCells(tail, room));
	return styled`${sliceCells(line, 0, width - room - 1)} ${said}`;
}

/** A line of its own inside a list: that it is empty, that it is being read. */
export function noteLine(text: string, theme: Theme, width: number): StyledText {
	return paint(theme, 'dim', fitCells(toSafeText(`   ${text}`), width));
}

/** A line of what is wrong with the selected row. */
export function troubleLine(line: SafeText, health: Health, theme: Theme, width: number): StyledText {
	return paint(
		theme,
		health === 'failing' ? 'failing' : 'warning',
		toSafeText(`${' '.repeat(gutterWidth)}${line}`.padEnd(width)),
	);
}
