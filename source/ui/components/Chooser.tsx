import type {ReactElement} from 'react';
import type {ChooserSpec} from '../app/overlay.ts';
import {chooserBox} from '../dialog/dialog-boxes.ts';
import {useDrawn} from '../hooks/useDrawn.ts';
import {useLayout} from '../hooks/useLayout.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {PopupBox} from './PopupBox.tsx';

export type ChooserProps = {readonly spec: ChooserSpec; readonly focus: number};

/** A few things to choose from, each with its key. */
export function Chooser({spec, focus}: ChooserProps): ReactElement {
	useDrawn(spec.isConsent ? spec : undefined);
	return <PopupBox {...chooserBox(spec, focus, useLayout().body, useTheme())} />;
}
