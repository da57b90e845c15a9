/** A screen as text that keeps its colours, for snapshots that a person can read and compare. */
import type {Emulator} from './emulator.ts';
import {styleName} from './palette.ts';
import {runsOf} from './style-runs.ts';

/** Each row with its styles written as `<bold green>text</>`. Blank rows at the end are left out. */
export function screenToText(emulator: Emulator): string {
	return Array.from({length: emulator.rows}, (_, y) => rowToText(emulator, y))
		.join('\n')
		.trimEnd();
}

function rowToText(emulator: Emulator, y: number): string {
	return runsOf(emulator.cells(y))
		.map(({text, style}) => (style === '' ? text : `<${styleName(style)}>${text}</>`))
		.join('');
}
