import {type ReactElement, useRef} from 'react';
import type {MapRow} from '../../cluster/topology.ts';
import {rowsOf, type ScreenSnapshot} from '../app/snapshot.ts';
import {useEnvironment} from '../hooks/useEnvironment.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {positionIn} from '../table/list-title.ts';
import {heightBelow, listWindow} from '../table/list-window.ts';
import {mapHeading} from '../topology/map-line.ts';
import {legendBelow, mapLines, widestName} from '../topology/map-lines.ts';
import {mapTitle} from '../topology/map-title.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Line} from './Line.tsx';
import {Lines} from './Lines.tsx';

/** The topology in its view: a line per node with its tasks as blocks, by zone; below them what the blocks mean. */
export function TopologyPane({rect}: {readonly rect: PaneRect}): ReactElement {
	const isFocused = useScreen(({state}) => state.focus === 'topology');
	const {frame, width, height} = rect;
	const title = <Title rect={rect} isFocused={isFocused} />;
	return (
		<Frame kind={frame} width={width} height={height} isFocused={isFocused} title={title}>
			<Rows rect={rect} />
		</Frame>
	);
}

function Title({rect, isFocused}: {readonly rect: PaneRect; readonly isFocused: boolean}): ReactElement {
	const environment = useEnvironment();
	const {list, shown, moves} = useScreen(mapOf, isSameParts);
	return (
		<FrameTitle
			kind={rect.frame}
			width={rect.width}
			isFocused={isFocused}
			title={mapTitle(list, shown, moves !== undefined, environment)}
			position={positionIn(list.table, shown.rows.length)}
		/>
	);
}

function Rows({rect}: {readonly rect: PaneRect}): ReactElement {
	const environment = useEnvironment();
	const {theme} = environment;
	const {list, shown, cursor, moves} = useScreen(mapOf, isSameParts);
	// Names only ever get wider on the screen: a map whose columns jump with every scroll can't be read.
	const names = useRef(0);
	const rows = shown.rows as readonly MapRow[];
	const {width} = insideOf(rect.frame, rect);
	const below = heightBelow('topology', rect, environment);
	const height = listWindow(rect, 0, below);
	const inWindow = rows.slice(list.table.top, list.table.top + height);
	names.current = widestName(inWindow, names.current);
	const size = {width, height, nameCells: names.current};
	return (
		<>
			{rect.hasHeading && <Line width={width} text={mapHeading(names.current, theme, width)} />}
			<Lines width={width} texts={mapLines({list, rows, cursor, moves, size}, environment)} />
			<Lines width={width} texts={legendBelow(inWindow, cursor, {width, height: below}, environment)} />
		</>
	);
}

function mapOf({state, rows, plan}: ScreenSnapshot) {
	const {lists, mapCursor: cursor} = state;
	return {list: lists.topology, shown: rowsOf({rows}, 'topology'), cursor, moves: plan?.moves};
}
