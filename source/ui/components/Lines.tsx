import {Box} from 'ink';
import {memo, type ReactElement} from 'react';
import type {StyledText} from '../../text/safe-text.ts';
import type {Rect} from '../layout/layout.ts';
import {Line} from './Line.tsx';

/**
 * Finished rows at a place on the screen. Rows are keyed by where they stand, not by what they show: scrolling then
 * changes the text of rows instead of tearing them down and building others.
 */
export const Lines = memo(function Lines({
	rect,
	lines,
}: {
	readonly rect: Rect;
	readonly lines: readonly StyledText[];
}): ReactElement {
	const rows = lines.slice(0, rect.height).map((text, row) => ({key: `row ${row}`, text}));
	return (
		<Box position="absolute" left={rect.x} top={rect.y} width={rect.width} flexDirection="column">
			{rows.map(({key, text}) => (
				<Line key={key} text={text} />
			))}
		</Box>
	);
});
