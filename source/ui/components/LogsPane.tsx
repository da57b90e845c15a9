import type {ReactElement} from 'react';
import {answerTitle} from '../answer/answer-title.ts';
import {useKeyOf} from '../hooks/useKeyOf.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {logPosition, logTitle} from '../logs/log-title.ts';
import {logLines} from '../logs/log-view.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Lines} from './Lines.tsx';

/** The logs: the newest lines while following, a still window with a cursor once the reader scrolls up. */
export function LogsPane({rect}: {readonly rect: PaneRect}): ReactElement {
	const isFocused = useScreen(({state}) => state.focus === 'logs');
	const {frame, width, height} = rect;
	const part = {rect, isFocused};
	return (
		<Frame kind={frame} width={width} height={height} isFocused={isFocused} title={<Title {...part} />}>
			<Rows {...part} />
		</Frame>
	);
}

type PartProps = {readonly rect: PaneRect; readonly isFocused: boolean};

function Title({rect, isFocused}: PartProps): ReactElement {
	const theme = useTheme();
	const keyOf = useKeyOf();
	const {logs, state, answer} = useScreen(
		({logs, state, answer}) => ({logs, state: state.logs, answer}),
		(a, b) => isSameParts({...a, answer: a.answer.tabs}, {...b, answer: b.answer.tabs}),
	);
	// What it counts is what the filter of now lets through.
	logs.reader?.update(state);
	return (
		<FrameTitle
			kind={rect.frame}
			width={rect.width}
			isFocused={isFocused}
			title={answerTitle(answer, logTitle(state, logs.reader, theme), theme)}
			position={logPosition(state, logs.reader, keyOf)}
		/>
	);
}

function Rows({rect, isFocused}: PartProps): ReactElement {
	const theme = useTheme();
	const keyOf = useKeyOf();
	const {logs, state} = useScreen(({logs, state}) => ({logs, state: state.logs}), isSameParts);
	const {width} = insideOf(rect.frame, rect);
	return <Lines width={width} texts={logLines(state, logs.reader, rect, isFocused, theme, keyOf)} />;
}
