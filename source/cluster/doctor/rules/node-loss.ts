import {safe} from '../../../text/safe-text.ts';
import {takesTasks} from '../../capacity.ts';
import type {NodeEntity} from '../../model.ts';
import {lossFound} from '../loss-finding.ts';
import {type Rule, theNode} from '../rule.ts';
import {areTasksKnown, Survival} from '../survival.ts';

export const nodeLoss: Rule = {
	id: 'node-loss',
	area: 'capacity',
	severity: 'warning',
	title: 'the largest node can’t be done without',
	why: 'A node will fail one day; what then finds no place stays down until somebody adds one.',
	find({state, now, isQuick}) {
		const nodes = [...state.nodes.values()].filter(takesTasks);
		if (isQuick || nodes.length < 2 || !areTasksKnown(state)) return [];
		const survival = new Survival(state, now);
		return [...new Set([largest(nodes, ({capacity}) => capacity), largest(nodes, ({reserved}) => reserved)])].flatMap(
			(node) => (node ? lossFound(theNode(node), safe`node ${node.name}`, survival.without([node])) : []),
		);
	},
};

type Amount = NodeEntity['capacity'];

/** By memory and CPU alike, each as a share of what the greatest node has. */
function largest(nodes: readonly NodeEntity[], amountOf: (node: NodeEntity) => Amount | undefined) {
	const most = (read: (amount: Amount) => number): number => Math.max(1, ...nodes.map((node) => read(node.capacity)));
	const [cpus, memory] = [most(({nanoCpus}) => nanoCpus), most(({memoryBytes}) => memoryBytes)];
	const size = (node: NodeEntity): number => {
		const {nanoCpus = 0, memoryBytes = 0} = amountOf(node) ?? {};
		return nanoCpus / cpus + memoryBytes / memory;
	};
	return nodes.toSorted((a, b) => size(b) - size(a) || (a.name < b.name ? -1 : 1))[0];
}
