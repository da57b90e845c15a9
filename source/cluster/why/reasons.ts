import type {SafeText} from '../../text/safe-text.ts';

/** What is known, in the order in which it helps. */
export type Reasons = readonly (readonly [label: string, value: SafeText])[];
