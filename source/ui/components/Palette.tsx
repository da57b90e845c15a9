import type {ReactElement} from 'react';
import {useLayout} from '../hooks/useLayout.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {type Offered, paletteBox} from '../palette/palette-box.ts';
import {PopupBox} from './PopupBox.tsx';

/** What is offered for what has been typed so far, above the line that is typed into. */
export function Palette({prompt}: {readonly prompt: Offered}): ReactElement {
	return <PopupBox {...paletteBox(prompt, useLayout().body, useTheme())} />;
}
