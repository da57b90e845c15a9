import {Text} from 'ink';
import {memo, type ReactElement} from 'react';
import type {StyledText} from '../../text/safe-text.ts';

/** One finished row of the screen. A row that stays the same costs nothing in the next frame. */
export const Line = memo(function Line({text}: {readonly text: StyledText}): ReactElement {
	// Ink reads SGR with ansi-tokenize, to which a reset is `CSI 0 m` only: after the shorter `CSI m` of our texts the
	// style would go on to the end of the row.
	return <Text wrap="truncate">{text.replaceAll('\u001b[m', '\u001b[0m')}</Text>;
});
