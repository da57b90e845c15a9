import {plural} from '../../text/format.ts';
import {unifiedDiff} from '../../text/line-diff.ts';
import {type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {type Change, isSame, reversed, valueAt, withChanges} from '../edit/changes.ts';
import {specLines} from '../edit/spec-text.ts';
import type {PlanDiffLine, PlanLine} from '../intent.ts';
import type {ServiceEntity} from '../model.ts';
import {type Draft, line} from './draft.ts';
import {replacementLines} from './replacement.ts';

/** What an edit of a service's spec does, held against what the service is now: somebody else may have been faster. */
export function planEdit(
	service: ServiceEntity,
	changes: readonly Change[],
	imageLines: readonly PlanLine[] = [],
): Draft {
	const {id, name, raw} = service;
	const title = editTitle(name, changes);
	const open = changes.filter(({path, to}) => !isSame(valueAt(raw.Spec, path), to));
	if (open.length === 0) return {title, refusal: safe`${name} is like that already: there is nothing to change.`};
	const after = withChanges(raw.Spec, changes);
	const contested = open.filter(({path, from}) => !isSame(valueAt(raw.Spec, path), from));
	const isReplacing = open.some(({path}) => path[0] === 'TaskTemplate');
	return {
		title,
		lines: [
			...contestedLines(contested),
			...imageLines,
			...(isReplacing ? replacementLines({...service, raw: {...raw, Spec: after}}) : []),
		],
		diff: contested.length > 0 ? bothSides(raw.Spec, after, contested) : specDiff(raw.Spec, after),
		consent: {kind: 'dialog'},
		undo: {action: 'service.edit', serviceId: id, changes: reversed(open)},
	};
}

/** The YAML of both, compared. */
export function specDiff(before: unknown, after: unknown): PlanDiffLine[] {
	return unifiedDiff(linesOf(before), linesOf(after));
}

const linesOf = (spec: unknown): SafeText[] => specLines(spec).map((text) => toSafeText(text));

function editTitle(name: SafeText, changes: readonly Change[]): SafeText {
	const isAboutLabels = changes.every(({path}) => path[0] === 'Labels');
	if (isAboutLabels) return safe`Change the labels of service ${name}`;
	return safe`Change ${plural(changes.length, 'setting')} of service ${name}`;
}

function contestedLines(contested: readonly Change[]): PlanLine[] {
	if (contested.length === 0) return [];
	const words = safe`Someone else changed ${plural(contested.length, 'of these settings', 'of these settings')} meanwhile: yours would replace theirs.`;
	return [line('danger', words)];
}

/** Theirs: what the contested settings were when they were looked at, and are now. Then ours. */
function bothSides(now: ServiceSpec, after: ServiceSpec, contested: readonly Change[]): PlanDiffLine[] {
	const seen = withChanges(
		now,
		contested.map(({path, from}) => ({path, from: undefined, to: from})),
	);
	return [
		{kind: 'heading', text: toSafeText('theirs, since you looked')},
		...specDiff(seen, now),
		{kind: 'heading', text: toSafeText('yours')},
		...specDiff(now, after),
	];
}
