import type {SafeText} from '../../text/safe-text.ts';

/** Whether a node's own engine can be asked: what it runs and what that uses is known there alone. */
export type NodeReach = {
	/** `untried`: there is a way, which nothing has needed yet. */
	readonly state: 'untried' | 'reached' | 'failed';
	/** `local`, `ssh`, `tcp`, `unix`; '' where there is no way. */
	readonly way: SafeText;
	/** Where the engine is, as it could be typed. */
	readonly url: SafeText;
	/** Why it can't be reached and what to do, in sentences; '' when it can. */
	readonly problem: SafeText;
};
