/** What an edit of a node's spec asks for: one of the things that can be done to a node, each with a plan of its own. */
import {type Change, valueAt, withChanges} from '../../cluster/edit/changes.ts';
import type {Intent} from '../../cluster/intent.ts';
import {type SafeText, toSafeText} from '../../text/safe-text.ts';
import type {NodeAvailability, NodeRole} from '../../wire/node.ts';

/** @returns the sentence that says why, where it asks for several things at once */
export function nodeIntent(nodeId: string, spec: unknown, changes: readonly Change[]): Intent | SafeText {
	const parts = new Set(changes.map(({path}) => path[0]));
	if (parts.size > 1) {
		return toSafeText('Labels, role and availability are changed one at a time: each has consequences of its own.');
	}
	const after = withChanges(spec, changes);
	const [part] = parts;
	switch (part) {
		case 'Availability':
			return {action: 'node.availability', nodeId, availability: valueAt(after, [part]) as NodeAvailability};
		case 'Role':
			return {action: 'node.role', nodeId, role: valueAt(after, [part]) as NodeRole};
		default:
			return {action: 'node.labels', nodeId, ...labelChanges(labelsOf(spec), labelsOf(after))};
	}
}

type Labels = Readonly<Record<string, string>>;

/** The schema holds labels to be texts. */
const labelsOf = (spec: unknown): Labels => (valueAt(spec, ['Labels']) ?? {}) as Labels;

function labelChanges(before: Labels, after: Labels): {set: Labels; remove: readonly string[]} {
	return {
		set: Object.fromEntries(Object.entries(after).filter(([key, value]) => before[key] !== value)),
		remove: Object.keys(before).filter((key) => !Object.hasOwn(after, key)),
	};
}
