import type {ReactElement} from 'react';
import type {SafeText, StyledText} from '../../text/safe-text.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {type FrameStyle, titleLine} from '../layout/frame.ts';
import {Line} from './Line.tsx';

export type FrameTitleProps = FrameStyle & {
	/** From the left. */
	readonly title: StyledText;
	/** At the right end: `21/140`. */
	readonly position: SafeText;
};

/** The border above, with a title in it. */
export function FrameTitle(props: FrameTitleProps): ReactElement {
	return <Line width={props.width} text={titleLine(props, useTheme())} />;
}
