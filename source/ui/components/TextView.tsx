import type {ReactElement} from 'react';
import type {TextSource} from '../app/overlay.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {insideOf} from '../layout/frame.ts';
import {textLines, textPosition, textTitle} from '../text-view/text-lines.ts';
import type {TextState} from '../text-view/text-state.ts';
import {paint} from '../theme/theme.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Lines} from './Lines.tsx';

export type TextViewProps = {
	readonly source: TextSource;
	/** Where it is read and what is searched for in it. */
	readonly reading: TextState;
	readonly width: number;
	readonly height: number;
};

/** A text over the panes: help, inspect, details, what a program has printed. */
export function TextView({source, reading, width, height}: TextViewProps): ReactElement {
	const theme = useTheme();
	const {cluster, fixed} = useScreen(({cluster, fixed}) => ({cluster, fixed}), isSameParts);
	const document = fixed.documents.of(source, cluster, width, fixed.clock.now());
	const inside = insideOf('bar', {width, height});
	const style = {kind: 'bar', width, isFocused: true} as const;
	const title = (
		<FrameTitle
			{...style}
			title={paint(theme, 'title', textTitle(document, reading))}
			position={textPosition(document, reading, inside.height)}
		/>
	);
	return (
		<Frame {...style} height={height} title={title}>
			<Lines width={inside.width} texts={textLines(document, reading, inside, theme)} />
		</Frame>
	);
}
