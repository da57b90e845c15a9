import type {ReactElement} from 'react';
import type {StyledText} from '../../text/safe-text.ts';
import {Line} from './Line.tsx';

export type LinesProps = {
	/** Of each of them, in cells. */
	readonly width: number;
	readonly texts: readonly StyledText[];
};

/** Finished lines below each other. Whatever moves through them, a line is told by its place: only what changes is drawn. */
export function Lines({width, texts}: LinesProps): ReactElement[] {
	// biome-ignore lint/suspicious/noArrayIndexKey: the place is what a line is
	return texts.map((text, place) => <Line key={place} width={width} text={text} />);
}
