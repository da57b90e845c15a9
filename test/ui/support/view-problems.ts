/** Looks whether what is drawn keeps to its place. */
import {cellWidth} from '../../../source/text/width.ts';
import type {ScreenView} from '../../../source/ui/app/view.ts';
import {framed} from '../../../source/ui/layout/frame.ts';

/** Every line that is shown must fit exactly where it lies. */
export function problemsOf(view: ScreenView): string[] {
	const problems: string[] = [];
	const check = (what: string, text: string, width: number): void => {
		if (cellWidth(text) !== width) problems.push(`${what} is ${cellWidth(text)} wide, not ${width}: ${text}`);
	};
	const {columns, rows} = view.size;
	if (view.kind === 'tooSmall') return view.lines.length > rows ? ['too many lines'] : [];
	for (const text of [view.header, view.message, view.footer, ...view.banner]) check('line', text, columns);
	for (const {rect, lines, title, position, isFocused} of view.panes) {
		const drawn = framed(lines, {kind: rect.frame, width: rect.width, isFocused, title, position}, view.theme);
		if (drawn.length !== rect.height) problems.push(`${rect.id} has ${drawn.length} lines, not ${rect.height}`);
		for (const text of drawn) check(rect.id, text, rect.width);
	}
	for (const {id, rect, lines} of view.overlays) {
		if (rect.x < 0 || rect.y < 0 || rect.x + rect.width > columns || rect.y + rect.height > rows)
			problems.push(`${id} reaches out`);
		if (lines.length !== rect.height) problems.push(`${id} has ${lines.length} lines, not ${rect.height}`);
		for (const text of lines) check(id, text, rect.width);
	}
	return problems;
}
