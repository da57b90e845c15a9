import type {ClusterState} from '../cluster/model.ts';
import {fitCells} from '../text/fit.ts';
import {age} from '../text/format.ts';
import {joinStyled, type SafeText, type StyledText, styled, toSafeText} from '../text/safe-text.ts';
import {cellWidth} from '../text/width.ts';
import type {Listing} from '../ui/kinds/listing.ts';
import type {Listed} from '../ui/kinds/scope.ts';
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
	/** What cells may look things up in. */
	readonly cluster: ClusterState;
	/** Milliseconds since the epoch: ages are counted from it. */
	readonly now: number;
};

/** Columns of one table with their widths: rows that come later are printed to the same ones. */
export type Frame = {readonly columns: readonly FittedColumn<Listed>[]};

const gap = ' '.repeat(columnGap);
const gutter = 2;

export function frameOf(listing: Pick<Listing<Listed>, 'columns'>, rows: readonly Listed[], look: TableLook): Frame {
	const {width} = look;
	const known = listing.columns.filter(({isShown}) => isShown?.(look.cluster) ?? true);
	const columns = look.hasIds ? [...known, idColumn] : known;
	const measured = columns.map((column) => measure(column, rows, look));
	if (width === undefined) return {columns: measured.map((column) => ({column, width: column.width}))};
	const needs = new Map(measured.map((column) => [column.id, column.width]));
	return {columns: fitColumns(measured, width - (look.isPainted ? gutter : 0), needs)};
}

/** Of the width, what a row is known by gets before all else. */
const identityShare = 0.6;
/** A column where there is nothing to see gives way first. */
const emptyPriority = 1000;

/** The column with the width that its content needs: nothing grows beyond it, and there is no arrow to leave room for. */
function measure(column: Column<Listed>, rows: readonly Listed[], look: TableLook): Column<Listed> {
	const context = contextOf(look);
	const widest = rows.reduce((cells, row) => Math.max(cells, cellWidth(cellText(column, row, context))), 0);
	const needed = Math.max(widest, cellWidth(column.title));
	const least =
		column.priority === 0 ? Math.floor((look.width ?? needed) * identityShare) : (column.min ?? column.width);
	return {
		...column,
		priority: widest === 0 && column.priority > 0 ? emptyPriority : column.priority,
		width: needed,
		min: Math.min(least, needed),
		max: needed,
		grow: 0,
	};
}

export function headingLine({columns}: Frame, look: TableLook): StyledText {
	const titles = columns.map(({column, width}) => fitCells(column.title, width, column.align));
	const line = joinStyled(withoutTail(titles), gap);
	return look.isPainted ? styled`${toSafeText(' '.repeat(gutter))}${paint(look.theme, 'heading', line)}` : line;
}

export function rowLine({columns}: Frame, row: Listed, look: TableLook): StyledText {
	const context = contextOf(look);
	const {theme} = look;
	const texts = columns.map(({column, width}) =>
		fitCells(cellText(column, row, context), width, column.align, {
			from: column.truncate ?? 'end',
			ellipsis: theme.glyphs.ellipsis,
		}),
	);
	const cells = withoutTail(texts).map((text, index) => {
		const role = look.isPainted ? columns[index]?.column.role?.(row, context) : undefined;
		return role === undefined ? text : paint(theme, role, text);
	});
	const line = joinStyled(cells, gap);
	return look.isPainted ? styled`${paint(theme, row.health, theme.glyphs.health[row.health])} ${line}` : line;
}

/** What is last in its line needs no spaces behind it. */
function withoutTail(texts: readonly SafeText[]): SafeText[] {
	const last = texts.findLastIndex((text) => text.trim() !== '');
	return texts.slice(0, last + 1).map((text, index) => (index === last ? (text.trimEnd() as SafeText) : text));
}

/** The whole table, a string per line; none when there is nothing to show. */
export function tableLines(listing: Listing<Listed>, rows: readonly Listed[], look: TableLook): StyledText[] {
	if (rows.length === 0) return [];
	const frame = frameOf(listing, rows, look);
	const lines = rows.map((row) => rowLine(frame, row, look));
	return look.hasHeadings ? [headingLine(frame, look), ...lines] : lines;
}

/** Signs that stand for nothing (a theme without glyphs) leave their space behind. */
function cellText(column: Column<Listed>, row: Listed, context: CellContext): SafeText {
	return column.value(row, context).trim() as SafeText;
}

function contextOf({theme, now, cluster}: TableLook): CellContext {
	return {theme, cluster, age: (since) => age(now - since), progressOf: () => undefined, keyOf: () => toSafeText('')};
}

const idColumn: Column<Listed> = {
	id: 'id',
	title: toSafeText('ID'),
	width: 25,
	priority: 9,
	value: ({id}) => toSafeText(id),
	role: () => 'dim',
};
