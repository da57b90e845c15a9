import {safe, toSafeText} from '../../../text/safe-text.ts';
import {networksIn} from '../../inventory.ts';
import {type Found, type Rule, theThing} from '../rule.ts';
import {overlap, type Span, spanOf} from './subnets.ts';

export const overlappingSubnets: Rule = {
	id: 'overlapping-subnets',
	area: 'capacity',
	severity: 'warning',
	title: 'two networks have addresses in common',
	why: 'A container on both, or a node with an address in one of them, sends to the wrong one.',
	find({state}) {
		const subnets = [...networksIn(state).values()].flatMap((network) =>
			network.subnets.flatMap((subnet) => {
				const span = spanOf(subnet);
				return span ? [{network, subnet, span}] : [];
			}),
		);
		subnets.sort((a, b) => a.span.first - b.span.first);
		const found: Found[] = [];
		// The one that reaches the furthest of those before: whatever overlaps at all overlaps that one.
		let widest: {readonly span: Span; readonly name: string; readonly id: string} | undefined;
		for (const {network, subnet, span} of subnets) {
			if (widest && widest.id !== network.id && overlap(widest.span, span)) {
				found.push({
					on: theThing('network', network),
					evidence: safe`${subnet} overlaps with that of ${toSafeText(widest.name)}`,
					remedy: toSafeText('docker network create --subnet with other addresses, and move its services there'),
				});
			}
			if (!widest || span.last > widest.span.last) widest = {span, name: network.name, id: network.id};
		}
		for (const node of state.nodes.values()) {
			const address = spanOf(`${node.address}/32`);
			const hit = address && subnets.find(({network, span}) => network.scope === 'swarm' && overlap(span, address));
			if (!hit) continue;
			found.push({
				on: theThing('network', hit.network),
				evidence: safe`${hit.subnet} holds ${node.address}, the address of node ${node.name}`,
				remedy: toSafeText('docker network create --subnet with other addresses, and move its services there'),
			});
			break;
		}
		return found;
	},
};
