import {type ReactElement, useState} from 'react';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {rowsOf, type ScreenSnapshot} from '../app/snapshot.ts';
import {useEnvironment} from '../hooks/useEnvironment.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import type {KindId} from '../kinds/kind-id.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {emptyNote, listTitle, positionIn} from '../table/list-title.ts';
import {linesBelow, listWindow, troubleOf} from '../table/list-window.ts';
import {rowLines, withNote} from '../table/row-lines.ts';
import {RowPainter} from '../table/row-painter.ts';
import {gutterWidth, headingLine, troubleLine} from '../table/table-lines.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Line} from './Line.tsx';
import {Lines} from './Lines.tsx';

export type ListPaneProps = {readonly id: KindId; readonly rect: PaneRect};

/** The objects of a kind. */
export function ListPane({id, rect}: ListPaneProps): ReactElement {
	const isFocused = useScreen(({state}) => state.focus === id);
	const {frame, width, height} = rect;
	const part = {id, rect, isFocused};
	return (
		<Frame kind={frame} width={width} height={height} isFocused={isFocused} title={<Title {...part} />}>
			<Rows {...part} />
		</Frame>
	);
}

type PartProps = ListPaneProps & {readonly isFocused: boolean};

/** `2 services 12/14 /web ↑name`. */
function Title({id, rect, isFocused}: PartProps): ReactElement {
	const environment = useEnvironment();
	const {list, shown, ...scope} = useScreen((screen) => listOf(screen, id), isSameParts);
	const {width, height} = insideOf(rect.frame, rect);
	return (
		<FrameTitle
			kind={rect.frame}
			width={rect.width}
			isFocused={isFocused}
			title={listTitle(id, {list, shown, scope, isTitleOnly: height === 0}, environment, width)}
			position={positionIn(list.table, shown.rows.length)}
		/>
	);
}

/** Column titles, the rows in the window, the trouble of the selected one, what stands below. */
function Rows({id, rect, isFocused}: PartProps): ReactElement | null {
	const environment = useEnvironment();
	const {theme} = environment;
	const [painter] = useState(() => new RowPainter());
	const fitter = useScreen(({fixed}) => fixed.fitter(id));
	const {list, shown, ...scope} = useScreen((screen) => listOf(screen, id), isSameParts);
	const {table, sorting} = list;
	const {rows} = shown;
	const {width, height: room} = insideOf(rect.frame, rect);
	const selected = table.isMissing ? undefined : rows[table.index];
	const trouble = troubleOf(id, selected, rect, environment);
	const below = linesBelow(id, rect, environment);
	const height = listWindow(rect, trouble.length, below.length);
	if (room === 0) return null;
	const columns = fitter.fit(rows.slice(table.top, table.top + height), rows, width - gutterWidth, list, environment);
	// What stands below a list follows its last row: whatever is empty is at the end.
	const rest = below.length > 0 ? Math.max(0, height - Math.max(1, rows.length + (table.isMissing ? 1 : 0))) : 0;
	const part = {id, list, rows, height: height - rest, width, isFocused};
	const shownRows = rowLines(painter.begin(columns, width), part, environment);
	const isEmpty = rows.length === 0 && !table.isMissing;
	const lines = isEmpty ? withNote(shownRows, emptyNote(id, scope, list, environment), width, theme) : shownRows;
	return (
		<>
			{rect.hasHeading && <Line width={width} text={headingLine(columns, sorting, theme, width)} />}
			<Lines width={width} texts={lines} />
			<Lines
				width={width}
				texts={trouble.map((text) => troubleLine(text, selected?.health ?? 'failing', theme, width))}
			/>
			<Lines width={width} texts={below} />
			<Lines width={width} texts={blankLines(rest, width)} />
		</>
	);
}

const blankLines = (count: number, width: number): SafeText[] =>
	Array.from({length: count}, () => toSafeText(' '.repeat(width)));

/** What there is in the list, and which of it is meant to be there. */
function listOf({state, rows}: ScreenSnapshot, id: KindId) {
	const {lists, services, tasks, hasHistory, ignoring} = state;
	return {list: lists[id], shown: rowsOf({rows}, id), services, tasks, hasHistory, ignoring};
}
