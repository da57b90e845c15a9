import {Box} from 'ink';
import type {ReactElement} from 'react';
import {insideOf} from '../layout/frame.ts';
import type {PopupView} from '../layout/popup.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Lines} from './Lines.tsx';

/** A box in front of the panes. */
export function PopupBox({rect, border, title, position, lines}: PopupView): ReactElement {
	const {x, y, width, height} = rect;
	const style = {kind: 'box', width, isFocused: true, border} as const;
	return (
		<Box position="absolute" left={x} top={y} width={width} height={height}>
			<Frame {...style} height={height} title={<FrameTitle {...style} title={title} position={position} />}>
				<Lines width={insideOf('box', rect).width} texts={lines} />
			</Frame>
		</Box>
	);
}
