import {toSafeText} from '../../text/safe-text.ts';
import type {ContextEntity} from '../model.ts';

/** A context that nobody has tried yet. */
export const notAsked: Pick<ContextEntity, 'isShown' | 'state' | 'problem' | 'health'> = {
	isShown: false,
	state: toSafeText(''),
	problem: toSafeText(''),
	health: 'unknown',
};
