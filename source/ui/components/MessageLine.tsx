import type {ReactElement} from 'react';
import {messageLine} from '../footer/message-line.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {stripLine} from '../simulator/strip.ts';
import {Line} from './Line.tsx';

/** What has happened. */
export function MessageLine({width}: {readonly width: number}): ReactElement {
	const theme = useTheme();
	const {message, undoKey, strip} = useScreen(
		({state, isOffering, fixed: {app}}) => ({
			message: state.message,
			undoKey: isOffering ? app.keymap.keyOf('action.undo') : undefined,
			strip: app.simulator.isThere && !state.isStripHidden ? app.keymap : undefined,
		}),
		isSameParts,
	);
	if (!message && strip) return <Line width={width} text={stripLine(strip, theme, width)} />;
	return <Line width={width} text={messageLine(message, undoKey, theme, width)} />;
}
