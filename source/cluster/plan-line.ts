import type {DiffLine} from '../text/line-diff.ts';
import type {SafeText} from '../text/safe-text.ts';

/** What plans are made of: their lines, what they stand on, and what consent they want. */

/** One line of a plan, with how much it should worry. */
export type PlanLine = {readonly tone: 'plain' | 'good' | 'warning' | 'danger'; readonly text: SafeText};

export const line = (tone: PlanLine['tone'], text: SafeText): PlanLine => ({tone, text});

/** What comes first in a plan, before the line that says that all stays well. */
export const isWorrying = ({tone}: PlanLine): boolean => tone === 'warning' || tone === 'danger';

/** A line of what a plan changes in a spec; a heading says whose change follows. */
export type PlanDiffLine = DiffLine<SafeText> | {readonly kind: 'heading'; readonly text: SafeText};

/** none: safe and reversible, acts at once; dialog: asks, Cancel focused; typed: the given word must be typed. */
export type ConsentKind =
	| {readonly kind: 'none'}
	| {readonly kind: 'dialog'}
	| {readonly kind: 'typed'; readonly word: SafeText};

/** The part of an object that an intent changes, as it was in the version that was seen. */
export type Basis = {
	readonly version: number;
	/** The same for the same content. */
	readonly key: string;
	/** As a sentence names it: `3 replicas`, `active`. */
	readonly words: SafeText;
};

/** Both sides of what two writers changed at once; empty where the plan shows them better. */
export type Conflict = {readonly diff: readonly PlanDiffLine[]};
