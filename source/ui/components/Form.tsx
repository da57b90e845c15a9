import type {ReactElement} from 'react';
import type {FormOverlay} from '../app/overlay.ts';
import {formBox} from '../form/form-box.ts';
import {useLayout} from '../hooks/useLayout.ts';
import {useScreen} from '../hooks/useScreen.ts';
import {useTheme} from '../hooks/useTheme.ts';
import {PopupBox} from './PopupBox.tsx';

/** Several things that are asked for at once. What is right in it may depend on what the swarm has now. */
export function Form({form}: {readonly form: FormOverlay}): ReactElement {
	useScreen(({cluster}) => cluster);
	return <PopupBox {...formBox(form.spec, form.state, useLayout().body, useTheme())} />;
}
