import {safe, toSafeText} from '../../../text/safe-text.ts';
import {isReachable, majorityOf, managersOf} from '../../quorum.ts';
import {zoneKeyOf, zoneOf} from '../../topology.ts';
import {type Rule, theSwarm} from '../rule.ts';

export const managersInOneZone: Rule = {
	id: 'managers-in-one-zone',
	area: 'managers',
	severity: 'warning',
	title: 'one zone holds so many managers that its loss takes the quorum',
	why: 'Without a majority of its managers a swarm can be neither changed nor repaired.',
	find({state: {nodes, services}}) {
		const key = zoneKeyOf({nodes, services});
		const managers = managersOf(nodes.values());
		if (key.of === 'role' || managers.length < 2) return [];
		const byZone = Map.groupBy(managers, (node) => zoneOf(node, key));
		for (const [zone, inside] of byZone) {
			const left = managers.filter((node) => isReachable(node) && !inside.includes(node)).length;
			// Two managers never survive the loss of one: that is what even-managers says.
			if (zone === '' || inside.length < 2 || left >= majorityOf(managers.length)) continue;
			return [
				{
					on: theSwarm,
					evidence: safe`${inside.length} of ${managers.length} managers are in ${toSafeText(key.name)} ${zone}`,
					remedy: toSafeText('docker node promote a node of another zone, docker node demote one of this'),
				},
			];
		}
		return [];
	},
};
