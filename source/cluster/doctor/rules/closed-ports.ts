import {safe, toSafeText} from '../../../text/safe-text.ts';
import {few} from '../commands.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

export const closedPorts: Rule = {
	id: 'closed-ports',
	area: 'nodes',
	severity: 'danger',
	title: 'a port of the swarm does not answer from the manager',
	why: 'Nodes that can’t talk to each other fall out of the swarm, or their networks fall apart.',
	find({state: {nodes}, inside}) {
		return [...inside].flatMap(([nodeId, {closedPorts: closed = []}]): Found[] => {
			const node = nodes.get(nodeId);
			if (!node || closed.length === 0) return [];
			return [
				{
					on: theNode(node),
					evidence: safe`${few(closed.map(toSafeText))} at ${node.address}`,
					remedy: toSafeText('open 2377/tcp to managers, 7946/tcp, 7946/udp and 4789/udp to all nodes in the firewall'),
				},
			];
		});
	},
};
