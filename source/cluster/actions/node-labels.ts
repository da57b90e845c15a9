import {joinSafe, type SafeText, safe, toSafeText} from '../../text/safe-text.ts';
import {line} from '../plan-line.ts';
import {type Draft, verdict} from './action.ts';
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
	partOf({set, remove}, {Labels: labels}) {
		const keys = [...new Set([...Object.keys(set), ...remove])].sort();
		const values = keys.map((key) => [key, labels?.[key]] as const);
		return {key: JSON.stringify(values), words: labelWords(values)};
	},
	wanted({set, remove}) {
		const removed = remove.map((key) => [key, undefined] as const);
		return labelWords([...Object.entries(set), ...removed]);
	},
	judge: () => verdict('converged', 1, 1, safe`labels changed`),
	forecast(intent, {nodes}) {
		const {nodeId} = intent;
		const node = nodes.get(nodeId);
		return node && {kind: 'node-labels', nodeId, labels: withLabels(node.raw.Spec.Labels ?? {}, intent)};
	},
});

export function withLabels(labels: Labels, {set, remove}: Pick<NodeLabelsIntent, 'set' | 'remove'>): Labels {
	const kept = Object.fromEntries(Object.entries(labels).filter(([key]) => !remove.includes(key)));
	return {...kept, ...set};
}

function labelWords(values: readonly (readonly [string, string | undefined])[]): SafeText {
	return joinSafe(
		values.map(([key, value]) => toSafeText(value === undefined ? `no ${key}` : `${key}=${value}`)),
		', ',
	);
}

function draftOf({set, remove}: NodeLabelsIntent, {node, name}: NamedNode): Draft<NodeLabelsIntent> {
	const before = new Map(Object.entries(node.raw.Spec.Labels ?? {}));
	const added = Object.entries(set).map(([key, value]) =>
		line('plain', safe`+ ${toSafeText(key)}=${toSafeText(value)}`),
	);
	const removed = remove.map((key) => line('plain', safe`- ${toSafeText(key)}=${toSafeText(before.get(key) ?? '')}`));
	const touched = [...Object.keys(set), ...remove];
	const restore = Object.fromEntries(
		touched.filter((key) => before.has(key)).map((key) => [key, before.get(key) ?? '']),
	);
	return {
		title: safe`Change the labels of node ${name}`,
		lines: [...added, ...removed, line('warning', safe`Tasks whose constraints no longer hold are moved away.`)],
		consent: {kind: 'dialog'},
		undo: {action: 'node.labels', nodeId: node.id, set: restore, remove: touched.filter((key) => !before.has(key))},
	};
}
