/** Looks whether what is drawn keeps to its place. */
import {cellWidth} from '../../../source/text/width.ts';
import type {Screen} from '../../../source/ui/app/screen.ts';
import {isFull} from '../../../source/ui/app/state.ts';
import type {InkScreen} from '../../screens/support/ink-screen.ts';

/** Every line must be as wide as its place, and where nothing lies in front there must be exactly as many as fit. */
export function problemsOf(screen: Screen, {root}: Pick<InkScreen, 'root'>): string[] {
	const lines = [...root.lines()];
	const problems = lines
		.filter(({text, width}) => cellWidth(text) !== width)
		.map(({text, width}) => `a line is ${cellWidth(text)} wide, not ${width}: ${text}`);
	const {layout, state} = screen.getSnapshot();
	const {columns, rows} = state.size;
	if (lines.some(({width}) => width > columns)) problems.push('a line reaches out of the screen');
	if (layout.kind === 'tooSmall') return problems;
	const isCovered = state.overlays.some(isFull);
	if (state.overlays.some((overlay) => !isFull(overlay))) return problems;
	const sides = isCovered ? 0 : layout.panes.filter(({frame}) => frame === 'box').length;
	const besides = layout.panes.reduce((sum, {height}) => sum + height, 0) - layout.body.height;
	const wanted = rows + (isCovered ? 0 : sides + besides);
	if (lines.length !== wanted) problems.push(`there are ${lines.length} lines, not ${wanted}`);
	return problems;
}
