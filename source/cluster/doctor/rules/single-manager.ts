import {safe, toSafeText} from '../../../text/safe-text.ts';
import {managersOf} from '../../quorum.ts';
import {type Rule, theSwarm} from '../rule.ts';

export const singleManager: Rule = {
	id: 'single-manager',
	area: 'managers',
	severity: 'warning',
	title: 'one manager alone',
	why: 'When it is gone, nothing in the swarm can be changed or repaired, and without a backup the swarm is lost.',
	find({state: {nodes}}) {
		const [manager, ...others] = managersOf(nodes.values());
		if (!manager || others.length > 0) return [];
		return [
			{
				on: theSwarm,
				evidence: safe`${manager.name} is the only manager`,
				remedy: toSafeText(
					nodes.size > 2 ? 'docker node promote NODE NODE' : 'docker swarm join-token manager, on two more machines',
				),
			},
		];
	},
};
