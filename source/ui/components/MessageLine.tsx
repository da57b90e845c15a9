import type {ReactElement} from 'react';
import {messageLine} from '../footer/message-line.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Line} from './Line.tsx';

/** What has happened. */
export function MessageLine({width}: {readonly width: number}): ReactElement {
	const theme = useTheme();
	const {message, isOffering} = useScreen(({state, isOffering}) => ({message: state.message, isOffering}), isSameParts);
	return <Line width={width} text={messageLine(message, isOffering, theme, width)} />;
}
