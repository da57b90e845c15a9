import {Text} from 'ink';
import {memo, type ReactElement} from 'react';
import type {StyledText} from '../../text/safe-text.ts';

/** One finished row of the screen. A row that stays the same costs nothing in the next frame. */
export const Line = memo(function Line({text}: {readonly text: StyledText}): ReactElement {
	return <Text wrap="truncate">{text}</Text>;
});
