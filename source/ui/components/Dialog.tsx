import type {ReactElement} from 'react';
import type {Confirmation} from '../app/overlay.ts';
import {confirmationBox, dialogArea} from '../dialog/dialog-boxes.ts';
import {useDrawn} from '../hooks/useDrawn.ts';
import {useLayout} from '../hooks/useLayout.ts';
import {isSameParts, useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {PopupBox} from './PopupBox.tsx';

/** Asks for consent to a plan; shows a refusal when the plan can't be carried out. */
export function Dialog({confirmation}: {readonly confirmation: Confirmation}): ReactElement | null {
	const theme = useTheme();
	const {body} = useLayout();
	const {plan, focus} = useScreen(({plan, state}) => ({plan, focus: state.focus}), isSameParts);
	useDrawn(plan && plan.forecast !== 'pending' ? confirmation.shown : undefined);
	return plan ? <PopupBox {...confirmationBox(plan, confirmation, dialogArea(focus, body), theme)} /> : null;
}
