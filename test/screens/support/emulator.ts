/** A terminal without a window: takes the bytes a program writes and says what the eye would see. */

import type {IBufferCell, Terminal} from '@xterm/headless';
import xterm from '@xterm/headless';
import {modernUnicode} from './unicode.ts';

/** One cell of the screen. `text` is '' in the second cell of a wide glyph. `style` is canonical, see source/text/sgr.ts. */
export type ScreenCell = {readonly text: string; readonly style: string};

export type EmulatorOptions = {
	readonly columns: number;
	readonly rows: number;
	/** `modern` keeps emoji sequences together, `6` spreads them as terminals of the 2010s do. Default `modern`. */
	readonly unicode?: 'modern' | '6';
};

export class Emulator {
	readonly terminal: Terminal;

	constructor({columns, rows, unicode = 'modern'}: EmulatorOptions) {
		this.terminal = new xterm.Terminal({cols: columns, rows, allowProposedApi: true, scrollback: 1000});
		this.terminal.unicode.register(modernUnicode);
		this.terminal.unicode.activeVersion = unicode;
	}

	/** Resolves when the bytes have been taken in. */
	write(bytes: string): Promise<void> {
		return new Promise((resolve) => this.terminal.write(bytes, resolve));
	}

	resize(columns: number, rows: number): void {
		this.terminal.resize(columns, rows);
	}

	get columns(): number {
		return this.terminal.cols;
	}

	get rows(): number {
		return this.terminal.rows;
	}

	/** The screen as text, one line per row, without blanks at the ends of rows. */
	text(): string {
		return Array.from({length: this.rows}, (_, y) => this.row(y)).join('\n');
	}

	/** Row `y`, zero-based, without blanks at its end. */
	row(y: number): string {
		return this.cells(y)
			.map((cell) => cell.text)
			.join('')
			.trimEnd();
	}

	/** The cells of row `y`, one for each column. */
	cells(y: number): ScreenCell[] {
		const line = this.terminal.buffer.active.getLine(this.terminal.buffer.active.baseY + y);
		return Array.from({length: this.columns}, (_, x) => {
			const cell = line?.getCell(x);
			return cell ? {text: textOf(cell), style: styleOf(cell)} : {text: ' ', style: ''};
		});
	}

	/** Every cell of the screen in a form that compares equal when the eye would see no difference. */
	picture(): string[] {
		return Array.from({length: this.rows}, (_, y) =>
			this.cells(y)
				.map(({text, style}) => `${style}|${text}`)
				.join('\u0001'),
		);
	}

	/** How many lines have left the screen at the top: 0 as long as nothing scrolled it. */
	get scrolledOff(): number {
		return this.terminal.buffer.active.baseY;
	}
}

function textOf(cell: IBufferCell): string {
	if (cell.getWidth() === 0) return '';
	return cell.getChars() === '' ? ' ' : cell.getChars();
}

function styleOf(cell: IBufferCell): string {
	const parameters: string[] = [];
	if (cell.isBold()) parameters.push('1');
	if (cell.isDim()) parameters.push('2');
	if (cell.isItalic()) parameters.push('3');
	if (cell.isUnderline()) parameters.push('4');
	if (cell.isBlink()) parameters.push('5');
	if (cell.isInverse()) parameters.push('7');
	if (cell.isInvisible()) parameters.push('8');
	if (cell.isStrikethrough()) parameters.push('9');
	if (!cell.isFgDefault()) parameters.push(colour(cell.getFgColor(), cell.isFgRGB(), 30));
	if (!cell.isBgDefault()) parameters.push(colour(cell.getBgColor(), cell.isBgRGB(), 40));
	return parameters.join(';');
}

function colour(value: number, isRgb: boolean, base: 30 | 40): string {
	if (isRgb) return `${base + 8};2;${value >> 16};${(value >> 8) & 255};${value & 255}`;
	if (value < 8) return String(base + value);
	if (value < 16) return String(base + 60 + value - 8);
	return `${base + 8};5;${value}`;
}
