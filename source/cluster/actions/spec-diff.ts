import {unifiedDiff} from '../../text/line-diff.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import {specLines} from '../edit/spec-text.ts';
import type {PlanDiffLine} from '../plan-line.ts';

/** The YAML of both, compared. */
export function specDiff(before: unknown, after: unknown): PlanDiffLine[] {
	return unifiedDiff(linesOf(before), linesOf(after));
}

const linesOf = (spec: unknown): SafeText[] => specLines(spec).map((text) => toSafeText(text));
