import type {ReactElement} from 'react';
import {messageLine} from '../footer/message-line.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Line} from './Line.tsx';

/** What has happened. */
export function MessageLine({width}: {readonly width: number}): ReactElement {
	const theme = useTheme();
	const {message, undoKey} = useScreen(
		({state, isOffering, fixed}) => ({
			message: state.message,
			undoKey: isOffering ? fixed.app.keymap.keyOf('action.undo') : undefined,
		}),
		isSameParts,
	);
	return <Line width={width} text={messageLine(message, undoKey, theme, width)} />;
}
