import type {ReactElement} from 'react';
import type {Answer} from '../answer/answer.ts';
import {answerTitle} from '../answer/answer-title.ts';
import type {TextSource} from '../app/overlay.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {insideOf} from '../layout/frame.ts';
import type {PaneRect} from '../layout/pane.ts';
import {textLines, textPosition} from '../text-view/text-lines.ts';
import {initialText} from '../text-view/text-state.ts';
import {paint} from '../theme/theme.ts';
import {Frame} from './Frame.tsx';
import {FrameTitle} from './FrameTitle.tsx';
import {Lines} from './Lines.tsx';
import {LogsPane} from './LogsPane.tsx';

/** What there is to know of the service that is selected: its logs, or a text. */
export function AnswerPane({rect}: {readonly rect: PaneRect}): ReactElement {
	const source = useScreen(({answer}) => answer.source);
	return source ? <AnswerText rect={rect} source={source} /> : <LogsPane rect={rect} />;
}

/** What of it shows in this pane. */
const lookOf = ({tab, top}: Answer): string => `${tab} ${top}`;

function AnswerText({rect, source}: {readonly rect: PaneRect; readonly source: TextSource}): ReactElement {
	const theme = useTheme();
	const {cluster, fixed, answer, isFocused} = useScreen(
		({cluster, fixed, answer, state, logs}) => ({cluster, fixed, answer, logs, isFocused: state.focus === 'logs'}),
		(a, b) => isSameParts({...a, answer: lookOf(a.answer)}, {...b, answer: lookOf(b.answer)}),
	);
	const {frame, width, height} = rect;
	const inside = insideOf(frame, rect);
	const document = fixed.answers.of(source, cluster, inside.width, fixed.clock.now());
	const reading = {...initialText, top: answer.top};
	const title = (
		<FrameTitle
			kind={frame}
			width={width}
			isFocused={isFocused}
			title={answerTitle(answer, paint(theme, 'title', document.title), theme)}
			position={textPosition(document, reading, inside.height)}
		/>
	);
	return (
		<Frame kind={frame} width={width} height={height} isFocused={isFocused} title={title}>
			<Lines width={inside.width} texts={textLines(document, reading, inside, theme)} />
		</Frame>
	);
}
