import {Box} from 'ink';
import type {ReactElement} from 'react';
import {useLayout} from '../hooks/useLayout.ts';
import type {PaneRect} from '../layout/pane.ts';
import {AnswerPane} from './AnswerPane.tsx';
import {ListPane} from './ListPane.tsx';
import {TopologyPane} from './TopologyPane.tsx';

/** All that stand beside each other on a screen of this size, each in its place. */
export function Panes(): ReactElement[] {
	const {body, panes} = useLayout();
	return panes.map((rect) => (
		<Box
			key={rect.id}
			position="absolute"
			left={rect.x - body.x}
			top={rect.y - body.y}
			width={rect.width}
			height={rect.height}
		>
			<Pane rect={rect} />
		</Box>
	));
}

function Pane({rect}: {readonly rect: PaneRect}): ReactElement {
	if (rect.id === 'logs') return <AnswerPane rect={rect} />;
	if (rect.id === 'topology') return <TopologyPane rect={rect} />;
	return <ListPane id={rect.id} rect={rect} />;
}
