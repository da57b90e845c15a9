/** The window onto a text, with the hits of a search marked, and what stands in its border. */
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, stripStyles, styled, toSafeText} from '../../text/safe-text.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {TextDocument} from './text-document.ts';
import {clampTop, hitsOf, type TextState} from './text-state.ts';

/** As many lines as the window is high. */
export function textLines(
	document: TextDocument,
	state: TextState,
	{width, height}: {readonly width: number; readonly height: number},
	theme: Theme,
): StyledText[] {
	const top = clampTop(state.top, document.lines.length, height);
	return Array.from({length: height}, (_, row) => {
		const index = top + row;
		const line = fitCells(styled` ${marked(document.paintLine(index, theme), state, index, theme)}`, width);
		return document.nodeAt && index === state.cursor ? paint(theme, 'selection', line) : line;
	});
}

export function textTitle(document: TextDocument, state: TextState): SafeText {
	if (state.query === '') return document.title;
	return safe`${document.title}  /${toSafeText(state.query)} ${hitCount(document, state)}`;
}

/** How far it is shown, where it is longer than the window. */
export function textPosition({lines}: TextDocument, state: TextState, height: number): SafeText {
	if (lines.length <= height) return toSafeText('');
	return safe`${Math.min(lines.length, clampTop(state.top, lines.length, height) + height)}/${lines.length}`;
}

function hitCount(document: TextDocument, {query, hit}: TextState): SafeText {
	const hits = hitsOf(query, document.lines);
	if (hits.length === 0) return toSafeText('not found');
	return safe`${hit === undefined ? 0 : hits.indexOf(hit) + 1} of ${hits.length}`;
}

/** The line with every hit in it marked; a marked line gives up its own colours. */
function marked(line: StyledText, {query, hit}: TextState, index: number, theme: Theme): StyledText {
	if (query === '') return line;
	const plain = stripStyles(line);
	const lower = plain.toLowerCase();
	const wanted = query.toLowerCase();
	// Some letters change their length with their case: then the places would not agree.
	if (lower.length !== plain.length || !lower.includes(wanted)) return line;
	const role = index === hit ? 'matchHere' : 'match';
	let result: StyledText = toSafeText('');
	let from = 0;
	for (let at = lower.indexOf(wanted); at !== -1; at = lower.indexOf(wanted, from)) {
		const before = plain.slice(from, at) as SafeText;
		const found = plain.slice(at, at + wanted.length) as SafeText;
		result = styled`${result}${before}${paint(theme, role, found)}`;
		from = at + wanted.length;
	}
	return styled`${result}${plain.slice(from) as SafeText}`;
}
