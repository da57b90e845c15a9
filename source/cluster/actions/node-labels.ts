import {type Draft, verdict} from './action.ts';
import {labels, object} from './messages.ts';
import {type NamedNode, nodeAction} from './node-action.ts';

type Labels = Readonly<Record<string, string>>;

export type NodeLabelsIntent = {
	readonly action: 'node.labels';
	readonly nodeId: string;
	readonly set: Labels;
	readonly remove: readonly string[];
};

/** Sets labels of a node and removes others. */
export const nodeLabels = nodeAction<NodeLabelsIntent>({
	verb: () => 'Change labels',
	change: (intent, spec) => ({...spec, Labels: withLabels(spec.Labels ?? {}, intent)}),
	planFor: (intent, named) => draftOf(intent, named),
	partOf({set, remove}, {Labels: present}) {
		const keys = [...new Set([...Object.keys(set), ...remove])].sort();
		const values = keys.map((key) => [key, present?.[key]] as const);
		return {key: JSON.stringify(values), words: labels.list(values)};
	},
	wanted({set, remove}) {
		const removed = remove.map((key) => [key, undefined] as const);
		return labels.list([...Object.entries(set), ...removed]);
	},
	judge: () => verdict('converged', 1, 1, object.relabelled),
	forecast(intent, {nodes}) {
		const {nodeId} = intent;
		const node = nodes.get(nodeId);
		return node && {kind: 'node-labels', nodeId, labels: withLabels(node.raw.Spec.Labels ?? {}, intent)};
	},
});

export function withLabels(before: Labels, {set, remove}: Pick<NodeLabelsIntent, 'set' | 'remove'>): Labels {
	const kept = Object.fromEntries(Object.entries(before).filter(([key]) => !remove.includes(key)));
	return {...kept, ...set};
}

function draftOf({set, remove}: NodeLabelsIntent, {node, name}: NamedNode): Draft<NodeLabelsIntent> {
	const before = new Map(Object.entries(node.raw.Spec.Labels ?? {}));
	const added = Object.entries(set).map(([key, value]) => labels.added(key, value));
	const removed = remove.map((key) => labels.removed(key, before.get(key) ?? ''));
	const touched = [...Object.keys(set), ...remove];
	const restore = Object.fromEntries(
		touched.filter((key) => before.has(key)).map((key) => [key, before.get(key) ?? '']),
	);
	return {
		title: labels.title(name),
		lines: [...added, ...removed, labels.moves],
		consent: {kind: 'dialog'},
		undo: {action: 'node.labels', nodeId: node.id, set: restore, remove: touched.filter((key) => !before.has(key))},
	};
}
