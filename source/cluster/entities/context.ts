import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {Health} from '../model.ts';

/** A docker context: another swarm that could be looked at. */
export type ContextEntity = {
	/** Its name, which is what identifies it. */
	readonly id: string;
	readonly name: SafeText;
	readonly description: SafeText;
	/** As the context has it; '' for one without a docker endpoint. */
	readonly endpoint: SafeText;
	/** The one that docker, and this program, use unless told otherwise. */
	readonly isCurrent: boolean;
	/** The one on the screen. */
	readonly isShown: boolean;
	/** What its engine answered in a few words: `m1 26.1.5`, `can't be reached`; '' until it was asked. */
	readonly state: SafeText;
	/** Why it can't be shown, in full; '' when it can, or nobody knows. */
	readonly problem: SafeText;
	/** `unknown` until somebody has tried it. */
	readonly health: Health;
};

export const notAsked: Pick<ContextEntity, 'isShown' | 'state' | 'problem' | 'health'> = {
	isShown: false,
	state: toSafeText(''),
	problem: toSafeText(''),
	health: 'unknown',
};
