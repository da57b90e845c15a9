/** A text over the panes, as lines: its window, with the hits of a search marked. */
import {fitCells} from '../../text/fit.ts';
import {type SafeText, type StyledText, safe, stripStyles, styled, toSafeText} from '../../text/safe-text.ts';
import type {OverlayView} from '../app/view.ts';
import {framed, insideOf} from '../layout/frame.ts';
import type {Rect} from '../layout/layout.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {TextDocument} from './documents.ts';
import {clampTop, hitsOf, type TextState} from './text-state.ts';

export function textOverlay(document: TextDocument, state: TextState, rect: Rect, theme: Theme): OverlayView {
	const {width, height} = insideOf('bar', rect);
	const top = clampTop(state.top, document.lines.length, height);
	const lines = Array.from({length: height}, (_, row) => {
		const index = top + row;
		const line = fitCells(styled` ${marked(document.paintLine(index, theme), state, index, theme)}`, width);
		return document.nodeAt && index === state.cursor ? paint(theme, 'selection', line) : line;
	});
	const title =
		state.query === ''
			? document.title
			: safe`${document.title}  /${toSafeText(state.query)} ${hitCount(document, state)}`;
	const shown = Math.min(document.lines.length, top + height);
	const position = document.lines.length > height ? safe`${shown}/${document.lines.length}` : toSafeText('');
	return {
		id: 'text',
		rect,
		lines: framed(
			lines,
			{kind: 'bar', width: rect.width, isFocused: true, title: paint(theme, 'title', title), position},
			theme,
		),
	};
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
