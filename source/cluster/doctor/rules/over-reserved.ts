import {bytes, cpus} from '../../../text/format.ts';
import {safe, toSafeText} from '../../../text/safe-text.ts';
import {type Found, type Rule, theNode} from '../rule.ts';

export const overReserved: Rule = {
	id: 'over-reserved',
	area: 'capacity',
	severity: 'warning',
	title: 'more is reserved on a node than it has',
	why: 'The node has shrunk since: what it promised to its tasks it no longer has, and none of them comes back after a failure.',
	find({state: {nodes}}) {
		return [...nodes.values()].flatMap((node): Found[] => {
			const {reserved, capacity} = node;
			if (!reserved || (capacity.nanoCpus === 0 && capacity.memoryBytes === 0)) return [];
			const tooMany = reserved.nanoCpus > capacity.nanoCpus;
			if (!tooMany && reserved.memoryBytes <= capacity.memoryBytes) return [];
			const evidence = tooMany
				? safe`${cpus(reserved.nanoCpus)} of ${cpus(capacity.nanoCpus)} CPUs are reserved`
				: safe`${bytes(reserved.memoryBytes)} of ${bytes(capacity.memoryBytes)} are reserved`;
			return [{on: theNode(node), evidence, remedy: toSafeText('add a node, then restart the services on this one')}];
		});
	},
};
