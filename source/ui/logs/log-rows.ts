/** Log entries as rows of the pane: `▸! 15:04:05.123 web.3@w1  GET / 200`, wrapped or cut, with hits marked. */
import {type LogView, type ShownLine, showLine, type TimeMode} from '../../logs/display.ts';
import type {LogLevel} from '../../logs/json-fields.ts';
import type {LogEntry} from '../../logs/log-buffer.ts';
import type {Hit} from '../../logs/log-filter.ts';
import type {LogNotice} from '../../logs/log-notice.ts';
import {cellsToLine, toCellRow} from '../../text/cell-row.ts';
import {fitCells, sliceCells} from '../../text/fit.ts';
import {
	joinStyled,
	type SafeText,
	type StyledText,
	safe,
	stripStyles,
	styled,
	toSafeText,
} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {paint, paintSpeaker, type Role, type Theme} from '../theme/theme.ts';
import type {LogReader} from './log-reader.ts';
import type {LogRows} from './log-window.ts';
import type {LogsState} from './logs-state.ts';
import type {Speakers} from './speakers.ts';

/** The mark of what is special about the line, and a space; on the cursor's line the cursor before the mark. */
const gutterCells = 2;
/** A longer prefix is cut in its middle; what is said needs the room more. */
const maxPrefixCells = 28;
const levelCells = 5;
const timeCells: Readonly<Record<TimeMode, number>> = {off: 0, time: 12, full: 30, relative: 13};
const fewestTextCells = 10;
/** Of a shorter prefix nothing is left to tell speakers apart by. */
const fewestPrefixCells = 3;

const levelRoles: Readonly<Record<LogLevel, Role>> = {
	trace: 'dim',
	debug: 'dim',
	info: 'good',
	warn: 'warning',
	error: 'danger',
	fatal: 'danger',
};

type Content = {readonly line: ShownLine; readonly text: StyledText};

/** The lines that a reader shows, laid out for a window of that size. Made anew for every frame and every move. */
export class LogLayout implements LogRows {
	readonly reader: LogReader;
	readonly #state: LogsState;
	readonly #width: number;
	readonly #mostRows: number;
	readonly #view: LogView;
	readonly #contents = new Map<number, Content>();
	readonly #timeCells: number;
	readonly #prefixCells: number;

