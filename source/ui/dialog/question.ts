/** When a question can be answered: not before all of it was on the screen for a moment. */
import type {Plan} from '../../cluster/intent.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Overlay} from '../app/overlay.ts';

/** What is asked, the same object until something else is asked; undefined where nothing is. */
export function questionOf(overlay: Overlay): object | undefined {
	if (overlay.kind === 'confirmation') return overlay.confirmation.shown;
	return overlay.kind === 'chooser' && overlay.spec.isConsent ? overlay.spec : undefined;
}

/** Whether a yes would be taken now. What asks for no consent is answered at any time. */
export function isAnswerable(overlay: Overlay): boolean {
	if (overlay.kind === 'confirmation') return overlay.confirmation.answerable === overlay.confirmation.shown;
	return overlay.kind !== 'chooser' || !overlay.spec.isConsent || overlay.isAnswerable;
}

/** Why a key was not taken for an answer. */
export function notYetWords(plan: Pick<Plan, 'forecast'> | undefined): SafeText {
	return toSafeText(
		plan?.forecast === 'pending'
			? 'Not yet: what will move where is still being worked out.'
			: 'Not yet: read it first, then press the key again.',
	);
}
