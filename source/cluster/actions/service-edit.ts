import type {SafeText} from '../../text/safe-text.ts';
import type {ServiceSpec} from '../../wire/service.ts';
import {type Change, editedImage, isSame, keyOf, reversed, valueAt, withChanges} from '../edit/changes.ts';
import type {ServiceEntity} from '../model.ts';
import type {PlanDiffLine} from '../plan-line.ts';
import type {Draft} from './action.ts';
import {conflict, edit} from './messages.ts';
import {replacementLines} from './replacement.ts';
import {type SendsLogin, serviceAction, steadyMs, unseenMs} from './service-action.ts';
import {registryLines} from './service-image.ts';
import {specDiff} from './spec-diff.ts';

/** Settings of its spec, as they were in the version that was edited and as they shall be. */
export type EditIntent = SendsLogin & {
	readonly action: 'service.edit';
	readonly serviceId: string;
	readonly changes: readonly Change[];
	/** Why the digest of an image among them is not known. */
	readonly problem?: SafeText;
};

/** Changes any settings of a service. */
export const serviceEdit = serviceAction<EditIntent>({
	settles: 'settings',
	verb: () => 'Change',
	change: ({changes}, spec) => withChanges(spec, changes),
	planFor: (intent, service) => draftOf(service, intent),
	partOf({changes}, {Spec}) {
		const values = changes.map(({path}) => valueAt(Spec, path));
		return {key: keyOf(values), words: settingWords(changes, values)};
	},
	planShowsConflict: true,
	imageOf: ({changes}) => editedImage(changes) ?? '',
	steadyMs: ({changes}) => (changes.some(({path}) => path[0] === 'TaskTemplate') ? unseenMs : steadyMs),
});

/** `Labels.tier: front`; of several settings the first says enough for a sentence. */
function settingWords(changes: readonly Change[], values: readonly unknown[]): SafeText {
	const [first] = changes;
	if (!first) return edit.same;
	const value = values[0] === undefined ? undefined : keyOf(values[0]);
	return edit.setting(first.path.join('.'), value, changes.length - 1);
}

/** Held against what the service is now: somebody else may have been faster. */
function draftOf(service: ServiceEntity, intent: EditIntent): Draft<EditIntent> {
	const {id, name, raw} = service;
	const {changes} = intent;
	const title = titleOf(name, changes);
	const open = changes.filter(({path, to}) => !isSame(valueAt(raw.Spec, path), to));
	if (open.length === 0) return {title, refusal: edit.sameAlready(name)};
	const after = withChanges(raw.Spec, changes);
	const contested = open.filter(({path, from}) => !isSame(valueAt(raw.Spec, path), from));
	const isReplacing = open.some(({path}) => path[0] === 'TaskTemplate');
	const image = editedImage(changes);
	return {
		title,
		lines: [
			...(contested.length > 0 ? [conflict.ofSettings(contested.length)] : []),
			...(image === undefined ? [] : registryLines(image, intent)),
			...(isReplacing ? replacementLines({...service, raw: {...raw, Spec: after}}) : []),
		],
		diff: contested.length > 0 ? bothSides(raw.Spec, after, contested) : specDiff(raw.Spec, after),
		consent: {kind: 'dialog'},
		undo: {action: 'service.edit', serviceId: id, changes: reversed(open)},
	};
}

function titleOf(name: SafeText, changes: readonly Change[]): SafeText {
	const isAboutLabels = changes.every(({path}) => path[0] === 'Labels');
	if (isAboutLabels) return edit.titleOfLabels(name);
	return edit.title(name, changes.length);
}

/** Theirs: what the contested settings were when they were looked at, and are now. Then ours. */
function bothSides(now: ServiceSpec, after: ServiceSpec, contested: readonly Change[]): PlanDiffLine[] {
	const seen = withChanges(
		now,
		contested.map(({path, from}) => ({path, from: undefined, to: from})),
	);
	return [
		{kind: 'heading', text: conflict.theirs},
		...specDiff(seen, now),
		{kind: 'heading', text: conflict.yours},
		...specDiff(now, after),
	];
}
