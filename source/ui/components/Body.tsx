import {Box} from 'ink';
import type {ReactElement} from 'react';
import {isFull} from '../app/state.ts';
import {useLayout} from '../hooks/useLayout.ts';
import {useScreen} from '../hooks/useScreen.ts';
import {Activity} from './Activity.tsx';
import {Panes} from './Panes.tsx';
import {TextView} from './TextView.tsx';

/** The panes, or what covers all of them. */
export function Body(): ReactElement {
	const {body} = useLayout();
	const {width, height} = body;
	const cover = useScreen(({state}) => state.overlays.findLast(isFull));
	return (
		<Box width={width} height={height}>
			{cover?.kind === 'text' && <TextView source={cover.source} reading={cover.state} width={width} height={height} />}
			{cover?.kind === 'activity' && <Activity selected={cover.selected} width={width} height={height} />}
			{cover === undefined && <Panes />}
		</Box>
	);
}
