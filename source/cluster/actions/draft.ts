import type {SafeText} from '../../text/safe-text.ts';
import type {Intent, Plan, PlanDiffLine, PlanLine} from '../intent.ts';

/** What the parts of a plan are made from. */
export type Draft = {
	readonly title: SafeText;
	/** What of it a forecast says better: which tasks move, and what that does to their services. */
	readonly moving?: () => readonly PlanLine[];
	/** The managers before and after, where it touches one; of several plans together, said once. */
	readonly quorum?: () => readonly PlanLine[];
	readonly lines?: readonly PlanLine[];
	readonly diff?: readonly PlanDiffLine[];
	readonly consent?: Plan['consent'];
	readonly refusal?: SafeText | undefined;
	readonly undo?: Intent | undefined;
};

export const line = (tone: PlanLine['tone'], text: SafeText): PlanLine => ({tone, text});
