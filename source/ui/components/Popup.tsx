import type {ReactElement} from 'react';
import type {Overlay} from '../app/overlay.ts';
import {Chooser} from './Chooser.tsx';
import {Dialog} from './Dialog.tsx';
import {Form} from './Form.tsx';
import {Palette} from './Palette.tsx';

/** What has been opened in front of the body, by its kind. */
export function Popup({overlay}: {readonly overlay: Overlay}): ReactElement | null {
	switch (overlay.kind) {
		case 'confirmation':
			return <Dialog confirmation={overlay.confirmation} />;
		case 'chooser':
			return <Chooser spec={overlay.spec} focus={overlay.focus} />;
		case 'form':
			return <Form form={overlay} />;
		case 'prompt':
			return overlay.spec.suggest ? <Palette prompt={overlay} /> : null;
		case 'text':
		case 'activity':
			// They cover the whole body, see Body.tsx.
			return null;
		default:
			return overlay satisfies never;
	}
}
