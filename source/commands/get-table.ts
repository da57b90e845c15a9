import {fitCells} from '../text/fit.ts';
import {age} from '../text/format.ts';
import {joinStyled, type SafeText, type StyledText, styled, toSafeText} from '../text/safe-text.ts';
import {cellWidth} from '../text/width.ts';
import type {Listed} from '../ui/registry/kind.ts';
import type {Listing} from '../ui/registry/listing.ts';
import {type CellContext, type Column, columnGap, type FittedColumn, fitColumns} from '../ui/table/column.ts';
import {paint, type Theme} from '../ui/theme/theme.ts';

/** Tables as text: the columns of the screen, for the width of a terminal or uncut. */

export type TableLook = {
	/** In cells; undefined where nothing has to be cut: in a pipe, and in the wide format. */
	readonly width: number | undefined;
	/** IDs at the end. */
	readonly hasIds: boolean;
	readonly hasHeadings: boolean;
	/** Colours, and the sign of an object's health before its row. */
	readonly isPainted: boolean;
	readonly theme: Theme;
	/** Milliseconds since the epoch: ages are counted from it. */
	readonly now: number;
};

/** Columns of one table with their widths: rows that come later are printed to the same ones. */
export type Frame = {readonly columns: readonly FittedColumn<Listed>[]};

const gap = ' '.repeat(columnGap);
const gutter = 2;

export function frameOf(listing: Pick<Listing<Listed>, 'columns'>, rows: readonly Listed[], look: TableLook): Frame {
	const context = contextOf(look);
	const columns = look.hasIds ? [...listing.columns, idColumn] : listing.columns;
	const measured = columns.map((column) => {
		const widest = rows.reduce((cells, row) => Math.max(cells, cellWidth(cellText(column, row, context))), 0);
		const needed = Math.max(widest, cellWidth(column.title));
		// A column where there is nothing to see only takes room on a narrow terminal.
		const priority = widest === 0 && column.priority > 0 ? emptyPriority : column.priority;
		return {...column, priority, width: needed, min: Math.min(column.min ?? column.width, needed), grow: 0};
	});
	if (look.width === undefined) return {columns: measured.map((column) => ({column, width: column.width}))};
	const needs = new Map(measured.map(({id, width}) => [id, width]));
	const available = look.width - (look.isPainted ? gutter : 0);
	return {columns: fitColumns(measured.map(exact), available, needs)};
}

const emptyPriority = 1000;

/** Without the room that the screen keeps for the arrow of the sorted column. */
function exact(column: Column<Listed>): Column<Listed> {
	return {...column, max: column.width};
}

export function headingLine({columns}: Frame, look: TableLook): StyledText {
	const titles = columns.map(({column, width}, index) =>
		fitCells(column.title, isLoose(columns, index) ? cellWidth(column.title) : width, column.align),
	);
	const line = joinStyled(titles, gap);
	return look.isPainted ? styled`${toSafeText(' '.repeat(gutter))}${paint(look.theme, 'heading', line)}` : line;
}

export function rowLine({columns}: Frame, row: Listed, look: TableLook): StyledText {
	const context = contextOf(look);
	const {theme} = look;
	const cells = columns.map(({column, width}, index) => {
		const text = cellText(column, row, context);
		const room = isLoose(columns, index) ? Math.min(width, cellWidth(text)) : width;
		const cell = fitCells(text, room, column.align, {
			from: column.truncate ?? 'end',
			ellipsis: theme.glyphs.ellipsis,
		});
		const role = look.isPainted ? column.role?.(row, context) : undefined;
		return role === undefined ? cell : paint(theme, role, cell);
	});
	const line = joinStyled(cells, gap);
	return look.isPainted ? styled`${paint(theme, row.health, theme.glyphs.health[row.health])} ${line}` : line;
}

/** The whole table, a string per line; none when there is nothing to show. */
export function tableLines(listing: Listing<Listed>, rows: readonly Listed[], look: TableLook): StyledText[] {
	if (rows.length === 0) return [];
	const frame = frameOf(listing, rows, look);
	const lines = rows.map((row) => rowLine(frame, row, look));
	return look.hasHeadings ? [headingLine(frame, look), ...lines] : lines;
}

/** What is last in its line needs no spaces behind it. */
function isLoose(columns: readonly FittedColumn<Listed>[], index: number): boolean {
	return index === columns.length - 1 && columns[index]?.column.align !== 'right';
}

/** Signs that stand for nothing (a theme without glyphs) leave their space behind. */
function cellText(column: Column<Listed>, row: Listed, context: CellContext): SafeText {
	return column.value(row, context).trim() as SafeText;
}

function contextOf({theme, now}: TableLook): CellContext {
	return {theme, age: (since) => age(now - since), progressOf: () => undefined};
}

const idColumn: Column<Listed> = {
	id: 'id',
	title: toSafeText('ID'),
	width: 25,
	priority: 9,
	value: ({id}) => toSafeText(id),
	role: () => 'dim',
};
