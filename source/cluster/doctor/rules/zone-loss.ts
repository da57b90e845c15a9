import {safe, toSafeText} from '../../../text/safe-text.ts';
import {takesTasks} from '../../capacity.ts';
import {zoneKeyOf, zoneOf} from '../../topology.ts';
import {lossFound} from '../loss-finding.ts';
import {type Rule, theSwarm} from '../rule.ts';
import {areTasksKnown, Survival} from '../survival.ts';

export const zoneLoss: Rule = {
	id: 'zone-loss',
	area: 'capacity',
	severity: 'warning',
	title: 'a zone can’t be done without',
	why: 'Zones are there to fail one at a time; what then finds no place stays down until the zone is back.',
	find({state, now, isQuick}) {
		const key = zoneKeyOf(state);
		if (isQuick || key.of === 'role' || !areTasksKnown(state)) return [];
		const zones = Map.groupBy([...state.nodes.values()].filter(takesTasks), (node) => zoneOf(node, key));
		if (zones.size < 2) return [];
		const survival = new Survival(state, now);
		return [...zones]
			.filter(([zone, nodes]) => zone !== '' && nodes.length > 1)
			.sort(([a], [b]) => (a < b ? -1 : 1))
			.flatMap(([zone, nodes]) =>
				lossFound(
					{...theSwarm, id: `zone ${zone}`, name: safe`${toSafeText(key.name)} ${zone}`},
					safe`${toSafeText(key.name)} ${zone}`,
					survival.without(nodes),
				),
			);
	},
};
