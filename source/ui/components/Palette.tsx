import type {ReactElement} from 'react';
import type {Suggestion} from '../app/overlay.ts';
import {useLayout} from '../hooks/useLayout.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {paletteBox} from '../palette/palette-box.ts';
import {PopupBox} from './PopupBox.tsx';

export type PaletteProps = {readonly suggestions: readonly Suggestion[]; readonly focus: number};

/** What is offered for what has been typed so far, above the line that is typed into. */
export function Palette({suggestions, focus}: PaletteProps): ReactElement {
	return <PopupBox {...paletteBox(suggestions, focus, useLayout().body, useTheme())} />;
}
