import {Text} from 'ink';
import {memo, type ReactElement} from 'react';
import type {StyledText} from '../../text/safe-text.ts';
import {useGlyph} from '../hooks/useGlyph.ts';

export type LineProps = {
	/** In cells: `text` is exactly as wide. */
	readonly width: number;
	readonly text: StyledText;
};

/**
 * A finished row of a pane, a dialog or a bar: the leaf that all of the screen is made of. To Ink it is one cell wide,
 * see terminal/line-glyphs.ts; what is to lie over other lines is put into a {@link Layer}.
 */
export const Line = memo(function Line({width, text}: LineProps): ReactElement {
	return <Text wrap="truncate">{useGlyph(text, width)}</Text>;
});
