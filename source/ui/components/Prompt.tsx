import type {ReactElement} from 'react';
import type {PromptOverlay} from '../app/overlay.ts';
import {promptLine} from '../footer/message-line.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {Line} from './Line.tsx';

export type PromptProps = {readonly prompt: PromptOverlay; readonly width: number};

/** What is asked for, in the place of the message line. */
export function Prompt({prompt, width}: PromptProps): ReactElement {
	return <Line width={width} text={promptLine(prompt, useTheme(), width)} />;
}