	constructor(reader: LogReader, state: LogsState, size: {readonly width: number; readonly height: number}) {
		this.reader = reader;
		this.#state = state;
		this.#width = size.width;
		// Something of the lines around it stays in report; Enter shows the whole of a longer line.
		this.#mostRows = Math.max(1, size.height - 2);
		// Of a single task everybody knows who speaks.
		const prefix = reader.source.target.kind === 'task' ? 'none' : state.look.prefix;
		const {time, isStructured} = state.look;
		this.#view = {time, prefix, isStructured, startStamp: reader.startStamp};
		this.#measurePrefixes(size.height);
		// On a narrow screen what is before a line gives way to the line: first the prefix, then the time.
		const room = size.width - gutterCells - fewestTextCells;
		this.#timeCells = timeCells[time] + 1 <= room ? timeCells[time] : 0;
		const left = room - (this.#timeCells > 0 ? this.#timeCells + 1 : 0) - 1;
		const prefixCells = prefix === 'none' ? 0 : Math.min(reader.prefixWidth, maxPrefixCells, left);
		this.#prefixCells = prefixCells < fewestPrefixCells ? 0 : prefixCells;
	}

	get length(): number {
		return this.reader.shown.length;
	}

	readonly heightOf = (index: number): number => {
		const entry = this.reader.shown.at(index);
		if (!this.#state.look.isWrapped || entry?.kind !== 'line') return 1;
		const {text} = this.#contentOf(index, entry);
		return Math.min(this.#mostRows, wrap(text, this.#textCells).length);
	};

	/** The rows of a line, each exactly as wide as the window. */
	paint(index: number, {theme, speakers, cursor}: RowLook): StyledText[] {
		const entry = this.reader.shown.at(index);
		if (!entry) return [];
		const space = toSafeText(' ');
		const isNotice = entry.kind === 'notice';
		const mark = isNotice ? space : markOf(this.#contentOf(index, entry).line, theme);
		const rows = isNotice
			? [noticeRow(entry.notice, theme, this.#width - gutterCells)]
			: this.#lineRows(index, entry, theme, speakers);
		if (cursor === 'none') return rows.map((row, at) => styled`${at === 0 ? mark : space} ${row}`);
		const gutter = styled`${paint(theme, 'accent', theme.glyphs.selection)}${mark}`;
		return rows.map((row, at) => {
			const line = styled`${at === 0 ? gutter : toSafeText('  ')}${row}`;
			return cursor === 'here' ? paint(theme, 'selection', line) : line;
		});
	}

	get #textCells(): number {
		const time = this.#timeCells;
		const before = gutterCells + (time > 0 ? time + 1 : 0) + (this.#prefixCells > 0 ? this.#prefixCells + 1 : 0);
		return Math.max(fewestTextCells, this.#width - before);
	}

	/** Of the newest lines, which a following window shows; whoever scrolls up meets wider ones now and then. */
	#measurePrefixes(count: number): void {
		if (this.#view.prefix === 'none') return;
		const {shown} = this.reader;
		for (let index = Math.max(0, shown.length - count); index < shown.length; index++) {
			const entry = shown.at(index);
			if (entry?.kind === 'line') this.reader.widenPrefix(cellWidth(this.#contentOf(index, entry).line.prefix));
		}
	}

	#contentOf(index: number, entry: LogEntry & {readonly kind: 'line'}): Content {
		const known = this.#contents.get(index);
		if (known) return known;
		const line = showLine(entry.line, this.#view, this.reader.source.names);
		const level = line.level === undefined ? '' : fitCells(toSafeText(line.level.toUpperCase()), levelCells);
		const content = {line, text: level === '' ? line.text : styled`${level} ${line.text}`};
		this.#contents.set(index, content);
		return content;
	}

	#lineRows(index: number, entry: LogEntry & {readonly kind: 'line'}, theme: Theme, speakers: Speakers): StyledText[] {
		const {line, text} = this.#contentOf(index, entry);
		const before: StyledText[] = [];
		const time = this.#timeCells;
		if (time > 0) before.push(paint(theme, 'dim', fitCells(line.time, time)), toSafeText(' '));
		if (this.#prefixCells > 0) {
			const shown = fitCells(line.prefix, this.#prefixCells, 'left', {from: 'middle', ellipsis: theme.glyphs.ellipsis});
			before.push(paintSpeaker(theme, speakers.numberOf(this.reader.speakerOf(entry.line)), shown), toSafeText(' '));
		}
		const head = joinStyled(before);
		const coloured = this.#marked(levelPainted(line, text, theme), theme, this.#isCursor(entry));
		if (!this.#state.look.isWrapped) {
			return [styled`${head}${fitCells(coloured, this.#textCells, 'left', {ellipsis: theme.glyphs.ellipsis})}`];
		}
		const indent = toSafeText(' '.repeat(cellWidth(head)));
		const rows = wrap(coloured, this.#textCells);
		if (rows.length > this.#mostRows) {
			rows.length = this.#mostRows;
			const hint = paint(
				theme,
				'dim',
				fitCells(safe`${toSafeText(theme.glyphs.ellipsis)} Enter shows the whole line`, this.#textCells),
			);
			rows[this.#mostRows - 1] = hint;
		}
		return rows.map((row, at) => styled`${at === 0 ? head : indent}${row}`);
	}

	#isCursor({id}: LogEntry): boolean {
		return this.#state.stand?.cursor.id === id;
	}

	/** What is searched for stands out; with no search, what the filter has found. */
	#marked(text: StyledText, theme: Theme, isHere: boolean): StyledText {
		const {search, filter} = this.reader;
		const wanted = search.isEmpty ? filter : search;
		if (wanted.isEmpty) return text;
		const plain = stripStyles(text);
		const hits = wanted.hits(plain);
		return hits.length === 0
			? text
			: withHits(text, plain, hits, isHere && !search.isEmpty ? 'matchHere' : 'match', theme);
	}
}

export type RowLook = {
	readonly theme: Theme;
	readonly speakers: Speakers;
	/** `here`: the pane has the keys. */
	readonly cursor: 'none' | 'here' | 'elsewhere';
};

/** `!` for what was said on stderr, `~` for what came too late to stand where it was written when it was written. */
function markOf({isStderr, isLate}: ShownLine, theme: Theme): StyledText {
	if (isLate) return paint(theme, 'dim', toSafeText('~'));
	return isStderr ? paint(theme, 'warning', toSafeText('!')) : toSafeText(' ');
}

function levelPainted({level}: ShownLine, text: StyledText, theme: Theme): StyledText {
	if (level === undefined) return text;
	const plain = stripStyles(text);
	const word = plain.slice(0, levelCells) as SafeText;
	return styled`${paint(theme, levelRoles[level], word)}${plain.slice(levelCells) as SafeText}`;
}

const noticeRoles: Readonly<Record<LogNotice['tone'], Role>> = {
	plain: 'dim',
	good: 'good',
	warning: 'warning',
	mark: 'accent',
};

/** `─── reconnected after 12 s, nothing lost ─────` */
function noticeRow({tone, text}: LogNotice, theme: Theme, width: number): StyledText {
	const {horizontal} = theme.glyphs.border;
	const line = `${horizontal.repeat(3)} ${toSafeText(text)} `;
	const rest = horizontal.repeat(Math.max(0, width - cellWidth(line)));
	return paint(theme, noticeRoles[tone], fitCells(toSafeText(line + rest), width));
}

/** The text in lines of exactly that many cells; at least one. A wide character that does not fit starts the next. */
function wrap(text: StyledText, cells: number): StyledText[] {
	const row = toCellRow(text);
	const lines: StyledText[] = [];
	let from = 0;
	do {
		let to = from + cells;
		if (row.glyphs[to] === '' && to - 1 > from) to--;
		lines.push(fitCells(cellsToLine(row, from, Math.min(to, row.glyphs.length)) as StyledText, cells));
		from = to;
	} while (from < row.glyphs.length);
	return lines;
}

function withHits(text: StyledText, plain: SafeText, hits: readonly Hit[], role: Role, theme: Theme): StyledText {
	const parts: StyledText[] = [];
	let column = 0;
	const upTo = (end: number): void => {
		if (end > column) parts.push(sliceCells(text, column, end - column));
		column = Math.max(column, end);
	};
	for (const [start, end] of hits) {
		const from = cellWidth(plain.slice(0, start));
		const found = plain.slice(start, end) as SafeText;
		if (from < column) continue;
		upTo(from);
		parts.push(paint(theme, role, found));
		column += cellWidth(found);
	}
	upTo(cellWidth(plain));
	return joinStyled(parts);
}
