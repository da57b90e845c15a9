/** The tabs in the border of the pane below the lists. */
import {joinStyled, type StyledText, safe, styled, toSafeText} from '../../text/safe-text.ts';
import {placeOf} from '../layout/pane.ts';
import {paint, type Theme} from '../theme/theme.ts';
import type {Answer} from './answer.ts';

/**
 * `4 logs │ why trainer │ spec │ tasks`.
 * @param title of what is shown
 */
export function answerTitle({tab, tabs}: Answer, title: StyledText, theme: Theme): StyledText {
	const parts = tabs.map((each) => (each === tab ? title : paint(theme, 'dim', toSafeText(each))));
	const number = paint(theme, 'dim', safe`${placeOf('logs') + 1}`);
	return styled`${number} ${joinStyled(parts, ` ${theme.glyphs.border.vertical} `)}`;
}
