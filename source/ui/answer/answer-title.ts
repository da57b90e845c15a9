/** The tabs in the border of the pane below the lists. */
import {joinStyled, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {cellWidth} from '../../text/width.ts';
import {placeOf} from '../layout/pane.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {Answer, AnswerTab} from './answer.ts';

/**
 * `4 logs │ why trainer │ spec │ tasks`.
 * @param title of what is shown
 */
export function answerTitle({tab, tabs}: Answer, title: StyledText, theme: Theme): StyledText {
	const parts = tabs.map((each) => (each === tab ? title : paint(theme, 'dim', toSafeText(each))));
	return styled`${paint(theme, 'dim', number)} ${joinStyled(parts, between(theme))}`;
}

/** The tab whose words stand in that cell of the title; the title begins at 0. */
export function answerTabAt(
	{tab, tabs}: Answer,
	title: StyledText,
	{glyphs}: Pick<Theme, 'glyphs'>,
	cell: number,
): AnswerTab | undefined {
	let start = cellWidth(number) + 1;
	for (const each of tabs) {
		const end = start + cellWidth(each === tab ? title : each);
		if (cell >= start && cell < end) return each;
		start = end + cellWidth(between({glyphs}));
	}
	return undefined;
}

const number = safe`${placeOf('logs') + 1}`;
const between = ({glyphs}: Pick<Theme, 'glyphs'>): string => ` ${glyphs.border.vertical} `;
